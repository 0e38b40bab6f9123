package import LosslessJSON

/// Which of Cline's programs a VS Code window starts, and why.
package struct VSCodeBundle: Hashable, Sendable {
  /// The program; `nil` for a Cline from before file-backed storage.
  package let client: ClineClient?
  /// What decided it, in words.
  package let decidedBy: String
  /// Whether a setting or a variable forces it.
  package let isForced: Bool

  /// What that program reads.
  package var files: [SettingsFile] { client?.files ?? [] }
}

extension VSCodeInstallation {
  /// The program that a new window would activate. Cline's own note of it is looked up only where
  /// nothing else decides.
  package func bundle(on host: HostEnvironment) -> VSCodeBundle? {
    guard let bundle = bundle(variables: host.variables, memento: nil), !bundle.isForced,
      cline?.hasTwoBundles == true
    else { return bundle(variables: host.variables, memento: nil) }
    let storage = (try? oldStorage(on: host)) ?? nil
    return self.bundle(variables: host.variables, memento: storage?.memento)
  }

  func startsLegacy(on host: HostEnvironment) -> Bool {
    bundle(on: host)?.client == .vscodeLegacy
  }

  /// The program that a new window would activate; `nil` without Cline.
  ///
  /// An extension that holds one program has no choice. Of two, in this order: the variable, the
  /// setting, a failed activation, the cached assignment (apps/vscode-rollout/src/cohort.ts
  /// `decideBundle`, 4.1.13), else the SDK's, which Cline's rollout gives to everybody by now.
  ///
  /// - Parameters:
  ///   - variables: The environment that VS Code starts in.
  ///   - memento: What Cline keeps in VS Code's own storage; `nil` where that was not looked at.
  package func bundle(
    variables: [String: String], memento: JSONObject?
  ) -> VSCodeBundle? {
    guard let cline else { return nil }
    guard cline.isAtLeast("3.66.0") else {
      return VSCodeBundle(
        client: nil, decidedBy: "Cline \(cline) keeps everything in VS Code's own storage",
        isForced: false)
    }
    guard cline.hasTwoBundles else {
      return VSCodeBundle(
        client: cline.isLegacy ? .vscodeLegacy : .vscodeSDK,
        decidedBy: "Cline \(cline) has no other", isForced: false)
    }
    let words: [String: ClineClient] = ["next": .vscodeSDK, "legacy": .vscodeLegacy]
    if let client = variables["CLINE_BUNDLE_OVERRIDE"].flatMap({ words[$0] }) {
      return VSCodeBundle(client: client, decidedBy: "CLINE_BUNDLE_OVERRIDE", isForced: true)
    }
    let pointer = VSCodeSettings.bundlePointer(isNightly: cline.isNightly)
    if let client = settings.document?[pointer]?.string.flatMap({ words[$0] }) {
      return VSCodeBundle(
        client: client, decidedBy: pointer.tokens.map(\.text).joined(), isForced: true)
    }
    let isFailed =
      memento?["cline.rollout.nextActivationFailedVersion"]?.string == cline.description
    if isFailed {
      return VSCodeBundle(
        client: .vscodeLegacy, decidedBy: "the other failed to start", isForced: false)
    }
    if let assigned = memento?["cline.rollout.bundle"]?.string {
      return VSCodeBundle(
        client: assigned == "next" ? .vscodeSDK : .vscodeLegacy,
        decidedBy: "Cline's rollout, which can change with every start", isForced: false)
    }
    return VSCodeBundle(
      client: .vscodeSDK, decidedBy: "no assignment by Cline's rollout is known", isForced: false)
  }
}
