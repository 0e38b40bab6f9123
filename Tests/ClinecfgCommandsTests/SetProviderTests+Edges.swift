import ClineConfig
import Foundation
import LosslessJSON
import TestSupport
import Testing

extension SetProviderTests {
  @Test("a root of OpenAI's protocol goes to the OpenAI-compatible slot, with a note")
  func otherProtocol() throws {
    let run = machine.run(
      "set-provider", "gemini", "--key-env", "K", "--model", "m", "--base-url",
      "https://generativelanguage.googleapis.com/v1beta/openai")
    #expect(run.code == 0 && run.notes.contains("OpenAI-compatible"))
    #expect(machine.run("get", "globalState:/actModeApiProvider").output == "openai\n")
  }

  @Test(
    "a value that Cline would reject is the command's fault, not the file's",
    arguments: [
      ["set", "providers:/version", "2"], ["unset", "providers:/version"],
      ["set", "providers:/providers/openai-compatible/settings/baseUrl", "not-a-url"],
    ])
  func rejectedValues(words: [String]) {
    _ = machine.run("set-provider", "rutaapi", "--key-env", "K", "--model", "m")
    let before = machine.stores
    let run = machine.run(words)
    #expect(run.code == 65)
    #expect(run.notes.contains("after this change Cline would reject"), "\(run.notes)")
    #expect(!run.notes.contains("overwrite"))
    #expect(machine.stores == before)
  }

  @Test("numbers beyond what JavaScript counts, and an empty address, are usage errors")
  func numbers() {
    let words = ["set-provider", "rutaapi", "--key-env", "K", "--model", "m"]
    #expect(machine.run(words + ["--max-tokens", "9007199254740993"]).code == 64)
    #expect(machine.run(words + ["--base-url", ""]).code == 64)
    #expect(machine.run(words + ["--header", "X-A=1", "--header", "x-a=2"]).code == 64)
  }

  @Test("one mode cannot be pointed elsewhere in the slot that the other one uses")
  func sharedSlot() throws {
    _ = machine.run("set-provider", "rutaapi", "--key-env", "K", "--model", "m")
    let before = machine.stores
    let words = [
      "set-provider", "custom", "--base-url", "https://b.example.com/v1", "--model", "z",
      "--mode", "plan", "--key-env", "K",
    ]
    let run = machine.run(words)
    #expect(run.code == 78 && run.notes.contains("TRIPLE403"))
    #expect(machine.stores == before)
    #expect(machine.run(words + ["--allow", "TRIPLE403"]).code == 0)
  }

  @Test("an unset other mode is a warning")
  func unsetMode() throws {
    let run = machine.run(
      "set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--mode", "plan", "--json")
    #expect(run.code == 0)
    let finding = try run.json["findings"]?.array?.first
    #expect(finding?["rule"] == "TRIPLE402" && finding?["severity"] == "warning")
  }

  @Test("--no-key stores a word everywhere, so that no exported key is taken")
  func noKeyInOwnSlot() throws {
    var machine = machine
    machine.variables["OLLAMA_API_KEY"] = "invented-key-0009"
    #expect(machine.run("set-provider", "ollama", "--no-key", "--model", "m").code == 0)
    for client in try machine.run("show", "--json").json["clients"]?.array ?? [] {
      #expect(client["key"]?["source"]?.string?.hasPrefix("env:") != true)
    }
  }

  @Test("limits of a former model go, also where a slot keeps them apart")
  func formerLimits() {
    for (provider, key) in [
      ("ollama", "ollamaApiOptionsCtxNum"), ("lmstudio", "lmStudioMaxTokens"),
    ] {
      let words = ["set-provider", provider, "--no-key"]
      _ = machine.run(words + ["--model", "m", "--context-window", "64000"])
      #expect(machine.run("get", "globalState:/\(key)").output == "64000\n")
      _ = machine.run(words + ["--model", "m"])
      #expect(machine.run("get", "globalState:/\(key)").output == "64000\n")
      _ = machine.run(words + ["--model", "m2"])
      #expect(machine.run("get", "globalState:/\(key)").code == 66)
    }
  }

  @Test("two regions of one company share a slot and are told apart by its line")
  func regions() throws {
    let words = ["--key-env", "K", "--model", "kimi-k3"]
    #expect(machine.run(["set-provider", "moonshot-cn"] + words).code == 0)
    #expect(machine.run("get", "globalState:/moonshotApiLine").output == "china\n")
    #expect(machine.run("show").output.contains("api.moonshot.cn"))
    #expect(machine.run(["set-provider", "moonshot"] + words).code == 0)
    #expect(machine.run("show").output.contains("api.moonshot.ai"))
    #expect(!machine.run("show").output.contains("api.moonshot.cn"))
  }

  @Test("what cannot be set says so, what has a part to fill in asks for it")
  func notSettable() {
    #expect(machine.run("set-provider", "voyage", "--key-env", "K", "--model", "m").code == 64)
    let azure = ["set-provider", "azure-openai", "--key-env", "K", "--model", "gpt-4o"]
    let run = machine.run(azure)
    #expect(run.code == 64 && run.notes.contains("{resource}"))
    #expect(
      machine.run(azure + ["--base-url", "https://my.openai.azure.com/openai/v1"]).code == 0)
  }
}
