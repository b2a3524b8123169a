import Encodings
import Figures
import Planning
import RunStorage
import Specifications

/// Where one figure comes from, read off its runs and its spec.
struct FigureFacts {
  let result: FigureResult
  let seed: UInt64
  let data: [DatasetFact]
  let command: String

  var provenance: FigureProvenance {
    FigureProvenance(
      runs: result.samples.map {
        .init(
          key: $0.key.description, label: "sample of functions, \($0.spec.samples) networks",
          replayClass: $0.provenance.replayClass)
      }
        + result.records.map {
          .init(key: $0.key.description, label: $0.spec.label, replayClass: $0.provenance.replayClass)
        },
      seeds: [seed], data: data.map { .init(name: $0.name, sha256: $0.sha256) }, replay: replayClass,
      revisions: revisions, work: work, command: command)
  }

  private var replayClass: ReplayClass { .weakest(result.records.map(\.provenance.replayClass)) }

  /// The measurements that the figure asks for, those of its timelines too.
  private var measurements: [MeasurementSpec] {
    let names = Set(result.spec.panels.flatMap(\.runs))
    return names.sorted().compactMap { result.spec.runs[$0] }.flatMap(\.measurements)
  }

  /// The revisions of the methods that the figure's numbers come from, and of no other.
  private var revisions: [NamedValue] {
    var revisions: [NamedValue] = []
    func add(_ name: String, _ revision: Int, if isUsed: Bool) {
      if isUsed { revisions.append(NamedValue(name: name, value: "\(revision)")) }
    }
    let parts = measurements.flatMap(\.parts)
    let priors = measurements.flatMap(\.priors)
    let hasRuns = !result.records.isEmpty
    add("training", MethodRevision.training, if: hasRuns)
    for measure in MeasureDefinition.all {
      add(measure.kind.rawValue, measure.revision, if: hasRuns && parts.contains { $0.kind == measure.kind })
    }
    add("timeline", MethodRevision.timeline, if: hasRuns && measurements.contains(where: \.isTimeline))
    add("function sample", MethodRevision.functionSample, if: !result.samples.isEmpty)
    add(
      "Monte-Carlo kernel", MethodRevision.monteCarloKernel,
      if: hasRuns && priors.contains { $0.kernel == .monteCarlo })
    return revisions
  }

  /// What was computed for the figure, in numbers that do not depend on the machine.
  private var work: [NamedValue] {
    var work: [NamedValue] = []
    func add(_ name: String, _ count: Int) {
      if count > 0 { work.append(NamedValue(name: name, value: NumberText.grouped(count))) }
    }
    add("networks sampled", result.samples.map(\.spec.samples).reduce(0, +))
    add("trainings", result.records.count)
    add("epochs of training", result.records.map(\.results.training.epochs).reduce(0, +))
    let wanted = Set(measurements.map(\.identity))
    let taken = result.records.flatMap { $0.results.measurements.filter { wanted.contains($0.key) } }
    for measure in MeasureDefinition.all {
      add(measure.countedAs, taken.count { $0.value.kind == measure.kind })
    }
    add("timelines", taken.count { if case .timeline = $0.value { true } else { false } })
    return work
  }
}
