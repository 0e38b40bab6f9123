package import LosslessJSON

/// What `cline.*` keys in VS Code's `settings.json` mean to set. No Cline reads them: the extension
/// contributes no setting but `cline.rollout.bundleOverride` since 3.16, and none before ever held a
/// provider, an address, a key or a model (apps/vscode/package.json at each tag).
package struct MeantSetup: Sendable {
  /// The file.
  package let path: AbsolutePath
  /// The keys that stand there, in their order.
  package let keys: [JSONKey]
  /// The provider, as whoever wrote it spells it.
  package private(set) var provider: String?
  /// The Base URL.
  package private(set) var baseURL: String?
  /// The key.
  package private(set) var key: Secret?
  /// The Model ID.
  package private(set) var model: String?

  /// Reads what a settings file means; `nil` where it has nothing of Cline's that is dead.
  package init?(_ settings: StoreReading) {
    guard let root = settings.document?.root.object else { return nil }
    path = settings.path
    keys = root.keys.filter { VSCodeSettings.isDead($0) }
    guard !keys.isEmpty else { return nil }
    for name in keys { read(root[name], name: name.text) }
  }

  /// Whether it says enough to set something up.
  package var isSetup: Bool { provider != nil || baseURL != nil || key != nil || model != nil }

  private mutating func read(_ value: JSONValue?, name: String) {
    if let object = value?.object {
      for (key, value) in object { read(value, name: name + "." + key.text) }
      return
    }
    guard let text = value?.string.map(JavaScript.trim), !text.isEmpty else { return }
    let last = String(decoding: name.lowercased().utf8.filter(\.isLetterOrDigit), as: UTF8.self)
    if last.hasSuffix("apiprovider") || last.hasSuffix("provider") {
      provider = provider ?? text
    } else if last.hasSuffix("apikey") || last.hasSuffix("token") {
      key = key ?? Secret(text)
    } else if last.hasSuffix("baseurl") || last.hasSuffix("apiurl") || last.hasSuffix("endpoint") {
      baseURL = baseURL ?? text
      if provider == nil {
        provider = ["ollama", "lmstudio", "litellm", "anthropic", "gemini"].first {
          last.contains($0)
        }
      }
    } else if last.hasSuffix("model") || last.hasSuffix("modelid") {
      model = model ?? text
    }
  }
}

extension VSCodeSettings {
  /// Whether no Cline reads a key of VS Code's settings.
  package static func isDead(_ key: JSONKey) -> Bool {
    let name = key.text
    return name == "cline" || name.hasPrefix("cline.") && !name.hasPrefix("cline.rollout.")
  }
}

extension MeantSetup: Unprinted {}
