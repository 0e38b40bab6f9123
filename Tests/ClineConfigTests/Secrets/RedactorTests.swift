import LosslessJSON
import TestSupport
import Testing

@testable import ClineConfig

@Suite("No form of a known secret passes")
struct RedactorTests {
  @Test(
    "every form of every kind of key goes, and what is around it stays", arguments: KeyForms.kinds)
  func forms(key: String) {
    let redactor = Redactor([Secret(key)], catalog: .bundled)
    for (name, form) in KeyForms.all {
      let text = "the server says \(form(key)), that is all"
      let clean = redactor.cleaned(text)
      #expect(KeyForms.traces(of: key, in: clean).isEmpty, "\(name): \(clean)")
      #expect(clean.hasPrefix("the server says "), "\(name): \(clean)")
      #expect(clean.hasSuffix(", that is all"), "\(name): \(clean)")
    }
  }

  @Test("the search of these tests finds every form itself", arguments: KeyForms.kinds)
  func searches(key: String) {
    for (name, form) in KeyForms.all where key.count >= 12 {
      #expect(!KeyForms.traces(of: key, in: "x " + form(key)).isEmpty, "\(name)")
    }
  }

  @Test("a secret that goes on in the next text goes from both")
  func acrossTexts() {
    let redactor = Redactor([Secret("invented7Qz9Xw2Lm4")])
    let clean = redactor.cleaned(["id invent", "ed7Qz9Xw2L", "m4 end"])
    #expect(clean == ["id …", "…", "… end"])
    let value = redactor.cleaned(["data": ["invent", "ed7Qz9", 3, true, .null]])
    #expect(!KeyForms.traces(of: "invented7Qz9Xw2Lm4", in: "\(value)").contains { $0.count >= 8 })
  }

  @Test("names and values of JSON are both cleaned, and the rest is as it was")
  func values() {
    let redactor = Redactor([Secret("12345678901234")])
    let value: JSONValue = ["a12345678901234": "x", "n": 12_345_678_901_234, "b": [1, "y"]]
    #expect(redactor.cleaned(value) == ["a…": "x", "n": "…", "b": [1, "y"]])
    #expect(redactor.cleaned(["a": 1]) == ["a": 1])
  }

  @Test(
    "words that are no secrets stay",
    arguments: [
      "none", "unused", "ollama", "your-api-key", "${env:KEY}", "https://llm.example.com/v1",
    ])
  func placeholders(key: String) {
    let text = "none ollama unused your-api-key https://llm.example.com/v1 ${env:KEY}"
    #expect(Redactor([Secret(key)], catalog: .bundled).cleaned(text) == text)
  }

  @Test("what a key shares with the catalogue's own words stays")
  func publicWords() {
    let redactor = Redactor([Secret("openrouter-anthropic-42zx")], catalog: .bundled)
    let text = "provider openrouter, model anthropic/claude, OPENROUTER_API_KEY"
    #expect(redactor.cleaned(text) == text)
    #expect(!redactor.cleaned("openrouter-anthropic-42zx").contains("42zx"))
    for prefix in ProviderCatalog.bundled.publicPrefixes
    where !ProviderCatalog.bundled.isProvedKey(prefix) {
      let redactor = Redactor([Secret(prefix + "7Qz9Xw2Lm4Rt8Kv1Pn3")], catalog: .bundled)
      #expect(redactor.cleaned("begins with \(prefix)") == "begins with \(prefix)")
    }
  }

  @Test("short secrets go as whole words only")
  func short() {
    let redactor = Redactor([Secret("tok42")])
    #expect(redactor.cleaned("tok42 atok42 tok421 'TOK42' to-k42") == "… atok42 tok421 '…' …")
  }

