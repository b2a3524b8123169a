import Encodings
import Foundation
import Planning
import RunStorage
import Specifications

/// Notes below a figure: what its picture does not show.
struct FigureNotes {
  let panels: FigurePanels
  let statistics: [StatisticRow]
  let records: [RunRecord]
  /// The run groups with a sample of functions, each with the sample's result.
  let samples: [(group: RunGroup, sample: FunctionSampleRecord)]

  var sentences: [String] {
    endings + precisions + untrained + fewerFunctions + later + unique(panels.samples.flatMap(sentences))
      + unique(panels.scatters.flatMap(sampledPriorNotes))
      + unique(panels.scatters.flatMap(importanceSamplingNotes)) + bars
      + unique(panels.scatters.flatMap(kernelNotes))
      + unique(panels.scatters.flatMap(sharpnessNotes))
      + panels.traces.flatMap(sentences)
      + unique(courses.flatMap { sentences($0, named: courses.count > 1) })
      + panels.forests.flatMap(sentences)
  }

  /// One panel of each training that is followed.
  private var courses: [TimelinePanel] {
    var seen: Set<String> = []
    return panels.timelines.filter { seen.insert($0.spec.runs.first ?? "").inserted }
  }

  /// The runs that did not end as planned, and how they ended.
  private var endings: [String] {
    // A timeline has notes of its own.
    let scattered = Set(panels.scatters.flatMap(\.rows).map(\.key))
    let records =
      !panels.timelines.isEmpty ? records.filter { scattered.contains($0.key) } : records
    func count(_ status: TrainingResult.Status) -> Int {
      records.count { $0.results.training.status == status }
    }
    let drawing = panels.scatters.isEmpty ? "" : "drawn as open circles, "
    var sentences: [String] = []
    if count(.notConverged) > 0 {
      sentences.append(
        "\(count(.notConverged)) of \(records.count) runs did not reach zero error on S within the cap of epochs: \(drawing)kept in the table, left out of statistics and claims."
      )
    }
    if count(.failed) > 0 {
      sentences.append(
        "\(count(.failed)) of \(records.count) runs diverged (their loss became NaN or infinite): kept in the table, not drawn."
      )
    }
    return sentences
  }

  /// The precisions of the trainings, where they are not all in Float32.
  private var precisions: [String] {
    let others = OptimiserSpec.Precision.allCases.filter { $0 != .float32 }
    return others.compactMap { precision in
      let count = records.count { $0.spec.optimiser.precision == precision }
      guard count > 0 else { return nil }
      return
        "\(count) of \(records.count) networks were trained in \(precision.printedName); all that is measured of them was computed in Float32 or finer."
    }
  }

  /// The sampled functions that no training reached. A long list is shortened; the table has all of them.
  private var untrained: [String] {
    var seen: Set<ContentKey> = []
    let rows = panels.scatters.flatMap(\.rows).filter {
      $0.target != nil && $0.epochsPast == 0 && !$0.isComparable && seen.insert($0.key).inserted
    }
    guard !rows.isEmpty else { return [] }
    let names = rows.prefix(20).compactMap { row in
      row.target.map { target in
        let accuracy = row.trainAccuracy.map { ", \(NumberText.plain($0)) % of outputs right" } ?? ""
        return "rank \(target.rank), \(target.function)\(accuracy)"
      }
    }
    let rest = rows.count > 20 ? "; and \(rows.count - 20) more, in the table" : ""
    return ["Functions not trained to zero error: \(names.joined(separator: "; "))\(rest)."]
  }

  /// Samples that found fewer functions than were to be trained to.
  private var fewerFunctions: [String] {
    samples.compactMap { group, sample in
      let found = sample.result.functions.count
      guard let asked = group.targets?.functions, found < asked else { return nil }
      return
        "The sample found \(found) functions, fewer than the \(asked) that were to be trained to."
    }
  }

  /// How precisely a sample estimates P(f).
  private func sampledPriorNotes(_ panel: ScatterPanel) -> [String] {
    guard [panel.x, panel.y].contains(.log10SampledPrior) else { return [] }
    var sentences: [String] = []
    if let rarest = panel.comparable.compactMap(\.target).min(by: { $0.count < $1.count }) {
      let error = NumberText.plain(100 * ((1 - rarest.probability) / Double(rarest.count)).squareRoot())
      sentences.append(
        "The rarest of these functions was found in \(NumberText.grouped(rarest.count)) of \(NumberText.grouped(rarest.samples)) networks: the standard error of its P(f) is \(error) % of it, and of no other larger."
      )
    }
    // A network's outputs are steps of its logits: only that likelihood says what is counted.
    let ratios = panel.comparable.compactMap { row -> Double? in
      guard panel.comparesPriors(.log10SampledPrior, .log10Prior),
        let computed = row.value(.log10Prior, likelihood: .heaviside),
        let sampled = row.value(.log10SampledPrior, likelihood: .heaviside)
      else { return nil }
      return pow(10, computed - sampled)
    }.sorted()
    if let least = ratios.first, let most = ratios.last {
      sentences.append(
        "P(f) by expectation propagation (step likelihood, infinitely wide networks) is \(NumberText.plain(Self.median(ofSorted: ratios))) times the sampled one in the median, from \(NumberText.plain(least)) to \(NumberText.plain(most)) times."
      )
    }
    return sentences
  }

  /// The standard error of each Monte-Carlo kernel.
  private func kernelNotes(_ panel: ScatterPanel) -> [String] {
    guard [panel.x, panel.y].contains(.log10Prior),
      let row = panel.rows.first(where: { $0.kernelError != nil }),
      let error = row.kernelError, let count = row.kernelInitialisations
    else { return [] }
    return [
      "The kernel of ResNet-50 is the mean over \(count) random networks; its relative standard error is \(NumberText.plain(100 * error)) % (Frobenius norm)."
    ]
  }

