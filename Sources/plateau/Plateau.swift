import ArgumentParser
import Experiments
import Foundation
import LinearAlgebra

/// The command line: each command parses, calls the workflow, and prints.
@main
struct Plateau: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plateau",
    abstract:
      "Reproduces the figures of \"Why flatness does and does not correlate with generalization\" as a report.",
    discussion: """
      EXAMPLES
        plateau report                          the default report, in report/index.html
        plateau report --profile paper --figures 3,S5
        plateau plan --profile paper            what would be executed, and the estimated time
        plateau submit --profile paper --store /scratch/me/store     the same work on a Slurm cluster
        plateau engines                         what can carry out ResNet-50 here
        plateau data list                       which images are used, and from where
        plateau archive report --output report.tar.gz
        plateau verify report.tar.gz
        plateau diff report.tar.gz report --output diff
        plateau accept report --against report.tar.gz --figure 3 --reason "why its numbers changed"
        plateau history archive/*.tar.gz report
        plateau prior --weights W.safetensors --inputs X.npy --json
        plateau sharpness --weights W.safetensors --inputs X.npy --labels y.npy
        plateau hessian --weights W.safetensors --inputs X.npy --labels y.npy --json
        plateau measure --weights W.safetensors --inputs X.npy --labels y.npy

      Results go to standard output, progress and messages to standard error.
      Exit status: 0 done, 1 a difference or a failed check, 2 an error, 64 wrong usage.
      """,
    version: BuildFacts.plateauVersion,
    groupedSubcommands: [
      CommandGroup(
        name: "Report",
        subcommands: [
          ReportCommand.self, RunCommand.self, PlanCommand.self, FiguresCommand.self, DataCommand.self,
          EnginesCommand.self,
        ]),
      CommandGroup(
        name: "Cluster",
        subcommands: [SubmitCommand.self, StatusCommand.self, CancelCommand.self, TaskCommand.self]),
      CommandGroup(
        name: "Archive and comparison",
        subcommands: [
          ArchiveCommand.self, VerifyCommand.self, DiffCommand.self, AcceptCommand.self, HistoryCommand.self,
          ExcerptCommand.self, ResultsCommand.self,
        ]),
      CommandGroup(
        name: "Own network",
        subcommands: [
          MeasureCommand.self, SharpnessCommand.self, HessianCommand.self, PriorCommand.self,
        ]),
    ])

  static func main() async {
    StandardStreams.secure()
    KernelRestart.ifNeeded()
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      var command = try parsed(arguments)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      exit(withError: error)
    }
  }

  private static func parsed(_ arguments: [String]) throws -> any ParsableCommand {
    try CommandLineMistake.refuseEmpty(arguments)
    try CommandLineMistake.refusePassedOver(arguments, root: Self.self)
    do {
      return try parseAsRoot(arguments)
    } catch  where exitCode(for: error) == .validationFailure {
      let message = fullMessage(for: error)
      guard let better = CommandLineMistake.misspeltOption(in: arguments, message: message, root: Self.self)
      else {
        throw error
      }
      Console.note(better)
      throw ExitCode.validationFailure
    }
  }
}
