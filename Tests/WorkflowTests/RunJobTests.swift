import Foundation
import Testing
@testable import Workflow

@Suite("Runs and plans")
struct RunJobTests {
  private let workplace: Workplace

  init() throws { workplace = try Workplace() }

  private func run(_ figures: String, keepsWeights: Bool = false) async throws -> RunJob.Summary {
    try await RunJob(workplace.request(figures), in: workplace.places, keepsWeights: keepsWeights).execute()
  }

  private func plan(_ figures: String?) throws -> PlanSummary {
    PlanSummary(try Workload(workplace.request(figures), in: workplace.places))
  }

  @Test("a plan counts what is stored and what is missing, and executes nothing")
  func plan() async throws {
    let fresh = try plan("4,S5")
    #expect(fresh.all.runs == 6 && fresh.all.cached == 0 && fresh.all.missing == 6)
    #expect(try #require(fresh.all.seconds) > 0)
    #expect(fresh.figures.map(\.id) == ["4", "S5"])
    #expect(fresh.datasets.map(\.name) == ["mnist"] && fresh.samples.isEmpty)
    #expect(workplace.files(in: "store").isEmpty)

    #expect(try await run("S5") == RunJob.Summary(runs: 6, executed: 6))
    // Both figures show the runs of Figure 3, but Figure 4 wants one more measurement of each.
    let half = try plan("4,S5")
    #expect(half.all.cached == 0 && half.all.runs == 6)
    #expect(try plan("S5").all.cached == 6)
    #expect(try await run("4,S5") == RunJob.Summary(runs: 6, executed: 6))
    #expect(try plan("4,S5").all == PlanSummary.Row(runs: 6, cached: 6, seconds: nil))
  }

  @Test("a plan names the samples of functions and whether they are drawn")
  func samples() async throws {
    let made = try await SharedReport.made
    #expect(try plan("2").samples.map(\.isCached) == [false])
    try workplace.copy("store", of: made.workplace)
    let stored = try plan(nil)
    #expect(stored.samples.map(\.isCached) == [true])
    #expect(stored.all.missing == 0 && stored.figures.map(\.id) == ["1", "2", "3", "4", "5", "S5"])
  }

  @Test("stored runs whose weights are asked for later are trained again, once")
  func weights() async throws {
    #expect(try await run("S5").executed == 6)
    #expect(workplace.files(in: "store/weights").isEmpty)
    #expect(try await run("S5", keepsWeights: true).executed == 6)
    // Of six runs the network and what is stated of it, and one S with its labels.
    #expect(workplace.files(in: "store/weights").count == 14)
    #expect(try await run("S5", keepsWeights: true).executed == 0)
    let weights = try #require(workplace.files(in: "store/weights", endingIn: ".safetensors").first)
    try workplace.folder.write([1], to: "store/weights/" + weights)
    #expect(try await run("S5", keepsWeights: true).executed == 1)
    #expect(try await run("S5", keepsWeights: true).executed == 0)
  }

  @Test("equal calls at once share the runs: each is executed once, and each call has them all")
  func sharedRuns() async throws {
    let workplace = workplace
    let summaries = try await withThrowingTaskGroup(of: RunJob.Summary.self) { group in
      for _ in 0..<2 {
        group.addTask { try await RunJob(workplace.request(nil, jobs: 1), in: workplace.places).execute() }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(summaries.map(\.runs) == [12, 12])
    #expect(summaries.reduce(0) { $0 + $1.executed } == 12)
    #expect(workplace.files(in: "store/claims").isEmpty)
  }

  @Test("a data set that is too small, or a task that there is not, is an error with its place in the spec")
  func mistakeInDataset() throws {
    for (old, new, words) in [
      (
        "train: 40, attackPool: 40, test: 60", "train: 90000, attackPool: 40, test: 60",
        "does not have enough images"
      ),
      ("task: digits-0-4-vs-5-9", "task: digits-odd-vs-even", "digits-odd-vs-even"),
    ] {
      let workplace = try Workplace(file: "fig3.yml", replacing: old, with: new)
      let error = #expect(throws: (any Error).self) {
        try Workload(workplace.request("3"), in: workplace.places)
      }
      let text = error.map { "\($0)" } ?? ""
      #expect(text.contains(#/fig3\.yml:\d+:\d+: /#), "\(text)")
      #expect(text.contains(words), "\(text)")
    }
  }
}
