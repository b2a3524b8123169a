import Specifications
import TestSupport
import Testing

@testable import Planning

@Suite("The plan")
struct PlanTests {
  @Test("figures that ask for the same training share it")
  func sharing() throws {
    let figures = try SampleSpecs.library().figures(profile: .smoke)
    let plan = Plan(figures: figures, seed: 7)
    #expect(plan.runs.map(\.training.attackSize) == [0, 0, 4, 4])
    #expect(plan.runs.map(\.training.sample) == [0, 1, 0, 1])
    #expect(plan.runs.map(\.figures) == [["3", "S5"], ["3"], ["3"], ["3"]])
    #expect(plan.runs.allSatisfy { $0.training.seed == 7 })
    let names = plan.runs[0].measurements.map {
      $0.identity.split(separator: "/").dropLast().joined(separator: "/")
    }
    #expect(names == ["sharpness/mnist-fcn", "prior/heaviside", "prior/probit", "sharpness-trace/mnist-fcn"])
    #expect(plan.runs[1].measurements.count == 3)
  }

  @Test("every training that a figure names is in the plan once, with all that the figure measures")
  func complete() throws {
    for profile in Profile.allCases {
      let figures = try SampleSpecs.library().figures(profile: profile)
      let plan = Plan(figures: figures, seed: 1)
      #expect(Set(plan.runs.map(\.training)).count == plan.runs.count)
      for figure in figures {
        for group in figure.runs.values {
          for training in group.trainings(seed: 1) {
            let run = try #require(plan.runs.first { $0.training == training })
            #expect(run.figures.contains(figure.id))
            #expect(Set(group.measurements).isSubset(of: run.measurements))
            #expect(Set(run.measurements).count == run.measurements.count)
          }
        }
      }
    }
  }

  @Test("no figures, no runs")
  func empty() { #expect(Plan(figures: [], seed: 1).runs == []) }
}
