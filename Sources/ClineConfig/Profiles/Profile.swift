public import LosslessJSON

/// What Cline should be set up with, as a file that people keep and share: providers by their names,
/// and references to keys instead of keys.
///
/// ```jsonc
/// { "provider": "rutaapi", "model": "…", "key": { "env": "RUTAAPI_API_KEY" } }
/// ```
///
/// or `{ "plan": {…}, "act": {…} }` for a provider each. `docs/schemas/profile.json` describes it.
public struct Profile: Hashable, Sendable {
  /// One choice for both modes, or one for each; plan mode first.
  public let choices: [Profile.Choice]
  /// Cline's own settings, by their names.
  package var settings: JSONObject = [:]

  /// A profile of choices for different modes. Two that differ only in the model become one.
  public init(_ choices: [Profile.Choice]) {
    guard choices.count == 2 else {
      self.choices = choices
      return
    }
    var both = choices[0]
    both.modes.formUnion(choices[1].modes)
    both.models.merge(choices[1].models) { first, _ in first }
    var other = choices[1]
    (other.modes, other.models) = (both.modes, both.models)
    self.choices = both == other ? [both] : choices
  }

  /// Reads a profile from JSON with comments.
  ///
  /// - Parameters:
  ///   - bytes: The text.
  ///   - name: What errors call the file.
  package init(parsing bytes: [UInt8], name: String) throws(UserFile.Problem) {
    try self.init(ProfileReader(file: UserFile(bytes, name: name)))
  }

  /// Reads a profile file.
  package init(at path: AbsolutePath, on host: HostEnvironment) throws(UserFile.Problem) {
    try self.init(ProfileReader(file: UserFile(at: path, on: host)))
  }

  private init(_ reader: ProfileReader) throws(UserFile.Problem) {
    self.init(try reader.choices())
    settings = try reader.settings()
  }

  /// The profile as JSON.
  public var json: JSONValue {
    var object = chosen
    if !settings.isEmpty { object["settings"] = .object(settings) }
    return .object(object)
  }

  private var chosen: JSONObject {
    if choices.count == 1, let both = choices.first, both.modes.count == Mode.allCases.count {
      return both.json
    }
    return JSONObject(
      Mode.allCases.compactMap { mode in
        choices.first { $0.modes.contains(mode) }.map {
          (JSONKey(mode.rawValue), .object($0.json))
        }
      })
  }
}

extension Profile.Choice {
  fileprivate var json: JSONObject {
    var object: JSONObject = ["provider": .string(provider)]
    let ids = Set(models.values)
    if ids.count == 1, models.count == modes.count, let id = ids.first {
      object["model"] = .string(id)
    } else if !models.isEmpty {
      object["model"] = .object(
        JSONObject(
          Mode.allCases.compactMap { mode in
            models[mode].map { (JSONKey(mode.rawValue), .string($0)) }
          }))
    }
    object["key"] = key.flatMap(\.json)
    object["baseURL"] = baseURL.map { .string($0) }
    object["slot"] = slot.map { .string($0) }
    object["headers"] = headers.map { headers in
      .object(
        JSONObject(
          headers.map { header in
            switch header.value {
            case .text(let text): (JSONKey(header.name), .string(text))
            case .environment(let name): (JSONKey(header.name), ["env": .string(name)])
            }
          }))
    }
    for fact in ModelFact.allCases { object[JSONKey(fact.rawValue)] = facts[fact] }
    for setting in CloudSetting.allCases {
      guard let value = cloud[setting] else { continue }
      let (name, field) = setting.path
      var group = object[JSONKey(name)]?.object ?? [:]
      group[JSONKey(field)] = value
      object[JSONKey(name)] = .object(group)
    }
    return object
  }
}

extension KeyReference {
  /// As a profile has it; a key from standard input is nothing to keep.
  fileprivate var json: JSONValue? {
    switch self {
    case .environment(let name): ["env": .string(name)]
    case .file(let path): ["file": .string(path)]
    case .command(let words): ["command": .array(words.map { .string($0) })]
    case .keep: ["keep": true]
    case .notNeeded: ["none": true]
    case .standardInput: nil
    }
  }
}

extension UserFile {
  /// A value of a kind; `nil` where the field is not there.
  func value(of kind: SettingKind, at place: JSONPointer) throws(Problem) -> JSONValue? {
    guard let value = document[place] else { return nil }
    guard kind.accepts(value) else { throw problem(place, message: "expected \(kind.expected)") }
    return value
  }
}

/// One file to choices, with every fault at its place.
private struct ProfileReader {
  let file: UserFile

  func choices() throws(UserFile.Problem) -> [Profile.Choice] {
    let root = file.document.root.object
    if root?["settings"] != nil, root?["provider"] == nil, root?["plan"] == nil, root?["act"] == nil
    {
      _ = try file.object(
        at: .root, fields: ["settings", "$schema"], expected: "a profile")
      return []
    }
    guard root?["plan"] != nil || root?["act"] != nil else {
      return [try choice(at: .root, Set(Mode.allCases))]
    }
    _ = try file.object(
      at: .root, fields: ["plan", "act", "settings", "$schema"], expected: "a profile")
    var choices: [Profile.Choice] = []
    for mode in Mode.allCases where root?[JSONKey(mode.rawValue)] != nil {
      choices.append(try choice(at: JSONPointer(tokens: [JSONKey(mode.rawValue)]), [mode]))
    }
    return choices
  }

