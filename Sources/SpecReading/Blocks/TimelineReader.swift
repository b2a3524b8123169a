import Specifications

/// Reads what a run group says of epochs after zero error: the blocks `overtraining` and `timeline`.
enum TimelineReader {
  /// The epochs past zero error at which the group's measurements are taken again, ascending.
  static func laterEpochs(_ group: SpecMapping) throws(SpecError) -> [Int] {
    guard group.optional("overtraining") != nil else { return [] }
    var epochs: [Int] = []
    for item in try group.list("overtraining") {
      let epoch = try item.readInteger(for: "overtraining", atLeast: 1)
      if let last = epochs.last, epoch <= last {
        throw .outOfRange(
          key: "overtraining", value: "\(epoch) after \(last)", allowed: "ascending, each number once",
          at: item.location)
      }
      epochs.append(epoch)
    }
    return epochs
  }

  /// The timeline of the group, which measures `measurements`; nil where the group has none.
  static func timeline(
    _ group: SpecMapping, network: NetworkSpec, measurements: [Measure]
  ) throws(SpecError) -> TimelineSettings? {
    guard group.optional("timeline") != nil else { return nil }
    let timeline = try group.mapping(
      "timeline", known: ["epochsPast", "every", "rescaling", "rescaleAfter"])
    let last = try timeline.integer("epochsPast", atLeast: 1)
    var rescaling: RescalingSettings?
    if timeline.optional("rescaling") != nil {
      let block = try timeline.mapping("rescaling", known: ["layer", "alpha"])
      let layer = try block.integer("layer", atLeast: 1)
      guard layer <= network.hidden.count else {
        throw .outOfRange(
          key: "layer", value: "\(layer)", allowed: "at most \(network.hidden.count), the hidden layers",
          at: try block.required("layer").location)
      }
      let after = try timeline.integer("rescaleAfter", atLeast: 0)
      guard after <= last else {
        throw .outOfRange(
          key: "rescaleAfter", value: "\(after)", allowed: "at most the epochsPast of \(last)",
          at: try timeline.required("rescaleAfter").location)
      }
      rescaling = RescalingSettings(
        layer: layer, alpha: try block.number("alpha", .positive), epochsPast: after)
    }
    return TimelineSettings(
      epochsPast: last, every: try timeline.integer("every", atLeast: 1), rescaling: rescaling,
      measurements: measurements)
  }
}
