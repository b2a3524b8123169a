/// What trainings and products were seen to take, from `costs.yml`: for the time left of runs whose like is
/// not stored.
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
    /// The optimiser's name; nil for any.
    package var optimiser: String?
    /// Names of data sets; nil for any.
    package var datasets: [String]?
    /// The least |S|.
    package var trainAtLeast: Int
    /// The least |A| / |S|.
    package var attackedShareAtLeast: Double
    package var count: Count

    /// A row of the file.
    package init(
      network: NetworkSpec.Kind? = nil, optimiser: String? = nil, datasets: [String]? = nil,
      trainAtLeast: Int = 0, attackedShareAtLeast: Double = 0, count: Count
    ) {
      self.network = network
      self.optimiser = optimiser
      self.datasets = datasets
      self.trainAtLeast = trainAtLeast
      self.attackedShareAtLeast = attackedShareAtLeast
      self.count = count
    }

    /// Whether the row is about `training`.
    func fits(_ training: TrainingSpec) -> Bool {
      (network ?? training.network.kind) == training.network.kind
        && (optimiser ?? training.optimiser.name) == training.optimiser.name
        && datasets?.contains(training.dataset.name) != false && training.dataset.train >= trainAtLeast
        && training.attackedShare >= attackedShareAtLeast
    }
  }
  /// The share of dense products that the ascent takes over the sparse images of some data sets.
  package struct Sparse: Equatable, Sendable {
    package var datasets: [String]
    package var share: Double

    /// A row of the file.
    package init(datasets: [String], share: Double) {
      self.datasets = datasets
      self.share = share
    }
  }
  package var epochs: [Epochs]
  package var sparse: [Sparse]

  /// Findings from their rows; without any, every training is taken to go on to its cap.
  package init(epochs: [Epochs] = [], sparse: [Sparse] = []) {
    self.epochs = epochs
    self.sparse = sparse
  }

  /// Whether `training` is taken not to come to zero error.
  package func goesToItsCap(_ training: TrainingSpec) -> Bool {
    (epochs.first { $0.fits(training) }?.count ?? .cap) == .cap
  }

  /// The epochs that `training` is expected to take, at most its cap.
  package func epochs(_ training: TrainingSpec) -> Double {
    let cap = Double(training.stop.epochs)
    guard case .about(let count, let perShare) = epochs.first(where: { $0.fits(training) })?.count else {
      return cap
    }
    return min(cap, count + perShare * training.attackedShare)
  }

  /// The share of dense products that the ascent of `training` takes.
  package func sparseShare(_ training: TrainingSpec) -> Double {
    sparse.first { $0.datasets.contains(training.dataset.name) }?.share ?? 1
  }
}

extension TrainingSpec {
  /// |A| / |S|.
  package var attackedShare: Double { Double(attackSize) / Double(dataset.train) }
}
