/// One option, flag or positional of a command: declared once, listed in the command, and used as
/// the typed key that reads the result.
package struct Argument<Value: Sendable>: ArgumentProtocol {
  package let outline: ArgumentOutline
  let parse: @Sendable (String) throws(InvalidValue) -> Value

  package init(
    outline: ArgumentOutline, parse: @escaping @Sendable (String) throws(InvalidValue) -> Value
  ) {
    self.outline = outline
    self.parse = parse
  }

  package func check(_ text: String) throws(InvalidValue) { _ = try parse(text) }
}

package protocol ArgumentProtocol: Sendable {
  var outline: ArgumentOutline { get }
  func check(_ text: String) throws(InvalidValue)
}

/// All that help, suggestions and completions need of an argument.
package struct ArgumentOutline: Hashable, Sendable {
  package enum Kind: Hashable, Sendable { case flag, option, positional }
  package enum Completion: Hashable, Sendable {
    case none, values([String]), files, directories, dynamic(String)
  }
  package var kind: Kind
  /// `--name` and `-n`; the name of a positional.
  package var names: [String]
  package var valueName: String?
  package var help: String
  /// Its value is never repeated, not even in an error.
  package var isSensitive = false
  package var isRepeatable = false
  package var isRequired = false
  package var completion = Completion.none

  /// `--name VALUE`, or the name of a positional.
  package var usage: String {
    kind == .positional
      ? names[0] : names.joined(separator: ", ") + (valueName.map { " " + $0 } ?? "")
  }
}

package struct InvalidValue: Error, Hashable, Sendable {
  package let expected: String
  package init(expected: String) { self.expected = expected }
}

extension Argument where Value == Bool {
  package static func flag(_ names: String..., help: String) -> Argument {
    Argument(outline: ArgumentOutline(kind: .flag, names: names, help: help)) { _ in true }
  }
}

extension Argument where Value == String {
  package static func option(
    _ names: String..., value: String, help: String, isSensitive: Bool = false,
    isRepeatable: Bool = false, completion: ArgumentOutline.Completion = .none
  ) -> Argument {
    Argument(
      outline: ArgumentOutline(
        kind: .option, names: names, valueName: value, help: help, isSensitive: isSensitive,
        isRepeatable: isRepeatable, completion: completion)
    ) { text in text }
  }

  /// All words that are left, for another program.
  package static func rest(_ name: String, help: String) -> Argument {
    Argument(
      outline: ArgumentOutline(
        kind: .positional, names: [name], help: help, isSensitive: true, isRepeatable: true,
        isRequired: true)
    ) { text in text }
  }

  package static func positional(
    _ name: String, help: String, isRequired: Bool = true, isSensitive: Bool = false,
    completion: ArgumentOutline.Completion = .none
  ) -> Argument {
    Argument(
      outline: ArgumentOutline(
        kind: .positional, names: [name], help: help, isSensitive: isSensitive,
        isRequired: isRequired, completion: completion)
    ) { text in text }
  }
}

extension Argument {
  /// An option whose value has to be of a form.
  package static func checked(
    _ name: String, value: String, help: String,
    completion: ArgumentOutline.Completion = .none,
    parse: @escaping @Sendable (String) throws(InvalidValue) -> Value
  ) -> Argument {
    Argument(
      outline: ArgumentOutline(
        kind: .option, names: [name], valueName: value, help: help, completion: completion),
      parse: parse)
  }

  /// An option of a few words.
  ///
  /// - Parameter meaning: What each of the words stands for.
  package static func choice(
    _ name: String, value: String, help: String, among words: [String],
    meaning: @escaping @Sendable (String) -> Value?
  ) -> Argument {
    checked(name, value: value, help: help, completion: .values(words)) {
      text throws(InvalidValue) in
      guard words.contains(text), let value = meaning(text) else {
        throw InvalidValue(expected: "one of \(words.joined(separator: ", "))")
      }
      return value
    }
  }
}

extension Argument where Value == Int {
  package static func count(_ name: String, value: String, help: String) -> Argument {
    Argument(
      outline: ArgumentOutline(kind: .option, names: [name], valueName: value, help: help)
    ) { text throws(InvalidValue) in
      // As far as JavaScript counts exactly.
      guard let number = Int(text), (1...9_007_199_254_740_991).contains(number) else {
        throw InvalidValue(expected: "a whole number above 0")
      }
      return number
    }
  }
}

/// What stood on a command line.
package struct ParsedArguments: Sendable {
  private var values: [String: [String]] = [:]
  /// The words that led to the command.
  package var path: [String] = []
  /// What stood there, in order.
  private var occurrences: [(outline: ArgumentOutline, value: String)] = []

  package init() {}

  mutating func add(_ value: String, to outline: ArgumentOutline) {
    values[outline.names[0], default: []].append(value)
    occurrences.append((outline, value))
  }

  /// The same command line with other values of some options. Values that are never repeated
  /// stand as `…`.
  package func words(replacing replacements: [(option: any ArgumentProtocol, value: String)])
    -> [String]
  {
    var words = path
    let positionals = occurrences.filter { $0.outline.kind == .positional }
    words += positionals.map { $0.outline.isSensitive ? "…" : $0.value }
    var open = replacements
    for (outline, value) in occurrences where outline.kind != .positional {
      words.append(outline.names.last ?? "")
      guard outline.kind == .option else { continue }
      if let index = open.firstIndex(where: { $0.option.outline.names == outline.names }) {
        words.append(open.remove(at: index).value)
      } else {
        words.append(outline.isSensitive || Echo.looksSecret(value) ? "…" : value)
      }
    }
    for (option, value) in open { words += [option.outline.names.last ?? "", value] }
    return words
  }

  func count(of outline: ArgumentOutline) -> Int { values[outline.names[0]]?.count ?? 0 }

  package subscript<Value>(argument: Argument<Value>) -> Value? {
    values[argument.outline.names[0]]?.last.flatMap { try? argument.parse($0) }
  }

  package subscript(flag: Argument<Bool>) -> Bool { count(of: flag.outline) > 0 }

  package func all<Value>(_ argument: Argument<Value>) -> [Value] {
    (values[argument.outline.names[0]] ?? []).compactMap { try? argument.parse($0) }
  }
}
