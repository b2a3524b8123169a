import Foundation

/// What PyTorch found for the measures of ``StoredNetwork``, of `Oracles/measures.json`.
struct StoredMeasures: Decodable {
  let samSharpness: Double
  let adaptiveSAMSharpness: Double
  /// By ρ.
  let adaptiveWorstSharpness: [String: Double]
  let relativeFlatness: Double
  let fisherRaoNorm: Double
  let weightNorm: Double
  let pathNorm: Double
  let margin: Double

  static func load() throws -> StoredMeasures {
    let file = Bundle.module.bundleURL.appendingPathComponent("Oracles/measures.json")
    return try JSONDecoder().decode(StoredMeasures.self, from: Data(contentsOf: file))
  }
}
