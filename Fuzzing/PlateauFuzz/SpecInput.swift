import Planning
import SpecReading
import Specifications
import TestSupport

/// A spec file, in the place of the one that it looks like, among sound ones.
struct SpecInput {
  let text: String

  /// The most trainings whose keys are made: the next step of a report, which must not trap on what was read.
  private static let mostTrainings = 50

  private var name: String {
    for (key, name) in [("rows:", "table1.yml"), ("factors:", "costs.yml"), ("statistic:", "claims.yml")]
    where text.contains(key) && !text.contains("panels:") {
      return name
    }
    return "fig3.yml"
  }

  func read() {
    var texts = SampleSpecs.texts
    texts[name] = text
    guard let library = try? SpecLibrary(texts: texts, folder: "specs") else { return }
    for profile in Profile.allCases {
      let figures = library.figures(profile: profile)
      let count = figures.flatMap(\.runs.values).reduce(0) { $0 + $1.trainingCount }
      guard count <= Self.mostTrainings else { continue }
      for run in Plan(figures: figures, seed: 1).runs {
        for step in run.measurements { _ = step.identity }
      }
    }
  }
}
