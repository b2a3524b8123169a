/// One value of a figure's spec with the place it comes from.
package struct SettingEntry: Equatable, Sendable {
  /// Dotted path below `runs`, such as `fcn-mnist.optimiser.learningRate`.
  package var path: String
  /// The value as it holds in this profile.
  package var value: SettingValue
  /// The tags from the comment beside it: P (paper), C (published code), R (recalled), O (our own choice).
  package var sources: [String]
  /// The full-size value, where the profile changed it.
  package var paperValue: SettingValue?

  /// A value with its sources.
  package init(path: String, value: SettingValue, sources: [String], paperValue: SettingValue? = nil) {
    self.path = path
    self.value = value
    self.sources = sources
    self.paperValue = paperValue
  }

  /// Where a value may come from: the paper's text, its authors' published code, recalled from the arXiv
  /// version, our own choice.
  package static let sourceTags = ["P", "C", "R", "O"]
}
