/// A data directory for one run of Cline's: nobody else's, and gone afterwards.
///
/// Sources: sdk/packages/shared/src/storage/paths.ts (SDK 0.0.78) for the variables.
package struct PrivateSession: Sendable {
  /// The directory around it.
  package let root: AbsolutePath
  /// Cline's data directory.
  package var data: AbsolutePath { root.appending("data") }
  private let host: HostEnvironment
  private let lock: FileLock

  private static let prefix = "clinecfg-run-"
  private static let lockName = "lock"
  private static let childName = "process"

  /// Makes one where the system keeps things that do not last, and removes those that a killed run left.
  package init(on host: HostEnvironment) throws(FileSystemError) {
    let place = Self.place(on: host)
    Self.sweep(place, on: host)
    root = place.appending(Self.prefix + host.uniqueName())
    self.host = host
    try host.files.makeDirectory(root)
    do throws(FileSystemError) {
      guard let lock = try host.files.lock(root.appending(Self.lockName)) else {
        throw FileSystemError(operation: .lock, path: root, code: .tooManyLinks)
      }
      self.lock = lock
      try host.files.makeDirectory(data)
    } catch {
      try? host.files.removeTree(root)
      throw error
    }
  }

  /// The user's own runtime directory, which is in memory, else that of temporary files.
  private static func place(on host: HostEnvironment) -> AbsolutePath {
    for name in ["XDG_RUNTIME_DIR", "TMPDIR"] {
      guard let path = host.variables[name].flatMap({ AbsolutePath($0) }),
        let status = try? host.files.status(of: path), status.kind == .directory,
        status.owner.user == host.files.user || status.mode.rawValue & 0o1000 != 0
      else { continue }
      return path
    }
    return AbsolutePath("/tmp") ?? .root
  }

  /// Removes what runs left that were killed: nobody holds their lock, and their program is gone.
  private static func sweep(_ place: AbsolutePath, on host: HostEnvironment) {
    let names = ((try? host.files.names(in: place)) ?? []).filter { $0.hasPrefix(prefix) }
    guard !names.isEmpty else { return }
    let running = Set(host.processes().map(\.id))
    for name in names {
      let root = place.appending(name)
      guard let status = try? host.files.status(of: root), status.kind == .directory,
        status.owner.user == host.files.user, status.mode.rawValue & 0o077 == 0,
        let lock = try? host.files.lock(root.appending(lockName))
      else { continue }
      let child = (try? host.files.read(root.appending(childName), limit: 64))
        .flatMap { Int32(String(decoding: $0.bytes, as: UTF8.self)) }
      if child.map(running.contains) != true { try? host.files.removeTree(root) }
      withExtendedLifetime(lock) {}
    }
  }

  /// Notes the program that uses it: it may outlive this process.
  package func note(process id: Int32) {
    try? host.files.create(
      root.appending(Self.childName), contents: FileBytes(Array(String(id).utf8)),
      mode: .ownerOnly, owner: nil)
  }

  /// Removes it with all that is in it.
  package func remove() throws(FileSystemError) {
    try host.files.removeTree(root)
    withExtendedLifetime(lock) {}
  }

  /// The environment of the program: this process's own, without any variable of Cline's or one that
  /// holds a key, and with those that lead to the directory.
  ///
  /// - Parameters:
  ///   - keys: What no variable may hold.
  ///   - own: Where Cline's files usually are; `nil` where nothing of the session is kept.
  ///   - mcp: The file of the MCP servers, where there is one.
  package func environment(
    without keys: [Secret], keepingSessionIn own: AbsolutePath?, mcp: AbsolutePath?
  ) -> [String: String] {
    let values = keys.filter(\.isTelling).map { $0.reveal() }
    var variables = host.variables.filter { name, value in
      !name.hasPrefix("CLINE_") && !values.contains { value.contains($0) }
    }
    variables["CLINE_DIR"] = root.description
    variables["CLINE_DATA_DIR"] = data.description
    variables["CLINE_PROVIDER_SETTINGS_PATH"] =
      data.appending(SettingsFile.providers.relativePath).description
    variables["CLINE_GLOBAL_SETTINGS_PATH"] =
      data.appending(SettingsFile.globalSettings.relativePath).description
    variables["CLINE_NO_AUTO_UPDATE"] = "1"
    if let mcp { variables["CLINE_MCP_SETTINGS_PATH"] = mcp.description }
    if let own {
      variables["CLINE_SESSION_DATA_DIR"] = own.appending("sessions").description
      variables["CLINE_DB_DATA_DIR"] = own.appending("db").description
      variables["CLINE_TEAM_DATA_DIR"] = own.appending("teams").description
    }
    return variables
  }
}
