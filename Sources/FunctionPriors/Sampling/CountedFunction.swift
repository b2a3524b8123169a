/// A function and in how many samples it was found.
package struct CountedFunction: Hashable, Sendable {
  /// The function.
  package var function: BooleanFunction
  /// How often it was found; at least 1.
  package var count: Int

  /// A function with its count.
  package init(function: BooleanFunction, count: Int) {
    self.function = function
    self.count = count
  }

  /// Whether `one` comes before `other` in the order of rank: the more frequent one, and of equals the
  /// smaller number.
  static func ranksBefore(_ one: CountedFunction, _ other: CountedFunction) -> Bool {
    one.count != other.count ? one.count > other.count : one.function < other.function
  }

  /// The functions of `list`, in ascending order, with the counts of equal ones added up.
  static func combined(_ list: [CountedFunction]) -> [CountedFunction] {
    var combined: [CountedFunction] = []
    combined.reserveCapacity(list.count)
    for counted in list.sorted(by: { $0.function < $1.function }) {
      if combined.last?.function == counted.function {
        combined[combined.count - 1].count += counted.count
      } else {
        combined.append(counted)
      }
    }
    return combined
  }
}
