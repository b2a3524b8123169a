import Specifications

/// What a run group may ask for at most: far above every figure, and below what no machine's memory holds.
enum GroupSize {
  /// The most trainings of a group.
  static let mostTrainings = 100_000
  /// The most weights of a network: 0.4 GB, several times over while it is trained.
  private static let mostWeights = 1e8
  /// The most points of a prior, whose covariance has n² numbers.
  private static let mostPoints = 100_000

  /// Checks the network, on inputs of `dataset`, and the priors of `group`.
  static func check(
    _ group: SpecMapping, _ network: NetworkSpec, _ dataset: DatasetSpec
  ) throws(SpecError) {
    let widths = [dataset.inputCount] + network.hidden + [1]
    let weights = zip(widths, widths.dropFirst()).reduce(0) { $0 + Double($1.0 + 1) * Double($1.1) }
    if network.kind.hasHiddenLayers, weights > mostWeights {
      throw .outOfRange(
        key: "hidden", value: network.hidden.map(String.init).joined(separator: ", "),
        allowed: "layers of at most \(Int(mostWeights)) weights together",
        at: try group.mapping("network").required("hidden").location)
    }
    if group.optional("prior") != nil, dataset.train + dataset.test > mostPoints {
      throw .outOfRange(
        key: "train", value: "\(dataset.train) with a test of \(dataset.test)",
        allowed: "at most \(mostPoints) together, to have a prior",
        at: try group.mapping("dataset").required("train").location)
    }
  }
}
