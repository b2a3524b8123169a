/// A data set that the report used, and what pins it down.
public struct DatasetFact: Sendable, Equatable {
  /// The name that specs know it by, such as `mnist`.
  public var name: String
  /// Which of its parts were found and how large they are, such as "MNIST, t10k part (10 000 images)".
  public var summary: String
  /// Who made it and under which licence, in sentences; nil where this program does not know.
  public var source: String?
  /// How many of its images the runs used for what, such as "|S| = 500, attack pool 500, |E| = 1 000"; each
  /// choice once.
  public var sizes: [String]
  /// The digest of the data as they were read, lower-case hexadecimal.
  public var sha256: String
  /// The ids of the figures that used it.
  public var figures: [String]

  /// All parts, in their order.
  public init(
    name: String, summary: String, source: String?, sizes: [String], sha256: String, figures: [String]
  ) {
    self.name = name
    self.summary = summary
    self.source = source
    self.sizes = sizes
    self.sha256 = sha256
    self.figures = figures
  }
}
