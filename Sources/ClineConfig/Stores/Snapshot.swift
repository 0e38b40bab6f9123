public import LosslessJSON

/// What one client's files held at one moment.
public struct Snapshot: Sendable {
  /// Where the files are.
  public let locations: ClineLocations
  private let readings: [SettingsFile: StoreReading]

  init(locations: ClineLocations, readings: [SettingsFile: StoreReading]) {
    self.locations = locations
    self.readings = readings
  }

  /// A snapshot in which one file exists at most, with these bytes.
  package init(locations: ClineLocations, only file: SettingsFile, bytes: [UInt8]?) {
    var reading = StoreReading(path: locations.path(of: file))
    if let bytes {
      reading.contents = FileContents(
        bytes: bytes,
        status: FileStatus(
          kind: .file, mode: .ownerOnly, size: bytes.count, owner: FileOwner(user: 0, group: 0),
          identity: FileIdentity(device: 0, file: 0), links: 1,
          modified: Timestamp(milliseconds: 0)))
      reading.parse(bytes, as: file)
    }
    self.init(locations: locations, readings: [file: reading])
  }

  /// Reads every file. Nothing is followed, created or locked; a file that cannot be read is
  /// part of the answer and not an error.
  package static func read(_ locations: ClineLocations, on files: any FileSystem) -> Snapshot {
    var readings: [SettingsFile: StoreReading] = [:]
    for file in locations.files {
      readings[file] = StoreReading.read(file, at: locations.path(of: file), on: files)
    }
    return Snapshot(locations: locations, readings: readings)
  }

  /// The same, and the secrets in the files are known from then on.
  public static func read(_ locations: ClineLocations, on host: HostEnvironment) -> Snapshot {
    let snapshot = read(locations, on: host.files)
    host.secrets.note(snapshot)
    return snapshot
  }

  /// What a file held.
  package subscript(file: SettingsFile) -> StoreReading {
    readings[file] ?? StoreReading(path: locations.path(of: file))
  }

  /// A file as Cline sees it: `nil` when it is missing, and when Cline reads it as empty.
  public func readable(_ file: SettingsFile) -> JSONDocument? {
    let reading = self[file]
    return reading.problem == nil ? reading.document : nil
  }

  /// The same with other permissions of one file.
  func restricting(_ path: AbsolutePath, to mode: FileMode) -> Snapshot {
    Snapshot(
      locations: locations,
      readings: readings.mapValues { reading in
        guard reading.realPath == path, let contents = reading.contents else {
          return reading
        }
        var reading = reading
        reading.contents = FileContents(
          bytes: contents.bytes, status: contents.status.with(mode))
        return reading
      })
  }

  /// The files that Cline would read as empty although they exist.
  package var broken: [(file: SettingsFile, problem: StoreProblem)] {
    locations.files.compactMap { file in self[file].problem.map { (file, $0) } }
  }
}

extension JSONDocument {
  /// The string at a place, unless it is empty: what Cline takes for nothing.
  func nonEmptyString(at pointer: JSONPointer) -> String? {
    self[pointer]?.string.flatMap { $0.isEmpty ? nil : $0 }
  }
}

/// One file: its bytes, its document, or what is wrong with it.
package struct StoreReading: Hashable, Sendable {
  /// Its path, links not resolved.
  package let path: AbsolutePath
  /// The file that the path leads to.
  package var realPath: AbsolutePath
  /// Bytes and status; `nil` when there is no file, or none that could be read.
  package var contents: FileContents?
  /// The document, when the bytes are JSON.
  package var document: JSONDocument?
  /// What Cline's reader makes of the document.
  package var verdict = ReaderVerdict()
  /// Why Cline reads the file as empty.
  package var problem: StoreProblem?

  init(path: AbsolutePath) {
    self.path = path
    realPath = path
  }

  static func read(
    _ file: SettingsFile, at path: AbsolutePath, on files: any FileSystem
  ) -> StoreReading {
    var reading = bytes(at: path, on: files)
    if let contents = reading.contents { reading.parse(contents.bytes, as: file) }
    return reading
  }

  /// A file that is not looked into.
  static func bytes(at path: AbsolutePath, on files: any FileSystem) -> StoreReading {
    var reading = StoreReading(path: path)
    do throws(FileSystemError) {
      reading.realPath = try files.resolve(path)
      guard try files.status(of: reading.realPath) != nil else { return reading }
      reading.contents = try files.read(reading.realPath, limit: JSONDocument.Limits.standard.size)
    } catch {
      reading.problem = .unreadable(error)
    }
    return reading
  }

  /// Takes bytes for the file's.
  mutating func parse(_ bytes: [UInt8], as file: SettingsFile) {
    do throws(JSONSyntaxError) {
      // An editor reads an empty file of settings as one without any.
      let isBlank = file == .vscode && bytes.allSatisfy { $0 <= 0x20 }
      let document = isBlank ? file.blank : try file.document(bytes)
      self.document = document
      verdict = file.verdict(on: document)
      problem = verdict.rejected.isEmpty ? nil : .rejected(verdict.rejected)
    } catch {
      problem = bytes.isEmpty ? .empty : .notJSON(error)
    }
  }
}

/// Why Cline reads a file as empty, and would overwrite it. Holds no text of the file.
package enum StoreProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file system does not give it out.
  case unreadable(FileSystemError)
  /// No bytes at all.
  case empty
  /// Not JSON as `JSON.parse` reads it.
  case notJSON(JSONSyntaxError)
  /// Not what Cline's schema wants, at each of these places.
  case rejected([ReaderViolation])

  /// Whether it is JSON, and a value in it is what Cline's schema does not want.
  package var isRejection: Bool { if case .rejected = self { true } else { false } }

  /// One line, without the path.
  package var description: String {
    switch self {
    case .unreadable(let error): "\(error)"
    case .empty: "the file is empty (0 bytes)"
    case .notJSON(let error): "not JSON: \(error)"
    case .rejected(let violations):
      "Cline rejects it: " + violations.prefix(3).map(\.description).joined(separator: "; ")
        + (violations.count > 3 ? " and \(violations.count - 3) more" : "")
    }
  }
}

extension StoreReading: Unprinted {}

extension Snapshot {
  /// The settings of `globalState.json`; none where Cline could not read it.
  public var settings: GlobalState {
    guard let members = readable(.globalState)?.members(named: GlobalState.keys) else {
      return GlobalState()
    }
    return (try? JSONDocument(.object(members)).decode(GlobalState.self)) ?? GlobalState()
  }
}

extension GlobalState {
  /// The keys of all of its fields.
  static let keys = (try? JSONValue(encoding: GlobalState(), keepsNil: true))?.object?.keys ?? []
}

extension ChangeSet {
  /// Changes settings of `globalState.json` on top of what a snapshot holds. Only what differs then is
  /// written.
  public mutating func changeSettings(
    of snapshot: Snapshot, _ change: (inout GlobalState) -> Void
  ) {
    let before = snapshot.settings
    var after = before
    change(&after)
    guard let old = try? JSONValue(encoding: before).object,
      let new = try? JSONValue(encoding: after).object
    else { return }
    for (key, value) in new where old[key] != value {
      set(value, in: .globalState, at: JSONPointer(tokens: [key]))
    }
    for key in old.keys where new[key] == nil {
      remove(from: .globalState, at: JSONPointer(tokens: [key]))
    }
  }
}
