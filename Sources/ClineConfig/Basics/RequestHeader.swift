/// A header of every request to a provider. Its value may be a key.
public struct RequestHeader: Hashable, Sendable {
  /// As it is sent.
  public let name: String
  /// As it is sent.
  public let value: Secret

  /// Names a header.
  public init(name: String, value: Secret) {
    self.name = name
    self.value = value
  }
}
