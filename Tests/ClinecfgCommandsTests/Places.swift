import ClineConfig
import LosslessJSON
import TestSupport

/// Where something of somebody else's can stand on a machine: a key in the wrong place, or text that
/// does harm when it is printed. Each place is a way to put a text there.
enum Places {
  struct Place: Sendable {
    let name: String
    let put: @Sendable (inout TestMachine, String) -> Void

    init(_ name: String, _ put: @escaping @Sendable (inout TestMachine, String) -> Void) {
      self.name = name
      self.put = put
    }

    /// A value in one of Cline's files.
    static func value(
      _ file: String, pointer: JSONPointer,
      _ make: @escaping @Sendable (String) -> JSONValue = { .string($0) }
    )
      -> Place
    {
      Place("\(file):\(pointer)") { machine, text in
        let path = testData + "/" + file
        var document =
          (machine.files.files(below: testData)[path].flatMap { try? JSONDocument(parsing: $0) })
          ?? JSONDocument.emptyObject
        _ = try? document.set(make(text), at: pointer)
        machine.files.put(document.bytes, at: path, mode: 0o600)
      }
    }

    static func file(_ path: String, _ make: @escaping @Sendable (String) -> String) -> Place {
      Place(path) { machine, text in machine.files.put(make(text), at: path, mode: 0o600) }
    }

    static func variable(_ name: String, _ make: @escaping @Sendable (String) -> String = { $0 })
      -> Place
    {
      Place("$" + name) { machine, text in machine.variables[name] = make(text) }
    }
  }

  /// A text as a string of JSON, quotes included.
  static func quoted(_ text: String) -> String {
    String(decoding: JSONValue.string(text).bytes(), as: UTF8.self)
  }

  static let compatible: JSONPointer = "/providers/openai-compatible/settings"
  static let config = "/home/u/.config/clinecfg"

  private static func pointer(_ steps: [String]) -> JSONPointer {
    steps.reduce(.root) { $0.appending(JSONKey($1)) }
  }

