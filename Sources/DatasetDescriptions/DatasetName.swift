/// The image sets that the paper uses, and those that take their place, by the names that commands and figure
/// specs use.
package enum DatasetName: String, CaseIterable, Codable, Sendable {
  case mnist
  case fashionMNIST = "fashion-mnist"
  case cifar10
  case drawnShapes = "drawn-shapes"

  /// All that is known of the data set; everything else is derived from it.
  package var facts: DatasetDescription {
    switch self {
    case .mnist: .mnist
    case .fashionMNIST: .fashionMNIST
    case .cifar10: .cifar10
    case .drawnShapes: .drawnShapes
    }
  }

  /// The name as its authors write it, for reports.
  package var title: String { facts.title }
}