  @Test("sessions are secret in their tokens, not in their names")
  func sessions() {
    let session = #"{"idToken":"abcdefghij7Qz9Xw2Lm4","userInfo":{"displayName":"A Person"}}"#
    let redactor = Redactor([Secret(session)])
    #expect(
      redactor.cleaned("idToken of A Person: abcdefghij7Qz9Xw2Lm4") == "idToken of A Person: …")
  }

  @Test("random texts come through as they are, and with a secret in them without it")
  func random() {
    let seed = UInt64.random(in: 0..<UInt64.max)
    var generator = SeededGenerator(seed: seed)
    let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")
    for round in 0..<300 {
      let key = String(
        (0..<Int.random(in: 10...60, using: &generator)).map { _ in
          letters.randomElement(using: &generator) ?? "a"
        })
      let redactor = Redactor([Secret(key)])
      let form = KeyForms.all[Int.random(in: 0..<KeyForms.all.count, using: &generator)]
      let around = String((0..<20).map { _ in letters.randomElement(using: &generator) ?? "a" })
      #expect(redactor.cleaned(around) == around, "seed \(seed), round \(round)")
      let clean = redactor.cleaned("\(around) \(form.form(key)) \(around)")
      #expect(
        KeyForms.traces(of: key, in: clean.replacing(around, with: "")).isEmpty,
        "\(form.name) of \(key): \(clean), seed \(seed), round \(round)")
    }
  }

  @Test("what stands in files goes whole, and shares words with others")
  func lenient() {
    let redactor = Redactor(
      [Secret("my-company-gateway-key-42"), Secret("1234"), Secret("secrets")], catalog: .bundled,
      isStrict: false)
    for text in [
      "https://gateway.my-company.example/v1", "my-company/llama-70b", "http://127.0.0.1:1234/v1",
      "secrets:/openAiApiKey",
    ] {
      #expect(redactor.cleaned(text) == text)
    }
    let clean = redactor.cleaned("model my-company-gateway-key-42, company-gateway-key, KEY")
    #expect(clean == "model …, …, KEY")
    #expect(
      Redactor([Secret("acme-2024-x")], isStrict: false).cleaned("a acme-2024-x b") == "a … b")
  }

  @Test("a server's own marks split nothing")
  func marks() {
    let key = "zq-8Fh3kLm2Pw9Rt5Vx7Yb"
    let clean = Redactor([Secret(key)], catalog: .bundled).cleaned(
      "bad: zq-8F … h3kLm … 2Pw9R … t5Vx7 … Yb")
    #expect(KeyForms.traces(of: key, in: clean).isEmpty, "\(clean)")
  }

  @Test("a large text of a hostile server takes a moment, not minutes")
  func large() {
    let redactor = Redactor([Secret("zq-8Fh3kLm2Pw9Rt5Vx7Yb")], catalog: .bundled)
    let text = String(repeating: "zq-8Fh3k ", count: 20_000)
    #expect(!redactor.cleaned(text).contains("8Fh3k"))
  }

  @Test(
    "an environment variable is secret by the words of its name",
    arguments: [
      ("GROQ_API_KEY", true), ("API_KEY_PROD", true), ("OPENAI_API_KEYS", true), ("TOKEN_1", true),
      ("GITHUB_PAT", true), ("NPM_AUTH", true), ("DB_PASS", true), ("MYSQL_PWD", true),
      ("SSH_PASSPHRASE", true), ("AUTH", true), ("AWS_SECRET_ACCESS_KEY", true), ("PWD", false),
      ("OLDPWD", false), ("SSH_AUTH_SOCK", false), ("GOOGLE_APPLICATION_CREDENTIALS", false),
      ("SSL_CERT_FILE", false), ("AWS_REGION", false), ("KEYBOARD", false), ("PATH", false),
      ("SECRET_FILE", false), ("MONKEY", false),
    ])
  func variables(name: String, isSecret: Bool) {
    #expect(SecretName.isVariable(name) == isSecret)
  }

  @Test("what of odd secrets is one")
  func parts() {
    for (secret, shown) in [
      ("https://hooks.example/T01/aB3dE5fG7hJ9", "path /T01/aB3dE5fG7hJ9"),
      ("Basic dXNlcjpaUThmM2tMbTJQdw==", "ZQ8f3kLm2Pw"),
      (#"{"private_key":"-----BEGIN PRIVATE KEY-----\nMIIinvented7Qz9Xw\n"}"#, "MIIinvented7Qz9Xw"),
      ("u:hunter2hunter2", "u:hunter2hunter2"),
    ] {
      let clean = Redactor([Secret(secret)], catalog: .bundled).cleaned("it is \(shown).")
      #expect(clean != "it is \(shown).", "\(secret)")
    }
  }

  @Test("nothing of what a server can send makes it fail")
  func hostile() {
    let redactor = Redactor([Secret("invented7Qz9Xw2Lm4")], catalog: .bundled)
    for text in [
      "%", "%4", "\\", "\\u", "\\u00", "&#", "&#;", "&#x;", "&#99999999;", "%%%41", "\\x4", "%-1",
      "%+1", "\\u-123", "&#-1;", "&#+1;", "&#x-1;", "95%-100%", "%u", "%u-123", "\\x-1", "&#x",
      "&#1", "% 1",
    ] {
      #expect(redactor.cleaned(text) == text)
    }
    let seed = UInt64.random(in: 0..<UInt64.max)
    var generator = SeededGenerator(seed: seed)
    let letters = Array("%%%\\\\u&&#x;-+ 0147aAfF…é\u{1F511}\n\"")
    for _ in 0..<3_000 {
      let text = String((0..<12).map { _ in letters.randomElement(using: &generator) ?? "%" })
      #expect(redactor.cleaned(text) == text, "seed \(seed)")
    }
    let long = String(repeating: "%41\\u0041&#65; ", count: 20_000)
    #expect(redactor.cleaned(long) == long)
  }
}
