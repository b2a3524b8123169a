/// What a user gives to `sbatch` beside what a submission gives it.
package enum SlurmOptions {
  /// The partition that is named; nil where none is.
  package static func partition(_ options: [String]) -> String? {
    for (index, option) in options.enumerated() {
      for prefix in ["--partition=", "-p"] where option.hasPrefix(prefix) && option.count > prefix.count {
        return String(option.dropFirst(prefix.count))
      }
      if ["--partition", "-p"].contains(option), index + 1 < options.count { return options[index + 1] }
    }
    return nil
  }

  /// The first option that a submission decides itself, and why; nil where there is none.
  package static func decided(_ options: [String]) -> (option: String, reason: String)? {
    let reasons = [
      ("--array", "-a", "the work is cut into arrays by 'plateau submit'"),
      ("--dependency", "-d", "'plateau submit' says which jobs wait for which"),
      ("--wrap", "", "the batch script is written by 'plateau submit'"),
      ("--job-name", "-J", "'plateau status' knows the jobs by their names"),
      ("--output", "-o", "'plateau status' looks for the logs in the submission's folder"),
      ("--open-mode", "", "a task that comes again goes on in its log"),
    ]
    for option in options {
      for (long, short, reason) in reasons
      where option == long || option.hasPrefix(long + "=")
        || (!short.isEmpty && option.hasPrefix(short) && !option.hasPrefix("--"))
      {
        return (long, reason)
      }
    }
    return nil
  }
}
