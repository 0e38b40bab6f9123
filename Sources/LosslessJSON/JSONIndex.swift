/// The kind of a value, as its first byte shows it.
package enum JSONKind: UInt8, Sendable {
  case object, array, string, escapedString, number, `true`, `false`, null
}

/// One value, or one object key, of a scanned document.
///
/// Nodes stand in document order. A key is a string node right before its value. `length` and
/// `count` are relative, so an edit moves only the `start` of what follows it and the size of
/// what holds it. 12 bytes a node keep the index small beside the text.
package struct JSONNode: Hashable, Sendable {
  /// Offset of the first byte.
  package var start: UInt32
  /// Bytes of the value, without the white space around it.
  package var length: UInt32
  private var packed: UInt32

  package init(kind: JSONKind, start: Int, length: Int = 0) {
    self.start = UInt32(truncatingIfNeeded: start)
    self.length = UInt32(truncatingIfNeeded: length)
    packed = 1 << 4 | UInt32(kind.rawValue)
  }

  @inline(__always)
  package var kind: JSONKind {
    JSONKind(rawValue: UInt8(truncatingIfNeeded: packed & 0xF)) ?? .null
  }

  /// Nodes of this value, itself included.
  package var count: Int {
    get { Int(packed >> 4) }
    set { packed = UInt32(truncatingIfNeeded: newValue) << 4 | packed & 0xF }
  }

  package var range: Range<Int> { Int(start)..<Int(start) + Int(length) }

  package var isContainer: Bool { kind == .object || kind == .array }
}

extension JSONDocument {
  /// The grammar of a JSON text.
  public enum Dialect: Hashable, Sendable {
    /// RFC 8259, as `JSON.parse` reads it: what Cline's own files must be.
    case strict
    /// With `//` and block comments, trailing commas and a byte order mark: VS Code's
    /// `settings.json` and files that people write by hand.
    case jsonc
  }
}

extension JSONDocument {
  /// How much a scanner accepts before it gives up with an error.
  public struct Limits: Hashable, Sendable {
    /// Containers within each other.
    package var depth: Int
    /// Bytes of a document.
    package var size: Int

    /// Creates limits. `size` never exceeds 256 MiB: the index counts in 28 bits.
    package init(depth: Int, size: Int) {
      self.depth = depth
      self.size = min(size, 1 << 28)
    }

    /// 1,000 containers deep, 64 MiB large.
    public static let standard = Limits(depth: 1_000, size: 64 << 20)
  }
}
