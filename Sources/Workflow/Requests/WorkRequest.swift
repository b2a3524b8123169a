package import Specifications

/// Which figures to make, at which size, and where finished runs are kept: what the commands report, run and
/// plan have in common.
package struct WorkRequest: Sendable {
  /// The request that no option changes. Every default is stated here, and nowhere else.
  package static let standard = WorkRequest()

  /// The sizes of the runs.
  package var profile: Profile
  /// The ids of the figures to make, such as "3,S5"; nil for all.
  package var chosenFigures: String?
  /// The seed of every random number.
  package var seed: UInt64
  /// The folder of the store, where finished runs are kept and found again.
  package var store: String
  /// How many runs are executed at once.
  package var jobs: Int
  /// What carries out residual networks.
  package var engine: EngineChoice

  package init(
    profile: Profile = .quick, chosenFigures: String? = nil, seed: UInt64 = 1, store: String = "store",
    jobs: Int? = nil, engine: EngineChoice = .automatic
  ) {
    self.profile = profile
    self.chosenFigures = chosenFigures
    self.seed = seed
    self.store = store
    self.jobs = jobs ?? Machine.cores
    self.engine = engine
  }

  /// The same work, to be planned on this machine and executed on others, whose devices it need not have.
  package var planned: WorkRequest {
    var request = self
    request.engine = .processor
    return request
  }
}
