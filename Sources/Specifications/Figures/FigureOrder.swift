/// The order of the paper's figures: 1, 2, 3, …, then S1, S2, …, then any others by name.
package enum FigureOrder {
  /// Whether figure `one` comes before figure `other`.
  package static func precedes(_ one: String, _ other: String) -> Bool {
    let (first, second) = (rank(one), rank(other))
    return (first.series, first.number, one) < (second.series, second.number, other)
  }

  private static func rank(_ id: String) -> (series: Int, number: Int) {
    if let number = Int(id) { return (0, number) }
    if id.first?.uppercased() == "S", let number = Int(id.dropFirst()) { return (1, number) }
    return (2, 0)
  }
}
