import LosslessJSON

/// URL118: Azure, which wants another address of each client.
struct AzurePath: TripleRule {
  private static func sent(_ url: String, to request: String) -> Triple {
    Triple.url(url).with { $0.requestURL = request }
  }

  static let documentation = RuleDocumentation(
    .azurePath, name: "azure-path", severity: .error,
    summary: "Azure is asked where it serves nothing, or without its API version.",
    rationale:
      "The extension from before the SDK, JetBrains and CLI 2 take a host of Azure's, or any host "
      + "beside azureApiVersion, to their Azure client: it puts /deployments/<Model ID> into the path "
      + "and adds api-version. The SDK does neither: it wants the deployment in the address and the "
      + "version in azure.apiVersion. One address is right in all: "
      + "https://<resource>.openai.azure.com/openai/deployments/<name>.",
    exceptions: "Azure's /openai/v1 needs no version; only the SDK's clients can use it.",
    examples: [
      .accepts(
        sent(
          "https://r.openai.azure.com/openai/v1",
          to: "https://r.openai.azure.com/openai/v1/chat/completions")),
      .accepts(
        sent(
          "https://r.openai.azure.com/openai/deployments/d",
          to:
            "https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21"
        )),
      .flags(
        sent(
          "https://r.openai.azure.com/openai/v1",
          to:
            "https://r.openai.azure.com/openai/v1/deployments/m/chat/completions?api-version=2024-08-01-preview"
        )),
      .flags(
        sent(
          "https://r.openai.azure.com/openai/deployments/d",
          to: "https://r.openai.azure.com/openai/deployments/d/chat/completions")),
      .flags(
        sent(
          "https://r.openai.azure.com/openai",
          to: "https://r.openai.azure.com/openai/chat/completions")),
      .flags(
        sent(
          "https://llm.example.com/v1",
          to: "https://llm.example.com/v1/deployments/m/chat/completions?api-version=2024-06-01")),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard triple.isInCompatibleSlot, let requested = triple.requestURL.flatMap({ BaseURL($0) })
    else { return [] }
    let hasVersion = requested.query?.contains("api-version=") == true
    let isDeployment = requested.path.hasPrefix(AzureAddress.deployments)
    if hasVersion, requested.path.contains("/deployments/"), !isDeployment {
      return requested.isAzure
        ? [wrong(requested)]
        : [
          finding(
            "azureApiVersion is set, so some clients treat \(requested.host) as Azure and send to "
              + requested.withoutQuery, about: .baseURL,
            fix: .advice(
              "if this is not Azure:\(.unset(StorePlace(.globalState, "/azureApiVersion")))"))
        ]
    }
    guard requested.isAzureOpenAI, !hasVersion else { return [] }
    if isDeployment {
      return [
        finding(
          "an Azure deployment needs an api-version, and none is sent", about: .baseURL,
          fix: .advice("store one"))
      ]
    }
    return requested.path.hasPrefix("/openai/v1/") ? [] : [wrong(requested)]
  }

  private func wrong(_ requested: BaseURL) -> Finding {
    finding(
      "requests go to \(requested.withoutQuery), where Azure serves nothing", about: .baseURL,
      fix: .advice(
        "use the address that works in every client: https://\(requested.host)/openai/deployments/ "
          + "followed by the name of the deployment"))
  }
}

extension BaseURL {
  /// Whether Cline takes it for Azure.
  var isAzure: Bool { AzureAddress.isAzure(host: host) }
  /// Whether it is a resource of Azure OpenAI.
  var isAzureOpenAI: Bool { AzureAddress.isResource(host: host) }
}
