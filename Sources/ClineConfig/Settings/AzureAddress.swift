/// What Cline does at an address of Azure's.
package enum AzureAddress {
  /// The version that the extension from before the SDK asks for where none is stored; the SDK then
  /// asks for none, and Azure refuses (`azureOpenAiDefaultApiVersion` of shared/api.ts, v4.0.12).
  static let standardVersion = "2024-08-01-preview"

  /// Whether Cline takes it for Azure (core/api/providers/openai.ts, v4.0.12).
  static func isAzure(host: String) -> Bool {
    host.contains("azure.com") || host.contains("azure.us")
  }

  /// The path of a deployment, before its name.
  static let deployments = "/openai/deployments/"

  /// The resource of a deployment's address, where the deployment has this name.
  package static func resource(ofDeployment text: String, named name: String?) -> String? {
    guard let name, var url = BaseURL(text), isResource(host: url.host),
      url.trimmedPath == deployments + name
    else { return nil }
    url.path = ""
    return url.description
  }

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
