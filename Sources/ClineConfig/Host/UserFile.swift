package import LosslessJSON

/// A file that a user writes by hand: JSON with comments, read field by field.
package struct UserFile: Sendable {
  /// A fault, and where. Holds a field's name at most, never a value.
  package struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file, or what stands for it.
    package let file: String
    /// Where in it; `nil` when it could not be read at all.
    package let position: JSONSyntaxError.Position?
    /// What is wrong, in words.
    package let message: String
    /// Whether there is no such file.
    package var isMissing = false

    /// `/home/a/.config/clinecfg/providers/x.json:3:9: …`
    package var description: String {
      file + (position.map { ":\($0.line):\($0.column)" } ?? "") + ": \(message)"
    }
  }

  let name: String
  let document: JSONDocument

  init(_ bytes: [UInt8], name: String) throws(Problem) {
    self.name = name
    do throws(JSONSyntaxError) {
      document = try JSONDocument(parsing: bytes, dialect: .jsonc)
    } catch {
      throw Problem(file: name, position: error.position, message: error.reason.words)
    }
  }

  /// Reads a file of at most 1 MiB.
  init(at path: AbsolutePath, on host: HostEnvironment) throws(Problem) {
    let bytes: [UInt8]
    do throws(FileSystemError) {
      bytes = try host.files.read(host.files.resolve(path), limit: 1 << 20).bytes
    } catch {
      throw Problem(
        file: path.description, position: nil, message: "cannot be read: \(error.code)",
        isMissing: error.code == .notFound)
    }
    try self.init(bytes, name: path.description)
  }

  func problem(_ place: JSONPointer, message: String) -> Problem {
    Problem(file: name, position: document.position(of: place), message: message)
  }

  /// An object that has no other fields than these.
  func object(
    at place: JSONPointer, fields: [String], expected: String
  ) throws(Problem) -> JSONObject {
    guard let object = document[place]?.object else {
      throw problem(place, message: "expected \(expected)")
    }
    for key in object.keys where !fields.contains(key.text) {
      throw problem(
        place.appending(key),
        message: "there is no field '\(key.text)'"
          + EditDistance.hint(for: key.text, among: fields, within: 2))
    }
    return object
  }

  /// A string that is not empty; `nil` where the field is not there.
  func text(at place: JSONPointer) throws(Problem) -> String? {
    guard let value = document[place] else { return nil }
    guard let text = value.string, !text.isEmpty else {
      throw problem(place, message: "expected a string that is not empty")
    }
    return text
  }

  func requiredText(at place: JSONPointer) throws(Problem) -> String {
    guard let text = try text(at: place) else {
      throw problem(place.parent ?? .root, message: "'\(place.tokens.last?.text ?? "")' is missing")
    }
    return text
  }

  func flag(at place: JSONPointer) throws(Problem) -> Bool? {
    guard let value = document[place] else { return nil }
    guard let flag = value.bool else { throw problem(place, message: "expected true or false") }
    return flag
  }

  /// A whole number above 0.
  func count(at place: JSONPointer) throws(Problem) -> Int? {
    guard let value = document[place] else { return nil }
    guard let count = value.number?.exactly(as: Int.self), count > 0, count < 1 << 53 else {
      throw problem(place, message: "expected a whole number above 0")
    }
    return count
  }

  /// Strings that are not empty.
  func list(at place: JSONPointer) throws(Problem) -> [String]? {
    guard let value = document[place] else { return nil }
    guard let items = value.array else {
      throw problem(place, message: "expected an array of strings")
    }
    var texts: [String] = []
    for (index, item) in items.enumerated() {
      guard let text = item.string, !text.isEmpty else {
        throw problem(place.appending(index), message: "expected a string that is not empty")
      }
      texts.append(text)
    }
    return texts
  }
}
