/// Providers that a user describes: JSON with comments, one provider a file, or several under
/// `providers`, in `$XDG_CONFIG_HOME/clinecfg/providers/*.json`.
///
/// They are set up in Cline's OpenAI-compatible slot. An id of the bundled catalogue replaces that
/// entry.
public enum UserCatalog {
  /// A file that cannot be taken, and why.
  public struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file.
    public let path: AbsolutePath
    /// Where in it.
    public let position: TextPosition?
    /// What is wrong, in words.
    public let message: String

    /// `/home/a/.config/clinecfg/providers/x.json:3:9: …`
    public var description: String {
      "\(path)" + (position.map { ":\($0.line):\($0.column)" } ?? "") + ": \(message)"
    }
  }

  /// Where the files are; `nil` without a home directory.
  public static func directory(on host: HostEnvironment) -> AbsolutePath? {
    // The XDG Base Directory Specification ignores relative paths.
    let base =
      host.variables["XDG_CONFIG_HOME"].flatMap { AbsolutePath($0) }
      ?? host.homeDirectory?.appending(".config")
    return base?.appending("clinecfg/providers")
  }

  /// Every provider that the user described. A file with a fault is left out and named.
  public static func load(
    on host: HostEnvironment
  ) -> (providers: [Provider], problems: [Problem]) {
    guard let directory = directory(on: host) else { return ([], []) }
    var providers: [Provider] = []
    var problems: [Problem] = []
    for name in (try? host.files.names(in: directory)) ?? [] where name.hasSuffix(".json") {
      do throws(Problem) {
        providers += try read(directory.appending(name), on: host)
      } catch {
        problems.append(error)
      }
    }
    return (providers, problems)
  }

  /// Reads one file.
  public static func read(
    _ path: AbsolutePath, on host: HostEnvironment
  ) throws(Problem) -> [Provider] {
    let bytes: [UInt8]
    do throws(FileSystemError) {
      bytes = try host.files.read(host.files.resolve(path), limit: 1 << 20).bytes
    } catch {
      throw Problem(path: path, position: nil, message: "\(error)")
    }
    let document: JSONDocument
    do throws(JSONSyntaxError) {
      document = try JSONDocument(parsing: bytes, dialect: .jsonc)
    } catch {
      throw Problem(path: path, position: error.position, message: error.reason.words)
    }
    return try UserCatalogReader(path: path, document: document).providers()
  }
}

/// One file to providers, with every fault at its place.
private struct UserCatalogReader {
  typealias Problem = UserCatalog.Problem
  let path: AbsolutePath
  let document: JSONDocument

  private static let fields = [
    "id", "name", "kind", "aliases", "family", "roots", "hosts", "websites", "dashboards",
    "keysURL", "keys", "needsKey", "variables", "models", "exampleModels", "modelsPath",
    "modelsProveKey", "passesKeysThrough", "notes", "guidance",
  ]

  private func problem(_ pointer: JSONPointer, _ message: String) -> Problem {
    Problem(path: path, position: document.position(of: pointer), message: message)
  }

  func providers() throws(Problem) -> [Provider] {
    guard let root = document.root.object else {
      throw problem(.root, "expected an object that describes a provider")
    }
    guard root["providers"] != nil else { return [try provider(.root)] }
    guard let items = document["/providers"]?.array else {
      throw problem("/providers", "expected an array of providers")
    }
    if let stray = root.keys.first(where: { !["providers", "$schema"].contains($0.text) }) {
      throw problem(JSONPointer.root.appending(stray), "'\(stray.text)' does not belong here")
    }
    var providers: [Provider] = []
    for index in items.indices {
      providers.append(try provider(JSONPointer.root.appending("providers").appending(index)))
    }
    return providers
  }

  private func provider(_ place: JSONPointer) throws(Problem) -> Provider {
    guard let object = document[place]?.object else {
      throw problem(place, "expected an object that describes a provider")
    }
    for key in object.keys where key.text != "$schema" && !Self.fields.contains(key.text) {
      let near = Self.fields.min {
        EditDistance.between($0, key.text) < EditDistance.between($1, key.text)
      }
      let hint = near.flatMap { EditDistance.between($0, key.text) <= 2 ? $0 : nil }
      throw problem(
        place.appending(key),
        "there is no field '\(key.text)'" + (hint.map { "; did you mean '\($0)'?" } ?? ""))
    }
    let id = try text(place.appending("id"), required: true) ?? ""
    guard ReaderSchema.isProviderID(id), id == id.lowercased(), id != "custom" else {
      throw problem(
        place.appending("id"), "an id is lower-case letters, digits and hyphens, and not 'custom'")
    }
    return Provider(
      id, try text(place.appending("name")) ?? id, try kind(place.appending("kind")),
      aliases: try list(place.appending("aliases")), family: try text(place.appending("family")),
      roots: try roots(place.appending("roots")), hosts: try list(place.appending("hosts")),
      websites: try list(place.appending("websites")),
      dashboards: try list(place.appending("dashboards")),
      keysURL: try text(place.appending("keysURL")), keys: try keys(place.appending("keys")),
      needsKey: try flag(place.appending("needsKey"), else: true),
      variables: try list(place.appending("variables")),
      models: try list(place.appending("models")),
      exampleModels: try list(place.appending("exampleModels")),
      modelsPath: document[place.appending("modelsPath")] == .null
        ? nil : try text(place.appending("modelsPath")) ?? "/models",
      modelsProveKey: try flag(place.appending("modelsProveKey"), else: true),
      passesKeysThrough: try flag(place.appending("passesKeysThrough"), else: false),
      notes: try list(place.appending("notes")),
      guidance: try guidance(place.appending("guidance")))
  }

