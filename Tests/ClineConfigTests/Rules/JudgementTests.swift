import Foundation
import LosslessJSON
import TestSupport
import Testing

@testable import ClineConfig

@Suite("A triple is judged by what is proved")
struct JudgementTests {
  let catalog = ProviderCatalog.bundled

  struct Sample: Sendable, CustomTestStringConvertible {
    let name: String
    let triple: Triple
    var testDescription: String { name }
  }

  /// A key of a provider's own shape; one of no known shape where none is published.
  static func key(of provider: Provider, _ generator: inout SeededGenerator) -> Secret {
    let shape =
      provider.keyShapes.first { $0.strength == .proof } ?? provider.keyShapes.first
    guard let parts = shape.flatMap({ Provider.KeyShape.parts(of: $0.pattern) }) else {
      return Secret("invented-key-0001")
    }
    return Secret(Invented.key(parts, generator: &generator))
  }

  /// A root with its parts filled in.
  static func filled(_ root: Provider.Root) -> String {
    var text = ""
    var isInside = false
    for character in root.url {
      if character == "{" {
        isInside = true
        text += "my-part"
      } else if character == "}" {
        isInside = false
      } else if !isInside {
        text.append(character)
      }
    }
    return text == "https://my-part" || text.hasPrefix("https://my-part/")
      ? text.replacingOccurrences(of: "my-part", with: "my-part.example.com") : text
  }

  static let coherent: [Sample] = {
    var generator = SeededGenerator(seed: 7)
    var samples: [Sample] = []
    for provider in ProviderCatalog.bundled.providers where provider.kind != .custom {
      let key = provider.needsKey ? key(of: provider, &generator) : Secret("unused")
      for root in provider.compatibleRoots {
        let url = filled(root)
        samples.append(
          Sample(
            name: "\(provider.id) at \(url)",
            triple: Triple(
              provider: provider.id, baseURL: url, key: key,
              model: provider.exampleModels.first ?? "some-model")))
      }
      if !provider.usesCompatibleSlot, provider.isSettable, let slot = provider.slotID {
        samples.append(
          Sample(
            name: "\(provider.id) in its own slot",
            triple: Triple(
              provider: provider.id, slotID: slot, key: key,
              model: provider.exampleModels.first ?? "some-model")))
      }
    }
    for url in [
      "http://192.168.1.20:8000/v1", "http://10.0.0.5:4000", "https://gateway.corp.internal/v1",
      "http://gpu-box:8000/v1", "http://[fd00::7]:8080/v1", "https://llm.example.com/openai/v1",
      "http://172.20.0.3:8080/v1", "http://host.docker.internal:11434/v1",
    ] {
      for key in ["invented-key-0001", "sk-0123456789abcdef0123456789abcdef", "unused"] {
        samples.append(
          Sample(
            name: "custom at \(url)",
            triple: Triple(provider: "custom", baseURL: url, key: Secret(key), model: "some/model"))
        )
      }
    }
    return samples
  }()

