import ArgumentParser
import Clusters
import Foundation
import Workflow

/// What the batch script of a submission calls; not for people.
struct TaskCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "task",
    abstract: "Executes one task of a submission: what its batch script calls.",
    discussion: """
      Ends with status 75 where the task is to go back into the queue: it was stopped by SIGUSR1 or SIGTERM with its \
      checkpoints written, or something failed for the first time.

      EXAMPLES
        plateau task store/submissions/20260101-120000-0a1b core-runs-0 17
      """,
    shouldDisplay: false)

  @Argument(help: ArgumentHelp("The folder of the submission.", valueName: "submission"))
  var submission: String

  @Argument(help: ArgumentHelp("The name of the array.", valueName: "array"))
  var array: String

  @Argument(help: ArgumentHelp("The number of the task in the array.", valueName: "task"))
  var task: Int

  func run() async throws {
    try await Console.orExplain {
      let interruption = Interruption(.engine)
      let progress = ProgressBar()
      defer { progress.finish() }
      let gpu = Console.environment["SLURM_JOB_GPUS"].map { ", GPU \($0)" } ?? ""
      Console.note("plateau: task \(task) of \(array) on \(ProcessInfo.processInfo.hostName)\(gpu)")
      let job = TaskJob(
        Submission(folder: submission), array: array, task: task,
        places: { data in
          var options = DataOptions()
          options.folder = data
          return WorkPlaces(project: .current, images: options.roots)
        })
      let outcome = try await job.execute(
        isCancelled: { interruption.isRequested }, tell: { progress.record($0) })
      progress.finish()
      try end(outcome)
    }
  }

  private func end(_ outcome: TaskJob.Outcome) throws {
    switch outcome {
    case .done: Console.note("plateau: everything of this task is stored")
    case .comeAgain(let reason):
      Console.note("plateau: this task is to come again: \(reason)")
      throw ExitCode(BatchScript.comeAgain)
    case .failed(let failures):
      for (name, reason) in failures.sorted(by: { $0.key < $1.key }) {
        Console.note("plateau: \(name) failed: \(reason)")
      }
      throw ExitCode(1)
    case .circling:
      Console.note(
        """
        plateau: nothing moved in \(TaskAttempts.patience) attempts (\(TaskAttempts.patienceWithCluster) where \
        Slurm ended them), so this task ends. A run must come from one \
        checkpoint to the next within the time limit: give more time (-- --time=…), or more cores
        """)
      throw ExitCode(1)
    }
  }
}