  private func choice(
    at place: JSONPointer, _ modes: Set<Mode>
  ) throws(UserFile.Problem) -> Profile.Choice {
    let fields =
      ["provider", "model", "key", "baseURL", "slot", "headers"]
      + ModelFact.allCases.map(\.rawValue) + CloudSetting.objects
    _ = try file.object(
      at: place, fields: fields + (place == .root ? ["$schema", "plan", "act", "settings"] : []),
      expected: "an object with 'provider' and 'model'")
    var choice = Profile.Choice(
      provider: try file.requiredText(at: place.appending("provider")), modes: modes)
    choice.models = try models(at: place.appending("model"), modes)
    choice.key = try key(at: place.appending("key"))
    choice.baseURL = try file.text(at: place.appending("baseURL"))
    choice.slot = try file.text(at: place.appending("slot"))
    let texts = [("model", choice.models.values.sorted()), ("baseURL", [choice.baseURL ?? ""])]
    for (name, texts) in texts where texts.contains(where: { $0.contains(Redactor.mark) }) {
      throw file.problem(
        place.appending(JSONKey(name)),
        message: "a key was taken out of this value, so it is not the value")
    }
    choice.headers = try headers(at: place.appending("headers"))
    for fact in ModelFact.allCases {
      let here = place.appending(JSONKey(fact.rawValue))
      choice.facts[fact] = try file.value(of: fact.kind, at: here)
    }
    for object in CloudSetting.objects where file.document[place.appending(JSONKey(object))] != nil
    {
      let here = place.appending(JSONKey(object))
      let own = CloudSetting.allCases.filter { $0.path.object == object }
      _ = try file.object(at: here, fields: own.map(\.path.field), expected: "an object")
      for setting in own {
        choice.cloud[setting] = try file.value(
          of: setting.kind, at: here.appending(JSONKey(setting.path.field)))
      }
    }
    return choice
  }

  /// Settings by their names, each of its type.
  func settings() throws(UserFile.Problem) -> JSONObject {
    guard let value = file.document["/settings"] else { return [:] }
    guard let object = value.object else {
      throw file.problem("/settings", message: "expected an object from names to values")
    }
    var settings: JSONObject = [:]
    for (name, value) in object.effective {
      let here = JSONPointer(tokens: ["settings", name])
      guard let setting = ClineSetting.named(name.text), setting.file != .vscode else {
        throw file.problem(
          here,
          message: "there is no setting of that name"
            + EditDistance.hint(for: name.text, among: ClineSetting.all.map(\.name), within: 3))
      }
      guard setting.owner == .person else {
        throw file.problem(
          here, message: "that is no setting of your own: it belongs to Cline or a provider")
      }
      guard setting.kind.accepts(value) else {
        throw file.problem(here, message: "expected \(setting.kind.expected)")
      }
      settings[JSONKey(setting.name)] = value
    }
    return settings
  }

  private func models(
    at place: JSONPointer, _ modes: Set<Mode>
  ) throws(UserFile.Problem) -> [Mode: String] {
    var models: [Mode: String] = [:]
    guard file.document[place]?.object != nil else {
      let model = try file.requiredText(at: place)
      for mode in modes { models[mode] = model }
      return models
    }
    guard modes.count > 1 else { throw file.problem(place, message: "expected one Model ID") }
    _ = try file.object(at: place, fields: ["plan", "act"], expected: "a Model ID for each mode")
    for mode in modes {
      models[mode] = try file.requiredText(at: place.appending(JSONKey(mode.rawValue)))
    }
    return models
  }

  private func key(at place: JSONPointer) throws(UserFile.Problem) -> KeyReference? {
    guard let value = file.document[place] else { return nil }
    let forms =
      #"{"env": NAME}, {"file": PATH}, {"command": […]}, {"keep": true} or {"none": true}"#
    if value.string != nil {
      throw file.problem(
        place, message: "a key itself must not stand in a profile: expected \(forms)")
    }
    let object = try file.object(
      at: place, fields: ["env", "file", "command", "keep", "none"], expected: forms)
    guard object.count == 1 else {
      throw file.problem(place, message: "expected exactly one of \(forms)")
    }
    if object["env"] != nil { return .environment(try variable(at: place.appending("env"))) }
    if let path = try file.text(at: place.appending("file")) { return .file(path) }
    if let words = try file.list(at: place.appending("command")) {
      guard !words.isEmpty else {
        throw file.problem(
          place.appending("command"), message: "expected a program and its arguments")
      }
      return .command(words)
    }
    let name = object["keep"] == nil ? "none" : "keep"
    guard try file.flag(at: place.appending(JSONKey(name))) == true else {
      throw file.problem(
        place.appending(JSONKey(name)), message: "expected true, or no '\(name)' at all")
    }
    return name == "keep" ? .keep : .notNeeded
  }

  private func variable(at place: JSONPointer) throws(UserFile.Problem) -> String {
    let name = try file.requiredText(at: place)
    guard KeyReference.isVariable(name) else {
      throw file.problem(place, message: "expected the name of an environment variable")
    }
    return name
  }

  private func headers(
    at place: JSONPointer
  ) throws(UserFile.Problem) -> [Profile.Choice.Header]? {
    guard let value = file.document[place] else { return nil }
    guard let object = value.object else {
      throw file.problem(place, message: "expected an object from names to values")
    }
    var headers: [Profile.Choice.Header] = []
    for (name, value) in object.effective {
      let here = place.appending(name)
      if value.object != nil {
        _ = try file.object(at: here, fields: ["env"], expected: "a value")
        let variable = try variable(at: here.appending("env"))
        headers.append(.init(name: name.text, value: .environment(variable)))
        continue
      }
      guard let text = value.string else {
        throw file.problem(here, message: #"expected a string, or {"env": NAME}"#)
      }
      guard !SecretName.isHeader(name.text) else {
        throw file.problem(
          here,
          message:
            #"this header carries a secret, which must not stand in a profile: {"env": NAME}"#)
      }
      headers.append(.init(name: name.text, value: .text(text)))
    }
    return headers
  }
}
