extension JSONDocument {
  /// How a document is laid out: what an edit copies when it adds something.
  public struct Layout: Hashable, Sendable {
    /// What ends a line; `nil` when everything stands on one line.
    package var newline: [UInt8]?
    /// One level of indentation.
    package var indent: [UInt8]
    /// Between a key and its value.
    package var colon: [UInt8]

    /// `JSON.stringify(value, null, 2)`, as Cline writes its files.
    public static let twoSpaces = Layout(
      newline: Array("\n".utf8), indent: Array("  ".utf8), colon: Array(": ".utf8))

    /// One line without spaces, as `JSON.stringify(value)` has it.
    public static let compact = Layout(newline: nil, indent: [], colon: Array(":".utf8))

    /// Between items on one line: a space where the colon has one.
    package var separatorSpace: [UInt8] { colon.last == 0x20 ? [0x20] : [] }

    /// Appends `value` as it stands on a line indented by `indentation`.
    package func append(
      _ value: JSONValue, indentedBy indentation: [UInt8], to bytes: inout [UInt8]
    ) {
      switch value {
      case .null: bytes += Array("null".utf8)
      case .bool(let value): bytes += Array((value ? "true" : "false").utf8)
      case .number(let number): bytes += Array(number.literal.utf8)
      case .string(let text): JSONText.append(text.utf8, to: &bytes)
      case .array(let items):
        appendList(
          items.map { (nil, $0) }, between: "[", and: "]", indentedBy: indentation, to: &bytes)
      case .object(let object):
        appendList(
          object.map { ($0.key, $0.value) }, between: "{", and: "}", indentedBy: indentation,
          to: &bytes)
      }
    }

    private func appendList(
      _ items: [(key: JSONKey?, value: JSONValue)], between start: Unicode.Scalar,
      and end: Unicode.Scalar, indentedBy indentation: [UInt8], to bytes: inout [UInt8]
    ) {
      bytes.append(UInt8(ascii: start))
      let inner = indentation + indent
      for (index, item) in items.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        if let newline {
          bytes += newline + inner
        } else if index > 0 {
          bytes += separatorSpace
        }
        if let key = item.key {
          JSONText.append(key, to: &bytes)
          bytes += colon
        }
        append(item.value, indentedBy: inner, to: &bytes)
      }
      if let newline, !items.isEmpty { bytes += newline + indentation }
      bytes.append(UInt8(ascii: end))
    }
  }
}

extension JSONDocument {
  /// The layout of this document, read from its first members. A document that shows none is
  /// laid out as ``JSONDocument/Layout/twoSpaces``.
  package var layout: JSONDocument.Layout {
    guard nodes.first?.isContainer == true, nodes.count > 1 else { return .twoSpaces }
    var layout = JSONDocument.Layout.compact
    let gap = bytes[(nodes[0].range.lowerBound + 1)..<nodes[1].range.lowerBound]
    if let line = gap.lastIndex(of: 0x0A) {
      let carriageReturn = line > gap.startIndex && bytes[line - 1] == 0x0D
      layout.newline = carriageReturn ? [0x0D, 0x0A] : [0x0A]
      let outer = indentation(ofLineAt: nodes[0].range.lowerBound)
      let inner = Array(gap[(line + 1)...].prefix { $0 == 0x20 || $0 == 0x09 })
      layout.indent = inner.starts(with: outer) ? Array(inner.dropFirst(outer.count)) : inner
      layout.colon = JSONDocument.Layout.twoSpaces.colon
    }
    if let key = nodes.indices.first(where: { isKey($0) }) {
      let colon = bytes[nodes[key].range.upperBound..<nodes[key + 1].range.lowerBound]
      if colon.allSatisfy({ $0 == 0x20 || $0 == UInt8(ascii: ":") }) { layout.colon = Array(colon) }
    }
    return layout
  }

  /// The first node inside the first object is a key; deeper keys do not matter to the layout.
  private func isKey(_ index: Int) -> Bool {
    index > 0 && nodes[index - 1].kind == .object && nodes[index - 1].count > 1
  }

  /// The white space that the line of `offset` begins with.
  package func indentation(ofLineAt offset: Int) -> [UInt8] {
    let start = bytes[..<offset].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return Array(bytes[start..<offset].prefix { $0 == 0x20 || $0 == 0x09 })
  }
}
