import LinearAlgebra
import NeuralNetworks
import RunStorage
import Specifications
import Training

/// A kind of network that can be trained and measured: all that a run asks of it.
///
/// The run path (``RunExecution``) knows networks by this alone. What the scheduler must know before anything is made
/// are the family's ``FamilyTraits``.
protocol NetworkFamily {
  associatedtype Learner: NetworkLearner
  typealias Network = Learner.Network
  typealias Session = TrainingSession<Learner>

  /// What holds for every run of the family.
  var traits: FamilyTraits { get }

  /// What the numbers of its runs depend on beside their specs.
  var arithmetic: FamilyArithmetic { get }

  /// The training at its beginning, or at `state`; two sessions of one context take the same course.
  func session(_ context: RunContext, resuming state: TrainingState<Network>?) -> Session

  /// The state in a checkpoint; nil where it is none of a network of this family and shape.
  func state(_ checkpoint: Checkpoint, _ context: RunContext) -> TrainingState<Network>?

  /// What a training is resumed from, at the end of an epoch.
  func checkpoint(_ session: Session) -> Checkpoint

  /// The 0/1 outputs of `network`, the session's latest. Until the session goes on, measurements may be asked for too.
  func outputs(_ network: Network, _ context: RunContext) -> NetworkOutputs

  /// The Euclidean norm of all parameters.
  func parameterNorm(_ network: Network) -> Double

  /// The network as a file for other frameworks.
  func trained(_ network: Network) -> TrainedNetwork

  /// Measures one quantity; what fails, or is not to be had of this family, is kept as failed, with its reason.
  ///
  /// - Throws: `FlatnessError` when cancelled; `StorageError` where a checkpoint is there but cannot be read.
  func measure(
    _ measurement: Measure, _ target: MeasuredNetwork<Network>,
    isCancelled: @escaping @Sendable () -> Bool
  ) throws -> MeasurementResult

  /// Follows the whole course of a training.
  ///
  /// - Throws: `TrainingError` or `FlatnessError` when cancelled.
  func follow(
    _ settings: TimelineSettings, _ context: RunContext, isCancelled: @escaping @Sendable () -> Bool,
    progress: @escaping @Sendable (Double) -> Void
  ) throws -> MeasurementResult
}

/// The 0/1 outputs of one network.
struct NetworkOutputs {
  /// f: on S, then E.
  let function: [UInt8]
  /// On S, then A.
  let onTrainingSet: [UInt8]
}

/// One network of a run as a measurement finds it.
struct MeasuredNetwork<Network> {
  let context: RunContext
  let network: Network
  /// f, on S then E.
  let function: [UInt8]
  /// Where a long measurement is resumed from, under the name of ``spec``.
  let checkpoints: RunCheckpoints?
  /// What is measured, and when.
  let spec: MeasurementSpec
  /// Called with the share of the measurement that is done, 0…1, where it is known.
  let progress: @Sendable (Double) -> Void
}

/// What the bits of a family's runs depend on.
struct FamilyArithmetic {
  /// The libraries, kernels and threads, as checkpoints are bound to them.
  let description: String
  /// The engine of the convolutions with its threads; nil where there are none.
  let convolutions: String?
  /// How closely a run is reproduced elsewhere.
  let replayClass: ReplayClass

  /// The BLAS library, on one thread.
  static var blas: FamilyArithmetic {
    FamilyArithmetic(
      description: BLASRuntime.libraryDescription, convolutions: nil, replayClass: .bitwise)
  }

  /// An engine of residual networks.
  init(_ engines: any EngineFactory) {
    let replayClass: ReplayClass =
      switch engines.reproducibility {
      case .exact: .bitwise
      case .rounding: .numeric
      case .distribution: .statistical
      }
    self.init(
      description: engines.description, convolutions: engines.description, replayClass: replayClass)
  }

  private init(description: String, convolutions: String?, replayClass: ReplayClass) {
    self.description = description
    self.convolutions = convolutions
    self.replayClass = replayClass
  }
}

/// What the scheduler, the cost model and the progress must know of a family.
package struct FamilyTraits: Sendable {
  /// How runs of the family share the machine.
  package enum Scheduling: Sendable, Equatable {
    /// Several at once, each on one core.
    case shared
    /// One after the other, on all cores; their results depend on the number of cores, in the last bits at first.
    case wholeMachine
  }
  package let scheduling: Scheduling
  /// Whether a training may go on after a measurement, so that networks past zero error can be measured.
  let continuesPastMeasurements: Bool
  /// Epochs to zero error that the progress within a training counts with; nil where a training reports none.
  package let typicalEpochs: Int?

  /// The traits of a kind of network: the one place that tells the families apart.
  package static func of(_ kind: NetworkSpec.Kind) -> FamilyTraits {
    switch kind {
    case .fcn: FullyConnectedFamily.traits
    case .resnet50: ResidualFamily.traits
    }
  }
}
