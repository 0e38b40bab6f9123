import ClineConfig
import LosslessJSON
import TestSupport
import Testing

/// What somebody who tried it for the first time ran into.
@Suite("What a stranger ran into")
struct StrangerTests {
  static let key = "sk-invented-0123456789abcdef"
  let machine = TestMachine(variables: ["K": key])

  @discardableResult
  func ok(_ words: String...) -> CommandRun {
    let run = machine.run(words)
    #expect(run.code == 0, "\(words): \(run.notes)")
    return run
  }

  @Test(
    "no key is in the difference of a damaged file, wherever it stands",
    arguments: [
      ("secrets.json", #"{"openAiApiKey": "KEY1", "openAiApiKey":"KEY2",}"#),
      ("globalState.json", #"{"openAiHeaders":{"X-Key":"KEY1","X-Key":"KEY2"} "mode":"act"}"#),
      ("globalState.json", #"{'taskHistory':[{'id':'1','task':'use KEY1'}],}"#),
      ("globalState.json", #"{"KEY1": 1,, "mode": "KEY2"}"#),
      (
        "settings/providers.json",
        #"{"version":1,"providers":{},"x":{"apiKey":"KEY1","apiKey":"KEY2"},}"#
      ),
      ("secrets.json", #"{"openAiApiKey": "KEY1", "groqApiKey": "KEY2"#),
    ])
  func noKey(file: String, text: String) {
    let keys = ["sk-invented-0123456789abcdef", "sk-or-v1-" + String(repeating: "7", count: 64)]
    let damaged = text.replacing("KEY1", with: keys[0]).replacing("KEY2", with: keys[1])
    machine.files.put(damaged, at: testData + "/" + file, mode: 0o600)
    for words in [["doctor", "--fix", "--dry-run"], ["doctor", "--fix"]] {
      let run = machine.run(words)
      for key in keys {
        #expect(!(run.output + run.notes).contains(key), "\(run.output)\(run.notes)")
      }
    }
    #expect(machine.run("undo").code == 0)
    #expect(machine.files.bytes(at: testData + "/" + file) == Array(damaged.utf8))
  }

  @Test("a gateway's key does not go to the local server", arguments: ["ollama", "lmstudio"])
  func local(provider: String) {
    ok(
      "set-provider", provider, "--base-url", "https://gw.example.com", "--key-env", "K", "--model",
      "q", "--no-verify")
    ok("set-provider", provider, "--model", "q", "--no-verify")
    #expect(!machine.run("show").output.contains("sk-…cdef"))
  }

  @Test("Bedrock goes from a key to a profile and back, and says so")
  func bedrock() {
    ok(
      "set-provider", "bedrock", "--aws-region", "us-east-1", "--key-env", "K", "--model", "m",
      "--no-verify")
    let kept = ok("model", "n", "--no-verify")
    #expect(kept.output.contains("sk-…cdef"), "\(kept.output)")
    ok("set-provider", "bedrock", "--aws-profile", "work", "--model", "m", "--no-verify")
    var show = machine.run("show").output
    #expect(show.contains("AWS profile work, region us-east-1") && !show.contains("sk-…cdef"))
    ok("set-provider", "bedrock", "--key-env", "K", "--model", "m", "--no-verify")
    ok("set-provider", "bedrock", "--no-key", "--model", "m", "--no-verify")
    show = machine.run("show").output
    #expect(show.contains("AWS credentials") && !show.contains("sk-…cdef"), "\(show)")
    #expect(machine.run("undo").output.contains("Cline now uses"))
  }

  @Test("Azure's deployment follows the model, and identity goes off by a word")
  func azure() {
    ok(
      "set-provider", "azure-openai", "--base-url", "https://r.openai.azure.com", "--model",
      "gpt-4o", "--key-env", "K", "--azure-identity", "--no-verify")
    ok("model", "gpt-5", "--no-verify")
    #expect(machine.run("show").output.contains("/deployments/gpt-5/chat/completions"))
    ok(
      "set-provider", "azure-openai", "--base-url", "https://r.openai.azure.com", "--model",
      "gpt-5", "--key-env", "K", "--no-azure-identity", "--no-verify")
    #expect(machine.run("get", "globalState:/azureIdentity").output == "false\n")
  }

  @Test("what was said of a model comes back with it")
  func facts() {
    ok(
      "set-provider", "custom", "--base-url", "https://gw.example.com/v1", "--model", "demo",
      "--key-env", "K", "--no-verify", "--no-images", "--temperature", "0.3", "--max-tokens", "8000"
    )
    let before = machine.run("export").output
    ok("model", "other", "--no-verify")
    ok("model", "demo", "--no-verify")
    #expect(machine.run("export").output == before)
  }

  @Test("each mode has its own effort, and a profile of it changes nothing")
  func effort() {
    ok(
      "set-provider", "custom", "--base-url", "https://gw.example.com/v1", "--model", "a",
      "--key-env", "K", "--no-verify", "--reasoning-effort", "low")
    ok(
      "set-provider", "custom", "--base-url", "https://gw.example.com/v1", "--model", "b", "--mode",
      "plan", "--key-env", "K", "--no-verify", "--reasoning-effort", "high")
    #expect(
      machine.run("get", "providers:/providers/openai-compatible/settings/reasoning/effort").output
        == "low\n")
    machine.files.put(machine.run("export").output, at: "/p.json")
    let check = machine.run("apply", "/p.json", "--check", "--no-verify")
    #expect(check.code == 0, "\(machine.run("diff", "/p.json").output)")
  }

  @Test("the advice for a second gateway has every option that was given")
  func second() {
    ok(
      "set-provider", "custom", "--base-url", "https://a.example.com/v1", "--key-env", "K",
      "--model", "ma", "--no-verify")
    let words = [
      "set-provider", "custom", "--base-url", "https://b.example.com/v1", "--key-env", "K",
      "--model", "mb", "--mode", "plan", "--no-images", "--header", "X-A=b", "--no-verify",
    ]
    let run = machine.run(words)
    #expect(run.code == 78)
    let line = run.notes.split(separator: "\n").map { $0.drop { $0 == " " } }.first {
      $0.hasPrefix("clinecfg ")
    }
    var step = Array(ShellLine.words(line ?? "").dropFirst())
    #expect(
      Set(words).subtracting(["X-A=b"]).isSubset(of: step) && step.contains("litellm"),
      "\(run.notes)")
    // A header's value is never repeated.
    step = step.map { $0 == "…" ? "X-A=b" : $0 }
    #expect(machine.run(step).code == 0)
    #expect(machine.run("doctor").code == 0)
  }

  @Test("what --slot made, the same name removes")
  func removed() {
    ok("set-provider", "groq", "--slot", "litellm", "--key-env", "K", "--model", "m", "--no-verify")
    ok("remove", "groq")
    #expect(machine.run("get", "globalState:/liteLlmBaseUrl").code == 66)
    ok(
      "set-provider", "custom", "--slot", "litellm", "--base-url", "https://b.example.com/v1",
      "--key-env", "K", "--model", "m", "--no-verify")
    ok("remove", "custom")
    #expect(machine.run("get", "globalState:/liteLlmBaseUrl").code == 66)
  }

  @Test("the whole entries of a providers.json that is cut short are kept")
  func cut() {
    machine.files.put(
      #"{"version":1,"lastUsedProvider":"groq","providers":{"groq":{"settings":{"provider":"groq","apiKey":"gsk_inventedinvented","model":"m"},"updatedAt":"2026-08-22T20:03:00.000Z"},"xai":{"settings":{"provider":"xai""#,
      at: testData + "/settings/providers.json", mode: 0o600)
    _ = machine.run("doctor", "--fix")
    let run = machine.run("get", "providers:/providers")
    #expect(run.output.contains("groq") && !run.output.contains("xai"), "\(run.notes)")
  }

  @Test("a link without a model or a key is told what it takes")
  func link() {
    let link = "ccswitch://v1/import?resource=provider&endpoint=https%3A%2F%2Fgw.example%2Fv1"
    #expect(
      machine.run(["import", "link", "--no-verify", "--model", "m", "--key-env", "K"], input: link)
        .code == 0)
    #expect(
      machine.run(["import", "link", "--no-verify"], input: "").notes.contains("standard input"))
  }
}
