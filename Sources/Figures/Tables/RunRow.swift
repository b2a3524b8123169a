import Foundation
package import Planning
package import RunStorage
package import Specifications

/// One run as a row of a figure's table: every number that a panel may plot, nil where it was not measured.
package struct RunRow: Sendable, Equatable {
  /// The run's content hash.
  package let key: ContentKey
  /// What the run was made from.
  package let training: TrainingSpec
  /// The number of epochs past zero error at which the network was measured.
  package let epochsPast: Int
  /// How the training ended; past zero error, whether the error on S is still zero.
  package let status: TrainingResult.Status
  /// The epochs run; those of the whole training if it has no state that many epochs past zero error.
  package let epochs: Int
  /// Mean cross-entropy on S at the end, in nats.
  package let lossOnTrain: Double?
  /// Accuracies in %, nil where a network past zero error has none, to 10 significant digits: as many as tell
  /// any count of right answers apart, and none of the binary fraction's, so that 0.829 is 82.9 and not
  /// 82.89999999999999.
  package let trainAccuracy: Double?
  /// On A, by its flipped labels; nil when A is empty.
  package let attackAccuracy: Double?
  /// On E.
  package let generalization: Double?
  /// What was measured, by the name of the column (``MeasuredValue/column(_:)``).
  package let measured: [String: Double]
  /// The data substitution, if the run used other images than its spec names.
  package let substitution: DataSubstitution?
  /// The target function, if it is one of a sample.
  package let target: SampledFunction?
  /// What expectation propagation reported, converged or not.
  package let priorDetails: [PriorSettings.Likelihood: PriorResult]

  /// The number of initialisations in the Monte-Carlo kernel behind the priors; nil for a kernel in closed
  /// form.
  package let kernelInitialisations: Int?

  /// The relative standard error of that kernel.
  package var kernelError: Double? { priorDetails.values.compactMap(\.kernelError).first }

  /// The row of `record`, with the measurements that `group` asks for, at zero error or past it.
  /// `sample` is the source of the group's targets.
  package init(
    record: RunRecord, group: RunGroup, epochsPast: Int = 0, sample: FunctionSampleResult? = nil
  ) {
    func result(_ spec: MeasurementSpec) -> MeasurementResult? {
      record.results.measurements[spec.identity]
    }
    let ended = record.results.training
    var training: TrainingResult? = ended
    if epochsPast > 0 {
      if case .state(let later) = result(.state(epochsPast: epochsPast)) {
        training = later
      } else {
        training = nil
      }
    }
    key = record.key
    target = sample.flatMap { SampledFunction(rank: record.spec.sample + 1, in: $0) }
    self.training = record.spec
    substitution = group.substitution
    self.epochsPast = epochsPast
    // A run at zero error without a state past it has diverged in between.
    status = training?.status ?? (ended.status == .converged ? .failed : ended.status)
    epochs = training?.epochs ?? ended.epochs
    lossOnTrain = training?.lossOnTrain
    trainAccuracy = (training?.trainAccuracy).map(Self.percent)
    attackAccuracy = training?.attackAccuracy.map(Self.percent)
    generalization = training?.testAccuracy.map(Self.percent)

    var measured: [String: Double] = [:]
    var details: [PriorSettings.Likelihood: PriorResult] = [:]
    var initialisations: Int?
    for case .network(let measurement, .atZeroError) in group.measurements {
      let found = result(.network(measurement, Schedule(epochsPast: epochsPast)))
      let likelihood = measurement.process?.likelihood ?? .heaviside
      for value in MeasureDefinition.values where value.isGiven(by: measurement) {
        measured[value.column(likelihood)] = found.flatMap(value.read)
      }
      guard case .prior(let settings) = measurement else { continue }
      if case .prior(let result) = found { details[settings.likelihood] = result }
      initialisations = settings.initialisations(
        points: record.spec.dataset.train + record.spec.dataset.test)
    }
    self.measured = measured
    priorDetails = details
    kernelInitialisations = initialisations
  }

  /// 100 (max L − L)/(1 + L), by stochastic gradient ascent.
  package var sharpness: Double? { measured["sharpness"] }
  /// Sharpness by L-BFGS-B.
  package var quasiNewtonSharpness: Double? { measured["sharpness_lbfgsb"] }
  /// Sharpness over the box's corners.
  package var cornerSharpness: Double? { measured["sharpness_corners"] }

  /// A part of 1 in %, to 10 significant digits.
  static func percent(_ part: Double) -> Double {
    let percent = 100 * part
    return Double(String(format: "%.10g", percent)) ?? percent
  }

  /// Whether the run enters plots as a filled point, statistics and claims: its error on S is zero.
  package var isComparable: Bool { status == .converged }

  /// Whether the ascent raised the loss by less than its rounding: logits of Float32 near −20, as small
  /// losses have them, move it by a millionth of itself.
  var isSharpnessBelowRounding: Bool {
    guard let sharpness, let lossOnTrain else { return false }
    return sharpness * (1 + lossOnTrain) / 100 < 1e-6 * lossOnTrain
  }

  /// The value on an axis; nil where it was not measured or is not finite.
  package func value(_ quantity: Quantity, likelihood: PriorSettings.Likelihood) -> Double? {
    number(quantity, likelihood).flatMap(quantity.value)
  }

  /// Where the run stands on an axis: its value, or the infinite end of the axis where that is the logarithm of 0;
  /// nil where it was not measured.
  func place(_ quantity: Quantity, likelihood: PriorSettings.Likelihood) -> Double? {
    number(quantity, likelihood).flatMap(quantity.place)
  }

  /// The 95 % interval on an axis, of 1.96 standard errors to either side; nil for a value without one.
  package func interval(
    _ quantity: Quantity, likelihood: PriorSettings.Likelihood
  ) -> ClosedRange<Double>? {
    let errors = quantity.measured.compactMap { value in
      value.errorColumn(likelihood).flatMap { measured[$0] }
    }
    guard !errors.isEmpty, let number = number(quantity, likelihood) else { return nil }
    let reach = 1.96 * errors.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard let one = quantity.value(number - reach), let other = quantity.value(number + reach) else {
      return nil
    }
    return min(one, other)...max(one, other)
  }

  /// The number below an axis's scale; nil where it was not measured.
  private func number(_ quantity: Quantity, _ likelihood: PriorSettings.Likelihood) -> Double? {
    switch quantity.source {
    case .generalization: return generalization
    case .testError: return generalization.map { Self.percent(1 - $0 / 100) }
    case .loss: return lossOnTrain
    case .sampledProbability: return target?.probability
    case .complexity: return target?.complexity
    case .attackSize: return Double(training.attackSize)
    case .measured(let value): return measured[value.column(likelihood)]
    case .bound(let bound, by: let value):
      return measured[value.column(likelihood)].map {
        bound.percent($0, trainingSetSize: training.dataset.train)
      }
    case .difference(let value, let other):
      guard let value = measured[value.column(likelihood)], let other = measured[other.column(likelihood)]
      else { return nil }
      return value - other
    }
  }
}
