package import FunctionPriors
package import Specifications

/// Why a run could not be executed.
package enum ExperimentError: Error, Sendable, CustomStringConvertible {
  /// A run group asks for more images than there are, or for a normalisation that does not fit them.
  case unusableDataset(runs: String, reason: String, at: SpecLocation)
  /// The engine does not train in the precision that a run group asks for; the reason ends with the remedy.
  case refusedPrecision(
    OptimiserSpec.Precision, runs: String, figure: String, reason: String, at: SpecLocation)
  /// The kernel over S and E cannot be used.
  case badKernel(dataset: String, reason: FunctionPriorError)
  /// The caller asked to stop; what was finished is stored.
  case interrupted(finished: Int, remaining: Int)
  /// The caller asked to stop while a sample of functions was drawn; its finished blocks are stored.
  case interruptedSampling(samples: Int)
  /// The caller asked to stop while blocks of a Monte-Carlo kernel were made; what was done is stored.
  case interruptedAveraging

  /// The fact and its remedy.
  package var description: String {
    switch self {
    case .unusableDataset(let runs, let reason, let location):
      return "\(location): the runs '\(runs)' cannot be made: \(reason)"
    case .refusedPrecision(let precision, let runs, let figure, let reason, let location):
      return """
        \(location): the runs '\(runs)' of figure \(figure) are to be trained in \(precision.rawValue): \(reason)
        """
    case .badKernel(let dataset, let reason):
      return "the kernel over S and E of \(dataset) cannot be used: \(reason)"
    case .interruptedSampling(let samples):
      return """
        interrupted while \(samples) networks were sampled; the finished blocks are stored, and the same command resumes
        """
    case .interruptedAveraging:
      return
        "interrupted while a Monte-Carlo kernel was made; what was done is stored, and the same command resumes"
    case .interrupted(let finished, let remaining):
      return """
        interrupted; runs stored by this call: \(finished), remaining: \(remaining). The same command resumes
        """
    }
  }
}
