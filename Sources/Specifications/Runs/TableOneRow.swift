package import DatasetDescriptions

/// One row of the paper's Table 1, with the place that each of its values comes from.
package struct TableOneRow: Equatable, Sendable {
  /// What the measured networks are trained on.
  package enum Inputs: Equatable, Sendable {
    case images(DatasetName)
    case booleanCube

    /// The name as reports print it.
    package var title: String {
      switch self {
      case .images(let name): name.title
      case .booleanCube: "Boolean"
      }
    }
  }

  package var inputs: Inputs
  package var network: NetworkSpec.Kind
  /// The row's values.
  package var settings: SharpnessSettings
  /// The source tags by key, such as `box: [P]`; a key without a tag is not in it.
  package var sources: [String: [String]]

  /// A row with its sources.
  package init(
    inputs: Inputs, network: NetworkSpec.Kind, settings: SharpnessSettings, sources: [String: [String]]
  ) {
    self.inputs = inputs
    self.network = network
    self.settings = settings
    self.sources = sources
  }
}
