package import RunStorage
package import Specifications

extension Runner {
  /// An event while runs are executed.
  package enum Event: Sendable {
    /// The number of networks drawn of a sample of functions, stored ones included.
    case sampling(FunctionSampleSpec, drawn: Int)
    /// Another process makes this; this one waits for it.
    case waiting(Awaited)
    case sampled(FunctionSampleSpec)
    /// These runs are to be executed; the kernels that they need are computed first.
    case preparing(runs: [TrainingSpec])
    /// The number of initialisations done of a Monte-Carlo kernel.
    case averaging(TrainingSpec, done: Int, of: Int)
    /// Warning: a stored file was damaged; it was set aside, and what it held is made again.
    case damaged(DamagedFile)
    case started(TrainingSpec)
    /// An event of the run's checkpoints.
    case checkpoint(TrainingSpec, CheckpointNotice)
    /// The number of epochs done of the training to zero error, with the share of right answers on S.
    case trained(TrainingSpec, epochs: Int, accuracy: Double)
    /// A part of a run begins, with the share 0, or has come to this share of it, 0…1, where that is known.
    case advanced(TrainingSpec, RunPart, share: Double)
    /// The stored training of the same spec had another result, from another kind of machine or other BLAS
    /// kernels; the new record replaces it.
    case replaced(TrainingSpec)
    case finished(TrainingSpec, TrainingResult, seconds: Double)
  }
  /// What another process makes.
  package enum Awaited: Sendable {
    case sample(FunctionSampleSpec)
    case kernel(TrainingSpec)
    case run(TrainingSpec)
  }
}
