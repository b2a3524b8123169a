/// Finds the name that a misspelt one was meant to be.
package enum NearestName {
  /// The known name with the smallest edit distance, ignoring case; the first of several. Nil if that
  /// distance is as large as `name` is long, or above both 1 and half the length of the longer of the two
  /// names; nil too for a text that is too long to be a name.
  package static func of(_ name: String, among known: [String]) -> String? {
    let wanted = Array(name.lowercased())
    guard wanted.count <= longest else { return nil }
    let distances = known.map { distance(wanted, Array($0.lowercased())) }
    guard let smallest = distances.min(), let index = distances.firstIndex(of: smallest) else { return nil }
    let isNear = smallest <= max(1, max(wanted.count, known[index].count) / 2)
    return isNear && smallest < wanted.count ? known[index] : nil
  }

  private static let longest = 100

  /// The number of insertions, deletions, replacements and swaps of neighbours that turn one text into
  /// the other (optimal string alignment; Damerau 1964).
  static func distance(_ one: [Character], _ other: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...other.count)
    for i in one.indices {
      var current = [i + 1]
      for j in other.indices {
        var best = min(last[j + 1] + 1, current[j] + 1, last[j] + (one[i] == other[j] ? 0 : 1))
        if i > 0, j > 0, one[i] == other[j - 1], one[i - 1] == other[j] {
          best = min(best, beforeLast[j - 1] + 1)
        }
        current.append(best)
      }
      beforeLast = last
      last = current
    }
    return last[other.count]
  }
}
