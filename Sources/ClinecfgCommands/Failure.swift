import ClineConfig
import CommandLineTool
import LosslessJSON

/// A command that did not do what it was asked.
struct Failure: Error {
  let code: ExitCode
  let message: StyledText
  var help: StyledText?
  /// What belongs to the answer all the same.
  var findings: [Finding]?
  /// The values that the rules would pass.
  var mended: SetupError.MendedValues?
  /// Copies that are not what they were.
  var damaged: [String]?
  /// What is printed before the message.
  var text: StyledText = ""

  init(_ code: ExitCode, _ message: StyledText, help: StyledText? = nil) {
    self.code = code
    self.message = message
    self.help = help
  }

  static let noHome = Failure(
    .noInput, "there is no home directory", help: "set HOME, or pass --data-dir DIR")

  /// Whatever was thrown.
  init(any error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as StoreError: self.init(error)
    case let error as FileSystemError: self.init(StoreError(error))
    case let error as UsageError:
      self.init(.usage, "\(error.message)", help: "\(error.help(tool: "clinecfg"))")
    default:
      self.init(
        .software, "unexpected: \(String(describing: type(of: error)))",
        help: "please report this")
    }
  }

  init(_ error: StoreError) {
    let code: ExitCode =
      switch error.code {
      case .malformed, .wouldBreak, .notOurs: .badData
      case .changedOnDisk, .busy, .unfinished: .tryAgain
      case .noSuchBackup: .noInput
      case .protected: .noPermission
      case .unconfirmed: .inputOutput
      default: error.cause.map(Self.code(of:)) ?? .inputOutput
      }
    self.init(code, .lines(error.description), help: error.help.map { StyledText($0) })
  }

  private static func code(of cause: FileSystemError) -> ExitCode {
    switch cause.code {
    case .accessDenied, .notPermitted: .noPermission
    case .isDirectory, .notAFile, .tooLarge, .notDirectory, .tooManyLinks: .badData
    case .noSpace, .quota, .readOnly: .cannotCreate
    default: cause.operation == .create ? .cannotCreate : .inputOutput
    }
  }

  /// That a file is not there: without its name where the word could be a key in the wrong place.
  static func missingFile(
    _ word: String, because description: StyledText, help: StyledText? = nil,
    knowing catalog: ProviderCatalog
  ) -> Failure {
    Echo.looksSecret(word) || catalog.looksLikeKey(word)
      ? Failure(.noInput, "there is no such file", help: "pass a path")
      : Failure(.noInput, description, help: help)
  }

  /// A failure that names what a provider answered.
  ///
  /// - Parameters:
  ///   - findings: What the answer shows.
  ///   - end: What follows from it.
  ///   - others: What is to be told too, and is not the cause.
  static func answered(
    _ code: ExitCode, findings: [Finding], end: StyledText = "", besides others: [Finding] = []
  ) -> Failure {
    var failure = Failure(
      code, "\(findings.first?.message ?? "the answer was inconclusive")" + end,
      help: findings.first?.fix.map { StyledText($0.advice) })
    failure.findings = others + findings
    failure.text = (others + findings).map(\.line).joined()
    return failure
  }

  private static func nothingWritten(_ code: ExitCode, because findings: [Finding]) -> Failure {
    answered(code, findings: findings, end: ": nothing was written")
  }

  static let keyHelp: StyledText =
    "pass one of --key-prompt, --key-stdin, --key-file FILE, --key-env VAR, --key-command CMD"

  /// Why a place that was named for a key gave none.
  init(_ error: KeyReference.Failure, knowing catalog: ProviderCatalog) {
    switch error {
    case .variableMissing(let name):
      self.init(
        .noInput, "the environment variable \(catalog.shown(name)) is not set",
        help: "export it, or pass the key another way")
    case .pathEmpty: self.init(.usage, "--key-file is empty")
    case .fileUnreadable(let path, let reason):
      self = .missingFile(
        path, because: "the key file: \(reason)", help: "check the path and its permissions",
        knowing: catalog)
    case .pipeUnreadable(let path):
      self.init(.noInput, "the key file: nothing could be read from \(path)")
    case .programMissing(let name):
      self.init(
        .noInput, "the key command: there is no program '\(catalog.shown(name))' on PATH",
        help: "install it, or name it by its path")
    case .programFailed(let why):
      self.init(.noInput, "the key command \(why)", help: "run it by itself and look")
    case .notAKey(let source):
      self.init(
        .noInput, "what came from \(source) is not a key", help: "a key is one line of text")
    case .empty(let source):
      self.init(
        .noInput, source == "prompt" ? "no key was entered" : "the key from \(source) is empty",
        help: Self.keyHelp)
    case .othersProgram:
      self.init(
        .noPermission, "\(error)", help: "run this as that user, or pass the key another way")
    }
  }

  /// What is wrong with the values of a set-up.
  init(_ error: SetupError, knowing catalog: ProviderCatalog) {
    switch error.reason {
    case .store(let error): self.init(error)
    case .unanswered: self = .interrupted
    case .running(let clients): self = .running(clients)
    case .modelNotOffered: self = .nothingWritten(.refused, because: error.findings)
    case .providerRefused: self = .nothingWritten(.protocolError, because: error.findings)
    case .unreachable: self = .nothingWritten(.unavailable, because: error.findings)
    case .unknownProvider(let name):
      self.init(.noInput, "there is no provider '\(catalog.shown(name))'")
    case .notSettable(let provider):
      self.init(
        .usage, "\(error)", help: "what is known about it:\(clinecfg: "providers", provider.id)")
    case .baseURLMissing(let provider):
      self.init(
        .usage, "\(provider.kind == .custom ? "custom" : provider.name) needs --base-url",
        help: provider.compatibleRoots.first.map {
          "pass \($0.url), with your own part filled in"
        } ?? "pass the root of the API, usually ending in /v1")
    case .baseURLEmpty:
      self.init(.usage, "--base-url is empty", help: "pass an address, or leave it out")
    case .slotShared:
      self.init(
        .badData, "\(error)",
        help:
          "give one of them another slot that speaks the same protocol: \"slot\": \"litellm\", or \"requesty\" where JetBrains or CLI 2 is used"
      )
    case .slotNotOpen(let name):
      self.init(
        .usage, "no server can be put into the slot '\(catalog.shown(name))'",
        help:
          "slots with an address of their own: \(ProviderSlot.open.map(\.sdkID).joined(separator: ", "))"
      )
    case .cloudSettingElsewhere(let name, _):
      self.init(
        .usage, "\(error)",
        help: CloudSetting(rawValue: name).map {
          "it belongs to:\(clinecfg: "providers", $0.provider)"
        })
    case .cloudSettingMissing(let name):
      self.init(
        .usage, "\(error)", help: CloudSetting(rawValue: name).map { "pass \($0.option)" })
    case .protocolMissing:
      self.init(.usage, "\(error)", help: "pass its address there with --base-url")
    case .noStoredKey(let provider):
      self.init(
        .noInput, "\(error)",
        help:
          "name where its key comes from, such as {\"env\": \"\(provider.variables.first ?? "VAR")\"}"
      )
    case .headerVariableMissing(let header, let variable):
      self.init(
        .noInput, "the environment variable \(catalog.shown(variable)) is not set",
        help: "export it: the header \(header) comes from it")
    default: self.init(.usage, "\(error)")
    }
  }
}
