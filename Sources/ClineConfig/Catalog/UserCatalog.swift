import LosslessJSON

/// Providers that a user describes: JSON with comments, one provider a file, or several under
/// `providers`, in `$XDG_CONFIG_HOME/clinecfg/providers/*.json`.
///
/// They are set up in Cline's OpenAI-compatible slot. An id of the bundled catalogue replaces that
/// entry, whose hosts stay known; hosts that only the own entry has are a finding (URL116) wherever
/// a key would go there.
package enum UserCatalog {
  /// A file that cannot be taken, and why.
  package typealias Problem = UserFile.Problem

  /// Where the files are; `nil` without a home directory.
  package static func directory(on host: HostEnvironment) -> AbsolutePath? {
    host.configurationDirectory?.appending("providers")
  }

  /// Every provider that the user described. A file with a fault is left out and named.
  package static func load(
    on host: HostEnvironment
  ) -> (providers: [Provider], problems: [Problem]) {
    guard let directory = directory(on: host) else { return ([], []) }
    let host = host.acting(in: directory)
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

  /// Adds a description to the files: checked, under its own name, with the address of its schema.
  ///
  /// - Parameters:
  ///   - bytes: The description.
  ///   - name: What to call it in errors.
  ///   - replaces: Whether a file of the same name may be replaced.
  /// - Returns: The providers in it and its file; the file is `nil` where it would replace another.
  package static func add(
    _ bytes: [UInt8], named name: String, on host: HostEnvironment, replaces: Bool, isTrial: Bool
  ) throws(AddError) -> (providers: [Provider], path: AbsolutePath?) {
    let file: UserFile
    var providers: [Provider]
    do throws(Problem) {
      file = try UserFile(bytes, name: name)
      providers = try UserCatalogReader(file: file).providers()
    } catch {
      throw .problem(error)
    }
    guard let id = providers.first?.id, let directory = directory(on: host) else {
      throw .nowhere
    }
    let path = directory.appending(id + ".json")
    let host = host.acting(in: directory)
    do throws(FileSystemError) {
      let former = try host.files.status(of: path)
      var document = file.document
      if document["/$schema"] == nil { _ = try? document.set(.string(schema), at: "/$schema") }
      if former != nil, !replaces, try !host.files.holds(document.bytes, at: path) {
        return (providers, nil)
      }
      if !isTrial {
        try host.files.replace(
          path, with: document.bytes, mode: .ownerOnly, named: host.uniqueName())
      }
    } catch {
      throw .files(error)
    }
    for index in providers.indices { providers[index].file = path.description }
    return (providers, path)
  }

  /// Why a description was not added.
  package enum AddError: Error, Sendable {
    /// It is none.
    case problem(Problem)
    /// There is no home directory.
    case nowhere
    /// The file could not be written.
    case files(FileSystemError)
  }

  /// What `clinecfg schema provider` prints.
  private static let schema = "clinecfg.provider.json"

  /// Reads one file.
  package static func read(
    _ path: AbsolutePath, on host: HostEnvironment
  ) throws(Problem) -> [Provider] {
    try providers(in: UserFile(at: path, on: host))
  }

  /// The same of its text.
  package static func read(
    parsing bytes: [UInt8], name: String
  ) throws(Problem) -> [Provider] {
    try providers(in: UserFile(bytes, name: name))
  }

  private static func providers(in file: UserFile) throws(Problem) -> [Provider] {
    try UserCatalogReader(file: file).providers().map { provider in
      var provider = provider
      provider.file = file.name
      return provider
    }
  }
}

/// One file to providers, with every fault at its place.
private struct UserCatalogReader {
  typealias Problem = UserCatalog.Problem
  let file: UserFile
  var document: JSONDocument { file.document }

  private static let fields = [
    "id", "name", "kind", "aliases", "family", "roots", "hosts", "websites", "dashboards",
    "keysURL", "keys", "needsKey", "variables", "models", "exampleModels", "modelsPath",
    "modelsProveKey", "passesKeysThrough", "notes", "guidance", "$schema",
  ]

  func providers() throws(Problem) -> [Provider] {
    guard let root = document.root.object else {
      throw file.problem(.root, message: "expected an object that describes a provider")
    }
    guard root["providers"] != nil else { return [try provider(.root)] }
    guard let items = document["/providers"]?.array else {
      throw file.problem("/providers", message: "expected an array of providers")
    }
    if let stray = root.keys.first(where: { !["providers", "$schema"].contains($0.text) }) {
      throw file.problem(
        JSONPointer.root.appending(stray), message: "'\(stray.text)' does not belong here")
    }
    var providers: [Provider] = []
    for index in items.indices {
      providers.append(try provider(JSONPointer.root.appending("providers").appending(index)))
    }
    return providers
  }

  private func provider(_ place: JSONPointer) throws(Problem) -> Provider {
    _ = try file.object(
      at: place, fields: Self.fields, expected: "an object that describes a provider")
    let id = try file.requiredText(at: place.appending("id"))
    guard ReaderSchema.isProviderID(id), id == id.lowercased(), id != "custom" else {
      throw file.problem(
        place.appending("id"),
        message: "an id is lower-case letters, digits and hyphens, and not 'custom'")
    }
    return Provider(
      id, try file.text(at: place.appending("name")) ?? id, try kind(place.appending("kind")),
      aliases: try file.list(at: place.appending("aliases")) ?? [],
      family: try file.text(at: place.appending("family")),
      roots: try roots(place.appending("roots")),
      hosts: try file.list(at: place.appending("hosts")) ?? [],
      websites: try file.list(at: place.appending("websites")) ?? [],
      dashboards: try file.list(at: place.appending("dashboards")) ?? [],
      keysURL: try file.text(at: place.appending("keysURL")),
      keys: try keys(place.appending("keys")),
      needsKey: try file.flag(at: place.appending("needsKey")) ?? true,
      variables: try file.list(at: place.appending("variables")) ?? [],
      models: try file.list(at: place.appending("models")) ?? [],
      exampleModels: try file.list(at: place.appending("exampleModels")) ?? [],
      modelsPath: document[place.appending("modelsPath")] == .null
        ? nil : try file.text(at: place.appending("modelsPath")) ?? "/models",
      modelsProveKey: try file.flag(at: place.appending("modelsProveKey")) ?? true,
      passesKeysThrough: try file.flag(at: place.appending("passesKeysThrough")) ?? false,
      notes: try file.list(at: place.appending("notes")) ?? [],
      guidance: try guidance(place.appending("guidance")))
  }

  private func kind(_ place: JSONPointer) throws(Problem) -> Provider.Kind {
    guard let text = try file.text(at: place) else { return .gateway }
    guard let kind = Provider.Kind(rawValue: text), kind != .custom else {
      throw file.problem(place, message: "expected gateway, vendor, cloud, local or selfHosted")
    }
    return kind
  }

  private func roots(_ place: JSONPointer) throws(Problem) -> [Provider.Root] {
    guard let items = document[place]?.array, !items.isEmpty else {
      throw file.problem(
        document[place] == nil ? place.parent ?? .root : place,
        message: "'roots' must name at least one address, such as https://llm.example.com/v1")
    }
    var roots: [Provider.Root] = []
    for (index, item) in items.enumerated() {
      let here = place.appending(index)
      let isObject = item.object != nil
      let urlPlace = isObject ? here.appending("url") : here
      let url = try file.requiredText(at: urlPlace)
      guard let parsed = BaseURL(url),
        ["http", "https"].contains(parsed.scheme), parsed.query == nil, parsed.fragment == nil,
        parsed.userInfo == nil
      else {
        throw file.problem(
          urlPlace, message: "expected an address with http:// or https:// and a host")
      }
      for key in item.object?.keys ?? []
      where !["url", "protocol", "region", "plan"].contains(key.text) {
        throw file.problem(here.appending(key), message: "there is no field '\(key.text)'")
      }
      roots.append(
        Provider.Root(
          url,
          speaking: isObject
            ? try file.text(at: here.appending("protocol")).map(ProviderSlot.WireProtocol.init)
              ?? .openAIChat
            : .openAIChat,
          region: isObject ? try file.text(at: here.appending("region")) : nil,
          plan: isObject ? try file.text(at: here.appending("plan")) : nil))
    }
    return roots
  }

  private func keys(_ place: JSONPointer) throws(Problem) -> [Provider.KeyShape] {
    guard let value = document[place] else { return [] }
    guard let items = value.array else {
      throw file.problem(
        place, message: "expected an array of objects with 'pattern' and 'strength'")
    }
    var shapes: [Provider.KeyShape] = []
    for index in items.indices {
      let here = place.appending(index)
      let pattern = try file.requiredText(at: here.appending("pattern"))
      guard Provider.KeyShape.parts(of: pattern) != nil else {
        throw file.problem(
          here.appending("pattern"),
          message: "expected a pattern such as acme-<hex:32> or acme_<word:20-40>"
        )
      }
      let word = try file.text(at: here.appending("strength")) ?? "proof"
      guard let strength = Provider.KeyShape.Strength(rawValue: word) else {
        throw file.problem(here.appending("strength"), message: "expected proof, strong or weak")
      }
      shapes.append(
        Provider.KeyShape(
          pattern, strength, sharedWith: try file.list(at: here.appending("sharedWith")) ?? []))
    }
    return shapes
  }

  private func guidance(_ place: JSONPointer) throws(Problem) -> [Int: String] {
    guard let value = document[place] else { return [:] }
    guard let object = value.object else {
      throw file.problem(place, message: "expected an object from HTTP statuses to sentences")
    }
    var guidance: [Int: String] = [:]
    for key in object.keys {
      guard let status = Int(key.text), (100...599).contains(status) else {
        throw file.problem(place.appending(key), message: "'\(key.text)' is no HTTP status")
      }
      guidance[status] = try file.text(at: place.appending(key))
    }
    return guidance
  }
}
