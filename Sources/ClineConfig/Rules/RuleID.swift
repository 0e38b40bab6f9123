/// A rule's code, for example `URL105`. It never changes and is never reused.
public struct RuleID: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The code: a family's letters and a number.
  public let code: String

  /// Names a rule by its code.
  public init(_ code: String) { self.code = code }

  /// The letters before the number: `URL`, `KEY`, `STORE`, …
  public var family: String { String(code.prefix { $0.isLetter }) }
  /// The code as it is printed.
  public var description: String { code }

  /// In the order of the codes.
  public static func < (one: RuleID, other: RuleID) -> Bool { one.code < other.code }
}

/// The codes of the bundled rules: the one table of them.
extension RuleID {

  // URL: Base URL.
  package static let notAURL = RuleID("URL101")
  package static let keyInClear = RuleID("URL102")
  package static let websiteAsBaseURL = RuleID("URL103")
  package static let dashboardAsBaseURL = RuleID("URL104")
  package static let endpointAsBaseURL = RuleID("URL105")
  package static let versionMissing = RuleID("URL106")
  package static let versionDoubled = RuleID("URL107")
  package static let trailingSlash = RuleID("URL108")
  package static let credentialsOrQuery = RuleID("URL109")
  package static let lookAlikeHost = RuleID("URL110")
  package static let wrongRegion = RuleID("URL111")
  package static let localWithoutPath = RuleID("URL112")
  package static let nativeProtocol = RuleID("URL113")
  package static let unknownHost = RuleID("URL114")
  package static let baseURLMissing = RuleID("URL115")
  package static let ownEntry = RuleID("URL116")
  package static let nativePath = RuleID("URL117")
  package static let azurePath = RuleID("URL118")

  // KEY: key.
  package static let keyMissing = RuleID("KEY201")
  package static let keyNotTrimmed = RuleID("KEY202")
  package static let keyPlaceholder = RuleID("KEY203")
  package static let keyMasked = RuleID("KEY205")
  package static let notAKey = RuleID("KEY206")
  package static let strangeCharacters = RuleID("KEY207")
  package static let keyExpired = RuleID("KEY208")
  package static let suggestsOtherProvider = RuleID("KEY209")
  package static let wrongLength = RuleID("KEY210")
  package static let sharedSecret = RuleID("KEY211")

  // MODEL: Model ID.
  package static let modelMissing = RuleID("MODEL301")
  package static let modelNotTrimmed = RuleID("MODEL302")
  package static let modelNotOffered = RuleID("MODEL303")
  package static let modelOfAnother = RuleID("MODEL304")
  package static let modelPlaceholder = RuleID("MODEL305")
  package static let keyAsModel = RuleID("MODEL306")
  package static let replacedModel = RuleID("MODEL307")

  // TRIPLE: the three together.
  package static let incoherent = RuleID("TRIPLE401")
  package static let planActDiffer = RuleID("TRIPLE402")
  package static let sharedSlot = RuleID("TRIPLE403")
  package static let variableToOtherHost = RuleID("TRIPLE404")

  // STORE: what the files say.
  package static let unreadable = RuleID("STORE501")
  package static let rejectedByCline = RuleID("STORE502")
  package static let storesDisagree = RuleID("STORE503")
  package static let danglingLastUsed = RuleID("STORE504")
  package static let wrongID = RuleID("STORE505")
  package static let staleToken = RuleID("STORE506")
  package static let wouldResurrect = RuleID("STORE507")
  package static let onboarding = RuleID("STORE508")
  package static let duplicateKeys = RuleID("STORE509")
  package static let splitDataDirectory = RuleID("STORE510")
  package static let managed = RuleID("STORE511")
  package static let overwritten = RuleID("STORE512")
  package static let registeredElsewhere = RuleID("STORE513")
  package static let leftOverCompanion = RuleID("STORE514")
  package static let misnamedKey = RuleID("STORE515")
  package static let withoutEffect = RuleID("STORE516")
  package static let clientsDiffer = RuleID("STORE517")
  package static let mcpServers = RuleID("STORE518")

  // SEC: who can read a key.
  package static let readableByOthers = RuleID("SEC601")
  package static let inARepository = RuleID("SEC602")
  package static let keyInSettings = RuleID("SEC603")
  package static let leftOverTemporary = RuleID("SEC604")
  package static let linkTarget = RuleID("SEC605")
  package static let orphanedKey = RuleID("SEC606")

  // RUN: programs that run.
  package static let clineIsRunning = RuleID("RUN701")
  package static let forcedBundle = RuleID("RUN702")
  package static let deadSettings = RuleID("RUN703")
  package static let oldStorageOnly = RuleID("RUN704")
  package static let redirectedByVariable = RuleID("RUN705")

  // STATE: settings of Cline's own.
  package static let wrongType = RuleID("STATE901")
  package static let unknownValue = RuleID("STATE902")
  package static let incompleteObject = RuleID("STATE903")

  // LIVE: a provider's answers.
  package static let unreachable = RuleID("LIVE801")
  package static let notAnAPI = RuleID("LIVE802")
  package static let unauthorized = RuleID("LIVE803")
  package static let forbidden = RuleID("LIVE804")
  package static let modelNotFound = RuleID("LIVE805")
  package static let rateLimited = RuleID("LIVE806")
  package static let unavailable = RuleID("LIVE807")
  package static let noModelList = RuleID("LIVE808")
  package static let otherStatus = RuleID("LIVE809")

  /// Codes that stand for another: reserved ones that `--allow` and `explain` take.
  package static let aliases = [RuleID("KEY204"): incoherent]
}
