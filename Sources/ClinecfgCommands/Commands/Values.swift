import ClineConfig
import CommandLineTool
import LosslessJSON

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
    examples: [Example("clinecfg get globalState:/mode", "the mode of VS Code")],
    action: answer { run in
      let place = try Place(run[pointer] ?? "")
      let snapshot = try run.store().load()
      let document = try readable(place, in: snapshot)
      guard let value = document?[place.pointer] else {
        throw Failure(
          .noInput, "there is nothing at \(place.description)",
          help: document == nil
            ? "there is no such file yet; to see which there are:\(clinecfg: "show", "-v")"
            : "to print the whole file:\(clinecfg: "get", place.file.rawValue + ":")")
      }
      let redaction = Redaction(catalog: run.catalog, file: place.file)
      let shown = redaction.redacted(value, at: place.pointer)
      return Report(
        ValueAnswer(
          pointer: place.description, value: shown,
          text: shown.string.map { "\(exact: $0)\n" } ?? .verbatim(run.printable(shown) + "\n")),
        isData: true)
    })

  private struct ValueAnswer: Answer {
    let pointer: String
    let value: JSONValue
    let text: StyledText
    enum CodingKeys: CodingKey { case pointer, value }
  }

  static let set = Command<Context>(
    abstract: "set one value",
    discussion: "Keys and tokens are refused here: they go through set-provider.",
    arguments: [pointer, value, SettingsCommand.raw] + Options.change,
    examples: [Example("clinecfg set globalState:/mode plan", "VS Code starts in plan mode")],
    action: answer { run in
      let place = try Place(run[pointer] ?? "")
      guard place.pointer != .root else {
        throw Failure(.usage, "a whole file cannot be set", help: "name a place in it")
      }
      let text = run[value] ?? ""
      let parsed = (try? JSONDocument(parsing: Array(text.utf8)))?.root ?? .string(text)
      let redaction = Redaction(catalog: run.catalog, file: place.file)
      guard !redaction.hides(anyOf: parsed, at: place.pointer),
        !redaction.isSecret(place.pointer)
      else {
        throw Failure(
          .usage,
          "\(place.description) holds a key or token, which must not stand on a command line",
          help:
            "set-provider takes keys from a prompt, standard input, a file, a variable or a command:\(clinecfg: "set-provider")"
        )
      }
      var changes = ChangeSet()
      changes.set(parsed, in: place.file, at: place.pointer)
      let store = try run.store()
      let snapshot = store.load()
      if !run[SettingsCommand.raw] {
        try refuseTripping(over: parsed, at: place, in: snapshot, for: run)
      }
      return try change(changes, at: place, of: snapshot, in: store, run: run)
    })

  static let unset = Command<Context>(
    abstract: "remove one value",
    arguments: [pointer] + Options.change,
    examples: [Example("clinecfg unset globalState:/openAiHeaders", "without any stored header")],
    action: answer { run in
      let place = try Place(run[pointer] ?? "")
      guard place.pointer != .root else {
        throw Failure(.usage, "a whole file cannot be unset", help: "name a place in it")
      }
      var changes = ChangeSet()
      changes.remove(from: place.file, at: place.pointer)
      let store = try run.store()
      return try change(changes, at: place, of: store.load(), in: store, run: run)
    })

  /// What Cline would trip over where its type is known.
  private static func refuseTripping(
    over wanted: JSONValue, at place: Place, in snapshot: Snapshot, for run: Invocation
  ) throws {
    // The one member that changes is all that these rules need: the file can be large.
    guard let name = place.pointer.tokens.first,
      var part = try? JSONDocument(
        .object(snapshot[place.file].document?.members(named: [name]) ?? [:]))
    else { return }
    func findings() -> [Finding] {
      let files = Snapshot(
        locations: snapshot.locations, only: place.file, bytes: part.bytes)
      return RuleSet.standard.findings(
        of: [.wrongType, .unknownValue, .incompleteObject], in: Machine(files: files),
        catalog: run.catalog)
    }
    let known = findings()
    guard (try? part.set(wanted, at: place.pointer)) == true,
      let new = findings().first(where: { !known.contains($0) })
    else { return }
    var help: StyledText = "pass --raw to store it all the same"
    if let own = ClineSetting.all.first(where: { $0.place.description == place.description }),
      own.whole != nil
    {
      help = "set it with its object:\(clinecfg: "settings", "set", own.name, run[value] ?? "on")"
    } else if let setting = ClineSetting.all.first(where: { new.places.contains($0.place) }) {
      help += "; what it may be:\(clinecfg: "settings", "explain", setting.name)"
    }
    throw Failure(.usage, "\(new.message)", help: help)
  }

  private static func change(
    _ changes: ChangeSet, at place: Place, of snapshot: Snapshot, in store: SettingsStore,
    run: Invocation
  ) throws -> Report {
    let plan = try store.plan(changes, on: snapshot)
    let name = run.arguments.path.first ?? ""
    var answer = try run.perform(plan, in: store, as: "\(name) \(place.description)")
    answer.title =
      plan.isEmpty
      ? "\(place.description) is already so\n"
      : answer.isDryRun ? "would change:\n" : "changed:\n"
    return Report(answer)
  }

  private static func readable(_ place: Place, in snapshot: Snapshot) throws -> JSONDocument? {
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
          .usage, "expected STORE:/POINTER, for example globalState:/mode",
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
