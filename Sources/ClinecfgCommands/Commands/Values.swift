import ClineConfig
import CommandLineTool

/// `get`, `set`, `unset`: one value by its place.
enum Values {
  private static let pointer = Argument<String>.positional(
    "POINTER", help: "a store and a JSON Pointer, such as globalState:/mode",
    completion: .values(SettingsFile.allCases.map { $0.rawValue + ":/" }))
  private static let value = Argument<String>.positional(
    "VALUE", help: "JSON; what is not JSON is a string", isSensitive: true)

  static let get = Command<Context>(
    abstract: "print one value",
    discussion: "Keys and tokens are printed masked.",
    arguments: [pointer],
    examples: [Example("clinecfg get globalState:/mode", "the mode of VS Code")]
  ) { context, arguments in
    context.answer(arguments) {
      let place = try Place(arguments[pointer] ?? "")
      let snapshot = try context.store(arguments).load()
      let document = try readable(place, snapshot)
      guard let value = document?[place.pointer] else {
        throw Failure(
          .noInput, "there is nothing at \(place.description)",
          help: "clinecfg get \(place.file.rawValue): prints the whole file")
      }
      let redaction = Redaction(catalog: context.catalog, file: place.file)
      let shown = redaction.redacted(value, at: place.pointer)
      var report = Report()
      report.isData = true
      report.members = ["pointer": .string(place.description), "value": shown]
      report.text = shown.string.map { "\($0)\n" } ?? .own(context.printable(shown) + "\n")
      return report
    }
  }

  static let set = Command<Context>(
    abstract: "set one value",
    discussion: "Keys and tokens are refused here: they go through set-provider.",
    arguments: [pointer, value] + Options.change,
    examples: [Example("clinecfg set globalState:/mode plan", "VS Code starts in plan mode")]
  ) { context, arguments in
    context.answer(arguments) {
      let place = try Place(arguments[pointer] ?? "")
      guard place.pointer != .root else {
        throw Failure(.usage, "a whole file cannot be set", help: "name a place in it")
      }
      let text = arguments[value] ?? ""
      let parsed = (try? JSONDocument(parsing: Array(text.utf8)))?.root ?? .string(text)
      let redaction = Redaction(catalog: context.catalog, file: place.file)
      guard !redaction.hides(anyOf: parsed, at: place.pointer),
        !redaction.isSecret(place.pointer)
      else {
        throw Failure(
          .usage,
          "\(place.description) holds a key or token, which must not stand on a command line",
          help:
            "clinecfg set-provider takes keys from standard input, a file, a variable or a command")
      }
      var changes = ChangeSet()
      changes.set(parsed, in: place.file, at: place.pointer)
      return try change(context, arguments, changes, place)
    }
  }

  static let unset = Command<Context>(
    abstract: "remove one value",
    arguments: [pointer] + Options.change,
    examples: [Example("clinecfg unset globalState:/openAiHeaders", "without any stored header")]
  ) { context, arguments in
    context.answer(arguments) {
      let place = try Place(arguments[pointer] ?? "")
      guard place.pointer != .root else {
        throw Failure(.usage, "a whole file cannot be unset", help: "name a place in it")
      }
      var changes = ChangeSet()
      changes.remove(from: place.file, at: place.pointer)
      return try change(context, arguments, changes, place)
    }
  }

  private static func change(
    _ context: Context, _ arguments: ParsedArguments, _ changes: ChangeSet, _ place: Place
  ) throws -> Report {
    let store = try context.store(arguments)
    let plan = try store.plan(changes, on: store.load())
    let isDryRun = arguments[Options.dryRun]
    let name = arguments.path.first ?? ""
    return try context.perform(
      plan, in: store, as: "\(name) \(place.description)", arguments,
      title: plan.isEmpty
        ? "\(place.description) is already so" : isDryRun ? "would change:" : "changed:")
  }

  private static func readable(_ place: Place, _ snapshot: Snapshot) throws -> JSONDocument? {
    let reading = snapshot[place.file]
    guard let problem = reading.problem, reading.document == nil else { return reading.document }
    throw Failure(.badData, "\(reading.path): \(problem)")
  }

  struct Place {
    let file: SettingsFile
    let pointer: JSONPointer

    init(_ text: String) throws {
      let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let stores = SettingsFile.allCases.map(\.rawValue)
      guard parts.count == 2, let file = SettingsFile(rawValue: String(parts[0])) else {
        throw Failure(
          .usage, "a place begins with the name of a store",
          help: "for example globalState:/mode; the stores are \(stores.joined(separator: ", "))")
      }
      guard let pointer = JSONPointer(String(parts[1])) else {
        throw Failure(
          .usage, "what follows \(file.rawValue): is not a JSON Pointer",
          help: "each step begins with /, for example /providers/groq/settings/model")
      }
      self.file = file
      self.pointer = pointer
    }

    var description: String { "\(file.rawValue):\(pointer.description)" }
  }
}

/// Which values are keys or tokens, by their place or their look.
struct Redaction {
  let catalog: ProviderCatalog
  let file: SettingsFile

  /// Whether what stands at a place is a secret, whatever it is.
  func isSecret(_ pointer: JSONPointer) -> Bool { SecretPlaces.hold(pointer, in: file) }

  /// Whether anything in a value is a secret.
  func hides(anyOf value: JSONValue, at pointer: JSONPointer) -> Bool {
    switch value {
    case .string(let text): isSecret(pointer) || isSecret(text)
    case .array(let items):
      items.enumerated().contains { hides(anyOf: $1, at: pointer.appending($0)) }
    case .object(let object):
      object.contains { hides(anyOf: $0.value, at: pointer.appending($0.key)) }
    case .number, .bool: isSecret(pointer)
    case .null: false
    }
  }

  private func isSecret(_ text: String) -> Bool {
    if catalog.looksLikeKey(text) { return true }
    let url = BaseURL(text)
    return url?.userInfo != nil || url?.query?.lowercased().contains("key=") == true
  }

  func redacted(_ value: JSONValue, at pointer: JSONPointer) -> JSONValue {
    switch value {
    case .string(let text):
      return isSecret(pointer) || isSecret(text)
        ? .string(Secret(text).masked(publicPrefixes: catalog.publicPrefixes)) : value
    case .array(let items):
      return .array(items.enumerated().map { redacted($1, at: pointer.appending($0)) })
    case .object(let object):
      return .object(
        JSONObject(
          object.effective.map { ($0.key, redacted($0.value, at: pointer.appending($0.key))) }))
    case .number, .bool, .null: return isSecret(pointer) && value != .null ? .string("…") : value
    }
  }
}
