import LosslessJSON

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

extension RunningProcess {
  /// Every process that this user may see: from `/proc` on Linux, from `ps` on macOS.
  static let all: @Sendable () -> [RunningProcess] = {
    #if os(Linux)
      guard let stream = opendir("/proc") else { return [] }
      defer { closedir(stream) }
      var found: [RunningProcess] = []
      var buffer = [UInt8](repeating: 0, count: 4096)
      while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
        }
        guard let id = Int32(name), let process = read(id, buffer: &buffer) else { continue }
        found.append(process)
      }
      return found
    #else
      let child = ChildProcess(
        ["/bin/ps", "-axww", "-o", "pid=,uid=,command="], timeout: 2_000, outputLimit: 4 << 20)
      guard let result = try? child.run(), result.status == 0 else { return [] }
      return String(decoding: result.output, as: UTF8.self).split(separator: "\n").compactMap {
        let parts = $0.split(separator: " ", maxSplits: 2)
        guard parts.count == 3, let id = Int32(parts[0]), let user = UInt32(parts[1]) else {
          return nil
        }
        // The words are not told apart here: a program in a folder with spaces is one word more.
        return RunningProcess(id: id, user: user, words: [String(parts[2])])
      }
    #endif
  }

  #if os(Linux)
    private static func read(_ id: Int32, buffer: inout [UInt8]) -> RunningProcess? {
      let descriptor = open("/proc/\(id)/cmdline", O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { return nil }
      defer { close(descriptor) }
      let count = buffer.withUnsafeMutableBytes {
        systemRead(descriptor, $0.baseAddress, $0.count)
      }
      // The kernel's own have no words.
      var info = stat()
      guard count > 0, fstat(descriptor, &info) == 0 else { return nil }
      return RunningProcess(
        id: id, user: info.st_uid, line: String(decoding: buffer[..<count], as: UTF8.self))
    }
  #endif
}

/// The system's function, whose name a method above shares.
private let systemRead = read
