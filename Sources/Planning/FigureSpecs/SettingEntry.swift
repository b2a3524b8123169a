/// One value of a figure's spec with the place it comes from.
public struct SettingEntry: Equatable, Sendable, Codable {
  /// Dotted path below `runs`, such as `fcn-mnist.optimiser.learningRate`.
  public var path: String
  /// The value as it holds in this profile.
  public var value: String
  /// The tags from the comment beside it: P (paper), C (published code), R (recalled), O (our own choice).
  public var sources: [String]
  /// The full-size value, where the profile changed it.
  public var paperValue: String?

  /// A value with its sources.
  public init(path: String, value: String, sources: [String], paperValue: String? = nil) {
    self.path = path
    self.value = value
    self.sources = sources
    self.paperValue = paperValue
  }

  /// Where a value may come from: the paper's text, its authors' published code, recalled from the arXiv
  /// version, our own choice.
  public static let sourceTags = ["P", "C", "R", "O"]
}
