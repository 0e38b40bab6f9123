internal import CSystem

extension Array {
  /// An array with room for elements, whose memory comes in large pages where it is much: for a
  /// hundred megabytes, taking them in small pages costs more than to fill them.
  init(largeCapacity capacity: Int) {
    self = []
    reserveCapacity(capacity)
    let size = self.capacity * MemoryLayout<Element>.stride
    withUnsafeMutableBufferPointer { csystem_will_fill($0.baseAddress, size) }
  }
}