  private func text(
    _ place: JSONPointer, required: Bool = false
  ) throws(Problem) -> String? {
    guard let value = document[place] else {
      if required {
        throw problem(place.parent ?? .root, "'\(place.tokens.last?.text ?? "")' is missing")
      }
      return nil
    }
    guard let text = value.string, !text.isEmpty else {
      throw problem(place, "expected a string that is not empty")
    }
    return text
  }

  private func flag(_ place: JSONPointer, else fallback: Bool) throws(Problem) -> Bool {
    guard let value = document[place] else { return fallback }
    guard let flag = value.bool else { throw problem(place, "expected true or false") }
    return flag
  }

  private func list(_ place: JSONPointer) throws(Problem) -> [String] {
    guard let value = document[place] else { return [] }
    guard let items = value.array else { throw problem(place, "expected an array of strings") }
    var texts: [String] = []
    for (index, item) in items.enumerated() {
      guard let text = item.string, !text.isEmpty else {
        throw problem(place.appending(index), "expected a string that is not empty")
      }
      texts.append(text)
    }
    return texts
  }

  private func kind(_ place: JSONPointer) throws(Problem) -> Provider.Kind {
    guard let text = try text(place) else { return .gateway }
    guard let kind = Provider.Kind(rawValue: text), kind != .custom else {
      throw problem(place, "expected gateway, vendor, cloud, local or selfHosted")
    }
    return kind
  }

  private func roots(_ place: JSONPointer) throws(Problem) -> [ProviderRoot] {
    guard let items = document[place]?.array, !items.isEmpty else {
      throw problem(
        document[place] == nil ? place.parent ?? .root : place,
        "'roots' must name at least one address, such as https://llm.example.com/v1")
    }
    var roots: [ProviderRoot] = []
    for (index, item) in items.enumerated() {
      let here = place.appending(index)
      let isObject = item.object != nil
      let urlPlace = isObject ? here.appending("url") : here
      guard let url = try text(urlPlace, required: true), let parsed = BaseURL(url),
        ["http", "https"].contains(parsed.scheme), parsed.query == nil, parsed.fragment == nil,
        parsed.userInfo == nil
      else {
        throw problem(urlPlace, "expected an address with http:// or https:// and a host")
      }
      for key in item.object?.keys ?? []
      where !["url", "protocol", "region", "plan"].contains(key.text) {
        throw problem(here.appending(key), "there is no field '\(key.text)'")
      }
      roots.append(
        ProviderRoot(
          url,
          isObject
            ? try text(here.appending("protocol")) ?? ProviderRoot.openAIChat
            : ProviderRoot.openAIChat,
          region: isObject ? try text(here.appending("region")) : nil,
          plan: isObject ? try text(here.appending("plan")) : nil))
    }
    return roots
  }

  private func keys(_ place: JSONPointer) throws(Problem) -> [KeyShape] {
    guard let value = document[place] else { return [] }
    guard let items = value.array else {
      throw problem(place, "expected an array of objects with 'pattern' and 'strength'")
    }
    var shapes: [KeyShape] = []
    for index in items.indices {
      let here = place.appending(index)
      let pattern = try text(here.appending("pattern"), required: true) ?? ""
      guard KeyShape.parts(of: pattern) != nil else {
        throw problem(
          here.appending("pattern"), "expected a pattern such as acme-<hex:32> or acme_<word:20-40>"
        )
      }
      let word = try text(here.appending("strength")) ?? "proof"
      guard let strength = KeyShape.Strength(rawValue: word) else {
        throw problem(here.appending("strength"), "expected proof, strong or weak")
      }
      shapes.append(KeyShape(pattern, strength, sharedWith: try list(here.appending("sharedWith"))))
    }
    return shapes
  }

  private func guidance(_ place: JSONPointer) throws(Problem) -> [Int: String] {
    guard let value = document[place] else { return [:] }
    guard let object = value.object else {
      throw problem(place, "expected an object from HTTP statuses to sentences")
    }
    var guidance: [Int: String] = [:]
    for key in object.keys {
      guard let status = Int(key.text), (100...599).contains(status) else {
        throw problem(place.appending(key), "'\(key.text)' is no HTTP status")
      }
      guidance[status] = try text(place.appending(key))
    }
    return guidance
  }
}
