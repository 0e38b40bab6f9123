import ClineConfig
import ClinecfgCommands
import LosslessJSON
import TestSupport
import Testing

@Suite("Keys do not stay behind, and what is no key is not damaged")
struct SecretHygieneTests {
  static let url = "https://llm.example.com/v1"

  private func machine(key: String, model: String = "m", url: String = url) -> TestMachine {
    let machine = TestMachine(variables: ["K": "invented-key-0003"])
    let words = ["set-provider", "custom", "--base-url", url, "--model", model, "--no-verify"]
    let run = machine.run(words + ["--key-stdin", "--allow", "KEY203"], input: key)
    #expect(run.code == 0, "\(run.notes)")
    return machine
  }

  @Test(
    "a word that a key and a model or an address share stays in all that is printed and saved",
    arguments: [
      ("my-model-key", "my-model-7b", url),
      ("my-company-gateway-key", "my-company/llama-70b", "https://gateway.my-company.example/v1"),
      ("1234", "m", "http://127.0.0.1:1234/v1"), ("model", "m", url), ("plan", "m", url),
      ("secrets", "m", url), ("20260822", "m", url), ("globalState", "m", url),
    ])
  func sharedWords(key: String, model: String, url: String) throws {
    let machine = self.machine(key: key, model: model, url: url)
    let export = try machine.run("export", "--json").json
    #expect(export["profile"]?["model"]?.string == model)
    #expect(export["profile"]?["baseURL"]?.string == url)
    let shown = machine.run("show").output
    #expect(shown.contains(model) && shown.contains(url))
    let show = try machine.run("show", "--json").json
    #expect(show["clients"]?.array?.allSatisfy { $0["model"]?.string == model } == true)
    #expect(
      show["clients"]?.array?.allSatisfy { ["plan", "act"].contains($0["mode"]?.string) } == true)
    let backups = try machine.run("backups", "--json").json["backups"]?.array ?? []
    #expect(backups.first?["id"]?.string?.hasPrefix("20260822T") == true)
    let change = machine.run("set", "globalState:/mode", "plan", "--json")
    let file = try change.json["files"]?.array?.first
    #expect(
      file?["store"] == "globalState"
        && file?["path"]?.string?.hasSuffix("globalState.json") == true)
    machine.files.put((export["profile"] ?? .null).bytes(), at: "/home/u/p.json")
    #expect(machine.run("apply", "/home/u/p.json", "--check").code == 0)
  }

  @Test("a profile from which a key was taken out is not applied")
  func marks() {
    let machine = self.machine(key: "invented-key-0001")
    for text in [
      #"{"provider":"rutaapi","model":"…7b"}"#,
      #"{"provider":"custom","model":"m","baseURL":"https://….example.com/v1"}"#,
    ] {
      machine.files.put(text, at: "/home/u/p.json")
      #expect(machine.run("apply", "/home/u/p.json").code == 65)
    }
  }

  @Test("a key within a longer value is purged and named too")
  func within() throws {
    let key = "qWx7Zt9Lp3-Rv6Nb2Mc8Kd4"
    func prepared() -> TestMachine {
      let machine = self.machine(key: key)
      let path = testData + "/globalState.json"
      var state = machine.files.text(at: path) ?? ""
      state = state.replacing(
        "\"openAiBaseUrl\": \"\(Self.url)\"",
        with: "\"openAiBaseUrl\": \"\(Self.url)?key=\(key)\", \"note\": \"my key is \(key).\"")
      machine.files.put(state, at: path, mode: 0o600)
      #expect(machine.run("set", "globalState:/mode", "plan").code == 0)
      return machine
    }
    func copies(_ machine: TestMachine) -> [String] {
      machine.files.files(below: testData + "/.clinecfg").filter {
        String(decoding: $0.value, as: UTF8.self).contains(key)
      }.map(\.key)
    }
    for words in [["backups", "purge", "--provider", "custom"], ["backups", "purge"]] {
      let machine = prepared()
      #expect(!copies(machine).isEmpty)
      #expect(machine.run(words).code == 0)
      #expect(copies(machine).isEmpty, "\(words): \(copies(machine))")
    }
    let machine = prepared()
    let run = machine.run("remove", "custom", "--purge-backups")
    #expect(copies(machine).isEmpty)
    #expect(run.notes.contains("globalState:/note"))
    #expect(try machine.run("backups", "purge", "--json").json["changed"] == false)
  }

  @Test(
    "a harmless header with an address in it is not exported with what is behind its question mark")
  func headers() {
    let machine = self.machine(key: "invented-key-0001")
    let path = testData + "/globalState.json"
    let state = (machine.files.text(at: path) ?? "").replacing(
      "{\n",
      with:
        "{\n \"openAiHeaders\": {\"HTTP-Referer\": \"https://a.example/?token=Ll1Kk2Jj3Hh4\", \"X-Title\": \"mine\"},",
      maxReplacements: 1)
    machine.files.put(state, at: path, mode: 0o600)
    let run = machine.run("export")
    #expect(
      run.code == 0 && !run.output.contains("Ll1Kk2") && run.output.contains("mine"),
      "\(run.output)")
  }

  @Test("a stored key is no profile's name")
  func names() {
    let machine = self.machine(key: "qWx7Zt9Lp3-Rv6Nb2Mc8Kd4")
    #expect(machine.run("save", "qWx7Zt9Lp3-Rv6Nb2Mc8Kd4").code == 64)
    #expect(machine.run("save", "work").code == 0)
  }

  @Test(
    "an address of somebody else is no provider's, in the verdict too",
    arguments: [
      ("https://evil.example/v1", "incoherent"),
      ("https://evil.example\\.openai.com/v1", "incoherent"),
      ("https://api.rutaapi.com%2eevil.example/v1", "incoherent"),
      ("https:evil.example", "cannot-tell"),
      ("https://api.rutaapi.com/v1", "coherent"),
    ])
  func verdicts(url: String, verdict: String) throws {
    let run = TestMachine().run(
      "check", "--base-url", url, "--provider", "rutaapi", "--model", "m", "--json")
    #expect(try run.json["verdict"]?.string == verdict, "\(run.output)")
  }

  @Test(
    "an own entry with a bundled name is named wherever a key would go",
    arguments: ["https://llm.evil.example/v1", "http://127.0.0.1:18080/v1"])
  func ownEntries(root: String) throws {
    var machine = TestMachine(variables: ["K": "invented-key-0003"])
    let file = "/home/u/.config/clinecfg/providers/x.json"
    machine.files.put(#"{"id":"rutaapi","name":"RutaAPI","roots":["\#(root)"]}"#, at: file)
    for answer in [ScriptedTransport(models: ["m"]), ScriptedTransport(status: 401)] {
      machine.transport = answer
      for words in [
        ["models", "rutaapi", "--key-env", "K"], ["verify"], ["doctor"], ["doctor", "--live"],
        [
          "set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--allow", "URL102",
          "--allow", "LIVE803",
        ],
        ["check", "--base-url", root, "--provider", "rutaapi", "--model", "m", "--key-env", "K"],
        ["report"], ["verify"],
      ] {
        _ = machine.run(
          "set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--no-verify", "--allow",
          "URL102")
        for extra in [[], ["--json"]] {
          let run = machine.run(words + extra)
          #expect(
            (run.output + run.notes).contains(file)
              || (run.output + run.notes).contains(file.replacing("/home/u/", with: "~/")),
            "\(words + extra): \(run.output)\(run.notes)")
        }
      }
    }
    #expect(machine.run("providers", "validate", file).code == 0)
    // The bundled hosts are RutaAPI's all the same.
    let check = machine.run(
      "check", "--base-url", "https://api.rutaapi.com/v1", "--provider", "rutaapi", "--model", "m",
      "--json")
    #expect(try check.json["verdict"] == "coherent")
  }

  @Test("key commands of a profile are run by apply and use, and by nothing that only looks")
  func keyCommands() {
    final class Count: @unchecked Sendable { var runs = 0 }
    let machine = TestMachine()
    machine.files.put(
      #"{"provider":"rutaapi","model":"m","key":{"command":["/bin/echo","invented-key-0009"]}}"#,
      at: "/home/u/.config/clinecfg/profiles/work.json")
    let path = "/home/u/.config/clinecfg/profiles/work.json"
    for words in [
      ["diff", path], ["apply", path, "--check"], ["apply", path, "--dry-run"],
      ["use", "work", "--dry-run"],
    ] {
      let run = machine.run(words + ["-v"])
      #expect(run.notes.contains("the key command was not run"), "\(words): \(run.notes)")
    }
    let run = machine.run("apply", path, "--no-verify")
    #expect(run.code == 0 && !run.notes.contains("was not run"), "\(run.notes)")
  }

  @Test("key files and folders that others can read or write are named")
  func permissions() {
    let machine = self.machine(key: "invented-key-0001")
    machine.files.put("invented-key-0004\n", at: "/home/u/key", mode: 0o644)
    let words = [
      "set-provider", "rutaapi", "--model", "m", "--key-file", "/home/u/key", "--no-verify",
    ]
    #expect(machine.run(words).notes.contains("chmod 600 /home/u/key"))
    #expect(machine.run("save", "work", "--with-key").code == 0)
    let key = "/home/u/.config/clinecfg/keys/work"
    #expect(machine.files.text(at: key) == "invented-key-0004\n")
    #expect(machine.run("save", "work", "--key-env", "K").notes.contains("is removed"))
    #expect(machine.files.text(at: key) == nil)
    machine.files.put("invented-key-0005\n", at: key, mode: 0o644)
    machine.files.put("x", at: "/home/u/.config/clinecfg/keys/.work-0.tmp")
    let doctor = machine.run("doctor").output
    #expect(
      doctor.contains("SEC606") && doctor.contains("SEC601") && doctor.contains("SEC604"),
      "\(doctor)")
    #expect(
      doctor.contains("an interrupted clinecfg left ~/.config/clinecfg/keys/.work-0.tmp behind"))
    #expect(!doctor.contains("a program that writes Cline's files"))
  }
}
