import ClineConfig
import ClinecfgCommands
import Foundation
import LosslessJSON
import TestSupport
import Testing

@Suite("VS Code's own settings")
struct VSCodeTests {
  /// Where each flavour has its settings and its extensions.
  static let places: [(flavour: String, settings: String, extensions: String)] = [
    ("code", ".config/Code/User/settings.json", ".vscode/extensions"),
    ("insiders", ".config/Code - Insiders/User/settings.json", ".vscode-insiders/extensions"),
    ("vscodium", ".config/VSCodium/User/settings.json", ".vscode-oss/extensions"),
    ("cursor", ".config/Cursor/User/settings.json", ".cursor/extensions"),
    ("windsurf", ".config/Windsurf/User/settings.json", ".windsurf/extensions"),
    (
      "code-server", ".local/share/code-server/User/settings.json",
      ".local/share/code-server/extensions"
    ),
    ("server", ".vscode-server/data/Machine/settings.json", ".vscode-server/extensions"),
  ]

  static func put(
    _ place: (flavour: String, settings: String, extensions: String), cline: String? = "4.1.13",
    settings: [UInt8]? = nil, in machine: TestMachine
  ) {
    let fixture = try? Fixtures.bytes("vscode/\(place.flavour).json")
    if let bytes = settings ?? fixture {
      machine.files.put(bytes, at: "/home/u/" + place.settings, mode: 0o644)
    } else {
      machine.files.putDirectory("/home/u/.local/share/code-server/User")
    }
    guard let cline else { return }
    machine.files.put(
      #"{"name":"claude-dev","publisher":"saoudrizwan","version":"\#(cline)"}"#,
      at: "/home/u/\(place.extensions)/saoudrizwan.claude-dev-\(cline)/package.json")
  }

  func machine(
    _ flavours: [String] = ["code"], cline: String? = "4.1.13", settings: String? = nil
  ) -> TestMachine {
    let machine = TestMachine(variables: ["K": "invented-vscode-key-0001"])
    for place in Self.places where flavours.contains(place.flavour) {
      Self.put(place, cline: cline, settings: settings.map { Array($0.utf8) }, in: machine)
    }
    return machine
  }

  func bundle(_ machine: TestMachine, index: Int = 0) throws -> JSONValue? {
    try machine.run("vscode", "--json").json["flavours"]?.array?[index]["bundle"]
  }

  @Test(
    "setting and taking back the bundle changes only its bytes", arguments: places.map(\.flavour))
  func lossless(flavour: String) throws {
    let place = try #require(Self.places.first { $0.flavour == flavour })
    let machine = machine([flavour])
    let path = "/home/u/" + place.settings
    let before = machine.files.bytes(at: path)
    let run = machine.run("vscode", "bundle", "legacy")
    #expect(run.code == 0, "\(run.notes)")
    let after = try #require(machine.files.bytes(at: path))
    let text = String(decoding: after, as: UTF8.self)
    #expect(text.contains(#""cline.rollout.bundleOverride""#) && text.contains(#""legacy""#))
    #expect(machine.files.mode(at: path) == (before == nil ? 0o600 : 0o644))
    // Without the value that is about the bytes are those of before.
    var document = try JSONDocument(parsing: after, dialect: .jsonc)
    let pointer = JSONPointer.root.appending("cline.rollout.bundleOverride")
    if let before, let original = try? JSONDocument(parsing: before, dialect: .jsonc) {
      if let former = original[pointer] {
        try document.set(former, at: pointer)
        #expect(document.bytes == before)
      } else {
        #expect(Self.isSubsequence(before, whole: after), "\(text)")
      }
    }
    #expect(try bundle(machine)?["client"] == "vscode-legacy")
    let again = try machine.run("vscode", "bundle", "legacy", "--json").json
    #expect(again["changed"] == false && machine.files.bytes(at: path) == after)
    // A change by somebody else stays when ours is taken back.
    #expect(machine.run("undo").code == 0)
    #expect(machine.files.bytes(at: path) == before)
    let id = try machine.run("backups", "--json").json["backups"]?.array?.last?["id"]?.string
    #expect(machine.run("vscode", "bundle", "next").code == 0)
    #expect(machine.run("backups", "restore", id ?? "").code == 0)
    #expect(machine.files.bytes(at: path) == before)
    #expect(machine.run("backups", "diff", id ?? "").output.contains("bundleOverride"))
  }

  static func isSubsequence(_ part: [UInt8], whole: [UInt8]) -> Bool {
    var rest = part[...]
    for byte in whole where byte == rest.first { rest = rest.dropFirst() }
    return rest.isEmpty && part.last == whole.last
  }

