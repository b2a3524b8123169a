/// A data set that the report used, and what pins it down.
public struct DatasetFact: Sendable, Equatable {
  /// Such as "MNIST (built in)".
  public var name: String
  /// Its origin and size, in a sentence or two.
  public var summary: String
  /// The digest of the data as they were read, lower-case hexadecimal.
  public var sha256: String
  /// The ids of the figures that used it.
  public var figures: [String]

  /// All parts, in their order.
  public init(name: String, summary: String, sha256: String, figures: [String]) {
    self.name = name
    self.summary = summary
    self.sha256 = sha256
    self.figures = figures
  }
}
