/// The windows of eight bytes of some forms. A sieve tells of nearly every window of a text that it is
/// none of them; only what is left is looked for in the forms.
struct Windows: Sendable {
  static let length = 8
  private var forms: [[UInt8]] = []
  private var sieve: [UInt64] = []
  /// The sieve has two to the power of so many bits: some 32 for each window, and no more, because every
  /// page of it costs a start.
  private var power: UInt64 = 0
  private var windowCount: UInt64 = 0
  private var allowed: Set<UInt64> = []

  var isEmpty: Bool { forms.isEmpty }

  mutating func add(_ form: [UInt8]) {
    guard form.count >= Self.length else { return }
    forms.append(form)
    windowCount += UInt64(form.count)
    if power < 12 || power < 22 && windowCount << 5 > 1 << power {
      power = max(12, min(22, power + 2))
      while power < 22, windowCount << 5 > 1 << power { power += 2 }
      sieve = [UInt64](repeating: 0, count: 1 << Int(power - 6))
      for form in forms { fill(form) }
    } else {
      fill(form)
    }
  }

  private mutating func fill(_ form: [UInt8]) {
    Self.each(form) { window in
      let (one, other) = places(window)
      sieve[one >> 6] |= 1 << UInt64(one & 63)
      sieve[other >> 6] |= 1 << UInt64(other & 63)
    }
  }

  /// Takes the windows of a word out.
  mutating func allow(_ word: [UInt8]) {
    guard !isEmpty else { return }
    Self.each(word) { allowed.insert($0) }
  }

  @inline(__always)
  func contains(_ window: UInt64) -> Bool {
    guard !sieve.isEmpty else { return false }
    let (one, other) = places(window)
    return sieve[one >> 6] & 1 << UInt64(one & 63) != 0
      && sieve[other >> 6] & 1 << UInt64(other & 63) != 0 && isInForms(window)
  }

  private func isInForms(_ window: UInt64) -> Bool {
    guard !allowed.contains(window) else { return false }
    for form in forms {
      var isFound = false
      Self.each(form) { isFound = isFound || $0 == window }
      if isFound { return true }
    }
    return false
  }

  @inline(__always)
  private func places(_ window: UInt64) -> (Int, Int) {
    let product = window &* 0x9E37_79B9_7F4A_7C15
    return (
      Int(truncatingIfNeeded: product >> (64 - power)),
      Int(truncatingIfNeeded: (product >> 20) & (1 << power - 1))
    )
  }

  /// Each window of three different characters or more: eight zeros tell nothing.
  @inline(__always)
  private static func each(_ form: [UInt8], _ body: (UInt64) -> Void) {
    var window: UInt64 = 0
    for index in form.indices {
      window = window << 8 | UInt64(form[index])
      if index >= length - 1, isVaried(window) { body(window) }
    }
  }

  private static func isVaried(_ window: UInt64) -> Bool {
    let first = window & 0xFF
    var second = first
    for shift in stride(from: 8, to: 64, by: 8) {
      let byte = window >> UInt64(shift) & 0xFF
      if byte == first || byte == second { continue }
      if second != first { return true }
      second = byte
    }
    return false
  }
}
