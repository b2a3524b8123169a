/// Why a flatness measure gave no number.
package enum FlatnessError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The loss on S was NaN or infinite after this step of the ascent, or iteration of the search; 0 is the
  /// network as given.
  case lossNotFinite(step: Int)
  /// The caller asked to stop, in this epoch of the ascent.
  case cancelled(epoch: Int)
  /// The caller asked to stop, in this iteration of the quasi-Newton search.
  case searchCancelled(iteration: Int)
  /// The caller asked to stop, after so many products with the Hessian.
  case spectrumCancelled(products: Int)
  /// Only `converged` of the `asked` eigenvalues of the Hessian met the tolerance.
  case eigenvaluesNotConverged(converged: Int, asked: Int, products: Int)
  /// The eigenvalues below the last one asked for lie too close to it: one between these two may be missing.
  case eigenvaluesTooDense(last: Double, noneMissedAbove: Double)
  /// The eigenvalues could not be computed; `reason` says why.
  case eigenvaluesFailed(reason: String)

  /// Whether the caller asked to stop: then nothing is known, and nothing has failed.
  package var isCancellation: Bool {
    switch self {
    case .cancelled, .searchCancelled, .spectrumCancelled: true
    case .lossNotFinite, .eigenvaluesNotConverged, .eigenvaluesTooDense, .eigenvaluesFailed: false
    }
  }

  /// A number that is finite.
  ///
  /// - Throws: ``lossNotFinite(step:)`` with `step` for one that is not.
  static func finite(_ value: Double, step: Int = 0) throws(FlatnessError) -> Double {
    guard value.isFinite else { throw .lossNotFinite(step: step) }
    return value
  }

  /// The fact and its remedy.
  package var description: String {
    switch self {
    case .lossNotFinite(0):
      return "the network's loss on S is not a finite number: check its weights and inputs for NaN"
    case .lossNotFinite(let step):
      return
        "the loss became NaN or infinite at step \(step) of the search: use a smaller box, or, for the ascent, a smaller learning rate"
    case .cancelled(let epoch):
      return "the ascent was interrupted in epoch \(epoch); call again to run it from its beginning"
    case .searchCancelled(let iteration):
      return "the search was interrupted in iteration \(iteration); call again to run it from its beginning"
    case .spectrumCancelled(let products):
      return
        "the search for eigenvalues was interrupted after \(products) products; call again to run it from its beginning"
    case .eigenvaluesNotConverged(let converged, let asked, let products):
      return """
        only \(converged) of the Hessian's \(asked) largest eigenvalues converged in \(products) products: so many \
        are hardly positive here. Ask for fewer
        """
    case .eigenvaluesTooDense(let last, let level):
      return """
        the Hessian's eigenvalues lie so close below \(last) that one of up to \(level) may have been missed: ask \
        for fewer
        """
    case .eigenvaluesFailed(let reason):
      return "the Hessian's eigenvalues could not be computed: \(reason)"
    }
  }
}
