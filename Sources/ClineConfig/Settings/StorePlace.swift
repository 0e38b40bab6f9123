public import LosslessJSON

/// A place in one of Cline's files.
public struct StorePlace: Hashable, Sendable, CustomStringConvertible {
  /// The file that it is in.
  public let file: SettingsFile
  /// The place in it.
  public let pointer: JSONPointer

  /// Names a place in a file.
  public init(_ file: SettingsFile, _ pointer: JSONPointer) {
    self.file = file
    self.pointer = pointer
  }

  /// For example `globalState:/openAiBaseUrl`, as commands take it.
  public var description: String { "\(file.rawValue):\(pointer)" }
}