  static let all: [Place] = {
    let state = "globalState.json"
    let providers = "settings/providers.json"
    var places: [Place] = [
      "openAiApiKey", "apiKey", "awsAccessKey", "awsSecretKey", "awsSessionToken", "geminiApiKey",
      "sapAiCoreClientId", "sapAiCoreClientSecret", "ocaRefreshToken", "mcpOAuthSecrets",
      "unknownOne",
    ].map { .value("secrets.json", pointer: pointer([$0])) }
    places += ["cline:clineAccountId", "openai-codex-oauth-credentials"].map { name in
      .value("secrets.json", pointer: pointer([name])) {
        .string(#"{"idToken":"# + quoted($0) + #","refreshToken":"# + quoted($0) + "}")
      }
    }
    places += [
      "apiKey", "auth/apiKey", "auth/accessToken", "auth/refreshToken", "aws/accessKey",
      "aws/secretKey", "aws/sessionToken", "sap/clientId", "sap/clientSecret", "headers/X-Inv",
      "model", "protocol", "region", "future",
    ].map { field -> Place in
      let steps = field.split(separator: "/").map(String.init)
      return .value(
        providers, pointer: pointer(["providers", "openai-compatible", "settings"] + steps))
    }
    places += [
      .value(providers, pointer: "/providers/own-id/settings/apiKey"),
      .value(providers, pointer: "/providers/own-id/settings/provider"),
      .value(providers, pointer: "/lastUsedProvider"),
      .value(providers, pointer: "/modes/voiceInput/providerId"),
      .value(providers, pointer: compatible.appending("baseUrl")) {
        .string("https://u:\($0)@llm.example.com/v1")
      },
      Place("an id of providers.json") { machine, text in
        Place.value(
          providers, pointer: pointer(["providers", text, "settings", "apiKey"])
        )
        .put(&machine, "x")
      },
      .value(state, pointer: "/openAiHeaders/X-Inv"), .value(state, pointer: "/openAiApiKey"),
      .value(state, pointer: "/openAiBaseUrl") { .string("https://u:\($0)@llm.example.com/v1") },
      .value(state, pointer: "/openAiBaseUrl") { .string("https://llm.example.com/v1?key=\($0)") },
      .value(state, pointer: "/openAiBaseUrl") { .string("https://llm.example.com/v1#\($0)") },
      .value(state, pointer: "/openAiBaseUrl") { .string("https://\($0).example.com/v1") },
      .value(state, pointer: "/openAiBaseUrl"), .value(state, pointer: "/actModeOpenAiModelId"),
      .value(state, pointer: "/planModeOpenAiModelId"),
      .value(state, pointer: "/planModeApiProvider"),
      .value(state, pointer: "/actModeApiProvider"), .value(state, pointer: "/clineVersion"),
      .value(state, pointer: "/mode"),
      .value(state, pointer: "/azureApiVersion"),
      .value(state, pointer: "/lastManagedOrganizationId"),
      .value(state, pointer: "/anything/deep/0"),
      Place("a key of globalState.json") { machine, text in
        Place.value(state, pointer: pointer([text])).put(&machine, "x")
      },
      Place("the name of a header") { machine, text in
        Place.value(state, pointer: pointer(["openAiHeaders", text])).put(
          &machine, "value-1")
      },
      .value("settings/models.json", pointer: "/providers/openai-compatible/provider/name"),
      .value(
        "settings/models.json", pointer: "/providers/openai-compatible/provider/headers/X-Inv"),
      .value("settings/models.json", pointer: "/providers/x/provider/apiKey"),
      .value("settings/global-settings.json", pointer: "/token"),
      .file("/home/u/.config/Code/User/settings.json") {
        #"{"cline.openAiApiKey":"# + quoted($0) + "}"
      },
      .file("/home/u/.config/Code/User/settings.json") {
        #"{"http.proxy":"# + quoted("http://u:\($0)@proxy.example.com") + "}"
      },
      .file("/home/u/.config/Code/User/settings.json") {
        #"{"cline.rollout.bundleOverride":"# + quoted($0) + "}"
      },
      .file("/home/u/.config/Code/User/profiles/p/settings.json") {
        #"{"cline.apiKey":"# + quoted($0) + "}"
      },
      .file("/home/u/profile.json") {
        #"{"provider":"rutaapi","model":"m","key":"# + quoted($0) + "}"
      },
      .file("/home/u/profile.json") {
        #"{"provider":"rutaapi","model":"# + quoted($0) + #","key":{"env":"K"}}"#
      },
      .file("/home/u/profile.json") { #"{"provider":"# + quoted($0) + #","model":"m"}"# },
      .file("/home/u/profile.json") {
        #"{"provider":"custom","model":"m","key":{"env":"K"},"baseURL":"#
          + quoted("https://u:\($0)@llm.example.com/v1") + "}"
      },
      .file("/home/u/profile.json") {
        #"{"provider":"rutaapi","model":"m","key":{"env":"K"},"headers":{"X-Inv":"# + quoted($0)
          + "}}"
      },
      .file("/home/u/profile.json") {
        #"{"provider":"rutaapi","model":"m","key":{"command":["# + quoted($0) + "]}}"
      },
      .file("/home/u/profile.json") {
        #"{"provider":"rutaapi","model":"m","key":{"file":"# + quoted($0) + "}}"
      },
      .file("/home/u/profile.json") { "{ broken \(quoted($0))" },
      .file("/home/u/profile.json") { #"{"provider":"rutaapi","# + quoted($0) + ":1}" },
      .file(config + "/profiles/saved.json") { "{ broken \(quoted($0))" },
      .file(config + "/profiles/saved.json") {
        #"{"provider":"rutaapi","model":"# + quoted($0) + #","key":{"file":"../keys/saved"}}"#
      },
      .file(config + "/keys/saved") { $0 + "\n" },
      .file(config + "/providers/acme.json") {
        #"{"id":"acme","name":"# + quoted($0) + #","roots":["https://llm.example.com/v1"]}"#
      },
      .file(config + "/providers/acme.json") {
        #"{"id":"acme","name":"A","roots":["https://llm.example.com/v1"],"notes":["# + quoted($0)
          + "]}"
      },
      .file(config + "/providers/acme.json") { #"{"id":"acme","# + quoted($0) + ":1}" },
      .file("/home/u/.local/state/clinecfg/profiles.json") { #"{"used":["# + quoted($0) + "]}" },
      Place("a damaged backup's name") { machine, text in
        machine.files.put(
          "x", at: testData + "/.clinecfg/backups/\(text.replacing("/", with: "_"))/record.json")
      },
      Place("a stray file of the state directory") { machine, text in
        machine.files.put(
          "x", at: testData + "/.clinecfg/pending/\(text.replacing("/", with: "_"))")
      },
      Place("a former key in the backups") { machine, text in
        let words = ["set-provider", "rutaapi", "--key-stdin", "--model", "m", "--no-verify"]
        _ = machine.run(words + ["--allow", "KEY206", "--allow", "KEY207"], input: text + "\n")
        _ = machine.run(words, input: "invented-key-0002\n")
      },
      Place("a quarantined file") { machine, text in
        machine.files.put(
          "{ \(quoted(text))", at: testData + "/.clinecfg/quarantine/secrets-0123456789abcdef.json",
          mode: 0o600)
      },
      .variable("RUTAAPI_API_KEY"), .variable("OPENAI_API_KEY"), .variable("SOME_TOKEN"),
      .variable("K"), .variable("H"),
      .variable("HTTPS_PROXY") { "http://u:\($0)@proxy.example.com" },
      .variable("CLINE_DATA_DIR") { "/home/u/\($0.replacing("/", with: "_"))" },
      .variable("CLINE_BUNDLE_OVERRIDE"), .variable("XDG_CONFIG_HOME") { "/\($0)" },
      Place("the words of a running Cline") { machine, text in
        machine.processes = {
          [RunningProcess(id: 7, user: 1000, words: ["/usr/bin/cline", "--api-key", text])]
        }
      },
      Place("VS Code's own storage") { machine, text in
        machine.files.putDirectory("/home/u/.config/Code/User/globalStorage")
        machine.databases["/home/u/.config/Code/User/globalStorage/state.vscdb"] = [
          (
            "saoudrizwan.claude-dev",
            Array(
              (#"{"apiProvider":"openai","openAiModelId":"# + quoted(text)
                + #","openAiHeaders":{"X":"# + quoted(text) + "}}").utf8)
          )
        ]
      },
      Place("what a server says") { machine, text in
        machine.transport = ScriptedTransport(
          status: 401, #"{"error":{"message":"# + quoted("no: " + text) + "}}",
          headers: ["x-request-id": text, "retry-after": text, "location": text])
      },
      Place("the ids of a model list") { machine, text in
        machine.transport = ScriptedTransport(models: ["m", text])
      },
    ]
    return places
  }()

  /// A machine that is set up, so that every command has something to tell.
  static func machine() -> TestMachine {
    var machine = TestMachine(variables: ["K": "invented-key-0003", "H": "invented-header-0004"])
    machine.files.put(
      #"{"mode":"act","actModeApiProvider":"openai","planModeApiProvider":"openai","openAiBaseUrl":"https://llm.example.com/v1","actModeOpenAiModelId":"m","planModeOpenAiModelId":"m"}"#,
      at: testData + "/globalState.json", mode: 0o600)
    machine.files.put(
      #"{"openAiApiKey":"invented-key-0001"}"#, at: testData + "/secrets.json", mode: 0o600)
    machine.files.put(
      #"{"version":1,"lastUsedProvider":"openai-compatible","providers":{"openai-compatible":{"settings":{"provider":"openai-compatible","apiKey":"invented-key-0001","baseUrl":"https://llm.example.com/v1","model":"m"},"updatedAt":"2026-08-22T20:03:00.000Z"}}}"#,
      at: testData + "/settings/providers.json", mode: 0o600)
    machine.files.put(
      #"{"provider":"groq","model":"m","key":{"env":"K"}}"#, at: config + "/profiles/other.json")
    machine.files.put(
      #"{"provider":"rutaapi","model":"m2","key":{"env":"K"}}"#, at: "/home/u/profile.json")
    machine.transport = ScriptedTransport(models: ["m", "m2"])
    return machine
  }

  /// Every command, as somebody uses it.
  static let commands: [[String]] = [
    ["show"], ["doctor"], ["doctor", "-v"], ["doctor", "--fix"], ["doctor", "--fix", "--dry-run"],
    ["doctor", "--live"], ["doctor", "--strict", "-v"], ["verify"], ["verify", "-v"], ["report"],
    ["report", "--live"], ["models"], ["models", "acme", "--key-env", "K"], ["providers"],
    ["providers", "acme"], ["providers", "validate", config + "/providers/acme.json"],
    ["check", "--base-url", "https://llm.example.com/v1", "--model", "m", "--key-env", "K", "-v"],
    ["get", "globalState:"], ["get", "secrets:"], ["get", "providers:"], ["get", "models:"],
    ["get", "globalSettings:"], ["get", "globalState:/actModeOpenAiModelId"],
    ["get", "globalState:/openAiHeaders"], ["get", "globalState:/openAiBaseUrl"],
    ["set", "globalState:/mode", "plan"], ["unset", "globalState:/openAiHeaders"],
    ["set-provider", "rutaapi", "--model", "m"],
    ["set-provider", "rutaapi", "--key-env", "K", "--model", "m"],
    ["set-provider", "rutaapi", "--key-env", "K"],
    ["set-provider", "groq", "--key-env", "K", "--model", "m", "--no-verify"],
    ["set-provider", "acme", "--key-env", "K", "--model", "m"],
    ["set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--header-env", "X-Inv=H", "-v"],
    [
      "set-provider", "custom", "--base-url", "https://llm2.example.com/v1", "--model", "m",
      "--key-env", "K", "--dry-run",
    ],
    ["remove", "custom"], ["remove", "custom", "--dry-run"],
    ["remove", "custom", "--purge-backups"],
    ["remove", "bedrock"], ["undo"], ["undo", "--dry-run"], ["backups"], ["backups", "verify"],
    ["backups", "purge"], ["backups", "prune"], ["recover"], ["export"],
    ["apply", "/home/u/profile.json"],
    ["apply", "/home/u/profile.json", "--check"], ["diff", "/home/u/profile.json"], ["save", "x"],
    ["save", "saved"], ["save", "x", "--with-key"], ["use", "saved"], ["use", "-"], ["profiles"],
    ["profiles", "remove", "saved"], ["vscode"], ["vscode", "bundle", "next"],
    ["import", "vscode", "--key-env", "K"], ["import", "vscode", "--dry-run", "--key-env", "K"],
    ["forget"],
    ["complete", "--", "set-provider", "custom", "--model", ""], ["complete", "--", "use", ""],
    ["complete", "--", "backups", "restore", ""], ["complete", "--", "providers", ""],
    ["explain", "SEC603"],
    [],
  ]
}
