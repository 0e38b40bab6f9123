import ClineConfig
import CommandLineTool
import LosslessJSON

/// A profile, and where it was found.
struct ProfileSource {
  /// A path, or the name of a saved one.
  let name: String
  /// What its references are relative to.
  let directory: AbsolutePath
  let profile: Profile

  /// A profile by the words of a command line.
  init(named name: String, for run: Invocation) throws {
    guard name != "-" else {
      let bytes = run.console.readAll(limit: 1 << 20)
      try self.init("-", in: run.host.workingDirectory, run) { () throws(UserFile.Problem) in
        try Profile(parsing: bytes, name: "standard input")
      }
      return
    }
    guard !name.isEmpty else { throw Failure(.usage, "the profile's path is empty") }
    let isSaved = SavedProfiles(on: run.host)?.contains(name) == true
    try self.init(
      at: run.host.workingDirectory.appending(name), named: name, for: run,
      help: isSaved ? "did you mean:\(clinecfg: "use", name)" : nil)
  }

  /// A profile file.
  init(
    at path: AbsolutePath, named name: String, for run: Invocation, help: StyledText? = nil
  ) throws {
    try self.init(name, in: path.parent, run, help: help) { () throws(UserFile.Problem) in
      try Profile(at: path, on: run.host.acting(in: path))
    }
  }

  private init(
    _ name: String, in directory: AbsolutePath, _ run: Invocation, help: StyledText? = nil,
    reading: () throws(UserFile.Problem) -> Profile
  ) throws {
    let profile: Profile
    do throws(UserFile.Problem) {
      profile = try reading()
    } catch {
      let help = help ?? "to print a profile of the present state:\(clinecfg: "export")"
      throw error.isMissing
        ? Failure.missingFile(name, because: "\(error)", help: help, knowing: run.catalog)
        : Failure(.badData, "\(error)", help: help)
    }
    let shown = run.catalog.shown(name)
    for choice in profile.choices {
      for header in choice.headers ?? [] {
        guard case .text(let text) = header.value,
          run.catalog.isSecretHeader(header.name, value: text)
        else { continue }
        throw Failure(
          .badData,
          "\(shown): the header \(header.name) carries a secret, which must not "
            + "stand in a profile",
          help: "write {\"env\": NAME} for it, and export the variable")
      }
      do {
        _ = try run.provider(named: choice.provider)
      } catch let failure as Failure {
        throw Failure(failure.code, "\(shown): \(failure.message)", help: failure.help)
      }
    }
    self.name = name
    self.directory = directory
    self.profile = profile
  }

  /// What sets Cline up as the profile says.
  func settingUp(_ run: Invocation) -> SettingUp {
    SettingUp(invocation: run, choices: profile.choices, profile: self) { mended in
      let values = [
        mended.baseURL.map { "\"baseURL\": \"\($0)\"" },
        mended.model.map { "\"model\": \"\($0)\"" },
        mended.slot.map { "\"slot\": \"\($0)\"" },
      ].compactMap(\.self).joined(separator: ", ")
      return "in \(name) write \(values)"
    }
  }

  /// Makes Cline match it, and tells.
  func apply(as command: String, _ run: Invocation) throws -> Report {
    let setting = settingUp(run)
    let done = try setting.perform(as: "\(command) \(run.catalog.shown(name))")
    return report(of: done, setting, isDryRun: run[Options.dryRun])
  }

  /// Tells whether Cline matches it.
  func check(_ run: Invocation) throws -> Report {
    guard !run[Options.verify] else {
      throw Failure(
        .usage, "--check asks nobody, and --verify wants to", help: "use --dry-run with --verify")
    }
    let setting = settingUp(run)
    let store = try run.store()
    let plan = try setting.planned(on: store.load(), in: store, keys: .withoutCommands)
    var report = report(of: SettingUp.Done(plan: plan), setting, isDryRun: true)
    report.code = plan.change.isEmpty ? .success : .wouldChange
    return report
  }

  private struct Extra: Encodable {
    let profile: String
    let modes: SettingUp.Modes
  }

  private func report(
    of done: SettingUp.Done, _ setting: SettingUp, isDryRun: Bool
  ) -> Report {
    let catalog = setting.invocation.catalog
    let extra = Extra(
      profile: catalog.shown(name), modes: SettingUp.Modes(done.plan, catalog))
    var report = Report(
      Extended(change: setting.answer(of: done, isDryRun: isDryRun), extra: extra),
      notes: done.plan.notes.map { StyledText($0) })
    report.details = done.details
    return report
  }
}

extension Invocation {
  /// The present state as a profile.
  func profile(of present: PresentSetup) throws -> Profile {
    try told { () throws(PresentSetupError) in try present.profile() }
  }

  /// What the present state comes to, or why it cannot be told.
  func told<Value>(_ body: () throws(PresentSetupError) -> Value) throws -> Value {
    do throws(PresentSetupError) {
      return try body()
    } catch {
      throw Failure(error, knowing: catalog)
    }
  }
}

extension Failure {
  /// Why the present state cannot be written as a profile.
  init(_ error: PresentSetupError, knowing catalog: ProviderCatalog) {
    switch error {
    case .notSetUp(let directory):
      self.init(
        .noInput, "Cline is not set up in \(directory)",
        help: "set it up:\(clinecfg: "set-provider")")
    case .unknownProvider(let mode, let id):
      self.init(
        .noInput,
        "\(mode.rawValue) mode uses '\(catalog.shown(id))', which is no provider of Cline's own",
        help: "a profile can name one of these:\(clinecfg: "providers")")
    case .notSettable(let mode, let slot):
      self.init(
        .noInput, "\(mode.rawValue) mode uses \(slot.name), which cannot be set up from outside",
        help: "to see what is stored:\(clinecfg: "show")")
    case .modelMissing(let mode, let provider):
      self.init(
        .noInput, "no Model ID is stored for \(mode.rawValue) mode",
        help: "set one:\(clinecfg: "set-provider", provider.id, "--mode", mode.rawValue)")
    case .addressMissing(let mode, let provider):
      self.init(
        .noInput, "no Base URL is stored for \(mode.rawValue) mode",
        help: "set it:\(clinecfg: "set-provider", provider.id)")
    case .holdsKey(let part, let provider):
      self.init(
        .refused,
        "the \(part.name) of \(provider) holds a key, which must not stand in a profile",
        help: "to see where it is:\(clinecfg: "doctor")")
    }
  }
}
