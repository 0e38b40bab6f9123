// The least that a Swift program can do with the same files: read them and print their bytes. What
// `clinecfg` takes beyond this is its own work.

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

var buffer = [UInt8](repeating: 0, count: 64 << 10)
for path in CommandLine.arguments.dropFirst() {
  let file = open(path, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { continue }
  while case let count = read(file, &buffer, buffer.count), count > 0 {
    _ = write(1, buffer, count)
  }
  close(file)
}
