import LosslessJSON

/// STATE903: an object of settings that lacks members.
struct IncompleteObject: MachineRule {
  static let documentation = RuleDocumentation(
    .incompleteObject, name: "incomplete-object", severity: .error,
    summary:
      "Auto-approval or the list of steps is stored in part, and Cline breaks on what lacks.",
    rationale:
      "Cline takes these objects as they are: it looks for `actions.readFiles` where nobody wrote "
      + "`actions`, and stops. Scripts that write one switch of them leave such a half "
      + "(updateAutoApprovalSettings.ts, getStateToPostToWebview.ts, 4.1.13).",
    exceptions:
      "browserSettings is filled by Cline itself. Members that older versions had may lack.",
    examples: [
      .accepts(MachineExample([.globalState: #"{"browserSettings":{"disableToolUse":true}}"#])),
      .accepts(
        MachineExample([
          .globalState: #"{"focusChainSettings":{"enabled":false,"remindClineInterval":6}}"#
        ])),
      .mends(
        MachineExample([.globalState: #"{"autoApprovalSettings":{"actions":{"readFiles":true}}}"#])),
      .mends(MachineExample([.globalState: #"{"focusChainSettings":{"enabled":false}}"#])),
      .mends(MachineExample([.globalState: #"{"autoApprovalSettings":"all"}"#])),
    ])

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    let reading = machine.main[.globalState]
    guard reading.problem == nil, let document = reading.document else { return [] }
    return ClineSetting.wholes.compactMap { whole in
      guard let stored = document[whole.pointer], stored != .null else { return nil }
      let lacks = stored.object == nil ? [] : Self.missing(whole.standard, of: whole, in: stored)
      guard stored.object == nil || !whole.isFilled && !lacks.isEmpty else { return nil }
      var edits = ChangeSet()
      edits.fill(whole, in: .globalState, on: machine.main)
      let name = whole.pointer.tokens.last?.text ?? ""
      return finding(
        stored.object == nil
          ? "\(name) is no object" : "\(name) lacks \(lacks.joined(separator: ", "))",
        at: [StorePlace(.globalState, whole.pointer)],
        fix: .edits("fill \(name) with what Cline has by itself", edits: edits))
    }
  }

  /// The members that Cline looks at and that lack.
  private static func missing(
    _ standard: JSONObject, of whole: ClineSetting.Whole, in stored: JSONValue
  ) -> [String] {
    standard.effective.flatMap { key, value -> [String] in
      guard let there = stored[key] else {
        return whole.optional.contains(key.text) ? [] : [key.text]
      }
      return value.object.map { missing($0, of: whole, in: there) } ?? []
    }
  }
}