  @Test("there are at least 150 coherent samples")
  func enoughCoherent() { #expect(Self.coherent.count >= 150, "\(Self.coherent.count)") }

  @Test("a coherent triple raises no error", arguments: coherent)
  func noFalseAlarm(_ sample: Sample) {
    let errors = RuleSet.standard.findings(in: sample.triple).filter { $0.severity == .error }
    #expect(errors.isEmpty, "\(errors.map { "\($0.rule) \($0.message)" })")
    if case .incoherent = catalog.judge(sample.triple).verdict { Issue.record("incoherent") }
  }

  /// Every proof of one provider's key at another's address, where the two exclude each other.
  static let incoherent: [(sample: Sample, place: Provider, owner: Provider)] = {
    var generator = SeededGenerator(seed: 11)
    let all = ProviderCatalog.bundled.providers
    var samples: [(Sample, Provider, Provider)] = []
    let owners = all.filter { $0.keyShapes.contains { $0.strength == .proof } }
    for place in all where !place.isAnywhere && !place.passesKeysThrough {
      guard let root = place.compatibleRoot else { continue }
      for owner in owners where owner.id != place.id {
        guard let shape = owner.keyShapes.first(where: { $0.strength == .proof }),
          !shape.sharedWith.contains(place.id),
          let parts = Provider.KeyShape.parts(of: shape.pattern)
        else { continue }
        samples.append(
          (
            Sample(
              name: "\(owner.id)'s key at \(place.id)",
              triple: Triple(
                baseURL: root, key: Secret(Invented.key(parts, generator: &generator)), model: "m")),
            place,
            owner
          ))
      }
    }
    return samples
  }()

  @Test("a key that proves another provider gives exactly one TRIPLE401 with both names")
  func noMiss() {
    #expect(Self.incoherent.count >= 300, "\(Self.incoherent.count)")
    for (sample, place, owner) in Self.incoherent {
      let findings = RuleSet.standard.findings(in: sample.triple).filter { $0.severity == .error }
      #expect(findings.map(\.rule) == [.incoherent], "\(sample.name): \(findings.map(\.rule))")
      let message = findings.first?.message ?? ""
      #expect(message.contains(owner.name), "\(sample.name): \(message)")
      #expect(message.contains(place.name), "\(sample.name): \(message)")
      #expect(
        message.contains("key belongs to") && message.contains("("), "\(sample.name): \(message)")
    }
  }

  @Test("gateways that carry other providers' keys give a warning at most")
  func passThrough() {
    for provider in catalog.providers where provider.passesKeysThrough {
      guard let root = provider.compatibleRoots.first else { continue }
      let triple = Triple(
        baseURL: Self.filled(root), key: Secret("gsk_" + String(repeating: "0", count: 52)),
        model: "m")
      #expect(
        RuleSet.standard.findings(in: triple).filter { $0.severity == .error }.isEmpty,
        "\(provider.id)")
    }
  }

  @Test("a verdict names the evidence behind it")
  func evidence() {
    let judgement = catalog.judge(
      Triple(
        baseURL: "https://api.rutaapi.com/v1",
        key: Secret("sk-or-v1-" + String(repeating: "0", count: 64)), model: "gpt-4o"))
    guard case .incoherent(let one, let other) = judgement.verdict else {
      Issue.record("\(judgement.verdict)")
      return
    }
    #expect(one.part == .baseURL && one.providers == ["rutaapi"])
    #expect(other.part == .key && other.providers == ["openrouter"])
    #expect(judgement.evidence.contains { $0.part == .model && $0.strength == .suggests })
    #expect(catalog.judge(Triple(baseURL: "https://llm.example.com/v1")).verdict == .cannotTell)
    #expect(
      catalog.judge(Triple(baseURL: "https://api.rutaapi.com/v1")).verdict
        == .coherent(["rutaapi"]))
  }

  @Test(
    "punycode is decoded as RFC 3492 gives it",
    arguments: [
      ("egbpdaj6bu4bxfgehfvwxn", "ليهمابتكلموشعربي؟"), ("ihqwcrb4cv8a8dqg056pqjye", "他们为什么不说中文"),
      ("3B-ww4c5e180e575a65lsy2b", "3年B組金八先生"), ("bcher-kva", "bücher"), ("99999999", nil),
      ("\u{E4}", nil),
    ] as [(String, String?)])
  func punycode(encoded: String, text: String?) { #expect(Punycode.decoded(encoded) == text) }

  @Test(
    "words are as far apart as their edits",
    arguments: [
      ("openai", "openai", 0), ("openai", "opanai", 1), ("openai", "opnai", 1),
      ("openai", "oepnai", 1), ("openai", "opena", 1), ("openai", "groq", 6), ("", "abc", 3),
    ])
  func distance(one: String, other: String, edits: Int) {
    #expect(EditDistance.between(one, other) == edits)
    #expect(EditDistance.between(other, one) == edits)
  }
}