  static func median(ofSorted values: [Double]) -> Double {
    (values[(values.count - 1) / 2] + values[values.count / 2]) / 2
  }

  private func sentences(_ sample: FunctionSamplePanel) -> [String] {
    let result = sample.result
    let once = result.countValues.last == 1 ? result.countFunctions.last ?? 0 : 0
    return [
      "\(NumberText.grouped(result.samples)) networks expressed \(NumberText.grouped(result.distinct)) different functions, \(NumberText.grouped(once)) of them once only: by the Good–Turing estimate, functions that were not found hold \(NumberText.plain(100 * result.probability(ofCount: once))) % of P(f)."
    ]
  }

  /// The networks whose error on S is no longer zero at a later epoch.
  private var later: [String] {
    let later = panels.scatters.filter { $0.axes.epochsPast > 0 }
    return unique(
      later.compactMap { panel in
        func count(_ condition: (RunRow) -> Bool) -> Int { panel.rows.count(where: condition) }
        let left = count { $0.status == .notConverged && $0.generalization != nil }
        let absent = count { $0.generalization == nil }
        let all = panel.rows.count
        let parts =
          (left > 0
            ? ["\(left) of \(all) networks have left zero error on S again and are drawn as open circles"]
            : [])
          + (absent > 0
            ? [
              "\(absent) of \(all) runs have no network there, for they did not reach zero error or diverged after it"
            ]
            : [])
        guard !parts.isEmpty else { return nil }
        return
          "\(panel.axes.epochsPast) epochs past zero error, \(parts.joined(separator: "; ")): left out of statistics and claims."
      })
  }

  /// How far the searches for a network's sharpness differ, and where the ascent finds no increase.
  private func sharpnessNotes(_ panel: ScatterPanel) -> [String] {
    guard panel.showsSharpness else { return [] }
    let place =
      panel.axes.epochsPast == 0 ? "At zero error" : "\(panel.axes.epochsPast) epochs past zero error"
    let searches: [(name: String, value: (RunRow) -> Double?)] = [
      ("L-BFGS-B", \.quasiNewtonSharpness), ("the search over corners", \.cornerSharpness),
    ]
    var sentences = searches.compactMap { search in
      let pairs = panel.comparable.map { ($0.sharpness, search.value($0)) }
      return Self.ratios(of: pairs).map {
        "\(place), the sharpness that \(search.name) finds is \($0.median) times the ascent's in the median, from \($0.least) to \($0.most) times."
      }
    }
    let lost = panel.comparable.count { $0.isSharpnessBelowRounding }
    if lost > 0 {
      sentences.append(
        "\(place), the ascent raises the loss of \(lost) of \(panel.comparable.count) networks by less than a millionth of it, which is rounding: at losses this small its steps are too short, and the value only says that it found nothing."
      )
    }
    return sentences
  }

  /// How many times the other search's sharpness is the ascent's: infinitely many times where the ascent finds
  /// no increase of the loss. Nil where nothing was measured by both.
  private static func ratios(
    of pairs: [(ascent: Double?, other: Double?)]
  ) -> (median: String, least: String, most: String)? {
    let ratios = pairs.compactMap { pair -> Double? in
      guard let ascent = pair.ascent, let other = pair.other else { return nil }
      return other > 0 ? other / ascent : nil
    }.sorted()
    guard let least = ratios.first, let most = ratios.last else { return nil }
    func text(_ ratio: Double) -> String {
      ratio.isFinite ? NumberText.plain(ratio, digits: 4) : "infinitely many"
    }
    return (text(median(ofSorted: ratios)), text(least), text(most))
  }

  private func sentences(_ trace: TracePanel) -> [String] {
    trace.settledStep.map {
      [
        "The maximum has risen to within a thousandth of its whole rise by step \($0) of \(trace.trace.count - 1)."
      ]
    } ?? []
  }

  /// What a forest plot cannot show: the correlations that are unmeasured.
  private func sentences(_ forest: ForestPanel) -> [String] {
    forest.bands.flatMap { band in
      forest.groups.compactMap { group in
        guard case .unmeasured(let reason) = statistics.estimate(forest.identifier(band, group)) else {
          return nil
        }
        return "Unmeasured, and not in the picture: \(band.words), \(group.title): \(reason)."
      }
    }
  }

  /// - Parameter isNamed: whether sentences tell which of several trainings they are about.
  private func sentences(_ timeline: TimelinePanel, named isNamed: Bool) -> [String] {
    let result = timeline.result
    let isShort = result.zeroErrorEpoch == nil
    let course = isNamed ? timeline.spec.title : "Along the training"
    return result.failures.map { "\(course): \($0)." }
      + (isShort
        ? ["The run did not reach zero error on S within the cap of epochs, so it was not trained past it."]
        : [])
      + cornerNotes(timeline, course)
  }

  /// How far the ascent is below the search over corners along a training.
  private func cornerNotes(_ timeline: TimelinePanel, _ course: String) -> [String] {
    let pairs = zip(timeline.measured["sharpness"] ?? [], timeline.measured["sharpness_corners"] ?? [])
    return Self.ratios(of: pairs.map { ($0, $1) }).map {
      [
        "\(course): the sharpness that the search over corners finds is \($0.median) times the ascent's in the median of the epochs, from \($0.least) to \($0.most) times."
      ]
    } ?? []
  }

  private func unique(_ sentences: [String]) -> [String] {
    var seen: Set<String> = []
    return sentences.filter { seen.insert($0).inserted }
  }
}
