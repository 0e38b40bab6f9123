import LosslessJSON

/// STORE502: JSON, but not what Cline's schema wants.
struct RejectedByCline: MachineRule {
  static let documentation = RuleDocumentation(
    .rejectedByCline, name: "rejected-by-cline", severity: .error,
    summary:
      "A file breaks Cline's schema: the whole file, or an entry of models.json, is dropped.",
    rationale:
      "One wrong value anywhere in providers.json makes Cline read all of it as empty, every key "
      + "and token included, and the next save writes that emptiness back "
      + "(types/provider-settings.ts, SDK 0.0.78).",
    exceptions: "A bad entry of models.json is dropped alone, which is a warning.",
    examples: [
      .accepts(MachineExample([.providers: #"{"version":1,"providers":{}}"#])),
      .mends(
        MachineExample([
          .providers: #"{"version":1,"providers":{"groq":{"settings":{"provider":"groq"}}}}"#
        ])),
      .mends(
        MachineExample([
          .providers:
            #"{"version":1,"providers":{"groq":{"settings":{"provider":"groq","baseUrl":"","timeout":-1,"model":null},"updatedAt":"yesterday"}}}"#
        ])),
      .mends(
        MachineExample([
          .providers:
            #"{"providers":{"openai-compatible":{"settings":{"baseUrl":"api.rutaapi.com/v1"},"updatedAt":"2026-08-22T20:03:00.000Z"}}}"#
        ])),
      .flags(MachineExample([.providers: #"{"version":2,"providers":{}}"#])),
      .flags(
        MachineExample([.models: #"{"version":1,"providers":{"x":{"provider":{"name":"X"}}}}"#]),
        .warning),
    ])

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    machine.snapshots.flatMap { snapshot -> [Finding] in
      let isMain = snapshot.locations.isSame(as: machine.main.locations)
      return SettingsFile.allCases.flatMap { file -> [Finding] in
        guard file != .globalState, file != .secrets else { return [] }
        let reading = snapshot[file]
        if case .rejected(let violations) = reading.problem {
          return [
            rejected(
              file, reading: reading, violations: violations, machine: machine, catalog: catalog,
              isMain: isMain)
          ]
        }
        return reading.verdict.dropped.sorted { $0.key.description < $1.key.description }.map {
          finding(
            "Cline drops the entry \($0.key) of \(reading.path): "
              + $0.value.map(\.description).joined(separator: "; "),
            at: $0.value.map { StorePlace(file, $0.pointer) }, severity: .warning,
            fix: .advice(
              "correct the entry in an editor, or remove it:\(.unset(StorePlace(file, $0.key)))"))
        }
      }
    }
  }

  private func rejected(
    _ file: SettingsFile, reading: StoreReading, violations: [ReaderViolation],
    machine: Machine, catalog: ProviderCatalog, isMain: Bool
  ) -> Finding {
    let mended = reading.document.flatMap {
      Self.mended($0, file: file, now: machine.now, catalog: catalog)
    }
    return finding(
      "Cline reads all of \(reading.path) as empty: "
        + violations.map(\.description).joined(separator: "; "),
      at: violations.map { StorePlace(file, $0.pointer) },
      fix: mended.flatMap { isMain ? $0 : nil }.map {
        .init(
          description: "correct what Cline rejects, and nothing else (the original is backed up)",
          isSafe: true, action: .repair(file, $0.bytes))
      }
        ?? Self.byHand(file, violations, reading.document))
  }

  /// What a person can do: take out what Cline rejects, where it is all in one place.
  private static func byHand(
    _ file: SettingsFile, _ violations: [ReaderViolation], _ document: JSONDocument?
  ) -> Finding.Fix {
    let places = violations.map(\.pointer)
    let entries = Set(places.map { JSONPointer(tokens: Array($0.tokens.prefix(2))) })
    let place =
      places.count == 1 && document?.contains(places[0]) == true && places[0].tokens.count > 3
      ? places[0] : entries.count == 1 ? entries.first : nil
    guard let place, place.tokens.count > 1, document?.contains(place) == true else {
      return .advice(
        "close Cline and correct these places in an editor, or restore an earlier version:\(.listBackups)"
      )
    }
    return .advice(
      "correct it in an editor with Cline closed, or remove it:\(.unset(StorePlace(file, place)))")
  }

  /// The document with every violation mended; `nil` where one needs a person.
  static func mended(
    _ document: JSONDocument, file: SettingsFile, now: Timestamp, catalog: ProviderCatalog
  ) -> JSONDocument? {
    var document = document
    for _ in 0..<3 {
      let violations = file.verdict(on: document).rejected
      if violations.isEmpty { return document }
      for violation in violations {
        guard mend(violation.pointer, in: &document, now: now, catalog: catalog) else { return nil }
      }
    }
    return file.verdict(on: document).rejected.isEmpty ? document : nil
  }

  private static func mend(
    _ pointer: JSONPointer, in document: inout JSONDocument, now: Timestamp,
    catalog: ProviderCatalog
  ) -> Bool {
    let value = document[pointer]
    let names = pointer.tokens.map(\.text)
    do throws(JSONDocument.EditError) {
      switch (names.last ?? "", value) {
      case ("updatedAt", _) where names.count == 3:
        try document.set(.string(now.iso8601), at: pointer)
      case ("version", nil), ("version", .string("1")): try document.set(1, at: pointer)
      case ("providers", nil) where names.count == 1, ("providers", .null) where names.count == 1:
        try document.set([:], at: pointer)
      case ("tokenSource", _): try document.set("manual", at: pointer)
      case ("provider", nil) where names.count == 4:
        guard let id = pointer.parent?.parent?.tokens.last?.text,
          ReaderSchema.isProviderID(id)
        else { return false }
        try document.set(.string(id), at: pointer)
      case (_, .null): try document.removeValue(at: pointer)
      case ("baseUrl", .string(let text)):
        let text = CharacterQuotes.stripped(JavaScript.trim(text))
        if text.isEmpty {
          try document.removeValue(at: pointer)
        } else if WHATWGURL.accepts(text) {
          try document.set(.string(text), at: pointer)
        } else if catalog.evidence(ofBaseURL: text) != nil, WHATWGURL.accepts("https://" + text) {
          try document.set(.string("https://" + text), at: pointer)
        } else {
          return false
        }
      case ("maxTokens", .number(let number)), ("contextWindow", .number(let number)),
        ("timeout", .number(let number)), ("budgetTokens", .number(let number)):
        // Cline itself writes -1 for "its own default" elsewhere.
        guard number.double <= 0 else { return false }
        try document.removeValue(at: pointer)
      default: return false
      }
    } catch {
      return false
    }
    return true
  }
}
