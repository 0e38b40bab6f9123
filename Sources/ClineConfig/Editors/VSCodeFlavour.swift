import LosslessJSON

/// An editor of VS Code's family that Cline's extension runs in.
package struct VSCodeFlavour: Hashable, Sendable {
  /// The name that commands take.
  package let id: String
  /// The name that people read.
  package let name: String
  /// How its processes are called: the program on Linux, the application's folder, with a slash
  /// behind it, on macOS.
  let programs: [String]
  /// Where its extensions are, below the home directory.
  let extensions: String
  /// Where its user data is: below `$XDG_CONFIG_HOME` on Linux, below `~/Library/Application
  /// Support` on macOS, below `%APPDATA%` on Windows.
  let product: String?
  /// Where its user data is, below the home directory, where that is no matter of the system.
  let userData: String?
  /// Its settings, below the user data.
  let settings: String

  private init(
    _ id: String, _ name: String, _ programs: [String], extensions: String,
    product: String? = nil, userData: String? = nil, settings: String = "User/settings.json"
  ) {
    self.id = id
    self.name = name
    self.programs = programs
    self.extensions = extensions
    self.product = product
    self.userData = userData
    self.settings = settings
  }

  /// Every flavour that is known.
  package static let all: [VSCodeFlavour] = [
    .init(
      "code", "VS Code", ["code", "Visual Studio Code.app/"], extensions: ".vscode/extensions",
      product: "Code"),
    .init(
      "insiders", "VS Code Insiders", ["code-insiders", "Visual Studio Code - Insiders.app/"],
      extensions: ".vscode-insiders/extensions", product: "Code - Insiders"),
    .init(
      "vscodium", "VSCodium", ["codium", "VSCodium.app/"], extensions: ".vscode-oss/extensions",
      product: "VSCodium"),
    .init(
      "cursor", "Cursor", ["cursor", "Cursor.app/"], extensions: ".cursor/extensions",
      product: "Cursor"),
    .init(
      "windsurf", "Windsurf", ["windsurf", "Windsurf.app/"], extensions: ".windsurf/extensions",
      product: "Windsurf"),
    .init(
      "code-server", "code-server", ["code-server"],
      extensions: ".local/share/code-server/extensions", userData: ".local/share/code-server"),
    // Its windows are elsewhere: settings of the user and mementos stay on that machine.
    .init(
      "server", "VS Code Server", [".vscode-server/"], extensions: ".vscode-server/extensions",
      userData: ".vscode-server/data", settings: "Machine/settings.json"),
  ]

  /// Whether its windows are on another machine.
  package var isServer: Bool { id == "server" }

  /// A flavour by its name.
  package static func named(_ id: String) -> VSCodeFlavour? { all.first { $0.id == id } }
}

