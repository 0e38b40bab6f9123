/// Words that stand in every answer, and in keys by chance: ids, names, hosts, public prefixes.
enum PublicWords {
  /// In lower case, one after the other. Made when something is first found: most texts hold nothing
  /// of a key.
  private static let text: [UInt8] = {
    let catalog = ProviderCatalog.bundled
    var text: [UInt8] = []
    func add(_ words: [String]) {
      for word in words {
        text.append(0)
        for byte in word.utf8 { text.append(byte.lowercased) }
      }
    }
    add(catalog.publicPrefixes)
    for index in catalog.providers.indices { add(catalog.providers[index].publicWords) }
    add(["globalState.json", "secrets.json", "providers.json", "models.json", "settings.json"])
    add(["clinecfg", "set-provider", "apiKey", "Authorization: Bearer", ""])
    return text
  }()
  /// The same without what is neither letter nor digit.
  private static let letters = text.filter { $0 == 0 || $0.isLetterOrDigit }

  /// Whether a window, or a whole word of fewer characters, stands in them.
  static func hold(_ window: UInt64) -> Bool {
    hold(window, text: text) || hold(window, text: letters)
  }

  private static func hold(_ window: UInt64, text: [UInt8]) -> Bool {
    let count = (64 - window.leadingZeroBitCount + 7) / 8
    guard count < Windows.length else {
      var current: UInt64 = 0
      for byte in text {
        current = current << 8 | UInt64(byte)
        if current == window { return true }
      }
      return false
    }
    // Zeros stand around each word.
    let mask: UInt64 = count >= 6 ? .max : 1 << UInt64(8 * (count + 2)) - 1
    var current: UInt64 = 0
    for byte in text {
      current = current << 8 | UInt64(byte)
      if current & mask == window << 8 & mask { return true }
    }
    return false
  }
}

extension Provider {
  fileprivate var publicWords: [String] {
    [id, name] + [slotID].compactMap(\.self) + roots.map(\.url) + hosts + variables + exampleModels
  }
}
