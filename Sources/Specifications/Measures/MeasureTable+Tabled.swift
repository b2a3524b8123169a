extension MeasureDefinition {
  /// The rows of the measures whose constants are rows of Table 1, and of those of their kind without any.
  static let tabled = [
    row(
      .samSharpness, "SAM sharpnesses", .lost, constants: [.radius], column: "sam_sharpness_nats",
      "SAM's sharpness", passes: 16),
    row(
      .adaptiveSAMSharpness, "adaptive SAM sharpnesses", .keptWithoutOffset, constants: [.radius, .offset],
      column: "adaptive_sam_sharpness_nats", "adaptive SAM's sharpness", passes: 16),
    row(
      .adaptiveWorstSharpness, "adaptive worst-case sharpnesses", .kept,
      constants: [.radius, .steps, .firstStep, .momentum], column: "adaptive_worst_sharpness_nats",
      "adaptive worst-case sharpness", passes: { 12 * ($0[.steps] + 1) }),
    averageSharpness,
    row(
      .relativeFlatness, "relative flatnesses", .kept, needs: .secondDerivatives,
      column: "relative_flatness_nats", "relative flatness", passes: 8),
    row(
      .fisherRaoNorm, "Fisher–Rao norms", .kept, needs: .plainLayers, column: "fisher_rao_norm",
      "Fisher–Rao norm", isFlatness: false, passes: 4),
    row(
      .pacBayesFlatness, "PAC-Bayes flatnesses", .lost, constants: noise, column: "pac_bayes_flatness",
      "PAC-Bayes flatness", passes: { 2 * $0[.steps] * $0[.draws] }),
    row(
      .magnitudeAwarePACBayesFlatness, "magnitude-aware PAC-Bayes flatnesses", .keptWithoutOffset,
      constants: noise + [.offset],
      column: "magnitude_aware_pac_bayes_flatness", "magnitude-aware PAC-Bayes flatness",
      passes: { 2 * $0[.steps] * $0[.draws] }),
    row(
      .weightNorm, "weight norms", .lost, column: "squared_weight_norm", "squared weight norm",
      isFlatness: false, passes: 0),
    row(
      .pathNorm, "path norms", .kept, needs: .plainLayers, column: "path_norm", "path norm",
      isFlatness: false, passes: 0),
    margin,
  ]

  private static let noise: [TabledMeasure.Constant] = [
    .drop, .tolerance, .largestDeviation, .steps, .draws,
  ]

  /// A margin may be negative; large ones are said to go with generalization. It is no measure of flatness.
  private static var margin: MeasureDefinition {
    var definition = row(
      .margin, "margins", .kept, constants: [.quantile], column: "margin", "margin on <i>S</i>", passes: 4)
    definition.values = [
      MeasuredValue(
        columnPattern: "margin", forms: [MeasureKind.margin.rawValue],
        read: { $0.kind == .margin ? $0.number : nil },
        axes: [
          .init(
            name: "margin", label: "Margin on <i>S</i>", words: "margin on S", scale: .asIs)
        ])
    ]
    return definition
  }

  /// The one measure with a standard error.
  private static var averageSharpness: MeasureDefinition {
    let kind = MeasureKind.adaptiveAverageSharpness
    var definition = row(
      kind, "adaptive average-case sharpnesses", .kept, constants: [.radius, .draws],
      column: "adaptive_average_sharpness_nats", "adaptive average-case sharpness",
      passes: { 2 * ($0[.draws] + 1) })
    let errorColumn = "adaptive_average_sharpness_standard_error_nats"
    definition.values[0].errorColumnPattern = errorColumn
    definition.values.append(
      MeasuredValue(
        columnPattern: errorColumn, forms: [kind.rawValue], read: { $0.standardError }, course: nil, axes: [])
    )
    return definition
  }

  /// A measure that is one number, with its logarithm and the negative of that as axes.
  ///
  /// - Parameters:
  ///   - needs: what a network must be able to give for it.
  ///   - label: its name in a sentence, which is Pango markup too.
  ///   - isFlatness: whether it measures how flat the loss is around the network; a norm does not.
  ///   - passes: floating-point operations for each weight and example, those in Float64 twice.
  private static func row(
    _ kind: MeasureKind, _ countedAs: String, _ rescaling: RescalingInvariance,
    constants: [TabledMeasure.Constant] = [], needs: NetworkAbility = .losses, column: String,
    _ label: String, isFlatness: Bool = true, passes: @escaping @Sendable (TabledMeasure) -> Double
  ) -> MeasureDefinition {
    let name = kind.rawValue
    return MeasureDefinition(
      kind: kind, revision: 1, countedAs: countedAs, rescaling: rescaling, constants: constants,
      forms: [
        MeasureForm(
          name: name, argument: constants.isEmpty ? .none(.tabled(TabledMeasure(kind))) : .ownRow(kind),
          needs: needs)
      ],
      values: [
        MeasuredValue(
          columnPattern: column, forms: [name],
          read: { $0.kind == kind ? $0.number : nil },
          axes: [
            .init(
              name: "log10-\(name)", label: "log<sub>10</sub> \(label)",
              words: "log₁₀ \(label)", scale: .log10),
            .init(
              name: "minus-log10-\(name)", label: "−log<sub>10</sub> \(label)",
              words: "−log₁₀ \(label)", scale: .minusLog10, isFlatness: isFlatness),
          ])
      ],
      work: { measurement, size in
        guard case .tabled(let measure) = measurement else { return .products(0) }
        return .products(passes(measure) * size.train * size.weights)
      })
  }

  private static func row(
    _ kind: MeasureKind, _ countedAs: String, _ rescaling: RescalingInvariance,
    constants: [TabledMeasure.Constant] = [], needs: NetworkAbility = .losses, column: String,
    _ label: String, isFlatness: Bool = true, passes: Double
  ) -> MeasureDefinition {
    row(
      kind, countedAs, rescaling, constants: constants, needs: needs, column: column, label,
      isFlatness: isFlatness,
      passes: { _ in passes })
  }
}
