internal import CSystem

/// A result that is worked out in a thread of its own while this one does something else.
///
/// A class, because two threads share it: one writes the result, the other waits for its end first.
final class Meanwhile<Result: Sendable>: @unchecked Sendable {
  private let work: @Sendable () -> Result
  private var result: Result?
  private var thread: UnsafeMutableRawPointer?

  /// Starts the work, if it is long. Else, and where no thread can be had, it is done when its result
  /// is asked for.
  init(isLong: Bool, _ work: @escaping @Sendable () -> Result) {
    self.work = work
    guard isLong else { return }
    let context = Unmanaged.passRetained(MeanwhileWork { [unowned self] in result = work() })
    thread = csystem_start(
      { context in
        guard let context else { return }
        Unmanaged<MeanwhileWork>.fromOpaque(context).takeRetainedValue().run()
      }, context.toOpaque())
    if thread == nil { context.release() }
  }

  /// The result, once it is there.
  func value() -> Result {
    join()
    return result ?? work()
  }

  private func join() {
    if let thread { csystem_join(thread) }
    thread = nil
  }

  // The thread must not outlive what it writes to.
  deinit { join() }
}

/// What a thread does, without its result's type: a C function cannot know that.
private final class MeanwhileWork {
  let run: () -> Void
  init(_ run: @escaping () -> Void) { self.run = run }
}
