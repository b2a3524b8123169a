import Clusters
import Experiments
import Foundation
import Planning
import RunStorage
import Specifications
import Testing

@testable import Workflow

@Suite("The precision of trainings, and the engine")
struct PrecisionTests {
  private let workplace: Workplace

  /// Figure 3 has two runs of ResNet-50 that are to be trained in TF32.
  init() throws {
    workplace = try Workplace(
      file: "fig3.yml",
      replacing: """
            network: {kind: fcn, hidden: [12, 8], biasStandardDeviation: 1}
            optimiser: {kind: sgd, learningRate: 0.05, batch: 16, batchOrder: shuffled}
            attack: {sizes: [0, 20], samplesPerSize: 1}
        """,
      with: """
            network: {kind: resnet50, biasStandardDeviation: 1}
            optimiser: {kind: sgd, learningRate: 0.05, batch: 16, precision: tf32}
            attack: {sizes: [0, 20], samplesPerSize: 1}
        """)
  }

  private func workload() throws -> Workload { try Workload(workplace.request("3"), in: workplace.places) }

  @Test("what the engine does not train in is refused before anything is executed, with place and remedy")
  func refusal() async throws {
    let error = await #expect(throws: ExperimentError.self) { try await workplace.report("3") }
    let text = error.map(\.description) ?? ""
    #expect(text.contains(#/fig3\.yml:\d+:\d+: the runs 'cifar10' of figure 3 are to be trained in tf32: /#))
    #expect(text.contains("'onednn' trains in float32 alone") && text.contains("--engine torch"), "\(text)")
    // Nor are the six runs of fully connected networks begun.
    #expect(workplace.files(in: "store").isEmpty && workplace.files(in: "report").isEmpty)
    // A part of the work without them is executed.
    let runs = try workload().plan.runs
    let others = WorkSelection.positions(
      runs: Set(runs.indices.filter { runs[$0].training.network.kind == .fcn }), samples: [])
    let summary = try await RunJob(workplace.request("3"), in: workplace.places, only: others).execute()
    #expect(summary.executed == 6)
  }

  @Test("a cluster's task names it as the reason of its failure, and the others are made")
  func task() async throws {
    let outcome = try SubmitJob(
      workplace.request("3"), in: workplace.places, data: nil,
      options: SubmitJob.Options(program: "/bin/false", environment: [:]), slurm: FakeCluster().slurm
    ).execute(isDryRun: false)
    let submission = try #require(outcome.submission)
    for array in outcome.arrays {
      for number in array.tasks.indices {
        let end = try await TaskJob(submission, array: array.name, task: number) { [workplace] _ in
          workplace.places
        }.execute()
        guard array.resources == .node else {
          #expect(end == .done)
          continue
        }
        guard case .comeAgain(let reason) = end else {
          Issue.record("expected another attempt, got \(end)")
          continue
        }
        #expect(reason.contains("'onednn' trains in float32 alone"), "\(reason)")
      }
    }
    #expect(outcome.arrays.contains { $0.resources == .node })
  }

  @Test("a plan tells it, and makes none of it an error")
  func plan() throws {
    let workload = try workload()
    // As if an earlier call had measured these, which takes seconds.
    workload.costStore.write([
      "rate/step resnet50 1": .init(counted: 1, taken: 1),
      "rate/pass resnet50 1": .init(counted: 1, taken: 1),
    ])
    let plan = PlanSummary(workload)
    #expect(plan.all.missing == 8 && plan.refusals.count == 1)
    #expect(plan.refusals.first?.contains("are to be trained in tf32") == true)
  }

  @Test("runs that are stored need no engine, and the report tells their precision")
  func stored() async throws {
    let workload = try workload()
    let store = RunStore(folder: workload.request.store)
    for item in workload.survey.items where item.run.training.network.kind == .resnet50 {
      let entry = workload.data[item.run.training]
      let record = try RunRecord(
        spec: item.run.training, dataDigest: entry.digest, dataSummary: entry.summary,
        results: RunResult(
          training: TrainingResult(
            status: .failed, epochs: 1, lossOnTrain: nil, trainAccuracy: 0.5, attackAccuracy: nil,
            testAccuracy: 0.5, function: String(repeating: "0", count: 60), parameterNorm: nil),
          measurements: [:]),
        provenance: RunProvenance(
          plateauVersion: "0", blasKernel: "", blasLibrary: "", architecture: "", swiftVersion: "",
          replayClass: .statistical, secondsOfTraining: 0, secondsByMeasurement: [:]))
      #expect(record.key == item.key)
      _ = try store.write(record)
    }
    let made = try await workplace.report("3")
    #expect(made.events.finishedRuns == 6)
    let files = try workplace.contents()
    func text(_ name: String) -> String { files[name].map { String(decoding: $0, as: UTF8.self) } ?? "" }
    #expect(text("provenance.json").contains("cifar10.optimiser.precision"))
    #expect(text("index.html").contains("optimiser.precision"))
    #expect(text("index.html").contains("2 of 8 networks were trained in TF32"))
  }
}
