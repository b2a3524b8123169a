import DatasetDescriptions
import Specifications

extension RunGroupReader {
  /// Checks that a run group asks for what its kind of network has.
  ///
  /// - Throws: for a data set of other images than the network takes, a timeline or overtraining, an
  ///   optimiser, a precision or a measure that is not to be had of such networks.
  func check(
    _ group: SpecMapping, fits kind: NetworkSpec.Kind, dataset: DatasetSpec
  ) throws(SpecError) {
    let title = kind.title
    for key in ["timeline", "overtraining"] where !kind.isFollowed {
      guard let node = group.optional(key) else { continue }
      throw .outOfRange(
        key: key, value: node.text, allowed: "none for \(title); remove the block", at: node.location)
    }
    if let image = kind.image {
      let node = try group.mapping("dataset").required("name")
      // Images that stand in for others come in their place, never by name.
      let fitting = DatasetName.allCases.filter { $0.facts.image == image && $0.facts.standsInFor == nil }
      guard fitting.map(\.rawValue).contains(dataset.name) else {
        throw .outOfRange(
          key: "name", value: dataset.name,
          allowed: fitting.map(\.rawValue).joined(separator: " or ") + " for \(title), which takes \(image)",
          at: node.location)
      }
    }
    let optimiser = try group.mapping("optimiser")
    let rule = try optimiser.required("kind")
    if let excluded = kind.excludedRules.first(where: { $0.rawValue == rule.text }) {
      throw .outOfRange(
        key: "kind", value: excluded.rawValue, allowed: "another optimiser for \(title)", at: rule.location)
    }
    if let precision = optimiser.optional("precision"), !kind.hasTrainingPrecisions {
      throw .outOfRange(
        key: "precision", value: precision.text,
        allowed: "none for \(title), which is trained in float32; remove the key", at: precision.location)
    }
    for item in try group.list("measure") {
      let name = try item.readText(for: "measure")
      let form = MeasureDefinition.forms.first { $0.name == name.prefix { $0 != "/" } }
      guard let form, !kind.abilities.contains(form.needs) else { continue }
      throw .outOfRange(
        key: "measure", value: name, allowed: "\(Self.measures(of: kind)) for \(title)", at: item.location)
    }
  }

  /// Checks that the kernel of a group's block `prior` is that of its kind of network.
  func check(
    _ kernel: PriorSettings.Kernel, of prior: SpecMapping, fits kind: NetworkSpec.Kind
  ) throws(SpecError) {
    guard kernel != kind.kernel else { return }
    throw .outOfRange(
      key: "kernel", value: kernel.rawValue,
      allowed: "\(kind.kernel.rawValue) for \(kind.title)"
        + (kind.kernel == .monteCarlo ? ", which has no closed form" : ""),
      at: try prior.required("kernel").location)
  }

  /// "generalization, sharpness and prior".
  private static func measures(of kind: NetworkSpec.Kind) -> String {
    let names = MeasureDefinition.all.filter { $0.forms.contains { kind.abilities.contains($0.needs) } }
      .map(\.kind.rawValue)
    return (["generalization"] + names.dropLast()).joined(separator: ", ")
      + (names.last.map { " and \($0)" } ?? "")
  }
}
