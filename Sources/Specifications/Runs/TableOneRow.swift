/// One row of the paper's Table 1, with the place that each of its values comes from.
package struct TableOneRow: Equatable, Sendable {
  /// The row's values.
  package var settings: SharpnessSettings
  /// The source tags by key, such as `box: [P]`; a key without a tag is not in it.
  package var sources: [String: [String]]

  /// A row with its sources.
  package init(settings: SharpnessSettings, sources: [String: [String]]) {
    self.settings = settings
    self.sources = sources
  }
}
