import Foundation

/// The engine of a cluster: Slurm, by the programs that its users call.
package struct Slurm: Sendable {
  /// A call that did not do what it was to do.
  package struct Failure: Error, Equatable, CustomStringConvertible {
    let command: String
    let reason: String

    package var description: String {
      """
      \(command) failed: \(reason). Call plateau where Slurm's programs are, such as a login node; other engines \
      take 'plateau run --shard i/n'
      """
    }
  }
  /// A job, or a task of an array, that the engine knows and that is not over.
  package struct QueuedTask: Equatable, Sendable {
    /// The name of its job.
    package let name: String
    /// The number of its job; of an array, that of the whole.
    package let job: String
    /// Its number in the array; nil for a job of its own.
    package let task: Int?
    package let isRunning: Bool
    /// Why it waits, in the engine's words.
    package let reason: String

    package init(name: String, job: String, task: Int?, isRunning: Bool, reason: String) {
      self.name = name
      self.job = job
      self.task = task
      self.isRunning = isRunning
      self.reason = reason
    }
  }
  private let call:
    @Sendable (_ arguments: [String]) throws -> (status: Int32, output: String, errors: String)

  /// The programs on the path.
  package init() { self.init { try Self.call($0) } }

  /// - Parameter call: calls a program and gives its status and what it wrote; a test puts another in its place.
  package init(
    call:
      @escaping @Sendable (_ arguments: [String]) throws -> (status: Int32, output: String, errors: String)
  ) {
    self.call = call
  }

  /// Sends a job and gives its number.
  package func submit(_ arguments: [String]) throws(Failure) -> String {
    // On a federation the cluster's name follows.
    let answer = try output(["sbatch", "--parsable"] + arguments).split(separator: ";").first ?? ""
    let number = answer.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !number.isEmpty, number.allSatisfy(\.isNumber) else {
      throw Failure(command: "sbatch", reason: "expected the number of a job, got '\(answer)'")
    }
    return number
  }

  /// This user's jobs that are not over, each task of an array by itself: one call.
  package func queue() throws(Failure) -> [QueuedTask] {
    let lines = try output(["squeue", "--noheader", "--array", "--me", "--format=%j|%F|%K|%t|%r"])
      .split(separator: "\n")
    return try lines.map { line throws(Failure) in
      let fields = line.split(separator: "|", maxSplits: 4, omittingEmptySubsequences: false).map(String.init)
      guard fields.count == 5 else {
        throw Failure(command: "squeue", reason: "expected five fields, got '\(line)'")
      }
      return QueuedTask(
        name: fields[0], job: fields[1], task: Int(fields[2]),
        isRunning: !["PD", "RQ", "RH", "RS", "SE", "RD"].contains(fields[3]), reason: fields[4])
    }
  }

  /// Takes jobs out of the queue and stops those that run.
  package func cancel(_ jobs: [String]) throws(Failure) {
    if !jobs.isEmpty { _ = try output(["scancel"] + jobs) }
  }

  /// The most tasks that an array may have.
  package func largestArray() throws(Failure) -> Int {
    let configuration = try output(["scontrol", "show", "config"])
    guard let match = configuration.firstMatch(of: /MaxArraySize\s*=\s*([0-9]+)/),
      let size = Int(match.output.1), size > 0
    else { throw Failure(command: "scontrol show config", reason: "it tells no MaxArraySize") }
    return size
  }

  /// The cores that every node of a partition has, of the default one where none is named.
  package func coresOfNodes(partition: String?) throws(Failure) -> Int {
    let lines = try output(
      ["sinfo", "--noheader", "--Node", "--format=%P|%c"] + (partition.map { ["--partition=\($0)"] } ?? []))
    let nodes = lines.split(separator: "\n").map { $0.split(separator: "|").map(String.init) }
    let isDefault = { (node: [String]) in partition != nil || node[0].hasSuffix("*") }
    let cores = nodes.filter { $0.count == 2 && isDefault($0) }.compactMap { Int($0[1].filter(\.isNumber)) }
    guard let fewest = cores.min() else {
      throw Failure(
        command: "sinfo", reason: "it tells of no node of \(partition ?? "a default partition")")
    }
    return fewest
  }

  private func output(_ arguments: [String]) throws(Failure) -> String {
    let answer: (status: Int32, output: String, errors: String)
    do {
      answer = try call(arguments)
    } catch {
      throw Failure(command: arguments[0], reason: "\(error)")
    }
    guard answer.status == 0 else {
      let words = answer.errors.trimmingCharacters(in: .whitespacesAndNewlines)
      throw Failure(
        command: arguments[0], reason: words.isEmpty ? "it ended with status \(answer.status)" : words)
    }
    return answer.output
  }

  private static func call(
    _ arguments: [String]
  ) throws -> (status: Int32, output: String, errors: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    let (output, errors) = (Pipe(), Pipe())
    (process.standardOutput, process.standardError) = (output, errors)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    // Errors are few: their pipe holds them until the output is read.
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    let words = try errors.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (
      process.terminationStatus, String(decoding: text, as: UTF8.self), String(decoding: words, as: UTF8.self)
    )
  }
}
