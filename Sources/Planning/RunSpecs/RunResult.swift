/// What one run found: the trained network's function, and what was measured on it.
///
/// Written by the experiments, kept by the store, read by the figures.
public struct RunResult: Codable, Equatable, Sendable {
  public var training: TrainingResult
  /// Measurements by ``MeasurementSpec/identity``.
  public var measurements: [String: MeasurementResult]

  public init(training: TrainingResult, measurements: [String: MeasurementResult]) {
    self.training = training
    self.measurements = measurements
  }
}

/// How a training ended, and the function it found.
public struct TrainingResult: Codable, Equatable, Sendable {
  public enum Status: String, Codable, Sendable {
    /// 100 % on S within the cap.
    case converged
    /// The cap of epochs came first.
    case notConverged
    /// The loss became NaN or infinite; nothing was measured.
    case failed
  }
  public var status: Status
  /// Epochs run.
  public var epochs: Int
  /// Mean cross-entropy on S at the end, in nats; nil when it is not finite.
  public var lossOnTrain: Double?
  /// Accuracies in 0…1 at the end, on S, on A (its flipped labels; nil when A is empty), and on E.
  public var trainAccuracy: Double
  public var attackAccuracy: Double?
  public var testAccuracy: Double
  /// f: the network's 0/1 outputs on S then E, bit i of the text being example i.
  public var function: String
  /// The Euclidean norm of all parameters at the end.
  public var parameterNorm: Double?

  public init(
    status: Status, epochs: Int, lossOnTrain: Double?, trainAccuracy: Double, attackAccuracy: Double?,
    testAccuracy: Double, function: String, parameterNorm: Double?
  ) {
    self.status = status
    self.epochs = epochs
    self.lossOnTrain = lossOnTrain
    self.trainAccuracy = trainAccuracy
    self.attackAccuracy = attackAccuracy
    self.testAccuracy = testAccuracy
    self.function = function
    self.parameterNorm = parameterNorm
  }
}

/// One measured quantity.
public enum MeasurementResult: Codable, Equatable, Sendable {
  case sharpness(SharpnessResult)
  case prior(PriorResult)
}

/// Keskar et al.'s sharpness of one network.
public struct SharpnessResult: Codable, Equatable, Sendable {
  /// 100 (max L − L)/(1 + L); nil when the loss is not finite.
  public var sharpness: Double?
  /// Mean cross-entropy on S at the centre of the box, in nats.
  public var loss: Double?
  /// The largest loss on S found in the box, in nats.
  public var maximumLoss: Double?
  public var epochs: Int
  /// The largest loss found so far, after each ascent step; only where a trace was asked for.
  public var trace: [Double]?

  public init(sharpness: Double?, loss: Double?, maximumLoss: Double?, epochs: Int, trace: [Double]? = nil) {
    self.sharpness = sharpness
    self.loss = loss
    self.maximumLoss = maximumLoss
    self.epochs = epochs
    self.trace = trace
  }
}

/// log P(f) of one function, by expectation propagation.
public struct PriorResult: Codable, Equatable, Sendable {
  /// ln P(f).
  public var logProbabilityInNats: Double
  /// n = |S| + |E|.
  public var n: Int
  public var sweeps: Int
  /// |change of ln P(f)| in the last sweep, in nats.
  public var lastChange: Double
  public var converged: Bool
  /// The smallest damping factor that was used; 1 means that none was needed.
  public var damping: Double

  public init(
    logProbabilityInNats: Double, n: Int, sweeps: Int, lastChange: Double, converged: Bool, damping: Double
  ) {
    self.logProbabilityInNats = logProbabilityInNats
    self.n = n
    self.sweeps = sweeps
    self.lastChange = lastChange
    self.converged = converged
    self.damping = damping
  }
}
