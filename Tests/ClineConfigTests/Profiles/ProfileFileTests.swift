import LosslessJSON
import TestSupport
import Testing

@testable import ClineConfig

@Suite("Profiles, as files and by name")
struct ProfileFileTests {
  @Test(
    "a profile goes round",
    arguments: [
      #"{"provider":"rutaapi","model":"m","key":{"env":"K"}}"#,
      #"{"provider":"rutaapi","model":{"plan":"a","act":"b"},"key":{"file":"~/k"},"baseURL":"https://x.example/v1"}"#,
      #"{"plan":{"provider":"groq","model":"a","key":{"none":true}},"act":{"provider":"xai","model":"b","key":{"keep":true}}}"#,
      #"{"provider":"custom","model":"m","key":{"command":["pass","k"]},"headers":{"X-A":"1","X-B":{"env":"B"}},"contextWindow":10,"maxTokens":5}"#,
    ])
  func goesRound(text: String) throws {
    let profile = try Profile(parsing: Array(text.utf8), name: "p")
    #expect(String(decoding: profile.json.bytes(layout: .compact), as: UTF8.self) == text)
  }

  @Test(
    "every fault of a profile is named with its place",
    arguments: [
      (#"{"provider":"x""#, "p:1:"), (#"{"model":"m"}"#, "'provider'"),
      (#"{"provider":"x","model":"m","key":"k"}"#, "must not stand in a profile"),
      (#"{"provider":"x","model":"m","key":{"env":"1x"}}"#, "environment variable"),
      (#"{"provider":"x","model":"m","key":{"keep":false}}"#, "expected true"),
      (#"{"provider":"x","model":"m","key":{"command":[]}}"#, "a program"),
      (#"{"provider":"x","model":"m","key":{"env":"A","file":"b"}}"#, "exactly one"),
      (#"{"provider":"x","model":"m","providr":1}"#, "providr"),
      (#"{"provider":"x","model":"m","headers":{"Authorization":"b"}}"#, "carries a secret"),
      (#"{"provider":"x","model":"m","headers":{"X-A":1}}"#, "expected a string"),
      (#"{"provider":"x","model":"m","headers":[]}"#, "expected an object"),
      (#"{"provider":"x","model":"m","contextWindow":0}"#, "whole number above 0"),
      (#"{"plan":{"provider":"x","model":{"plan":"a"}}}"#, "one Model ID"),
      (#"{"provider":"x","model":{"plan":"a"}}"#, "'act' is missing"),
    ])
  func faults(text: String, words: String) {
    let error = #expect(throws: UserFile.Problem.self) {
      _ = try Profile(parsing: Array(text.utf8), name: "p")
    }
    #expect(error?.description.contains(words) == true, "\(String(describing: error))")
  }

  @Test("profiles are saved by name, keys beside them, and go together")
  func saved() throws {
    let bench = Bench()
    let profiles = try #require(SavedProfiles(on: bench.host))
    #expect(try profiles.names().isEmpty && !profiles.contains("work"))
    var choice = Bench.choice()
    let place = try profiles.reference(toKeyOf: "work", nil)
    choice.key = place
    #expect(try profiles.save(Profile([choice]), as: "work"))
    try profiles.keep(Secret("invented-kept-0001"), at: place)
    #expect(try !profiles.save(Profile([choice]), as: "work"))
    #expect(try profiles.names() == ["work"] && profiles.keyFiles(of: "work").count == 1)
    #expect(profiles.keyFiles(holding: [Secret("invented-kept-0001")]).count == 1)
    #expect(bench.files.mode(at: profiles.keyFiles(of: "work")[0].description) == 0o600)
    try profiles.markUsed("work")
    try profiles.markUsed("home")
    #expect(profiles.used == ["home", "work"])
    try profiles.remove("work")
    #expect(try profiles.names().isEmpty && profiles.keyFiles().kept.isEmpty)
    for name in ["", ".x", "-x", "a/b", "ä"] { #expect(!SavedProfiles.isName(name), "\(name)") }
    // Comments of an existing profile stay.
    let path = profiles.path(of: "noted").description
    bench.files.put("{\n  // mine\n  \"provider\": \"groq\",\n  \"model\": \"a\"\n}\n", at: path)
    #expect(try profiles.save(Profile([Bench.choice("groq", model: "b", key: nil)]), as: "noted"))
    #expect(
      bench.files.text(at: path)
        == "{\n  // mine\n  \"provider\": \"groq\",\n  \"model\": \"b\"\n}\n")
  }
}

@Suite("Provider files of the user's")
struct UserCatalogTests {
  static let directory = "/home/u/.config/clinecfg/providers/"

  @Test("a file with every field becomes a provider, and replaces one of its name")
  func loads() throws {
    let bench = Bench()
    bench.files.put(
      #"""
      // mine
      {"id":"acme","name":"Acme","kind":"gateway","aliases":["ac"],"family":"f",
       "roots":[{"url":"https://llm.acme.example/v1","protocol":"openai-chat","region":"eu","plan":"p"}],
       "hosts":["*.acme.example"],"websites":["acme.example"],"dashboards":["d.acme.example"],
       "keysURL":"https://acme.example/keys","keys":[{"pattern":"acme-<hex:32>","strength":"proof"}],
       "needsKey":true,"variables":["ACME_KEY"],"models":["acme-*"],"exampleModels":["acme-1"],
       "modelsPath":"/models","modelsProveKey":false,"passesKeysThrough":true,"notes":["n"],
       "guidance":{"401":"words"}}
      """#, at: Self.directory + "acme.json")
    bench.files.put(#"{"id":"bad"}"#, at: Self.directory + "bad.json")
    let own = UserCatalog.load(on: bench.host)
    let acme = try #require(own.providers.first)
    #expect(own.providers.count == 1 && own.problems.count == 1)
    #expect(acme.aliases == ["ac"] && acme.roots[0].region == "eu" && acme.guidance[401] == "words")
    #expect(!acme.modelsProveKey && acme.passesKeysThrough && acme.exampleModels == ["acme-1"])
    let catalog = ProviderCatalog.bundled.adding(own.providers)
    #expect(catalog["ac"]?.id == "acme" && catalog["acme"]?.file != nil)
  }

  @Test(
    "every fault is named",
    arguments: [
      (#"{"id":"A B","name":"n","roots":["https://x.example/v1"]}"#, "id"),
      (#"{"id":"a","name":"n","roots":["x.example"]}"#, "an address with http"),
      (#"{"id":"a","name":"n","roots":[]}"#, "roots"),
      (#"{"id":"a","name":"n","roots":["https://x.example/v1"],"kind":"odd"}"#, "gateway, vendor"),
      (
        #"{"id":"a","name":"n","roots":["https://x.example/v1"],"keys":[{"pattern":"<hex:"}]}"#,
        "expected a pattern"
      ),
      (#"{"id":"a","name":"n","roots":["https://x.example/v1"],"nme":"x"}"#, "nme"),
      (
        #"{"id":"a","name":"n","roots":["https://x.example/v1"],"guidance":{"x":"y"}}"#,
        "no HTTP status"
      ),
      (#"{"id":"a","name":"n","roots":[{"url":"https://x.example/v1","prtcl":"x"}]}"#, "prtcl"),
      ("nothing", "expected a value"),
    ])
  func faults(text: String, words: String) throws {
    let bench = Bench()
    bench.files.put(text, at: "/work/x.json")
    let path = try #require(AbsolutePath("/work/x.json"))
    let error = #expect(throws: UserFile.Problem.self) {
      _ = try UserCatalog.read(path, on: bench.host)
    }
    #expect(error?.description.contains(words) == true, "\(String(describing: error))")
  }
}
