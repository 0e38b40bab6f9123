extension Redactor {
  typealias Marks = [Int: [Range<Int>]]

  /// What is looked at: a byte, and the bytes of its text that say it.
  struct Unit {
    var byte: UInt8
    var start: Int
    var end: Int
  }

  func marks(in texts: [String]) -> Marks {
    var marks: Marks = [:]
    var matcher = Matcher(self)
    var deeper = [matcher, matcher]
    for (index, text) in texts.enumerated() {
      var text = text
      text.withUTF8 { bytes in
        matcher.begin(index, marks: &marks)
        for place in bytes.indices {
          matcher.take(Unit(byte: bytes[place], start: place, end: place + 1), marks: &marks)
        }
        // What is behind escapes, and behind escapes of escapes.
        guard bytes.contains(where: Escapes.begins) else { return }
        var units = bytes.indices.map { Unit(byte: bytes[$0], start: $0, end: $0 + 1) }
        for level in deeper.indices {
          guard let decoded = Escapes.decoded(units) else { break }
          deeper[level].begin(index, marks: &marks)
          for unit in decoded { deeper[level].take(unit, marks: &marks) }
          units = decoded
        }
      }
    }
    matcher.finish(&marks)
    for level in deeper.indices { deeper[level].finish(&marks) }
    return marks
  }

  /// Windows that follow each other.
  private struct Run {
    var places: [(text: Int, range: Range<Int>)] = []
    /// The bytes, as far as they tell a whole short form.
    var bytes: [UInt8] = []
    var length = 0

    mutating func extend(_ byte: UInt8, text: Int, start: Int, end: Int) {
      length += 1
      if bytes.count < Redactor.wholeLength { bytes.append(byte) }
      if let last = places.last, last.text == text {
        // What stands between two parts of a secret goes too.
        places[places.count - 1].range = last.range.lowerBound..<end
      } else {
        places.append((text, start..<end))
      }
    }
  }

  /// Looks for every window in a stream of bytes. The letters and digits run on from text to text.
  private struct Matcher {
    let redactor: Redactor
    private let short: [Forms]
    private let mixed: [Forms]
    private var text = 0
    private var whole = Stream()
    private var bare = Stream()
    /// A short secret that ends at the last unit, if nothing of a word follows.
    private var pending: [(text: Int, range: Range<Int>)] = []
    private var lastWasWord = false
    private var isPublic: [UInt64: Bool] = [:]

    /// Forms of one length. In a list: each byte of a text asks for them.
    private typealias Forms = (length: Int, forms: Set<UInt64>)

    /// The last bytes, where they stand, and the run that they may be the end of.
    private struct Stream {
      var window: UInt64 = 0
      var count = 0
      var places = [(text: Int, unit: Unit)](
        repeating: (0, Unit(byte: 0, start: 0, end: 0)), count: 8)
      var run = Run()

      mutating func push(_ byte: UInt8, text: Int, unit: Unit) {
        window = window << 8 | UInt64(byte)
        places[count & 7] = (text, unit)
        count += 1
      }

      /// The last bytes, fewer than eight.
      func last(_ length: Int) -> UInt64 { window & (1 << UInt64(8 * length) - 1) }

      func place(_ back: Int) -> (text: Int, unit: Unit) { places[(count - back) & 7] }

      /// Goes on with a run, or begins one; else the one that ends here.
      mutating func follow(_ isHit: Bool) -> Run? {
        guard isHit else { return end() }
        for back in (1...(run.length == 0 ? 8 : 1)).reversed() {
          let (text, unit) = place(back)
          run.extend(unit.byte.lowercased, text: text, start: unit.start, end: unit.end)
        }
        return nil
      }

      mutating func end() -> Run? {
        guard run.length > 0 else { return nil }
        let ended = run
        run = Run()
        return ended
      }
    }

    init(_ redactor: Redactor) {
      self.redactor = redactor
      short = redactor.short.map { ($0, $1) }
      mixed = redactor.mixed.map { ($0, $1) }
    }

    mutating func begin(_ index: Int, marks: inout Marks) {
      settle(&marks)
      end(whole.end(), marks: &marks)
      text = index
      whole.count = 0
      lastWasWord = false
    }

    mutating func finish(_ marks: inout Marks) {
      settle(&marks)
      end(whole.end(), marks: &marks)
      end(bare.end(), marks: &marks)
    }

    private mutating func settle(_ marks: inout Marks) {
      for (text, range) in pending { marks[text, default: []].append(range) }
      pending = []
    }

    private func end(_ run: Run?, marks: inout Marks) {
      guard let run, redactor.suffices(run.length, bytes: run.bytes) else { return }
      for (text, range) in run.places { marks[text, default: []].append(range) }
    }

    mutating func take(_ unit: Unit, marks: inout Marks) {
      let byte = unit.byte.lowercased
      let isWord = byte.isLetterOrDigit
      if !pending.isEmpty {
        if !isWord || !lastWasWord { settle(&marks) }
        pending = []
      }
      whole.push(byte, text: text, unit: unit)
      let isHit =
        whole.count >= 8 && redactor.whole.contains(whole.window) && !isKnown(whole.window)
      if let run = whole.follow(isHit) { end(run, marks: &marks) }
      for index in mixed.indices
      where whole.count >= mixed[index].length
        && mixed[index].forms.contains(whole.last(mixed[index].length))
      {
        marks[text, default: []].append(
          whole.place(mixed[index].length).unit.start..<unit.end)
      }
      lastWasWord = isWord
      // A key that is masked here is no part of what stands around it; a server's mark is nothing.
      if !redactor.isStrict, whole.window & 0xFF_FFFF == 0xE2_80A6 {
        end(bare.end(), marks: &marks)
        bare.count = 0
      }
      guard isWord else { return }
      bare.push(byte, text: text, unit: unit)
      let isBareHit =
        bare.count >= 8 && redactor.bare.contains(bare.window) && !isKnown(bare.window)
      if let run = bare.follow(isBareHit) { end(run, marks: &marks) }
      for index in short.indices
      where bare.count >= short[index].length
        && short[index].forms.contains(bare.last(short[index].length))
      {
        // Whole words only: four letters stand in many.
        let length = short[index].length
        let first = bare.place(length)
        guard first.text == text, isBroken(length), !isKnown(bare.last(length)) else { continue }
        pending.append((text, first.unit.start..<unit.end))
      }
    }

    /// Whether a window stands in the catalogue's own words.
    private mutating func isKnown(_ window: UInt64) -> Bool {
      if let known = isPublic[window] { return known }
      let known = redactor.isPublic(window)
      isPublic[window] = known
      return known
    }

    /// Whether something else stands before the first of the last letters and digits.
    private func isBroken(_ length: Int) -> Bool {
      guard bare.count > length else { return true }
      let (before, first) = (bare.place(length + 1), bare.place(length))
      return before.text != first.text || before.unit.end != first.unit.start
    }
  }
}
