import Foundation
import LosslessJSON
import TestSupport
import Testing

@testable import ClineConfig

@Suite("The catalogue is honest")
struct CatalogTests {
  let catalog = ProviderCatalog.bundled

  struct Facts: Decodable {
    let id: String
    let depth: String
  }

  @Test("ids and aliases belong to one provider")
  func names() {
    var names: [String: String] = [:]
    for provider in catalog.providers {
      for name in [provider.id] + provider.aliases {
        let folded = ProviderCatalog.folded(name)
        #expect(names[folded] == nil || names[folded] == provider.id, "\(name)")
        names[folded] = provider.id
      }
    }
  }

  /// Hosts that two entries share: plans and regions of one company, and platforms that belong
  /// together.
  static let sharedHosts: Set<String> = [
    "github.com", "developers.cloudflare.com", "dash.cloudflare.com", "api.cline.bot", "cline.bot",
    "app.cline.bot",
  ]

  @Test("hosts belong to one provider, but for those of one company")
  func hosts() {
    var owners: [String: Provider] = [:]
    for provider in catalog.providers {
      for host in Set(provider.apiHosts + provider.websites + provider.dashboards) {
        if let other = owners[host] {
          let isSister = other.family != nil && other.family == provider.family
          #expect(
            isSister || Self.sharedHosts.contains(host), "\(host): \(other.id), \(provider.id)")
        }
        owners[host] = provider
      }
    }
  }

  @Test("patterns of keys are well formed, and fit the keys that they describe")
  func keyShapes() throws {
    var generator = SeededGenerator(seed: 20_260_822)
    for provider in catalog.providers {
      for shape in provider.keyShapes {
        let parts = try #require(
          Provider.KeyShape.parts(of: shape.pattern), "\(provider.id) \(shape.pattern)")
        for _ in 0..<5 {
          let key = Invented.key(parts, generator: &generator)
          #expect(shape.fits(key), "\(provider.id): \(shape.pattern) \(key)")
          #expect(!shape.fits(key + "!"), "\(provider.id): \(shape.pattern)")
          if shape.strength == .proof {
            let proof = try #require(catalog.evidence(ofKey: key), "\(provider.id) \(key)")
            #expect(proof.strength == .proves && proof.providers.contains(provider.id), "\(key)")
          }
        }
      }
      for sister in provider.keyShapes.flatMap(\.sharedWith) where sister != "vertex" {
        #expect(catalog[sister] != nil, "\(provider.id) shares with \(sister)")
      }
    }
  }

  @Test("no pattern takes longer than its text is long", .timeLimit(.minutes(1)))
  func hostilePatterns() {
    let shape = Provider.KeyShape(String(repeating: "<word:1+>", count: 7) + "!", .proof)
    let text = String(repeating: "a", count: 1_000)
    #expect(!shape.fits(text) && shape.fits(text + "!"))
    #expect(!Provider.KeyShape(String(repeating: "<token:0+>-", count: 40), .proof).fits(text))
  }

  @Test("a pattern fits what trying every length says")
  func triesEveryLength() {
    /// All of what is left of a text, by what is left of the parts.
    func fits(_ text: ArraySlice<UInt8>, parts: ArraySlice<Provider.KeyShape.Part>) -> Bool {
      guard let part = parts.first else { return text.isEmpty }
      switch part {
      case .fixed(let fixed):
        return text.starts(with: fixed)
          && fits(text.dropFirst(fixed.count), parts: parts.dropFirst())
      case .run(let alphabet, arguments: let lengths):
        return (0...text.count).contains { length in
          lengths.contains { $0.contains(length) }
            && text.prefix(length).allSatisfy { alphabet.contains($0) }
            && fits(text.dropFirst(length), parts: parts.dropFirst())
        }
      }
    }
    var generator = SeededGenerator(seed: UInt64.random(in: 0..<1_000_000))
    let pieces = ["a", "b-", "<hex:1-3>", "<word:2|4>", "<digit:1+>", "<alnum:0-2>", "-"]
    for _ in 0..<4_000 {
      let pattern = (0..<Int.random(in: 1..<5, using: &generator)).map { _ in
        pieces.randomElement(using: &generator) ?? ""
      }.joined()
      let text = String(
        (0..<Int.random(in: 0..<8, using: &generator)).map { _ in
          "ab1-".randomElement(using: &generator) ?? "a"
        })
      let expected = fits(
        Array(text.utf8)[...], parts: (Provider.KeyShape.parts(of: pattern) ?? [])[...])
      #expect(Provider.KeyShape(pattern, .weak).fits(text) == expected, "\(pattern) \(text)")
    }
  }

  @Test(
    "a pattern of a key that is not well formed is refused, and a long one is not a crash",
    arguments: [
      ("<hex:2000+>", true), ("a<uuid>", true), ("<hex:8|16-20|30+>", true), ("plain", true),
      ("<hex>", false), ("<hex:>", false), ("<hex:8", false), ("<hex:-8>", false),
      ("<hex:8->", false), ("<hex:9-8>", false), ("<hex:8+-9>", false), ("<hex:8||9>", false),
      ("<odd:8>", false), ("<uuid:8>", false), ("<hex:99999999999999999999>", false), ("", false),
    ])
  func keyPatterns(_ pattern: String, isWellFormed: Bool) {
    #expect((Provider.KeyShape.parts(of: pattern) != nil) == isWellFormed)
    #expect(!Provider.KeyShape(pattern, .proof).fits("not a key of that form!"))
  }

  @Test(
    "a glob fits any run of characters in the place of each asterisk",
    arguments: [
      ("*", "", true), ("*", "a/b", true), ("a*", "a", true), ("a*", "ba", false), ("", "", true),
      ("", "a", false), ("a*b*c", "a-b-b-c", true), ("a*b*c", "a-b-c-", false),
      ("*.example.com", "x.example.com", true), ("*.example.com", "example.com", false),
      ("**a", "ba", true), ("GPT-*", "gpt-4o", false),
    ])
  func globs(_ pattern: String, text: String, fits: Bool) {
    #expect(Glob(pattern: pattern).fits(text) == fits)
    #expect(Glob(pattern: pattern.uppercased()).fits(text, ignoringCase: true) || !fits)
  }

  @Test("a host of a user's provider is known in any case, with a part to fill in or without")
  func upperCaseHosts() throws {
    let own = Provider(
      "acme", "Acme", .gateway,
      roots: ["https://{tenant}.API.Acme.example/v1", "https://LLM.acme.example/v1"])
    let catalog = catalog.adding([own])
    for url in ["https://a.api.acme.example/v1", "https://llm.acme.example/v1"] {
      #expect(catalog.evidence(ofBaseURL: url)?.providers == ["acme"], "\(url)")
    }
  }

  @Test("names of providers are found whatever their case, spaces and hyphens")
  func spellings() {
    for provider in catalog.providers {
      #expect(catalog[provider.id.uppercased()]?.id == provider.id)
      for alias in provider.aliases { #expect(catalog[" \(alias)_"] != nil, "\(alias)") }
    }
    #expect(catalog["Ruta API"]?.id == "rutaapi" && catalog[""] == nil && catalog["-"] == nil)
  }

  @Test("every root that fits the compatible slot passes there without an error")
  func rootsPass() {
    for provider in catalog.providers {
      for root in provider.compatibleRoots where !root.isTemplate {
        let triple = Triple(
          provider: provider.id, baseURL: root.url, key: Secret("invented-key-0001"), model: "m")
        let errors = RuleSet.standard.findings(in: triple).filter { $0.severity == .error }
        #expect(errors.isEmpty, "\(root.url): \(errors)")
      }
    }
  }

  /// Native slots whose default is no root of the provider, and why.
  static let otherDefaults = [
    "ollama-cloud": "the slot's default is the local server; the cloud's address is written"
  ]

  @Test("Cline's own default is among the roots of a native slot")
  func defaults() throws {
    for provider in catalog.providers where !provider.usesCompatibleSlot {
      guard let id = provider.slotID else { continue }
      let slot = try #require(ProviderSlot.slot(sdkID: id), "\(provider.id)")
      #expect(slot.isInLegacyBundle, "\(provider.id)")
      guard provider.isSettable, Self.otherDefaults[provider.id] == nil else { continue }
      let lines = provider.line.map { [slot.apiLines[$0]] } ?? []
      let defaults = lines.isEmpty ? [slot.defaultBaseURL] : lines
      for url in defaults.compactMap(\.self) {
        #expect(provider.roots.map(\.url).contains(url), "\(provider.id): \(url)")
      }
    }
  }

  @Test("every curated provider is there")
  func complete() throws {
    let listed = try String(
      contentsOf: Fixtures.root.appending(path: "Fixtures/catalog/curated-ids.txt"), encoding: .utf8
    )
    for id in listed.split(separator: "\n") {
      #expect(catalog[String(id)]?.id == String(id), "\(id)")
    }
  }

  @Test("no host of the catalogue looks like another's")
  func lookAlikes() {
    for host in catalog.hosts.filter({ $0.glob == nil }).map(\.name) {
      #expect(LookAlikeHost.resembled(by: host, catalog) == nil, "\(host)")
      // Nor a further host of the same owner.
      #expect(LookAlikeHost.resembled(by: "eu." + host, catalog) == nil, "eu.\(host)")
    }
    // Without its own entry, a host is still not taken for a neighbour.
    for provider in catalog.providers {
      let others = ProviderCatalog(catalog.providers.filter { $0.id != provider.id })
      let isSister = catalog.providers.contains {
        $0.id != provider.id && $0.family != nil && $0.family == provider.family
      }
      if isSister { continue }
      for host in provider.apiHosts where !host.contains("*") {
        if let (near, _) = LookAlikeHost.resembled(by: host, others) {
          #expect(Self.nearNames.contains(provider.id), "\(host) is taken for \(near)")
        }
      }
    }
  }

  /// Providers whose domain differs from another's by its ending or a letter: their own entries
  /// keep them apart.
  static let nearNames: Set<String> = ["meta-llama-api", "groq"]

  @Test(
    "a key proves its provider and no other",
    arguments: [
      ("sk-or-v1-" + String(repeating: "a", count: 64), "openrouter"),
      ("gsk_" + String(repeating: "A", count: 52), "groq"),
      (
        "sk-proj-" + String(repeating: "x", count: 58) + "T3BlbkFJ"
          + String(repeating: "y", count: 58), "openai"
      ),
      ("sk-proj-shortT3BlbkFJshort", "openai"),
      (
        "sk-" + String(repeating: "x", count: 20) + "T3BlbkFJ" + String(repeating: "y", count: 20),
        "openai"
      ),
      ("sk-ant-api03-" + String(repeating: "z", count: 93), "anthropic"),
      ("AIza" + String(repeating: "0", count: 35), "gemini"),
      ("xai-" + String(repeating: "0", count: 80), "xai"),
      ("tgp_v1_" + String(repeating: "0", count: 43), "together"),
      ("fw_" + String(repeating: "0", count: 24), "fireworks"),
      ("fw_x", nil), ("sk-" + String(repeating: "0", count: 32), nil), ("sk-anything", nil),
      (String(repeating: "0", count: 32), nil), ("unused", nil), ("", nil),
    ] as [(String, String?)])
  func proofs(key: String, owner: String?) {
    #expect(catalog.proof(ofKey: key)?.provider.id == owner)
  }
}

/// Keys that nobody has.
enum Invented {
  static func key(_ parts: [Provider.KeyShape.Part], generator: inout SeededGenerator) -> String {
    var bytes: [UInt8] = []
    for part in parts {
      switch part {
      case .fixed(let fixed): bytes += fixed
      case .run(let alphabet, arguments: let lengths):
        let letters = (UInt8(0x21)...0x7E).filter {
          alphabet.contains($0) && $0 != UInt8(ascii: "=")
        }
        let range = lengths.randomElement(using: &generator) ?? 1...1
        let count = Int.random(
          in: max(range.lowerBound, 1)...max(1, min(range.upperBound, range.lowerBound + 40)),
          using: &generator)
        for _ in 0..<count { bytes.append(letters.randomElement(using: &generator) ?? 0x30) }
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
