import Clusters
import Foundation
import Synchronization

/// Slurm's programs as a submission sees them: jobs are numbered, stay in the queue until they are taken out, and
/// nothing is executed.
final class FakeCluster: Sendable {
  struct Job: Sendable {
    let number: Int
    let arguments: [String]

    func value(_ option: String) -> String? {
      arguments.first { $0.hasPrefix("--\(option)=") }.map { String($0.dropFirst(option.count + 3)) }
    }
    /// How many tasks its array has; nil for a job of its own.
    var tasks: Int? {
      let range: Substring? = value("array")?.split(separator: "%").first
      let last: Substring? = range?.split(separator: "-").last
      return last.flatMap { Int($0) }.map { $0 + 1 }
    }
  }
  private let jobs = Mutex<[Job]>([])
  private let largestArray: Int

  init(largestArray: Int = 1001) { self.largestArray = largestArray }

  var queue: [Job] { jobs.withLock { $0 } }

  /// All jobs are over.
  func forget() { jobs.withLock { $0.removeAll() } }

  var slurm: Slurm {
    Slurm { [self] in (0, answer($0), "") }
  }

  private func answer(_ words: [String]) -> String {
    switch words[0] {
    case "sbatch":
      return jobs.withLock { jobs in
        jobs.append(Job(number: 100 + jobs.count, arguments: Array(words.dropFirst())))
        return "\(99 + jobs.count)\n"
      }
    case "squeue":
      return queue.flatMap { job in
        (0..<(job.tasks ?? 1)).map { task in
          let number = job.tasks == nil ? "N/A" : "\(task)"
          return "\(job.value("job-name") ?? "")|\(job.number)|\(number)|PD|Priority\n"
        }
      }.joined()
    case "scontrol": return "MaxArraySize = \(largestArray)\n"
    case "sinfo": return "main*|4\n"
    case "scancel":
      jobs.withLock { jobs in jobs.removeAll { words.contains("\($0.number)") } }
      return ""
    default: return ""
    }
  }
}
