import Encodings

/// A manifest of a BagIt bag (RFC 8493, §2.1.3): a digest and a path a line.
enum BagManifest {
  /// The text that lists `digests` by path, sorted.
  static func text(_ digests: [String: String]) -> String {
    digests.sorted { $0.key < $1.key }.map { "\($0.value)  \(encoded($0.key))\n" }.joined()
  }

  /// The digests by path that `text` lists; nil if a line is not a digest and a path, or a path is
  /// listed twice.
  static func digests(_ text: String) -> [String: String]? {
    var digests: [String: String] = [:]
    for line in BagText.lines(text) {
      let parts = line.split(maxSplits: 1, whereSeparator: { $0 == " " || $0 == "\t" })
      guard parts.count == 2 else { return nil }
      // The * of md5sum and its like says that the file was read as bytes.
      let name = parts[1].drop(while: { $0 == " " || $0 == "\t" || $0 == "*" })
      let path = EntryPath.withoutDot(decoded(String(name)))
      guard digests.updateValue(parts[0].lowercased(), forKey: path) == nil else {
        return nil
      }
    }
    return digests
  }

  /// Line ends and % in names are written as RFC 8493 says.
  private static func encoded(_ path: String) -> String {
    path.replacing("%", with: "%25").replacing("\n", with: "%0A").replacing("\r", with: "%0D")
  }

  static func decoded(_ path: String) -> String {
    path.replacing(/%0[Aa]/, with: "\n").replacing(/%0[Dd]/, with: "\r").replacing("%25", with: "%")
  }
}

extension DigestAlgorithm {
  /// The manifest of the payload.
  var payloadFile: String { "manifest-\(rawValue).txt" }
  /// The manifest of the bag's own files.
  var tagFile: String { "tagmanifest-\(rawValue).txt" }
}
