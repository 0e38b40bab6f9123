package import LosslessJSON

/// What concerns Cline in VS Code's `settings.json`. Only the field that is changed is written.
public struct VSCodeSettings: Codable, Hashable, Sendable {
  /// Which of its two bundles Cline activates: `auto`, `next` or `legacy` (since 4.1.0).
  public var bundleOverride: String?
  /// The same of the nightly extension.
  public var nightlyBundleOverride: String?
  /// The proxy of the extensions' requests.
  public var proxy: String?
  /// Hosts that are asked without it.
  public var noProxy: [String]?
  /// Whether a proxy's certificate must be valid.
  public var proxyStrictSSL: Bool?
  /// Whether extensions use the proxy: `override`, `fallback`, `on` or `off`.
  public var proxySupport: String?
  /// Whether the system's certificates count.
  public var systemCertificates: Bool?

  private enum CodingKeys: String, CodingKey {
    case bundleOverride = "cline.rollout.bundleOverride"
    case nightlyBundleOverride = "cline-nightly.rollout.bundleOverride"
    case proxy = "http.proxy"
    case noProxy = "http.noProxy"
    case proxyStrictSSL = "http.proxyStrictSSL"
    case proxySupport = "http.proxySupport"
    case systemCertificates = "http.systemCertificates"
  }

  /// Where the override stands.
  package static func bundlePointer(isNightly: Bool) -> JSONPointer {
    JSONPointer(tokens: [
      JSONKey((isNightly ? CodingKeys.nightlyBundleOverride : .bundleOverride).rawValue)
    ])
  }

  /// Keys of Cline 3.2 to 3.15 that no Cline since 3.16 reads. None ever held a provider, an address
  /// or a key.
  package static let deadKeys: [JSONKey] = [
    "cline.vsCodeLmModelSelector", "cline.mcp.mode", "cline.enableCheckpoints",
    "cline.modelSettings.o3Mini.reasoningEffort", "cline.disableBrowserTool",
    "cline.chromeExecutablePath", "cline.preferredLanguage", "cline.mcpMarketplace.enabled",
  ]
}
