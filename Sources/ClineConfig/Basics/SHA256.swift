internal import CSystem

/// SHA-256 (FIPS 180-4), for the digests of whole files in journals and backups.
///
/// In C, with the processor's own instructions where it has them: neither the standard library nor
/// FoundationEssentials has one.
package enum SHA256 {
  /// The digest in lower-case hexadecimal.
  package static func hexadecimal(_ bytes: [UInt8]) -> String { hexadecimal(FileBytes(bytes)) }

  /// The same of bytes in pieces.
  static func hexadecimal(_ bytes: FileBytes) -> String {
    String(decoding: digest(bytes).hexadecimalDigits, as: UTF8.self)
  }

  /// The digest, as fast as the processor allows.
  package static func digest(_ bytes: [UInt8]) -> [UInt8] { digest(FileBytes(bytes)) }

  /// The same of bytes in pieces.
  static func digest(_ bytes: FileBytes, isPortable: Bool = false) -> [UInt8] {
    var state = csystem_sha256_begin(isPortable ? 1 : 0)
    for piece in bytes.pieces {
      piece.withUnsafeBufferPointer { csystem_sha256_add(&state, $0.baseAddress, $0.count) }
    }
    return [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
      csystem_sha256_end(&state, buffer.baseAddress)
      count = 32
    }
  }

  /// Whether the processor has instructions for it.
  package static var hasInstructions: Bool { csystem_sha256_has_instructions() != 0 }
}
