/// Renames the ids of an SVG text so that they depend on that text alone.
///
/// Cairo 1.16 numbers ids by everything the process has drawn so far. Each name is replaced by the
/// prefix and its rank of first appearance, where it is defined (`id="…"`) and where it is used
/// (`href="#…"`, `url(#…)`).
enum SVGIdentifiers {
  static func renumbered(_ svg: [UInt8], prefix: String) -> [UInt8] {
    var names: [ArraySlice<UInt8>: [UInt8]] = [:]
    var result: [UInt8] = []
    result.reserveCapacity(svg.count)
    var copied = 0
    var position = 0
    while position < svg.count {
      guard let opening = opening(in: svg, at: position) else {
        position += 1
        continue
      }
      let start = position + opening.text.count
      let end = svg[start...].firstIndex(of: opening.end) ?? svg.endIndex
      let name = svg[start..<end]
      let replacement = names[name] ?? Array("\(prefix)\(names.count)".utf8)
      names[name] = replacement
      result += svg[copied..<start]
      result += replacement
      position = end
      copied = end
    }
    return result + svg[copied...]
  }

  private typealias Opening = (text: [UInt8], end: UInt8)

  private static let openings: [Opening] = [
    (Array(" id=\"".utf8), UInt8(ascii: "\"")), (Array("href=\"#".utf8), UInt8(ascii: "\"")),
    (Array("url(#".utf8), UInt8(ascii: ")")),
  ]

  /// The opening that begins at `position`. A comparison turns down nearly every byte of a text of millions.
  private static func opening(in svg: [UInt8], at position: Int) -> Opening? {
    openings.first { svg[position] == $0.text[0] && svg[position...].starts(with: $0.text) }
  }
}
