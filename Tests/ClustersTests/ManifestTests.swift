import Foundation
import Testing

@testable import Clusters

@Suite("Manifest of a submission") struct ManifestTests {
  private func manifest(device: String?, options: [String]) -> Manifest {
    Manifest(
      id: "x", date: "2001-09-09T01:46:40Z", plateauVersion: "1",
      request: .init(
        profile: "smoke", figures: nil, seed: 1, store: "/s", data: nil, engine: "torch", device: device),
      output: "/report", options: options,
      jobs: [
        .init(name: "core", array: "core-runs-0", tasks: 2, cores: 1, megabytes: 400, atOnce: nil, after: []),
        .init(
          name: "gpu", array: "gpu-runs-0", tasks: 2, cores: 8, megabytes: 8500, gpus: 1, atOnce: nil,
          after: []),
        .init(name: "report", array: nil, tasks: 1, cores: 1, megabytes: 600, atOnce: nil, after: []),
      ])
  }

  /// What each job is given beyond what all are.
  private func arguments(_ manifest: Manifest) -> [[String]] {
    manifest.jobs.map { job in
      manifest.arguments(job, logs: "/l", numbers: [:]).drop { $0 != "--ntasks=1" }.dropFirst().map { $0 }
    }
  }

  @Test("a GPU, its cores and its memory are asked for where they are needed alone")
  func gpus() {
    #expect(
      arguments(manifest(device: "cuda", options: ["--qos=x"])) == [
        ["--cpus-per-task=1", "--mem=400M", "--qos=x"],
        ["--cpus-per-task=8", "--mem=8500M", "--qos=x", "--gres=gpu:1"],
        ["--cpus-per-task=1", "--mem=600M", "--qos=x"],
      ])
    // Cores and memory of a GPU take the place of those of a task.
    #expect(
      arguments(manifest(device: "cuda:0", options: ["--cpus-per-gpu=4", "--mem-per-gpu=9G", "-G", "1"])) == [
        ["--cpus-per-task=1", "--mem=400M"], ["--cpus-per-gpu=4", "--mem-per-gpu=9G", "-G", "1"],
        ["--cpus-per-task=1", "--mem=600M"],
      ])
  }

  @Test("without GPUs the user's options go to all jobs as they are")
  func noGPUs() {
    var manifest = manifest(device: "cpu", options: ["--gres=gpu:1", "-G", "1"])
    manifest.jobs.remove(at: 1)
    #expect(arguments(manifest).allSatisfy { $0.suffix(3) == ["--gres=gpu:1", "-G", "1"] })
  }

  @Test("a manifest of an earlier version, without engine, device and GPUs, is read")
  func earlier() throws {
    let text = """
      {"date": "2026-01-01T12:00:00Z", "id": "x", "isCancelled": false, "jobs": [{"after": [], "array": "node-runs-0", \
      "cores": 4, "megabytes": 900, "name": "plateau-x-node-runs-0", "number": "7", "tasks": 3}], "options": \
      ["--gres=gpu:1"], "output": "/r", "plateauVersion": "1", "request": {"profile": "paper", "seed": 1, "store": "/s"}, \
      "schema": 1}
      """
    let manifest = try JSONDecoder().decode(Manifest.self, from: Data(text.utf8))
    #expect(manifest.request.engine == nil && manifest.request.device == nil && !manifest.request.isForGPU)
    #expect(manifest.jobs[0].gpus == nil)
    #expect(arguments(manifest) == [["--cpus-per-task=4", "--mem=900M", "--gres=gpu:1"]])
    let new = self.manifest(device: "cuda", options: [])
    #expect(try JSONDecoder().decode(Manifest.self, from: JSONEncoder().encode(new)) == new)
  }
}
