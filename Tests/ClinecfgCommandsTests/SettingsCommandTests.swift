import ClineConfig
import LosslessJSON
import TestSupport
import Testing

@Suite("Cline's own settings are set by name, of the right type")
struct SettingsCommandTests {
  let machine = TestMachine(variables: ["K": "invented-key-0001-abcd"])

  @Test("set, get, list, explain, diff, unset, undo")
  func round() throws {
    #expect(machine.run("settings").output == "nothing differs from Cline's own values\n")
    #expect(machine.run("settings", "set", "auto-approve.read-files", "off").code == 0)
    #expect(machine.run("settings", "set", "preferred-language", "German - Deutsch").code == 0)
    #expect(machine.run("settings", "set", "cli.tui-theme", "dark").code == 0)
    let again = machine.run("settings", "set", "cli.tui-theme", "dark")
    #expect(again.code == 0 && !again.output.contains("undo"))
    #expect(machine.run("settings", "get", "auto-approve.read-files").output == "off\n")
    #expect(machine.run("settings", "get", "preferredLanguage").output == "German - Deutsch\n")
    let list = machine.run("settings", "list").output
    #expect(list.contains("cli.tui-theme") && list.contains("(Cline's own: English)"))
    let all = machine.run("settings", "list", "--all").output
    #expect(all.contains("act-mode-open-ai-model-id") && all.split(separator: "\n").count > 200)
    let explained = machine.run("settings", "explain", "telemetry").output
    #expect(explained.contains("unset, enabled, disabled") && explained.contains("globalState:/"))
    let difference = try machine.run("settings", "diff", "--json").json["settings"]?.array ?? []
    #expect(
      difference.compactMap { $0["name"]?.string } == [
        "auto-approve.read-files", "preferred-language", "cli.tui-theme",
      ])
    #expect(machine.run("settings", "unset", "preferred-language").code == 0)
    #expect(machine.run("settings", "get", "preferred-language").output == "English\n")
    #expect(machine.run("undo").code == 0)
    #expect(machine.run("settings", "get", "preferred-language").output == "German - Deutsch\n")
    #expect(machine.run("doctor").code == 0)
  }

  @Test(
    "what Cline would trip over is refused, with what is meant",
    arguments: [
      (["settings", "set", "mode", "ask"], 64, "one of plan, act"),
      (["settings", "set", "telemetry", "disabld"], 64, "did you mean 'disabled'?"),
      (
        ["settings", "set", "preferred-language", "german"], 64, "did you mean 'German - Deutsch'?"
      ),
      (["settings", "set", "shell-integration-timeout", "0"], 64, "a whole number above 0"),
      (["settings", "set", "hooks-enabled", "perhaps"], 64, "true or false"),
      (["settings", "get", "read-file"], 66, "did you mean"),
      (["settings", "get", "readFiles"], 66, "settings list --all"),
      (["settings", "get", "preferedLanguage"], 66, "did you mean 'preferred-language'?"),
      (["settings", "set", "vscode.bundle", "next"], 64, "clinecfg vscode bundle next"),
      (["set", "globalState:/mode", "Plan"], 64, "--raw"),
      (["set", "globalState:/hooksEnabled", "yes"], 64, "settings explain hooks-enabled"),
      (["set", "globalState:/autoApprovalSettings", #"{"actions":{}}"#], 64, "lacks"),
      (["settings", "set", "mode", "sk-or-v1-" + String(repeating: "0", count: 64)], 64, "revoke"),
    ])
  func refused(words: [String], code: Int32, says: String) {
    let run = machine.run(words)
    #expect(run.code == code && run.notes.contains(says), "\(run.notes)")
    #expect(machine.stores.isEmpty)
  }

  @Test("--raw stores it all the same, and doctor mends what has one meaning")
  func raw() {
    #expect(machine.run("set", "globalState:/mode", "Plan", "--raw").code == 0)
    #expect(machine.run("settings", "set", "hooks-enabled", "\"no\"", "--raw").code == 0)
    #expect(
      machine.run("settings", "set", "focus-chain.enabled", "false", "--raw").code == 0)
    let doctor = machine.run("doctor").output
    for code in ["STATE901", "STATE902", "STATE903"] { #expect(doctor.contains(code), "\(doctor)") }
    #expect(machine.run("doctor", "--fix").code == 0)
    #expect(machine.run("settings", "get", "mode").output == "plan\n")
    #expect(machine.run("settings", "get", "hooks-enabled").output == "off\n")
    #expect(machine.run("settings", "get", "focus-chain.remind-cline-interval").output == "6\n")
    #expect(machine.run("doctor").code == 0)
  }

  @Test("in profiles: apply, diff, check, export, filter, and back to the same state")
  func profiles() throws {
    let profile =
      #"{"provider":"rutaapi","model":"m","key":{"env":"K"},"settings":{"auto-approve.execute-safe-commands":true,"mode":"plan","cli.auto-update-enabled":false}}"#
    machine.files.put(profile, at: "/p.json")
    #expect(machine.run("apply", "/p.json", "--check", "--no-verify").code == 2)
    #expect(machine.run("diff", "/p.json").output.contains("\"executeSafeCommands\": true"))
    let apply = machine.run("apply", "/p.json", "--no-verify")
    #expect(apply.code == 0 && apply.output.contains("auto-approve.execute-safe-commands"))
    #expect(machine.run("apply", "/p.json", "--check", "--no-verify").code == 0)
    let export = machine.run("export")
    #expect(export.output.contains(#""cli.auto-update-enabled": false"#), "\(export.output)")
    machine.files.put(export.output, at: "/q.json")
    #expect(machine.run("apply", "/q.json", "--check", "--no-verify").code == 0)
    let other = TestMachine(variables: ["K": "invented-key-0001-abcd"])
    other.files.put(profile, at: "/p.json")
    let state = other.run("filter", "globalState", "--profile", "/p.json", input: "{}")
    #expect(state.output.contains(#""executeSafeCommands": true"#), "\(state.notes)")
    let command = other.run("filter", "globalSettings", "--profile", "/p.json", input: "{}")
    #expect(command.output.contains(#""autoUpdateEnabled": false"#), "\(command.notes)")
    // Settings alone are a profile too.
    other.files.put(#"{"settings":{"telemetry":"disabled"}}"#, at: "/s.json")
    #expect(other.run("apply", "/s.json").code == 0)
    #expect(other.run("export").output.contains("telemetry"))
    #expect(other.run("apply", "/s.json", "--check").code == 0)
    #expect(
      other.run("undo").code == 0 && other.run("settings", "get", "telemetry").output == "unset\n")
  }

  @Test(
    "a profile's settings are looked at before anything is done",
    arguments: [
      #"{"modes":"plan"}"#, #"{"mode":"Plan"}"#, #"{"hooks-enabled":1}"#, #"{"isNewUser":true}"#,
      #"{"vscode.bundle":"next"}"#, #"[]"#, #"{"openAiBaseUrl":"https://x"}"#,
    ])
  func wrongProfiles(settings: String) {
    machine.files.put(#"{"settings":\#(settings)}"#, at: "/s.json")
    #expect(machine.run("apply", "/s.json").code == 65)
    #expect(machine.stores.isEmpty)
  }
}
