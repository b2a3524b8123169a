import Specifications

extension TrainingSpec {
  /// Which run of a figure this is, such as "SGD, |A| = 50, sample 2".
  package var label: String {
    target != nil
      ? "\(optimiser.printedName), function of rank \(sample + 1)"
      : "\(optimiser.printedName), |A| = \(attackSize), sample \(sample)"
  }
}
