import ClineConfig
import CommandLineTool
import LosslessJSON

/// `clinecfg forget`
enum Forget {
  private static let provider = Argument<String>.option(
    "--provider", value: "P", help: "only what this provider accepted",
    completion: .dynamic("providers"))

  static let command = Command<Context>(
    abstract: "forget which keys were accepted by which provider",
    discussion:
      "After a good answer a salted digest of the key is kept with the provider, so that the key is "
      + "known again. Never the key.",
    arguments: [provider],
    examples: [Example("clinecfg forget --provider rutaapi", "of one provider")],
    action: answer { run in
      let id = try run[provider].map { try run.provider(named: $0).id }
      return Report(
        ForgetAnswer(forgotten: try AcceptedKeys.forget(provider: id, on: run.host)))
    })

  private struct ForgetAnswer: Answer {
    let changed: Bool
    let forgotten: Int
    enum CodingKeys: CodingKey { case changed, forgotten }

    init(forgotten: Int) {
      changed = forgotten > 0
      self.forgotten = forgotten
    }

    var text: StyledText { forgotten == 0 ? "nothing is remembered\n" : "\(forgotten) forgotten\n" }
  }
}
