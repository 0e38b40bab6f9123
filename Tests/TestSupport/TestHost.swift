package import ClineConfig
package import LosslessJSON
import Synchronization

extension HostEnvironment {
  /// A machine in memory: home `/home/u`, a clock that stands at 2026-08-22T20:03:00Z and moves a
  /// second with every look, names that count.
  package static func test(
    _ files: any FileSystem = InMemoryFileSystem(), variables: [String: String] = [:]
  ) -> HostEnvironment {
    let counter = Counter()
    return HostEnvironment(
      variables: variables, homeDirectory: AbsolutePath("/home/u"),
      workingDirectory: AbsolutePath("/work") ?? .root, files: files,
      now: { Timestamp(milliseconds: 1_787_428_980_000 + Int64(counter.next()) * 1000) },
      uniqueName: {
        let digits = String(counter.next(), radix: 16)
        return String(repeating: "0", count: 32 - digits.count) + digits
      },
      sleep: { _ in })
  }
}

/// A clock that a test moves on.
package final class TestClock: Sendable {
  private let offset = Atomic<Int64>(0)
  package init() {}
  package func advance(milliseconds: Int64) { offset.add(milliseconds, ordering: .relaxed) }
  package var milliseconds: Int64 { offset.load(ordering: .relaxed) }
}

private final class Counter: Sendable {
  private let value = Atomic<Int>(0)
  func next() -> Int { value.wrappingAdd(1, ordering: .relaxed).oldValue }
}

/// The data directory of the test machine.
package let testData = "/home/u/.cline/data"

extension InMemoryFileSystem {
  /// Lays out the files of one data directory: path below it, and value.
  package func putStores(_ stores: JSONObject) {
    for (path, value) in stores {
      put(value.bytes(), at: testData + "/" + path.text)
    }
  }
}
