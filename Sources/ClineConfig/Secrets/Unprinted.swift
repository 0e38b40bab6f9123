/// Holds what may be a key: however it is printed, only the name of its type comes out.
public protocol Unprinted: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable
{}

extension Unprinted {
  /// The name of the type.
  public var description: String { "\(type(of: self))" }
  /// The name of the type.
  public var debugDescription: String { description }
  /// Without children.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension JSONDocument: Unprinted {}
extension StoreEdit: Unprinted {}
extension Plan.FileChange: Unprinted {}
extension StoreReading: Unprinted {}
extension FileContents: Unprinted {}
extension FileBytes: Unprinted {}
extension TransactionRecord.Change: Unprinted {}
extension BackupContents.File: Unprinted {}
extension HostEnvironment: Unprinted {}
extension RunningProcess: Unprinted {}
extension ChildProcess: Unprinted {}
extension ChildProcess.Result: Unprinted {}
extension HTTPRequest: Unprinted {}
extension HTTPResponse: Unprinted {}
extension Setup: Unprinted {}
extension SetupExample: Unprinted {}
