import LosslessJSON

/// Why settings could not be read or changed. No text of a file is in it.
public struct StoreError: Error, Sendable, CustomStringConvertible {
  /// The kind of failure. An open set.
  public struct Code: RawRepresentable, Hashable, Sendable {
    /// The name of the kind.
    public let rawValue: String
    /// A kind by its name.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// A file is not what Cline reads.
    public static let malformed = Code(rawValue: "malformed")
    /// Cline could not read a file any more after the change.
    public static let wouldBreak = Code(rawValue: "would-break")
    /// Another program changed what this change is about.
    public static let changedOnDisk = Code(rawValue: "changed-on-disk")
    /// Another clinecfg works on these files.
    public static let busy = Code(rawValue: "busy")
    /// An interrupted change needs a decision.
    public static let unfinished = Code(rawValue: "unfinished")
    /// There is no such backup, or it is damaged.
    public static let noSuchBackup = Code(rawValue: "no-such-backup")
    /// The file system failed.
    public static let fileSystem = Code(rawValue: "file-system")
    /// A file is protected, and the protection is respected.
    public static let protected = Code(rawValue: "protected")
    /// Something that has a name of clinecfg's is not clinecfg's: a link, say, or another user's.
    public static let notOurs = Code(rawValue: "not-ours")
    /// Everything is published, but the disk did not confirm it.
    public static let unconfirmed = Code(rawValue: "unconfirmed")
  }

  /// The kind of failure.
  public let code: Code
  /// The file it is about.
  public let path: AbsolutePath?
  /// One sentence: what, where, why.
  public let description: String
  /// What to do about it.
  public let help: Advice?
  /// The failed call, where there is one.
  package let cause: FileSystemError?

  init(
    _ code: Code, _ description: String, path: AbsolutePath? = nil, help: Advice? = nil,
    cause: FileSystemError? = nil
  ) {
    self.code = code
    self.description = description
    self.path = path
    self.help = help
    self.cause = cause
  }

  /// The failure of a file system call, with what to do about it.
  package init(_ cause: FileSystemError) {
    let help: Advice? =
      switch cause.code {
      case .noSpace, .quota: "free some space; nothing was changed"
      case .readOnly where cause.path.description.hasPrefix("/nix/"):
        "this file is managed by Nix: edit its source there"
      case .readOnly: "the file system is mounted read-only"
      case .accessDenied, .notPermitted:
        "check the owner and permissions of \(cause.path.parent)"
      case .notDirectory, .isDirectory:
        "look at \(cause.path) and move it away"
      case .tooLarge:
        "no settings file is that large: look at \(cause.path) and move it away"
      default: nil
      }
    self.init(.fileSystem, "\(cause)", path: cause.path, help: help, cause: cause)
  }

  static func malformed(
    _ file: SettingsFile, at path: AbsolutePath, problem: StoreProblem
  ) -> StoreError {
    if case .unreadable(let error) = problem { return StoreError(error) }
    if case .notJSON(let error) = problem, error.reason.isOurs {
      return StoreError(
        .malformed, "\(path): \(problem)", path: path,
        help:
          "clinecfg edits no file that it cannot keep byte for byte: close Cline, and look at that "
          + "place in an editor")
    }
    return StoreError(
      .malformed, "\(path): \(problem)", path: path,
      help:
        "Cline reads this file as empty and will overwrite it; to keep a copy and fix what can be fixed:\(.mend)"
    )
  }
}

extension JSONSyntaxError.Reason {
  /// Whether only clinecfg refuses it: `JSON.parse` takes deep nesting, large files and bytes that
  /// are not UTF-8.
  var isOurs: Bool {
    switch self {
    case .tooDeep, .tooLarge, .invalidUTF8: true
    default: false
    }
  }
}
