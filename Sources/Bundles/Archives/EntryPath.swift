/// A path inside a bundle that stays inside it, whatever is unpacked where.
enum EntryPath {
  static let longest = 1024

  /// `path` without the `./` in front, which many tools write.
  static func withoutDot(_ path: String) -> String {
    var rest = path[...]
    while rest.hasPrefix("./") { rest = rest.dropFirst(2).drop { $0 == "/" } }
    return rest == "." ? "" : String(rest)
  }

  /// Why `path` may not be unpacked; nil if it may.
  static func problem(_ path: String) -> String? {
    if path.isEmpty { return "a name without letters" }
    if path.utf8.count > longest { return "a name of more than \(longest) bytes" }
    if path.hasPrefix("/") { return "an absolute path" }
    if path.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 || $0 == "\\" }) {
      return "a name with control characters or backslashes"
    }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    if parts.contains("..") { return "a path that leaves the bundle" }
    if parts.contains(where: { $0.isEmpty || $0 == "." }) { return "a path with empty parts" }
    return nil
  }
}
