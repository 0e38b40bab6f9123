import LosslessJSON

/// What is stored on a machine, what each client makes of it, and what surrounds it: what the
/// rules about files look at.
package struct Machine: Sendable {
  /// The files that changes go to.
  package let main: Snapshot
  /// The files that each client reads, in the order of ``ClineClient``.
  package let views: [(client: ClineClient, snapshot: Snapshot)]
  /// The different data directories, the main one first.
  package let snapshots: [Snapshot]
  /// What each client would send, in both modes.
  package let requests: [EffectiveRequest]
  /// Environment variables.
  package let variables: [String: String]
  /// Permissions, links, left-over files, repositories, programs.
  public internal(set) var surroundings: Surroundings
  /// The time.
  package let now: Timestamp
  /// Keys that providers accepted before.
  package var accepted: AcceptedKeys?

  /// Puts together what was read.
  package init(
    main: Snapshot, views: [(client: ClineClient, snapshot: Snapshot)],
    variables: [String: String], surroundings: Surroundings, now: Timestamp
  ) {
    self.main = main
    self.views = views
    self.variables = variables
    self.surroundings = surroundings
    self.now = now
    snapshots = views.reduce(into: [main]) { found, view in
      if !found.contains(where: { $0.locations.isSame(as: view.snapshot.locations) }) {
        found.append(view.snapshot)
      }
    }
    requests = ClineClient.requests(of: views, variables: variables).flatMap(\.self)
  }

  /// Files alone, for rules that ask what stands in them and not who reads it.
  package init(files: Snapshot) {
    self.init(
      main: files, views: [], variables: [:], surroundings: Surroundings(),
      now: Timestamp(milliseconds: 0))
  }

  /// Reads a machine: every client's files and what surrounds them.
  ///
  /// `nil` without a home directory and without `override`.
  ///
  /// - Parameters:
  ///   - host: The machine.
  ///   - override: A directory that the user names; it decides for every client.
  ///   - looksAround: Whether to look at permissions, repositories and programs too, which takes a
  ///     few milliseconds.
  package static func read(
    _ host: HostEnvironment, override: AbsolutePath? = nil, looksAround: Bool = true
  ) -> Machine? {
    read(host, override: override, after: nil) {
      looksAround ? Surroundings.read($0, on: host) : Surroundings()
    }
  }

  /// Reads every client's files, and none of what surrounds them, as they are after a change.
  package static func files(
    _ host: HostEnvironment, override: AbsolutePath? = nil, after plan: Plan
  ) -> Machine? {
    read(host, override: override, after: plan) { _ in Surroundings() }
  }

  private static func read(
    _ host: HostEnvironment, override: AbsolutePath?, after plan: Plan?,
    _ surroundings: ([Snapshot]) -> Surroundings
  ) -> Machine? {
    guard let locations = ClineLocations.find(for: .cli, on: host, override: override) else {
      return nil
    }
    let present = Snapshot.read(locations, on: host)
    let main = plan?.applied(to: present) ?? present
    var known = [main]
    var views: [(client: ClineClient, snapshot: Snapshot)] = []
    for client in ClineClient.judged {
      guard let own = ClineLocations.find(for: client, on: host, override: override) else {
        continue
      }
      let snapshot =
        known.first { $0.locations.isSame(as: own) } ?? Snapshot.read(own, on: host)
      if !known.contains(where: { $0.locations.isSame(as: own) }) { known.append(snapshot) }
      views.append((client, snapshot))
    }
    var setup = Machine(
      main: main, views: views, variables: host.variables,
      surroundings: surroundings(known), now: host.now())
    setup.accepted = AcceptedKeys.load(on: host)
    if !setup.isConfigured {
      // Only then is it worth the time to ask a database.
      setup.surroundings.oldStorages = setup.surroundings.editors.filter {
        ((try? $0.oldStorage(on: host)) ?? nil)?.holdsProvider == true
      }.map(\.database)
    }
    return setup
  }

  /// Whether any client was ever set up.
  package var isConfigured: Bool {
    snapshots.contains { snapshot in
      Mode.allCases.contains {
        snapshot[.globalState].document?[JSONPointer(tokens: [$0.providerKey])]?.string?.isEmpty
          == false
      } || snapshot[.providers].document?["/providers"]?.object?.isEmpty == false
    }
  }

  /// Leaves only the files.
  mutating func forgetSurroundings() { surroundings = Surroundings() }

  /// The main files after a change.
  package func applying(_ plan: Plan) -> Machine { applying(plan, to: main) }

  func applying(_ plan: Plan, to main: Snapshot) -> Machine {
    let after = plan.applied(to: main)
    var setup = Machine(
      main: after,
      views: views.map { view in
        (view.client, view.snapshot.locations.isSame(as: main.locations) ? after : view.snapshot)
      },
      variables: variables, surroundings: surroundings, now: now)
    setup.accepted = accepted
    setup.surroundings.editors = surroundings.editors.map { $0.applying(plan) }
    return setup
  }
}

/// A setup in a few lines: what examples of rules are written in.
package struct MachineExample: Hashable, Sendable {
  /// The text of each file; no file where none is named.
  package let files: [SettingsFile: String]
  /// Environment variables.
  package let variables: [String: String]
  /// What surrounds the files.
  package let surroundings: Surroundings

  init(
    _ files: [SettingsFile: String], variables: [String: String] = [:],
    _ surroundings: Surroundings = Surroundings()
  ) {
    self.files = files
    self.variables = variables
    self.surroundings = surroundings
  }

  /// The example on a machine whose home is `/home/u`.
  var setup: Machine {
    let home = AbsolutePath.root.appending("home/u")
    let host = HostEnvironment(
      variables: variables, homeDirectory: home, workingDirectory: home, files: LocalFileSystem(),
      now: { Self.now }, uniqueName: { "" }, sleep: { _ in })
    var views: [(client: ClineClient, snapshot: Snapshot)] = []
    for client in ClineClient.judged {
      guard let locations = ClineLocations.find(for: client, on: host) else { continue }
      var readings: [SettingsFile: StoreReading] = [:]
      for file in SettingsFile.allCases {
        var reading = StoreReading(path: locations.path(of: file))
        if let text = files[file] {
          let bytes = Array(text.utf8)
          reading.contents = FileContents(bytes: bytes, status: Self.status(of: bytes))
          reading.parse(bytes, as: file)
        }
        readings[file] = reading
      }
      views.append((client, Snapshot(locations: locations, readings: readings)))
    }
    let main = views.first { $0.client == .cli }?.snapshot ?? views[0].snapshot
    return Machine(
      main: main, views: views, variables: variables, surroundings: surroundings, now: Self.now)
  }

  static let now = Timestamp(milliseconds: 1_787_428_980_000)

  private static func status(of bytes: [UInt8]) -> FileStatus {
    FileStatus(
      kind: .file, mode: .ownerOnly, size: bytes.count, owner: FileOwner(user: 1000, group: 1000),
      identity: FileIdentity(device: 1, file: 1), links: 1, modified: now)
  }
}

extension Machine: Unprinted {}

extension MachineExample: Unprinted {}
