/// Holds what may be a key: however it is printed, only the name of its type comes out.
public protocol Unprinted: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable
{}

extension Unprinted {
  /// The name of the type.
  public var description: String { "\(type(of: self))" }
  /// The name of the type.
  public var debugDescription: String { description }
  /// A mirror without any children.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
