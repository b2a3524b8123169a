import Experiments
import Planning
import RunStorage
import Specifications

/// A part of a workload that is executed before the next one begins.
struct WorkStage {
  let plan: Plan
  /// What is stored of the plan before anything is executed.
  let survey: Survey

  /// Whether something of it is not stored.
  var isPending: Bool { !survey.pending.isEmpty || !survey.pendingSamples.isEmpty }
}

extension Workload {
  /// The chosen figures that are looked at first, in that order.
  var firstFigures: [FigureSpec] {
    specs.costs.firstFigures.compactMap { id in figures.first { $0.id == id } }
  }

  /// The work in stages: the runs of the figures that are looked at first, in that order, with what these
  /// figures ask of them; then all others. Runs that take the whole machine are left to the second stage.
  ///
  /// One stage where either would have nothing to do.
  ///
  /// - Parameter pending: the runs that will be executed.
  func stages(_ pending: [Survey.Item]) -> [WorkStage] {
    let all = WorkStage(plan: plan, survey: survey)
    guard !firstFigures.isEmpty, !pending.isEmpty || !survey.pendingSamples.isEmpty else { return [all] }
    let stage = stage(firstFigures.map(Self.withoutLongRuns))
    return stage.plan.runs.isEmpty ? [all] : [stage, all]
  }

  /// The work of `figures` alone.
  func stage(_ figures: [FigureSpec]) -> WorkStage {
    let plan = Plan(figures: figures, seed: request.seed)
    return WorkStage(plan: plan, survey: survey.narrowed(to: plan))
  }

  private static func withoutLongRuns(_ figure: FigureSpec) -> FigureSpec {
    figure.applying(
      figure.runs.filter { FamilyTraits.of($0.value.network.kind).scheduling == .wholeMachine }.keys.map {
        DataDecision(figure: figure.id, group: $0, outcome: .running)
      })
  }

  /// The decisions that leave out of a report the run groups that `results` do not hold, for a reason.
  func undone(_ results: Results, _ outcome: DataDecision.Outcome) -> [DataDecision] {
    let records = Dictionary(results.records.map { ($0.spec, $0) }, uniquingKeysWith: { first, _ in first })
    let samples = Set(results.samples.map(\.spec))
    func isDone(_ group: RunGroup) -> Bool {
      let trainings = group.trainings(seed: request.seed)
      if let sample = group.functionSample(seed: request.seed), !samples.contains(sample) { return false }
      return trainings.allSatisfy { training in
        guard let record = records[training] else {
          // A sample may have found fewer functions than were planned for.
          return training.target != nil && trainings.contains { records[$0] != nil }
        }
        return record.results.training.status == .failed
          || group.measurements.allSatisfy { record.results.measurements[$0.identity] != nil }
      }
    }
    return figures.flatMap { figure in
      figure.runs.sorted { $0.key < $1.key }.filter { !isDone($0.value) }.map {
        DataDecision(figure: figure.id, group: $0.key, outcome: outcome)
      }
    }
  }
}
