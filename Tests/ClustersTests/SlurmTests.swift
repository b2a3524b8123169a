import Foundation
import Testing

@testable import Clusters

@Suite("Slurm's programs") struct SlurmTests {
  private func slurm(_ answers: [String: String], status: Int32 = 0, errors: String = "") -> Slurm {
    Slurm { (status, answers[$0[0]] ?? "", errors) }
  }

  @Test("a queue is read task by task")
  func queue() throws {
    let answer = """
      plateau-x-core-runs-0|17|3|R|None
      plateau-x-core-runs-0|17|4|PD|JobArrayTaskLimit
      plateau-x-report|18|N/A|PD|Dependency
      other | job|19|N/A|CG|None

      """
    let queue = try slurm(["squeue": answer.replacing("other | job", with: "other")]).queue()
    #expect(queue.map(\.task) == [3, 4, nil, nil])
    #expect(queue.map(\.isRunning) == [true, false, false, true])
    #expect(queue[1].reason == "JobArrayTaskLimit" && queue[2].job == "18")
    #expect(throws: Slurm.Failure.self) { try slurm(["squeue": "half a line"]).queue() }
    #expect(try slurm([:]).queue().isEmpty)
  }

  @Test("a job's number is what sbatch prints, with or without a cluster's name")
  func numbers() throws {
    #expect(try slurm(["sbatch": "4711\n"]).submit([]) == "4711")
    #expect(try slurm(["sbatch": "4711;big\n"]).submit([]) == "4711")
    #expect(throws: Slurm.Failure.self) { try slurm(["sbatch": "Submitted\n"]).submit([]) }
  }

  @Test("what the cluster refuses is told in its own words")
  func refusal() {
    let refusing = slurm([:], status: 1, errors: "sbatch: error: invalid partition specified: nope\n")
    #expect {
      try refusing.submit([])
    } throws: { "\($0)".contains("invalid partition specified: nope") }
  }

  @Test("the limits of the cluster: the largest array, the cores that all nodes of a partition have")
  func limits() throws {
    #expect(try slurm(["scontrol": "MaxArraySize            = 1001\n"]).largestArray() == 1001)
    #expect(throws: Slurm.Failure.self) { try slurm(["scontrol": "nothing"]).largestArray() }
    let nodes = "main*|64\nmain*|32+\nfat|128\n"
    #expect(try slurm(["sinfo": nodes]).coresOfNodes(partition: nil) == 32)
    #expect(throws: Slurm.Failure.self) { try slurm(["sinfo": "fat|128\n"]).coresOfNodes(partition: nil) }
    #expect(try slurm(["sinfo": "fat|128\n"]).coresOfNodes(partition: "fat") == 128)
  }

  @Test("options of the user that a submission decides itself are named")
  func decidedOptions() {
    for option in ["--array=1-3", "-a1", "--dependency=afterok:1", "-d", "--wrap", "--output=x", "-Jx"] {
      #expect(SlurmOptions.decided(["--partition=a", option]) != nil, "\(option)")
    }
    #expect(SlurmOptions.decided(["--partition=long", "--account=x", "--time=1:00", "-p", "long"]) == nil)
    #expect(SlurmOptions.partition(["--account=x", "-p", "long"]) == "long")
    #expect(SlurmOptions.partition(["-plong"]) == "long" && SlurmOptions.partition(["--partition=a"]) == "a")
    #expect(SlurmOptions.partition(["--qos=a"]) == nil)
  }

  @Test(
    "what the user asks for GPUs goes to the jobs that need one, and without it they ask themselves",
    arguments: [
      ([], ["--gres=gpu:1"], []),
      (
        ["--partition=a", "-p", "b"], ["--partition=a", "-p", "b", "--gres=gpu:1"],
        ["--partition=a", "-p", "b"]
      ),
      (["--gres=gpu:h100:1", "--qos=x"], ["--qos=x", "--gres=gpu:h100:1"], ["--qos=x"]),
      (["--gres", "gpu:2"], ["--gres=gpu:2"], []),
      (["--gres=scratch:9"], ["--gres=gpu:1,scratch:9"], ["--gres=scratch:9"]),
      (["--gres=scratch:9,gpu"], ["--gres=scratch:9,gpu"], ["--gres=scratch:9"]),
      (["--gpus=h100:1"], ["--gpus=h100:1"], []), (["--gpus-per-node", "1"], ["--gpus-per-node", "1"], []),
      (["-G", "1", "-N1"], ["-N1", "-G", "1"], ["-N1"]), (["-G1"], ["-G1"], []),
      (["--cpus-per-gpu=4"], ["--cpus-per-gpu=4", "--gres=gpu:1"], []),
    ])
  func gpuOptions(given: [String], withGPU: [String], without: [String]) {
    #expect(SlurmOptions.options(given, gpus: 1) == withGPU)
    #expect(SlurmOptions.options(given, gpus: nil) == without)
  }

  @Test("the batch script is one of the shell, whatever stands in its paths")
  func script() throws {
    let folder = "/a 'quoted' $HOME `x`\"/s"
    let script = BatchScript(
      program: "\(folder)/plateau", submission: folder, environment: ["PLATEAU_HOME": folder],
      report: ["report", "--output", folder], version: "1")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    // Defines what the script defines, and prints it, without calling the program.
    let head = script.text.components(separatedBy: "\nif ")[0]
    process.arguments = ["-c", head + "\nprintf '%s\\n' \"$PLATEAU_HOME\" \"$program\" \"$submission\""]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(String(decoding: output, as: UTF8.self) == "\(folder)\n\(folder)/plateau\n\(folder)\n")
  }
}
