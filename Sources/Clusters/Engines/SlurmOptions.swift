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

  /// Whether an option is named.
  static func names(_ option: String, in options: [String]) -> Bool {
    options.contains { $0 == option || $0.hasPrefix(option + "=") }
  }

  /// Those options that a job of a submission with GPUs is given: what asks for GPUs is for the jobs that need some,
  /// and in its absence they ask themselves; the rest is for all.
  ///
  /// - Parameter gpus: how many the job needs; nil for none.
  package static func options(_ options: [String], gpus: Int?) -> [String] {
    var (given, ofGPUs, gres) = ([String](), [String](), [Substring]())
    var words = options[...]
    while let word = words.popFirst() {
      let name = word.prefix { $0 != "=" }
      let isShort = word.hasPrefix("-G")
      guard name == "--gres" || isShort || isOfGPUs(name) else {
        given.append(word)
        continue
      }
      // All of them have a value, in the same word or in the next.
      let isWhole = name != word || isShort && word != "-G"
      let value = isWhole ? nil : words.popFirst()
      if name == "--gres" {
        gres += (value ?? String(word.dropFirst(name.count + 1))).split(separator: ",")
      } else {
        ofGPUs += [word] + (value.map { [$0] } ?? [])
      }
    }
    let named = gres.filter { $0.split { ":/".contains($0) }.contains("gpu") }
    guard let gpus else {
      return given + option(gres: gres.filter { !named.contains($0) })
    }
    let asks = !named.isEmpty || ofGPUs.contains { $0.hasPrefix("-G") || $0.hasPrefix("--gpus") }
    return given + ofGPUs + option(gres: (asks ? [] : ["gpu:\(gpus)"]) + gres)
  }

  private static func isOfGPUs(_ name: Substring) -> Bool {
    name.hasPrefix("--gpu") || name.hasSuffix("-per-gpu")
  }

  /// One option for all generic resources: of several, Slurm takes the last.
  private static func option(gres: [Substring]) -> [String] {
    gres.isEmpty ? [] : ["--gres=" + gres.joined(separator: ",")]
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