  @Test("undo leaves what somebody wrote into the file since")
  func foreign() throws {
    let machine = machine(settings: "{\n  // mine\n  \"a\": 1\n}\n")
    _ = machine.run("vscode", "bundle", "next")
    let path = "/home/u/.config/Code/User/settings.json"
    let text = try #require(machine.files.text(at: path))
    machine.files.put(text.replacing("\"a\": 1", with: "\"a\": 2 /* now */"), at: path)
    #expect(machine.run("undo").code == 0)
    #expect(machine.files.text(at: path) == "{\n  // mine\n  \"a\": 2 /* now */\n}\n")
  }

  @Test("auto needs no line of its own")
  func auto() throws {
    let machine = machine(settings: "{}")
    #expect(try machine.run("vscode", "bundle", "auto", "--json").json["changed"] == false)
    _ = machine.run("vscode", "bundle", "next")
    #expect(machine.run("vscode", "bundle", "auto").code == 0)
    #expect(try bundle(machine)?["forced"] == false)
  }

  @Test("several flavours: each is listed, and a change asks which")
  func several() throws {
    let machine = machine(["code", "cursor", "server"])
    let list = try machine.run("vscode", "--json").json["flavours"]?.array ?? []
    #expect(list.map { $0["flavour"]?.string } == ["code", "cursor", "server"])
    let run = machine.run("vscode", "bundle", "next")
    #expect(run.code == 64 && run.notes.contains("--flavour code"))
    #expect(machine.run("vscode", "bundle", "next", "--flavour", "cursor").code == 0)
    #expect(
      machine.files.text(at: "/home/u/.config/Cursor/User/settings.json")?.contains("next") == true)
    #expect(machine.run("vscode", "bundle", "next", "--flavour", "windsurf").code == 66)
    #expect(machine.run("vscode", "bundle", "next", "--flavour", "emacs").code == 64)
    #expect(machine.run("vscode", "bundle", "newest").code == 64)
    let text = machine.run("vscode").output
    #expect(
      text.contains("VS Code  Cline 4.1.13\n")
        && text.contains("http.proxy http://proxy.example.com"))
  }

  @Test("no VS Code at all")
  func none() throws {
    let machine = TestMachine()
    #expect(machine.run("vscode").output.contains("there is no VS Code"))
    #expect(try machine.run("vscode", "--json").json["flavours"] == [])
    #expect(machine.run("vscode", "bundle", "next").code == 66)
    #expect(machine.run("import", "vscode").code == 66)
    #expect(machine.files.files(below: "/home/u").isEmpty)
  }

  @Test("a broken settings.json is named, and stays")
  func broken() throws {
    let machine = machine(settings: "{ \"a\": , }")
    let list = machine.run("vscode")
    #expect(list.code == 0 && list.notes.contains("settings.json: not JSON"))
    let run = machine.run("vscode", "bundle", "next")
    #expect(run.code == 65 && run.notes.contains("line 1, column 8"), "\(run.notes)")
    #expect(machine.files.text(at: "/home/u/.config/Code/User/settings.json") == "{ \"a\": , }")
    #expect(machine.run("doctor").code == 0)
  }

  @Test("a broken file of Cline's does not stop a change of VS Code's")
  func independent() {
    let machine = machine(settings: "{}")
    machine.files.put("{", at: testData + "/globalState.json")
    #expect(machine.run("vscode", "bundle", "next").code == 0)
    #expect(machine.files.text(at: testData + "/globalState.json") == "{")
  }

  @Test(
    "which bundle a window starts is decided as Cline decides it",
    arguments: [
      // version, setting, variable, memento: client, by what
      ("3.65.0", "", "", "", nil, "VS Code's own storage"),
      ("3.89.2", "", "", "", "vscode-legacy", "has no other"),
      ("4.0.0", "", "", "", "vscode-sdk", "has no other"),
      ("4.0.12", "next", "next", "", "vscode-legacy", "has no other"),
      ("4.1.13", "", "", "", "vscode-sdk", "no assignment"),
      ("4.1.13", "", "", #"{"cline.rollout.bundle":"next"}"#, "vscode-sdk", "rollout"),
      ("4.1.13", "", "", #"{"cline.rollout.bundle":"other"}"#, "vscode-legacy", "rollout"),
      (
        "4.1.13", "", "",
        #"{"cline.rollout.bundle":"next","cline.rollout.nextActivationFailedVersion":"4.1.13"}"#,
        "vscode-legacy", "failed"
      ),
      ("4.1.13", "next", "", #"{"cline.rollout.bundle":"legacy"}"#, "vscode-sdk", "cline.rollout"),
      ("4.1.13", "auto", "", #"{"cline.rollout.bundle":"next"}"#, "vscode-sdk", "rollout"),
      ("4.1.13", "next", "legacy", "", "vscode-legacy", "CLINE_BUNDLE_OVERRIDE"),
      ("4.1.13", "3", "", "", "vscode-sdk", "no assignment"),
    ] as [(String, String, String, String, String?, String)])
  func decision(
    version: String, setting: String, variable: String, memento: String, client: String?,
    reason: String
  ) throws {
    var machine = machine(
      cline: version,
      settings: setting.isEmpty ? "{}" : #"{"cline.rollout.bundleOverride": "\#(setting)"}"#)
    if !variable.isEmpty { machine.variables["CLINE_BUNDLE_OVERRIDE"] = variable }
    let database = "/home/u/.config/Code/User/globalStorage/state.vscdb"
    if !memento.isEmpty {
      machine.files.put("SQLite", at: database)
      machine.databases[database] = [("saoudrizwan.claude-dev", Array(memento.utf8))]
    }
    let found = try #require(try bundle(machine))
    #expect(found["client"] == (client.map { .string($0) } ?? .null))
    #expect(found["decidedBy"]?.string?.contains(reason) == true, "\(found)")
  }

  @Test("the newest Cline that is not marked for removal counts")
  func versions() throws {
    let machine = machine(cline: "4.1.13", settings: "{}")
    for version in ["4.1.9", "4.2.0", "3.0.0"] {
      machine.files.put(
        #"{"version":"\#(version)"}"#,
        at: "/home/u/.vscode/extensions/saoudrizwan.claude-dev-\(version)/package.json")
    }
    machine.files.put(
      #"{"saoudrizwan.claude-dev-4.2.0":true}"#, at: "/home/u/.vscode/extensions/.obsolete")
    let first = try machine.run("vscode", "--json").json["flavours"]?.array?.first
    #expect(first?["cline"] == "4.1.13")
  }

  @Test("portable mode, another user data directory, and macOS's places")
  func elsewhere() throws {
    var machine = TestMachine()
    machine.files.put("{}", at: "/p/user-data/User/settings.json")
    machine.files.put(
      #"{"version":"4.1.13"}"#,
      at: "/p/extensions/saoudrizwan.claude-dev-4.1.13/package.json")
    machine.variables["VSCODE_PORTABLE"] = "/p"
    #expect(machine.run("vscode").output.hasPrefix("VS Code in /p/user-data  Cline 4.1.13\n"))
    #expect(machine.run("vscode", "bundle", "next").code == 0)
    #expect(machine.files.text(at: "/p/user-data/User/settings.json")?.contains("next") == true)
    machine.variables["VSCODE_PORTABLE"] = nil
    #expect(
      machine.run("vscode", "--user-data-dir", "/p/user-data").output.contains("/p/user-data"))
    machine.processes = {
      [
        RunningProcess(
          id: 4711, user: 1000, words: ["/usr/share/code/code", "--user-data-dir=/p/user-data"])
      ]
    }
    #expect(machine.run("vscode").output.contains("running"))
    let mac = TestMachine()
    mac.files.put(
      "{}", at: "/home/u/Library/Application Support/Code - Insiders/User/settings.json")
    #expect(mac.run("vscode").output.hasPrefix("VS Code Insiders  no Cline\n"))
  }

  @Test("doctor tells of forced bundles and removes dead keys, in every profile")
  func doctor() throws {
    let machine = machine(["insiders", "windsurf"])
    let profile = "/home/u/.config/Code - Insiders/User/profiles/1a2b/settings.json"
    machine.files.put("{\"cline.preferredLanguage\": \"German\", \"x\": 1}", at: profile)
    _ = machine.run("set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--no-verify")
    _ = machine.run("vscode", "bundle", "legacy", "--flavour", "windsurf")
    let doctor = machine.run("doctor")
    #expect(doctor.code == 0)
    #expect(
      try machine.run("doctor", "--json").json["findings"]?.array?.count { $0["rule"] == "RUN703" }
        == 3, "\(doctor.output)")
    #expect(doctor.output.contains("Windsurf starts Cline's legacy program"))
    let before = machine.files.bytes(at: profile)
    let fix = machine.run("doctor", "--fix")
    #expect(fix.code == 0, "\(fix.notes)")
    #expect(machine.files.text(at: profile) == "{\"x\": 1}")
    let insiders =
      machine.files.text(at: "/home/u/.config/Code - Insiders/User/settings.json") ?? ""
    #expect(!insiders.contains("enableCheckpoints") && insiders.contains("// Cline may choose"))
    #expect(insiders.contains("\"window.zoomLevel\": 1e0,\r\n  \"window.zoomLevel\": 2"))
    #expect(!machine.run("doctor").output.contains("RUN703"))
    #expect(machine.run("undo").code == 0)
    #expect(machine.files.bytes(at: profile) == before)
  }

  @Test("show says which VS Code uses which bundle")
  func show() throws {
    let machine = machine(["code", "cursor"], settings: "{}")
    let both = machine.run("show").output
    #expect(
      both.contains("VS Code  used by VS Code (Cline 4.1.13), Cursor (Cline 4.1.13)"), "\(both)")
    #expect(!both.contains("legacy extension"), "\(both)")
    _ = machine.run("vscode", "bundle", "legacy", "--flavour", "cursor")
    let run = machine.run("show").output
    #expect(run.contains("VS Code  used by VS Code (Cline 4.1.13)\n"), "\(run)")
    #expect(run.contains("(legacy extension)  used by Cursor (Cline 4.1.13)"), "\(run)")
    let rows = try machine.run("show", "--json").json["flavours"]?.array
    #expect(rows?.count == 2 && rows?[1]["bundle"]?["client"] == "vscode-legacy")
  }
}

@Suite("What Cline kept in VS Code before it had files")
struct ImportTests {
  static let database = "/home/u/.config/Code/User/globalStorage/state.vscdb"

  func machine(_ memento: String, cline: String = "3.60.0") -> TestMachine {
    var machine = TestMachine(variables: ["K": "invented-import-key-0001"])
    VSCodeTests.put(VSCodeTests.places[0], cline: cline, settings: Array("{}".utf8), in: machine)
    machine.files.put("SQLite", at: Self.database)
    machine.databases[Self.database] = [
      ("saoudrizwan.claude-dev", Array(memento.utf8)),
      (#"secret://{"extensionId":"saoudrizwan.claude-dev","key":"openAiApiKey"}"#, [1, 2, 3]),
    ]
    return machine
  }

  @Test("what VS Code's storage would bring back beside a new provider is held off")
  func heldOff() throws {
    let memento =
      #"{"apiProvider":"openai","openAiBaseUrl":"https://old.example.com/v1","openAiModelId":"m","openAiHeaders":{"Authorization":"Bearer invented-old-1"},"azureApiVersion":"2024-10-21"}"#
    let words = ["set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--no-verify"]
    let machine = machine(memento)
    #expect(machine.run(words).code == 0)
    let path = testData + "/globalState.json"
    let state = try JSONDocument(parsing: try #require(machine.files.bytes(at: path)))
    #expect(state["/openAiHeaders"] == .object([:]) && state["/azureApiVersion"] == "")
    #expect(state["/azureIdentity"] == nil)
    // Nothing of it is sent, and nothing is wrong with it.
    for row in try machine.run("show", "--json").json["clients"]?.array ?? [] {
      #expect(row["headers"] == [] && row["requestURL"]?.string?.contains("?") == false, "\(row)")
    }
    let doctor = machine.run("doctor", "--strict", "--skip", "RUN")
    #expect(doctor.code == 0, "\(doctor.output)")
    #expect(try machine.run(words + ["--json"]).json["changed"] == false)
    // Where the extension has taken everything over before, it does so no more.
    let later = self.machine(memento)
    later.files.put(#"{"__vscodeMigrationVersion":1}"#, at: path)
    #expect(later.run(words).code == 0)
    #expect(later.files.text(at: path)?.contains("azureApiVersion") == false)
  }

  func imported(_ machine: TestMachine, more: String...) -> CommandRun {
    machine.run(["import", "vscode", "--key-env", "K", "--no-verify"] + more)
  }

  @Test(
    "both eras are taken over",
    arguments: [
      (
        #"{"apiProvider":"openai","openAiBaseUrl":"https://api.rutaapi.com/v1","openAiModelId":"m"}"#,
        "rutaapi", "m", "m"
      ),
      (
        #"{"planModeApiProvider":"openai","actModeApiProvider":"openai","openAiBaseUrl":"https://api.rutaapi.com/v1","planModeOpenAiModelId":"p","actModeOpenAiModelId":"a"}"#,
        "rutaapi", "p", "a"
      ),
      (
        #"{"apiProvider":"openai","openAiBaseUrl":"https://api.rutaapi.com/v1","openAiModelId":"a","planActSeparateModelsSetting":true,"previousModeApiProvider":"openai","previousModeModelId":"p","chatSettings":{"mode":"act"}}"#,
        "rutaapi", "p", "a"
      ),
      (#"{"apiProvider":"openrouter","openRouterModelId":"x/y"}"#, "openrouter", "x/y", "x/y"),
      (#"{"apiProvider":"groq","apiModelId":"g","groqModelId":"q"}"#, "groq", "q", "q"),
    ])
  func eras(memento: String, provider: String, plan: String, act: String) throws {
    let machine = machine(memento)
    let run = try imported(machine, more: "--json").json
    #expect(run["changed"] == true, "\(run)")
    #expect(run["modes"]?["act"]?["provider"] == .string(provider))
    #expect(run["modes"]?["plan"]?["model"] == .string(plan))
    #expect(run["modes"]?["act"]?["model"] == .string(act))
    let doctor = machine.run("doctor", "--skip", "RUN")
    #expect(doctor.code == 0, "\(doctor.output)")
    #expect(try imported(machine, more: "--json").json["changed"] == false)
    #expect(machine.files.text(at: Self.database) == "SQLite")
  }

  @Test("two providers take each its own variable, and one key option is refused")
  func twoProviders() throws {
    var machine = machine(
      #"{"planModeApiProvider":"groq","actModeApiProvider":"openai","openAiBaseUrl":"https://api.rutaapi.com/v1","planModeGroqModelId":"p","actModeOpenAiModelId":"a"}"#
    )
    #expect(imported(machine).code == 64)
    machine.variables["GROQ_API_KEY"] = "gsk_" + String(repeating: "0", count: 52)
    machine.variables["RUTAAPI_API_KEY"] = "invented-import-key-0002"
    let run = machine.run("import", "vscode", "--no-verify")
    #expect(run.code == 0, "\(run.notes)")
    #expect(machine.run("show").output.contains("a\n"))
  }

  @Test("what Cline's files hold wins, mode by mode")
  func filesWin() throws {
    let machine = machine(
      #"{"planModeApiProvider":"openai","actModeApiProvider":"openai","openAiBaseUrl":"https://api.rutaapi.com/v1","planModeOpenAiModelId":"p","actModeOpenAiModelId":"a"}"#
    )
    _ = machine.run(
      "set-provider", "groq", "--key-env", "K", "--model", "m", "--mode", "act", "--no-verify")
    let run = imported(machine)
    #expect(run.code == 0, "\(run.notes)")
    #expect(machine.run("get", "globalState:/actModeApiProvider").output == "groq\n")
    #expect(machine.run("get", "globalState:/planModeOpenAiModelId").output == "p\n")
    let again = imported(machine)
    #expect(again.code == 0 && again.output.contains("choose a provider already"))
  }

  @Test("doctor says where the settings are, and what takes them over")
  func doctor() throws {
    let machine = machine(#"{"apiProvider":"openrouter","openRouterModelId":"x/y"}"#)
    let run = machine.run("doctor")
    #expect(run.output.contains("RUN704") && run.output.contains("clinecfg import vscode"))
    _ = imported(machine)
    #expect(!machine.run("doctor").output.contains("RUN704"))
  }

  @Test("a rule refuses what is wrong there too, and the help says how it would be right")
  func refused() {
    let machine = machine(
      #"{"apiProvider":"openai","openAiBaseUrl":"https://rutaapi.com","openAiModelId":"m"}"#)
    let run = imported(machine)
    #expect(run.code == 78 && run.notes.contains("URL103"))
    #expect(
      run.notes.contains("clinecfg set-provider rutaapi --base-url https://api.rutaapi.com/v1"))
    #expect(machine.stores.isEmpty)
  }

  @Test("a provider that signs in by itself, nothing of Cline's, and a broken database are named")
  func others() {
    let bedrock = imported(machine(#"{"apiProvider":"claude-code","apiModelId":"x"}"#))
    #expect(bedrock.code == 66 && bedrock.notes.contains("cannot be set up from outside"))
    let empty = imported(machine(#"{"mode":"act"}"#))
    #expect(empty.code == 66 && empty.notes.contains("no VS Code on this machine holds"))
    #expect(imported(machine("[1]")).code == 65)
    var broken = machine("{}")
    broken.databases = [:]
    let run = imported(broken)
    #expect(run.code == 65 && run.notes.contains("state.vscdb: file is not a database"))
    #expect(broken.run("doctor").code == 0 && broken.run("vscode").code == 0)
    broken.hasSQLite = false
    let without = imported(broken)
    #expect(without.code == 66 && without.notes.contains("sqlite3"))
    #expect(broken.run("doctor").code == 0 && broken.run("vscode").code == 0)
  }
}
