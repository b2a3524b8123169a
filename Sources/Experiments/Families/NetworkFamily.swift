import LinearAlgebra
import NeuralNetworks
import RunStorage
package import Specifications
import Training

/// A kind of network that can be trained and measured: all that a run asks of it.
///
/// The run path (``RunExecution``) knows networks by this protocol alone, the scheduler by their
/// ``FamilyTraits``.
protocol NetworkFamily {
  associatedtype Learner: NetworkLearner
  typealias Network = Learner.Network
  typealias Session = TrainingSession<Learner>

  /// The traits of every run of the family.
  var traits: FamilyTraits { get }

  /// The arithmetic on which the numbers of its runs depend, besides their specs.
  var arithmetic: FamilyArithmetic { get }

  /// The training at its beginning, or at `state`; two sessions of one context take the same course.
  func session(_ context: RunContext, resuming state: TrainingState<Network>?) -> Session

  /// The state in a checkpoint; nil if it belongs to a network of another family or shape.
  func state(_ checkpoint: Checkpoint, _ context: RunContext) -> TrainingState<Network>?

  /// The state from which a training resumes, at the end of an epoch.
  func checkpoint(_ session: Session) -> Checkpoint

  /// The 0/1 outputs of `network`, the session's latest. Measurements of it, too, are valid until the session
  /// continues.
  func outputs(_ network: Network, _ context: RunContext) -> NetworkOutputs

  /// The Euclidean norm of all parameters.
  func parameterNorm(_ network: Network) -> Double

  /// The network as a file for other frameworks.
  func trained(_ network: Network) -> TrainedNetwork

  /// Measures one quantity. A failure, also of a measure that this family lacks, is a result with its reason.
  ///
  /// - Throws: `FlatnessError` when cancelled; `StorageError` where a checkpoint is there but cannot be read.
  func measure(
    _ measurement: Measure, _ target: MeasuredNetwork<Network>,
    isCancelled: @escaping @Sendable () -> Bool
  ) throws -> MeasurementResult

  /// Measures a training along its whole course.
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
  /// The checkpoints of a long measurement, under the name of ``spec``.
  let checkpoints: RunCheckpoints?
  /// The measurement with its schedule.
  let spec: MeasurementSpec
  /// Called with the share of the measurement that is done, 0…1, where it is known.
  let progress: @Sendable (Double) -> Void
}

/// The libraries and threads on which the bits of a family's runs depend.
struct FamilyArithmetic {
  /// The libraries, kernels and threads, to which checkpoints are bound.
  let description: String
  /// The engine of the convolutions with its threads; nil where there are none.
  let convolutions: String?
  /// How closely a run is reproducible.
  let replayClass: ReplayClass

  /// Whether a run may go on with other arithmetic than it began with: it is no other draw then than any.
  var mixes: Bool { replayClass == .statistical }

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

  init(description: String, convolutions: String?, replayClass: ReplayClass) {
    self.description = description
    self.convolutions = convolutions
    self.replayClass = replayClass
  }
}

/// The facts of a family that the scheduler, the cost model and the progress need.
package struct FamilyTraits: Sendable {
  /// How runs of the family share the machine.
  package enum Scheduling: Sendable, Equatable {
    /// Several at once, each on one core.
    case shared
    /// One after the other, on all cores; their results depend on the number of cores, in the last bits at
    /// first.
    case wholeMachine
  }
  package let scheduling: Scheduling
  /// Whether a training can continue after a measurement, as networks past zero error need.
  let continuesPastMeasurements: Bool

  /// The traits of a kind of network: the one place that tells the families apart.
  package static func of(_ kind: NetworkSpec.Kind) -> FamilyTraits {
    switch kind {
    case .fcn: FullyConnectedFamily.traits
    case .resnet50: ResidualFamily.traits
    }
  }
}
