import Clusters
import Foundation
import NeuralNetworks
import TestSupport
import Testing

@testable import RunStorage
@testable import Workflow

@Suite("Work for GPUs")
struct GPUWorkTests {
  private let workplace: Workplace
  private let cluster = FakeCluster()
  private static let cuda = EngineChoice(kind: .torch, device: "cuda")

  /// The tiny project, with one run of ResNet-50 and its Monte-Carlo kernel as Figure 6.
  init() throws {
    workplace = try Workplace()
    let soak = try String(
      contentsOfFile: TinyProject.repository + "/Tests/Soak/figures/fig3.yml", encoding: .utf8)
    try soak.replacing("figure: \"3\"", with: "figure: \"6\"").write(
      toFile: workplace.path("home/figures/fig6.yml"), atomically: true, encoding: .utf8)
  }

  private func request(_ figures: String?, _ engine: EngineChoice) -> WorkRequest {
    var request = workplace.request(figures)
    request.engine = engine
    return request
  }

  private func submit(
    _ engine: EngineChoice, options slurmOptions: [String] = []
  ) throws -> SubmitJob.Outcome {
    var options = SubmitJob.Options(program: "/bin/false", environment: [:])
    options.output = workplace.path("report")
    options.engine = slurmOptions
    return try SubmitJob(
      request("5,6", engine), in: workplace.places, data: nil, options: options, slurm: cluster.slurm
    ).execute(isDryRun: false)
  }

  private func overview(hasGPUs: Bool) throws -> WorkOverview {
    try WorkOverview(Workload(request("5,6", .processor), in: workplace.places), hasGPUs: hasGPUs)
  }

