import FunctionPriors
import Specifications

/// Why a run could not be executed.
package enum ExperimentError: Error, Sendable, CustomStringConvertible {
  /// The spec names a data set that this version does not know.
  case unknownDataset(name: String, known: [String])
  /// The spec names a task that this version does not know, or that does not fit the data set.
  case unknownTask(name: String, dataset: String, known: [String])
  /// The data set, the task or a size that a run group names cannot be had.
  case unusableDataset(runs: String, reason: String, at: SpecLocation)
  /// The kernel over S and E cannot be used.
  case badKernel(dataset: String, reason: FunctionPriorError)
  /// The caller asked to stop; what was finished is stored.
  case interrupted(finished: Int, remaining: Int)
  /// The caller asked to stop while a sample of functions was drawn; its finished blocks are stored.
  case interruptedSampling(samples: Int)

  /// The fact and its remedy.
  package var description: String {
    switch self {
    case .unknownDataset(let name, let known):
      return "there is no data set '\(name)'; known are \(known.joined(separator: ", "))"
    case .unknownTask(let name, let dataset, let known):
      let list = known.isEmpty ? "none is known yet" : "known are \(known.joined(separator: ", "))"
      return "there is no task '\(name)' on \(dataset); \(list)"
    case .unusableDataset(let runs, let reason, let location):
      return "\(location): the runs '\(runs)' cannot be made: \(reason)"
    case .badKernel(let dataset, let reason):
      return "the kernel over S and E of \(dataset) cannot be used: \(reason)"
    case .interruptedSampling(let samples):
      return """
        interrupted while \(samples) networks were sampled; what was drawn is kept, and the same command goes on from there
        """
    case .interrupted(let finished, let remaining):
      return """
        interrupted; runs stored by this call: \(finished), remaining: \(remaining). The same command goes on from there
        """
    }
  }
}
