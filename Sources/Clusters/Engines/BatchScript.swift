/// The script that Slurm runs on a node: one for all arrays of a submission, and for its report.
package struct BatchScript: Sendable {
  /// The program, with its path.
  let program: String
  /// The folder of the submission.
  let submission: String
  /// Variables that the program is given.
  let environment: [String: String]
  /// What `plateau report` is given to write the report, the first word "report".
  let report: [String]
  let version: String

  package init(
    program: String, submission: String, environment: [String: String], report: [String], version: String
  ) {
    self.program = program
    self.submission = submission
    self.environment = environment
    self.report = report
    self.version = version
  }

  /// What every job is sent with, before what the user adds: at the time limit and at a preemption the program
  /// has two minutes to write its checkpoints, and comes again.
  package static let options = ["--requeue", "--open-mode=append", "--signal=B:USR1@120"]

  /// The program's status for a task that is to come again: EX_TEMPFAIL of sysexits.h.
  package static let comeAgain: Int32 = 75

  /// The program's status where a device failed under it (`EngineFailure`): worth another attempt, as a death is.
  package static let deviceFailed: Int32 = 74

  /// The statuses of a program that ended because the cluster asked it to: come again, SIGUSR1 and SIGTERM before it
  /// listened to them.
  private static let statusesOfStops: Set<String> = ["\(comeAgain)", "138", "143"]

  /// The file with the status of the last attempt of a task, in the folder of its submission.
  static func endFile(_ task: String) -> String { "attempts/\(task).end" }

  /// Whether it was the cluster that ended an attempt.
  ///
  /// - Parameter end: what the script wrote of that attempt; nil where it came to nothing, since the node was lost.
  package static func wasTakenAway(end: String?) -> Bool {
    end.map { statusesOfStops.contains($0.trimmingCharacters(in: .whitespacesAndNewlines)) } ?? true
  }

  /// The script.
  package var text: String {
    let variables = environment.sorted { $0.key < $1.key }.map {
      "export \($0.key)=\(Self.quoted($0.value))\n"
    }
    .joined()
    return """
      #!/bin/bash
      # Written by plateau \(version) for one submission: executes a task of the array that is named, or writes the report.
      \(variables)program=\(Self.quoted(program))
      submission=\(Self.quoted(submission))

      # Slurm's signals come to this shell alone.
      child=
      trap '[ -n "$child" ] && kill -USR1 $child 2> /dev/null' USR1
      trap '[ -n "$child" ] && kill -TERM $child 2> /dev/null' TERM

      if [ "$1" = report ]; then
        "$program" \(report.map(Self.quoted).joined(separator: " ")) &
      else
        "$program" task "$submission" "$1" "$SLURM_ARRAY_TASK_ID" &
      fi
      child=$!
      # A signal ends a wait, but not the program.
      while :; do
        wait $child
        status=$?
        kill -0 $child 2> /dev/null || break
      done
      # The next attempt asks whether this one ended by itself.
      [ "$1" = report ] || echo $status > "$submission/\(Self.endFile("$1-$SLURM_ARRAY_TASK_ID"))"

      # To come again (\(Self.comeAgain)), a device that failed (\(Self.deviceFailed)), or killed: back into the queue; the program itself sees to it that no task circles.
      # A job that was cancelled is not running any more, and stays cancelled; one that Slurm has put back already, and that
      # runs elsewhere by now, is another attempt, and none of ours.
      if [ $status = \(Self.comeAgain) ] || [ $status = \(Self.deviceFailed) ] || [ $status -gt 128 ]; then
        job=$SLURM_JOB_ID
        attempts=${SLURM_RESTART_COUNT:-0}
        [ -n "$SLURM_ARRAY_TASK_ID" ] && job=${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID
        for attempt in $(seq 60); do
          read -r state restarts <<< "$(squeue --noheader --jobs "$job" --Format State:20,RestartCnt:10 2> /dev/null)"
          [ "${restarts:-$attempts}" = "$attempts" ] || break
          if [ "$state" = RUNNING ] && scontrol requeue "$job"; then sleep 600; fi
          # The controller may be away for a while.
          [ -n "$state" ] && [ "$state" != RUNNING ] && break
          sleep 5
        done
      fi
      exit $status

      """
  }

  /// `text` as one word of the shell, whatever is in it.
  static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
}