  @Test("a device that failed ends the program with the status that the batch script knows")
  func statusOfDevices() { #expect(EngineFailure.status == BatchScript.deviceFailed) }

  @Test("ResNet-50 and its kernels go to GPUs, from a machine that has none, and nothing else does")
  func submission() throws {
    let outcome = try submit(Self.cuda, options: ["--gres=gpu:h100:1", "--partition=main,gpu"])
    let items = outcome.arrays.flatMap { $0.tasks.joined() }
    #expect(items.filter { $0.resources == .gpu }.map(\.kind) == [.kernel, .run])
    #expect(
      items.filter { $0.resources == .gpu }.allSatisfy {
        $0.label.contains("ernel over") || $0.label.contains("resnet50")
      })
    #expect(items.filter { $0.resources != .gpu }.map(\.kind) == [.run])
    for job in cluster.queue {
      let isForGPU = job.value("job-name")?.contains("-gpu-") == true
      // The nodes of this cluster have four cores.
      #expect(job.value("gres") == (isForGPU ? "gpu:h100:1" : nil))
      #expect(job.value("cpus-per-task") == (isForGPU ? "4" : "1") && job.value("partition") == "main,gpu")
    }
    #expect(cluster.queue.count { $0.value("gres") != nil } == 2)
    // What follows has the kernel's job before it, as on nodes.
    let jobs = cluster.queue
    #expect(
      jobs.contains {
        $0.value("job-name")?.hasSuffix("gpu-dependents-0") == true && $0.value("dependency") != nil
      })
    let request = try #require(outcome.submission).manifest().request
    #expect(request.engine == "torch" && request.device == "cuda")
  }

  @Test("without GPUs the same work of ResNet-50 takes nodes")
  func withoutGPUs() throws {
    let gpus = try submit(Self.cuda).arrays.flatMap { $0.tasks.joined() }.filter { $0.resources == .gpu }
    cluster.forget()
    let nodes = try submit(.automatic).arrays.flatMap { $0.tasks.joined() }.filter { $0.resources == .node }
    #expect(nodes.map(\.name) == gpus.map(\.name) && nodes.map(\.position) == gpus.map(\.position))
    #expect(cluster.queue.allSatisfy { $0.value("gres") == nil })
  }

  @Test("a kernel that is stored is not sent again, and the run that needs it waits for nothing")
  func storedKernel() throws {
    let first = try submit(.automatic).arrays.flatMap { $0.tasks.joined() }
    let kernel = try #require(first.first { $0.kind == .kernel })
    #expect(first.contains { $0.needs == kernel.key })
    cluster.forget()
    let path = StoredKind.kernel.path(of: kernel.key, in: workplace.path("store"))
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data().write(to: URL(fileURLWithPath: path))
    let again = try submit(.automatic)
    let items = again.arrays.flatMap { $0.tasks.joined() }
    #expect(again.stored == 1 && items.map(\.kind) == first.map(\.kind).filter { $0 != .kernel })
    #expect(items.allSatisfy { $0.needs == nil })
  }

  @Test("a task whose engine cannot be had ends, and is told as failed")
  func noEngine() async throws {
    let outcome = try submit(Self.cuda)
    let submission = try #require(outcome.submission)
    var manifest = try submission.manifest()
    manifest.request.engine = "abacus"
    try submission.write(manifest)
    let task = TaskJob(submission, array: "gpu-assembly-0", task: 0) { [workplace] _ in workplace.places }
    await #expect {
      try await task.execute()
    } throws: { "\($0)".contains("submission.json") && "\($0)".contains("'abacus'") }
    let status = try ClusterStatus(store: workplace.path("store"), queue: [])
    #expect(status.failures.map(\.log) == [submission.logPath("gpu-assembly-0", 0)])
  }

  @Test("a task uses the GPU that it was given, or none")
  func engines() throws {
    func engine(_ resources: ResourceClass, _ engine: String?, _ device: String?) throws -> EngineChoice {
      try EngineChoice(
        ofTask: resources,
        in: .init(
          profile: "smoke", figures: nil, seed: 1, store: "", data: nil, engine: engine, device: device))
    }
    #expect(try engine(.gpu, nil, "cuda") == EngineChoice(kind: .torch, device: "cuda:0"))
    #expect(try engine(.core, "torch", "cuda") == .processor && engine(.node, "torch", "cuda") == .processor)
    #expect(try engine(.node, nil, nil) == .processor)
    #expect(try engine(.node, "torch", "cpu") == EngineChoice(kind: .torch, device: "cpu"))
    #expect(throws: Submission.Unreadable.self) { try engine(.gpu, "abacus", "cuda") }
  }

  @Test("the time of GPUs is that of their pieces shared out, beside the time of the cores")
  func overview() throws {
    let overview = try overview(hasGPUs: true)
    let pieces = Dictionary(grouping: overview.pieces, by: \.class).mapValues { $0.map(\.seconds) }
    let (gpu, core) = (try #require(pieces["gpu"]), try #require(pieces["core"]))
    #expect(gpu.count == 2 && core.count == 1 && pieces.count == 2)
    #expect(abs(overview.seconds(onCores: 1_000_000, gpus: 1) - max(gpu[0] + gpu[1], core[0])) < 1e-9)
    #expect(abs(overview.seconds(onCores: 1_000_000, gpus: 9) - max(gpu[0], gpu[1], core[0])) < 1e-9)
    #expect(overview.shares.filter(\.isOfGPU).map(\.pieces) == [2])
    #expect(try self.overview(hasGPUs: false).pieces.allSatisfy { $0.class != "gpu" })
  }

  @Test("a GPU's speed is that of a GPU that was measured, in any machine, and never a processor's")
  func rates() throws {
    func write(_ names: [String], machine: String) {
      CostStore(folder: workplace.path("store"), machine: machine).write(
        Dictionary(uniqueKeysWithValues: names.map { ($0, CostStore.Times(counted: 1, taken: 7)) }))
    }
    func kernel(hasGPUs: Bool) throws -> Double {
      try #require(overview(hasGPUs: hasGPUs).pieces.first { $0.kind == "kernel" }).seconds
    }
    #expect(try overview(hasGPUs: false).isMeasuredOnGPU == nil)
    let (counted, onNode) = (try kernel(hasGPUs: true), try kernel(hasGPUs: false))
    write(["rate/step resnet50 1", "rate/pass resnet50 1"], machine: Machine.description)
    #expect(try overview(hasGPUs: true).isMeasuredOnGPU == false)
    #expect(try kernel(hasGPUs: true) == counted)
    // Two initialisations of 12 images, each 7 s; costs.yml of the tiny project has no factors.
    #expect(try abs(kernel(hasGPUs: false) - 2 * 12 * 7) < 1e-6 && onNode < 2 * 12)
    // On this machine, words of a GPU stand in the file of GPUs alone.
    write(
      ["rate/step resnet50 by torch gpu 1", "rate/pass resnet50 by torch gpu 1"], machine: Machine.description
    )
    #expect(try overview(hasGPUs: true).isMeasuredOnGPU == false)
    write(["rate/step resnet50 by torch gpu 1", "rate/pass resnet50 by torch gpu 1"], machine: "GPUs")
    #expect(try overview(hasGPUs: true).isMeasuredOnGPU == true)
    #expect(try abs(kernel(hasGPUs: true) - 2 * 12 * 7) < 1e-6)
    #expect(try kernel(hasGPUs: false) < 2 * 12)
  }
}
