import ClineConfig
import ClinecfgCommands
import Foundation
import LosslessJSON
import TestSupport
import Testing

@Suite("Text of others reaches neither a terminal nor a program as it is")
struct StrangerTextTests {
  /// OSC 52, CSI, C1, DEL, directions, separators, tags; nothing in front, so that it may be a name.
  static let hostile =
    "a\u{1B}]52;c;aGk=\u{7}b\u{1B}[2Jc\u{9B}31md\u{7F}e\u{85}f\u{202E}g\u{2066}h\u{200F}i\u{2028}j\u{2029}k\u{E0041}l"

  static func raw(in text: String) -> [String] {
    text.unicodeScalars.filter { scalar in
      switch scalar.value {
      case 0x0A: false
      case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069,
        0xE0000...0xE007F:
        true
      default: false
      }
    }.map { "U+" + String($0.value, radix: 16) }
  }

  static var rounds: Int {
    ProcessInfo.processInfo.environment["CLINECFG_ROUNDS"].flatMap(Int.init) ?? 2
  }

  @Test("there are more than sixty places")
  func complete() {
    #expect(Places.all.count >= 80)
    #expect(Places.commands.count >= 60)
  }

  /// The commands take turns; each is run as text and as JSON. `CLINECFG_ROUNDS=70` runs all of them
  /// in every place.
  @Test("in every place, with every command", arguments: Places.all.indices)
  func harmless(index: Int) throws {
    let place = Places.all[index]
    for round in 0..<Self.rounds {
      let command = Places.commands[(index * 7 + round * 11) % Places.commands.count]
      for extra in command.first == "complete" ? [[]] : [[], ["--json"]] {
        var machine = Places.machine()
        place.put(&machine, Self.hostile)
        let run = machine.run(command + extra)
        #expect(
          Self.raw(in: run.output).isEmpty, "\(place.name): \(command + extra): \(run.output)")
        #expect(Self.raw(in: run.notes).isEmpty, "\(place.name): \(command + extra): \(run.notes)")
        if extra == ["--json"] {
          #expect(throws: Never.self, "\(place.name): \(command)") { _ = try run.json }
        }
      }
    }
  }

  @Test("in the words of a command line", arguments: Places.commands)
  func words(command: [String]) {
    for index in command.indices.dropFirst() {
      var words = command
      words[index] = Self.hostile
      let run = Places.machine().run(words)
      #expect(Self.raw(in: run.output + run.notes).isEmpty, "\(words): \(run.output)\(run.notes)")
    }
  }

  @Test("JSON says it all the same, in escapes")
  func lossless() throws {
    var machine = Places.machine()
    Places.Place.value("globalState.json", pointer: "/anything").put(&machine, Self.hostile)
    let run = machine.run("get", "globalState:/anything", "--json")
    #expect(try run.json["value"]?.string == Self.hostile)
    #expect(run.output.contains("\\u202e") && run.output.contains("\\udb40\\udc41"))
  }
}

@Suite("A key comes out of no place")
struct CanaryPlaceTests {
  static let canary = "CANARY7Qz9Xw2Lm4Rt8Kv1"

  @Test("in every place, with every command and failure", arguments: Places.all.indices)
  func inside(index: Int) throws {
    let place = Places.all[index]
    for round in 0..<StrangerTextTests.rounds {
      let command = Places.commands[(index * 5 + round * 13) % Places.commands.count]
      for extra in command.first == "complete" ? [[]] : [[], ["--json"]] {
        var machine = Places.machine()
        place.put(&machine, Self.canary)
        // Known as a key: it is stored as one too, as a key that was pasted into the wrong place is.
        Places.Place.value("secrets.json", pointer: "/groqApiKey").put(&machine, Self.canary)
        if place.name == "$CLINE_DATA_DIR" { machine.variables["GROQ_API_KEY"] = Self.canary }
        if round % 3 == 2 { machine.files.plan.failures = [3 + round * 4: .inputOutput] }
        let run = machine.run(command + extra, input: Self.canary + "\n")
        #expect(
          KeyForms.traces(of: Self.canary, in: run.output + run.notes).isEmpty,
          "\(place.name): \(command + extra): \(run.output)\(run.notes)")
      }
    }
  }
}
