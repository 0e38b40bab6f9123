/// A header of every request to a provider. Its value may be a key.
package struct RequestHeader: Hashable, Sendable {
  /// As it is sent.
  package let name: String
  /// As it is sent.
  package let value: Secret

  /// Names a header.
  package init(name: String, value: Secret) {
    self.name = name
    self.value = value
  }
}
