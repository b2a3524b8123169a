/// A data set that the report used, and what pins it down.
package struct DatasetFact: Sendable, Equatable {
  /// The name that specs know it by, such as `mnist`.
  package var name: String
  /// Which of its parts were found and how large they are, such as "MNIST, t10k part (10 000 images)".
  package var summary: String
  /// Who made it and under which licence, in sentences; nil where this program does not know.
  package var source: String?
  /// How many of its images the runs used for what, such as "|S| = 500, attack pool 500, |E| = 1 000"; each
  /// choice once.
  package var sizes: [String]
  /// The digest of the data as they were read, lower-case hexadecimal.
  package var sha256: String
  /// The ids of the figures that used it.
  package var figures: [String]

  /// All parts, in their order.
  package init(
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