/// A VS Code of some flavour on this machine: where its files are, and which Cline it has.
package struct VSCodeInstallation: Hashable, Sendable {
  /// Which flavour.
  package let flavour: VSCodeFlavour
  /// Its user data; another than usual in portable mode and with `--user-data-dir`.
  package let userData: AbsolutePath
  /// Its extensions.
  package let extensions: AbsolutePath
  /// Whether the user data is not where the flavour has it by itself.
  package let isElsewhere: Bool
  /// The version of Cline's extension; `nil` where it is not installed.
  package var cline: ClineVersion?
  /// What its settings say of Cline; a file that cannot be read is part of the answer.
  package var settings: StoreReading
  /// The settings of profiles other than the default one, where dead keys can stand too.
  package var profileSettings: [StoreReading] = []

  /// The settings of every profile.
  package var allSettings: [StoreReading] { [settings] + profileSettings }

  /// Its settings files that hold one of these values.
  package func settings(holding keys: [Secret]) -> [AbsolutePath] {
    let values = Set(keys.filter(\.isTelling).map { $0.reveal() })
    guard !values.isEmpty else { return [] }
    return allSettings.filter { !$0.places(of: values, in: .vscode).isEmpty }.map(\.path)
  }

  /// `VS Code`, `VS Code in /portable/user-data`
  package var name: String { flavour.name + (isElsewhere ? " in \(userData)" : "") }

  /// Its own storage of mementos, since long before Cline had files.
  package var database: AbsolutePath { userData.appending("User/globalStorage/state.vscdb") }

  /// The settings that concern Cline; `nil` where the file cannot be read as such.
  package var model: VSCodeSettings? {
    settings.document.flatMap { try? $0.decode(VSCodeSettings.self) }
  }

  /// Every VS Code of this machine: where user data or Cline's extension is.
  ///
  /// Sources: VS Code's `userDataPath` (`VSCODE_PORTABLE`, `VSCODE_APPDATA`, `XDG_CONFIG_HOME`), the
  /// words of running processes (`--user-data-dir`, `--extensions-dir`).
  ///
  /// - Parameters:
  ///   - host: The machine.
  ///   - userData: A directory that the user names, for VS Code itself.
  ///   - processes: What runs, if that may cost a few milliseconds: a VS Code in another place is
  ///     found by its process only.
  package static func all(
    on host: HostEnvironment, userData: AbsolutePath? = nil, processes: [RunningProcess] = []
  ) -> [VSCodeInstallation] {
    var found: [VSCodeInstallation] = []
    func add(
      _ flavour: VSCodeFlavour, userData: AbsolutePath, extensions: AbsolutePath,
      isElsewhere: Bool
    ) {
      guard !found.contains(where: { $0.userData == userData }) else { return }
      let cline = ClineVersion.installed(in: extensions, on: host)
      let isThere = ((try? host.files.status(of: userData)) ?? nil) != nil
      guard isThere || cline != nil else { return }
      found.append(
        VSCodeInstallation(
          flavour: flavour, userData: userData, extensions: extensions, isElsewhere: isElsewhere,
          cline: cline, on: host))
    }
    if let userData, let flavour = VSCodeFlavour.all.first {
      let extensions = host.homeDirectory?.appending(flavour.extensions) ?? userData
      add(flavour, userData: userData, extensions: extensions, isElsewhere: true)
      return found
    }
    if let portable = host.variables["VSCODE_PORTABLE"].flatMap({ AbsolutePath($0) }),
      let flavour = VSCodeFlavour.all.first
    {
      add(
        flavour, userData: portable.appending("user-data"),
        extensions: portable.appending("extensions"),
        isElsewhere: true)
    }
    guard let home = host.homeDirectory else { return found }
    for flavour in VSCodeFlavour.all {
      let extensions = home.appending(flavour.extensions)
      let places = flavour.userDataPlaces(on: host, home: home)
      let place = places.first { ((try? host.files.status(of: $0)) ?? nil) != nil } ?? places.first
      if let place { add(flavour, userData: place, extensions: extensions, isElsewhere: false) }
    }
    for process in processes {
      guard let flavour = VSCodeFlavour.all.first(where: { $0.runs(process) }),
        let userData = process.option("--user-data-dir").flatMap({ AbsolutePath($0) })
      else { continue }
      let extensions =
        process.option("--extensions-dir").flatMap { AbsolutePath($0) }
        ?? home.appending(flavour.extensions)
      add(flavour, userData: userData, extensions: extensions, isElsewhere: true)
    }
    return found
  }
}

extension VSCodeInstallation {
  init(
    flavour: VSCodeFlavour, userData: AbsolutePath, extensions: AbsolutePath, isElsewhere: Bool,
    cline: ClineVersion?, on host: HostEnvironment
  ) {
    self.init(
      flavour: flavour, userData: userData, extensions: extensions, isElsewhere: isElsewhere,
      cline: cline,
      settings: StoreReading.read(
        .vscode, at: userData.appending(flavour.settings), on: host.files))
    let profiles = userData.appending("User/profiles")
    for name in (try? host.files.names(in: profiles)) ?? [] {
      let path = profiles.appending(name).appending("settings.json")
      guard ((try? host.files.status(of: path)) ?? nil) != nil else { continue }
      profileSettings.append(StoreReading.read(.vscode, at: path, on: host.files))
    }
    for document in allSettings.compactMap(\.document) {
      host.secrets.note(document, of: .vscode)
    }
  }
}

extension VSCodeInstallation {
  /// Its settings after a change.
  func applying(_ plan: Plan) -> VSCodeInstallation {
    func after(_ reading: StoreReading) -> StoreReading {
      guard let change = plan.files.first(where: { $0.path == reading.path }) else {
        return reading
      }
      var reading = reading
      reading.document = change.document
      return reading
    }
    var copy = self
    copy.settings = after(settings)
    copy.profileSettings = profileSettings.map(after)
    return copy
  }
}

extension VSCodeFlavour {
  /// Where its user data can be, the likeliest first. Linux and macOS are told apart by what is there.
  fileprivate func userDataPlaces(
    on host: HostEnvironment, home: AbsolutePath
  ) -> [AbsolutePath] {
    if let userData { return [home.appending(userData)] }
    guard let product else { return [] }
    let base =
      (host.variables["VSCODE_APPDATA"] ?? host.variables["XDG_CONFIG_HOME"]).flatMap {
        AbsolutePath($0)
      } ?? home.appending(".config")
    return [
      base.appending(product),
      home.appending("Library/Application Support").appending(product),
    ]
  }

  /// Whether a process is one of its.
  package func runs(_ process: RunningProcess) -> Bool {
    let path = process.program
    return programs.contains { program in
      program.utf8.last == UInt8(ascii: "/")
        ? path.contains(program) : path.lastComponent == program
    }
  }
}

extension RunningProcess {
  /// The value of `--name VALUE` or `--name=VALUE`.
  fileprivate func option(_ name: String) -> String? {
    for (index, word) in words.enumerated() {
      if word == name, index + 1 < words.count { return words[index + 1] }
      if word.hasPrefix(name + "=") { return String(word.dropFirst(name.count + 1)) }
    }
    return nil
  }
}
