import ClineConfig
import CommandLineTool
import LosslessJSON

/// `clinecfg import link`: what a gateway's button for coding agents says, from standard input.
enum ImportLinkCommand {
  static let command = Command<Context>(
    abstract: "set up what a ccswitch:// link of a gateway says, read from standard input",
    discussion:
      "Gateways put such links behind their buttons. A link carries the key, so it does not stand on the "
      + "command line. Address, key and model are judged like any others.",
    arguments: [SetProvider.model, SetProvider.mode] + Options.linkKey + Options.setup
      + Options.change,
    examples: [
      Example("clinecfg import link --dry-run < link.txt", "show what it would set up")
    ],
    action: answer(with: report))

  private struct Imported: Encodable {
    let modes: SettingUp.Modes
    let link: String
  }

  private static func report(_ run: Invocation) throws -> Report {
    let text = String(decoding: run.console.readAll(limit: 64 << 10), as: UTF8.self)
    let link: ImportLink
    do throws(ImportLink.Problem) {
      link = try ImportLink(text)
    } catch {
      throw Failure(
        .badData,
        error == .notALink
          ? "standard input holds no ccswitch://v1/import link"
          : error == .otherResource
            ? "the link brings something else than a provider" : "the link names no address",
        help:
          "copy the link that the gateway's button opens, as one line, and hand it over on standard input"
      )
    }
    if let key = link.key { run.host.secrets.note(key) }
    var choice = link.choice(run.catalog)
    choice.modes = run[SetProvider.mode] ?? choice.modes
    choice.models = choice.models.filter { choice.modes.contains($0.key) }
    if let model = run[SetProvider.model] {
      for mode in choice.modes { choice.models[mode] = model }
    }
    let reference = try run.keyReference()
    choice.key = reference ?? (link.key == nil ? nil : .standardInput)
    var setting = SettingUp(invocation: run, choices: [choice]) { mended in
      "\(.setUp(choice.provider, baseURL: mended.baseURL ?? choice.baseURL, slot: choice.slot, model: mended.model))"
    }
    if reference == nil { setting.foundKey = link.key.map { ($0, "the link") } }
    let done = try setting.perform(as: "import link")
    let extra = Imported(
      modes: SettingUp.Modes(done.plan, run.catalog), link: link.name ?? link.endpoint)
    return Report(
      Extended(change: setting.answer(of: done, isDryRun: run[Options.dryRun]), extra: extra),
      notes: done.plan.notes.map { StyledText($0) })
  }
}
