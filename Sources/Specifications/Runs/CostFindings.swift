/// What trainings and other work were seen to take, from `costs.yml`: for the time left on a machine that has
/// not done any of it.
package struct CostFindings: Equatable, Sendable {
  /// Epochs to zero error of the trainings that a row is about.
  package struct Epochs: Equatable, Sendable {
    /// How many epochs.
    package enum Count: Equatable, Sendable {
      /// As many as without an attack set, and so many more for |A| = |S|.
      case about(Double, perAttackedShare: Double)
      /// The training does not come to zero error: it goes on to its cap.
      case cap
    }
    /// The kind of network; nil for any.
    package var network: NetworkSpec.Kind?
    /// The optimiser's name, whatever the precision; nil for any.
    package var optimiser: String?
    /// The order of the batches; nil for any.
    package var batchOrder: OptimiserSpec.BatchOrder?
    /// Names of data sets; nil for any.
    package var datasets: [String]?
    /// The least |S|.
    package var trainAtLeast: Int
    /// The least |A| / |S|.
    package var attackedShareAtLeast: Double
    package var count: Count

    /// A row of the file.
    package init(
      network: NetworkSpec.Kind? = nil, optimiser: String? = nil, batchOrder: OptimiserSpec.BatchOrder? = nil,
      datasets: [String]? = nil, trainAtLeast: Int = 0, attackedShareAtLeast: Double = 0, count: Count
    ) {
      self.network = network
      self.optimiser = optimiser
      self.batchOrder = batchOrder
      self.datasets = datasets
      self.trainAtLeast = trainAtLeast
      self.attackedShareAtLeast = attackedShareAtLeast
      self.count = count
    }

    /// Whether the row is about `training`.
    func fits(_ training: TrainingSpec) -> Bool {
      (network ?? training.network.kind) == training.network.kind
        && (optimiser ?? training.optimiser.nameOfRule) == training.optimiser.nameOfRule
        && (batchOrder ?? training.optimiser.batchOrder) == training.optimiser.batchOrder
        && datasets?.contains(training.dataset.name) != false && training.dataset.train >= trainAtLeast
        && training.attackedShare >= attackedShareAtLeast
    }
  }
  package var epochs: [Epochs]
  /// From what the flops of a class of work say to the seconds that it took, by the class's name.
  package var factors: [String: Double]
  /// The ids of the figures whose runs are executed first, in this order.
  package var firstFigures: [String]

  /// Findings from their rows; without any, every training is taken to go on to its cap.
  package init(epochs: [Epochs] = [], factors: [String: Double] = [:], firstFigures: [String] = []) {
    self.epochs = epochs
    self.factors = factors
    self.firstFigures = firstFigures
  }

  /// The epochs that `training` is expected to take, at most its cap.
  package func epochs(_ training: TrainingSpec) -> Double {
    let cap = Double(training.stop.epochs)
    guard case .about(let count, let perShare) = epochs.first(where: { $0.fits(training) })?.count else {
      return cap
    }
    return min(cap, count + perShare * training.attackedShare)
  }
}

extension TrainingSpec {
  /// |A| / |S|.
  package var attackedShare: Double { Double(attackSize) / Double(dataset.train) }
}
