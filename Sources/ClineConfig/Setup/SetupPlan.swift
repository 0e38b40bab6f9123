/// A set-up that the rules let pass, and the change that it comes to. Nothing is written yet.
public struct SetupPlan: Sendable {
  /// One choice, and what it comes to.
  package struct Part: Sendable {
    package let choice: Profile.Choice
    package let provider: Provider
    package internal(set) var target: SetupTarget
    package let key: ObtainedKey
    package var setup: ProviderSetup
    /// What the provider answered, where a model had to be chosen from its list.
    package var asked: ModelAnswer?

    /// The Model ID of files without modes.
    package var model: String { setup.models[.act] ?? setup.models[.plan] ?? "" }
  }

  /// The modes that something is chosen for.
  public let modes: Set<Mode>
  /// The change of the files; empty where they are so already.
  public internal(set) var change = Plan.nothing
  /// What the rules say and does not stop it.
  public package(set) var findings: [Finding] = []
  /// What was done with the values that were passed, and what to know.
  public package(set) var notes: [Advice] = []
  package internal(set) var parts: [Part] = []

  /// The keys that it writes, and the values of its headers.
  package var secrets: [Secret] {
    parts.flatMap { part in
      [part.setup.key].compactMap(\.self) + (part.setup.headers ?? []).map(\.value)
    }
  }

  init(modes: Set<Mode>) { self.modes = modes }
}

extension SetupPlanner {
  /// A set-up that was made.
  public struct Outcome: Sendable {
    /// What was planned, and is made.
    public let plan: SetupPlan
    /// What takes the change back; `nil` where nothing differed.
    public let backup: Backup?
    /// Programs that run with older settings, and what they have changed back already.
    public let findings: [Finding]
  }
}
