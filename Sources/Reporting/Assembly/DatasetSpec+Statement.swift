import DatasetDescriptions
import Specifications

extension DatasetSpec.Source {
  /// Who made the data, and under which licence they are offered, in sentences.
  var statement: String {
    switch self {
    case .images(let name, _): name.facts.attribution.statement
    case .booleanCube: "Every combination of n Boolean variables: made, not read."
    }
  }
}
