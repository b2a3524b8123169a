/// Renames the ids of an SVG text so that they depend on that text alone.
///
/// Cairo 1.16 numbers ids by everything the process has drawn so far. Each name is replaced by the
/// prefix and its rank of first appearance, where it is defined (`id="…"`) and where it is used
/// (`href="#…"`, `url(#…)`).
enum SVGIdentifiers {
  static func renumbered(_ svg: [UInt8], prefix: String) -> [UInt8] {
    let openings: [(text: [UInt8], end: UInt8)] = [
      (Array(" id=\"".utf8), UInt8(ascii: "\"")), (Array("href=\"#".utf8), UInt8(ascii: "\"")),
      (Array("url(#".utf8), UInt8(ascii: ")")),
    ]
    var names: [ArraySlice<UInt8>: [UInt8]] = [:]
    var result: [UInt8] = []
    result.reserveCapacity(svg.count)
    var position = 0
    while position < svg.count {
      let opening = openings.first { svg[position...].starts(with: $0.text) }
      guard let opening else {
        result.append(svg[position])
        position += 1
        continue
      }
      let start = position + opening.text.count
      let end = svg[start...].firstIndex(of: opening.end) ?? svg.endIndex
      let name = svg[start..<end]
      let replacement = names[name] ?? Array("\(prefix)\(names.count)".utf8)
      names[name] = replacement
      result += opening.text
      result += replacement
      position = end
    }
    return result
  }
}
