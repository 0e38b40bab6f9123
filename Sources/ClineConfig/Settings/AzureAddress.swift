/// What Cline does at an address of Azure's.
enum AzureAddress {
  /// The version that the extension from before the SDK asks for where none is stored; the SDK then
  /// asks for none, and Azure refuses (`azureOpenAiDefaultApiVersion` of shared/api.ts, v4.0.12).
  static let standardVersion = "2024-08-01-preview"

  /// Whether Cline takes it for Azure (core/api/providers/openai.ts, v4.0.12).
  static func isAzure(host: String) -> Bool {
    host.contains("azure.com") || host.contains("azure.us")
  }

  /// The path of a deployment, before its name.
  static let deployments = "/openai/deployments/"

  /// Whether it is a resource of Azure OpenAI.
  static func isResource(host: String) -> Bool {
    host.hasSuffix(".openai.azure.com") || host.hasSuffix(".openai.azure.us")
  }

  /// Whether requests below an address need a version (Azure OpenAI's data plane).
  static func needsVersion(_ text: String) -> Bool {
    guard let url = BaseURL(JavaScript.trim(text)) else { return false }
    return isAzure(host: url.host) && url.path.contains(deployments)
  }
}
