/// What a network must be able to give for a measurement of it.
package enum NetworkAbility: Sendable, Hashable {
  /// Its 0/1 outputs.
  case outputs
  /// Loss and gradient steps by minibatches.
  case ascentSteps
  /// The loss on S, its gradient and the logits, at any parameters.
  case losses
  /// The loss and its gradient in Float64.
  case doublePrecision
  /// Layers one after another, with nothing but weights, biases and ReLU.
  case plainLayers
  /// Products of vectors with the loss's Hessian, or other second derivatives.
  case secondDerivatives
}

/// One way to ask for a measure in a spec: `sharpness/<row>`.
package struct MeasureForm: Sendable {
  /// What stands after the slash, and the measurement that it makes.
  package enum Argument: Sendable {
    /// Nothing: the name is the whole.
    case none(Measure)
    /// A row of Table 1, whose settings are handed over.
    case row(@Sendable (SharpnessSettings) -> Measure)
    /// A whole number; `example` is one for messages.
    case count(placeholder: String, example: Int, @Sendable (Int) -> Measure)
    /// A likelihood, put into the group's block `prior`.
    case likelihood(@Sendable (PriorSettings) -> Measure)
    /// Nothing: the name is the whole, and that of the row of Table 1 with the measure's constants.
    case ownRow(MeasureKind)
  }
  /// The part before the slash.
  package let name: String
  package let argument: Argument
  package let needs: NetworkAbility
  /// Whether a panel may show it along a timeline.
  package var isFollowed = true
  /// What stands after the slash where a spec writes neither; nil where it must.
  package var plain: String?

  /// The form as messages write it, such as `sharpness/<row>`.
  package var pattern: String {
    switch argument {
    case .none, .ownRow: name
    case .row: "\(name)/<row>"
    case .count(let placeholder, _, _): "\(name)/<\(placeholder)>"
    case .likelihood: "\(name)/<likelihood>"
    }
  }
}

/// A number that a measurement gives: a column of the tables, and what axes show of it.
package struct MeasuredValue: Sendable {
  /// Where a timeline keeps its course.
  package enum Course: Sendable { case values, logProducts }
  /// What an axis shows of the number.
  package struct Axis: Sendable {
    /// The name in specs, such as `log10-sharpness`.
    let name: String
    /// The axis label in Pango markup.
    let label: String
    /// The quantity in a sentence.
    let words: String
    let scale: Quantity.Scale
    /// The largest number that there can be; nil where there is none.
    var largest: Double?
    var isFlatness = false
  }

  /// The column with its unit; `{likelihood}` stands for the name of a likelihood, and the value has one for
  /// each.
  package let columnPattern: String
  /// The forms that give it; the first is the one that messages name.
  package let forms: [String]
  /// Whether every table of runs has the column, even where nothing was measured.
  package var isAlwaysShown = false
  /// The number of one network; nil where it is not finite or not to be used.
  package let read: @Sendable (MeasurementResult) -> Double?
  /// nil where no timeline keeps it.
  package var course: Course? = .values
  /// The column of its standard error, as ``columnPattern``; nil where it has none.
  package var errorColumnPattern: String?
  package let axes: [Axis]

  /// The unit that its column names; empty where it has none.
  package var unit: String { columnPattern.hasSuffix("_nats") ? "nats" : "" }

  /// Whether it says how flat the loss is around the network: a larger value is that of a sharper one.
  package var isOfFlatness: Bool { axes.contains(where: \.isFlatness) }

  /// Whether there is one value for each likelihood.
  package var isByLikelihood: Bool { columnPattern.contains(Self.placeholder) }

  /// The name of the column under a likelihood; the same for both where the value has none.
  package func column(_ likelihood: PriorSettings.Likelihood) -> String {
    columnPattern.replacing(Self.placeholder, with: likelihood.rawValue)
  }

  /// The name of the column of its standard error; nil where it has none.
  package func errorColumn(_ likelihood: PriorSettings.Likelihood) -> String? {
    errorColumnPattern?.replacing(Self.placeholder, with: likelihood.rawValue)
  }

  /// The names of all its columns.
  package var columns: [String] {
    isByLikelihood ? PriorSettings.Likelihood.allCases.map(column) : [columnPattern]
  }

  /// Whether `measurement` gives the value.
  package func isGiven(by measurement: Measure) -> Bool { forms.contains(measurement.form) }

  private static let placeholder = "{likelihood}"
}

/// The size of a run, for the cost of its measurements.
package struct MeasuredSize: Sendable {
  /// |S|.
  package let train: Double
  /// |S| + |E|.
  package let points: Double
  /// The weights of a fully connected network.
  package let weights: Double
  /// Whether the prior of so many points takes few factorisations in place of many sweeps.
  package let isLargePrior: Bool

  /// A size from its parts.
  package init(train: Double, points: Double, weights: Double, isLargePrior: Bool) {
    self.train = train
    self.points = points
    self.weights = weights
    self.isLargePrior = isLargePrior
  }
}

/// The work of a measurement on a fully connected network, in floating-point operations.
package enum MeasureWork: Sendable {
  /// Float32 products of a minibatch's size, or what takes as long.
  case products(Double)
  /// Float64 factorisations.
  case factorisations(Double)
}

/// What becomes of a measure where layers or single neurons are rescaled, biases included, which leaves the
/// function as it is (Dinh et al. 2017).
package enum RescalingInvariance: Sendable, CaseIterable {
  /// It stays, up to rounding.
  case kept
  /// It would stay but for an offset among its constants.
  case keptWithoutOffset
  /// It moves.
  case lost
}

/// A row of the table of measures: all that is known of a measure but the method itself.
package struct MeasureDefinition: Sendable {
  package let kind: MeasureKind
  /// The revision of the method's numerics, part of every identity (``MethodRevision`` says when to raise
  /// it).
  package let revision: Int
  /// What the measurements are called where the work of a figure is counted, such as "Hessian spectra".
  package let countedAs: String
  /// What a rescaling does to it, by its theory.
  package let rescaling: RescalingInvariance
  /// The constants that its row of Table 1 holds; none where it has no such row.
  package var constants: [TabledMeasure.Constant] = []
  package let forms: [MeasureForm]
  package var values: [MeasuredValue]
  package let work: @Sendable (Measure, MeasuredSize) -> MeasureWork

  /// The row of a measure.
  package static func of(_ kind: MeasureKind) -> MeasureDefinition {
    guard let row = all.first(where: { $0.kind == kind }) else {
      preconditionFailure("expected a row for each measure, got none for \(kind)")
    }
    return row
  }

  /// Every form of every measure.
  package static let forms = all.flatMap(\.forms)
  /// Every value of every measure, in the order of the tables' columns.
  package static let values = all.flatMap(\.values)

  /// The form that `measurement` is of.
  package static func form(of measurement: Measure) -> MeasureForm? {
    forms.first { $0.name == measurement.form }
  }
}
