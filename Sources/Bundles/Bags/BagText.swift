/// The tag files of a BagIt bag as text (RFC 8493, §2).
enum BagText {
  /// The lines of a tag file, which end with LF, CR, or both; without empty ones.
  static func lines(_ text: String) -> [Substring] {
    text.split { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
  }

  /// The values of the element `label` in a `bag-info.txt` (§2.2.2): labels are the same in upper and lower case,
  /// and a line that begins with white space goes on with the one before it.
  static func values(of label: String, in text: String) -> [String] {
    var elements: [(label: String, value: String)] = []
    for line in lines(text) {
      if line.first == " " || line.first == "\t" {
        guard let last = elements.indices.last else { continue }
        elements[last].value += " " + trimmed(line)
        continue
      }
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { continue }
      elements.append((trimmed(parts[0]).lowercased(), trimmed(parts[1])))
    }
    return elements.filter { $0.label == label.lowercased() }.map(\.value)
  }

  /// The paths in a `fetch.txt` (§2.2.3), a URL, a length and a path a line; nil if a line is something else.
  static func fetched(_ text: String) -> [String]? {
    var paths: [String] = []
    for line in lines(text) {
      let parts = line.split(maxSplits: 2, whereSeparator: { $0 == " " || $0 == "\t" })
      guard parts.count == 3, parts[1] == "-" || UInt64(parts[1]) != nil else { return nil }
      let path = parts[2].drop { $0 == " " || $0 == "\t" }
      paths.append(EntryPath.withoutDot(BagManifest.decoded(String(path))))
    }
    return paths
  }

  private static func trimmed(_ text: Substring) -> String {
    let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    return String(text.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
  }
}
