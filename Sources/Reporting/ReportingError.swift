/// The errors of writing a report.
package enum ReportingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A template (or the style sheet) that the page needs could not be read.
  case templateUnreadable(file: String, folder: String)
  /// A template is not valid Mustache.
  case templateSyntax(file: String, line: Int, column: Int, reason: String)
  /// A template includes a partial that the folder does not have.
  case partialMissing(name: String, includedIn: String, folder: String)
  /// A figure's id cannot be a file name and an anchor.
  case figureIdentifier(String)
  /// Two parts of the report have the same id.
  case duplicate(id: String)
  /// A claim rests on a statistic that no figure has.
  case unknownStatistic(id: String, claim: String)
  /// The output exists and is not a folder.
  case notAFolder(path: String)
  /// The output folder holds anything but an earlier `kind`, which is recognised by its `file`.
  case notReplaceable(path: String, kind: String, file: String)
  /// The output folder holds files that no report (or other `kind` of folder) wrote.
  case foreignFiles(path: String, kind: String, files: [String])
  /// The output folder is, or holds, something that the call reads.
  case inputInOutput(path: String, input: String)
  /// The output file is one that the call reads.
  case outputIsInput(path: String, input: String)
  /// The output file is there, and is none that this call would write.
  case foreignFile(path: String)
  /// An output file could not be written; what was there is unchanged.
  case fileNotWritten(path: String, reason: String)
  /// The output could not be written; the earlier contents are unchanged.
  case cannotWrite(path: String, reason: String)

  /// What went wrong, where, and what to do.
  package var description: String {
    switch self {
    case .templateUnreadable(let file, let folder):
      return """
        the template \(file) cannot be read in \(folder): restore report-templates/ from the source, or name \
        the folder that holds it
        """
    case .templateSyntax(let file, let line, let column, let reason):
      return """
        the template \(file) is not valid Mustache at line \(line), column \(column): \(reason). Correct it, \
        or restore report-templates/ from the source
        """
    case .partialMissing(let name, let includer, let folder):
      return """
        the template \(includer) includes {{> \(name)}}, but there is no \(name).mustache in \(folder): add \
        the file, or correct the name
        """
    case .figureIdentifier(let id):
      return """
        "\(id)" cannot name a figure's files: use a letter, then letters, digits and hyphens, such as fig3
        """
    case .duplicate(let id):
      return "two parts of the report have the id \"\(id)\": give each figure spec and statistic its own"
    case .unknownStatistic(let id, let claim):
      return """
        the claim \(claim) rests on the statistic "\(id)", which no figure of this report has: name one that \
        its figure measures
        """
    case .notAFolder(let path):
      return "\(path) is no folder: choose another --output, or move it away"
    case .notReplaceable(let path, let kind, let file):
      return """
        \(path) is not empty and holds no \(kind) of plateau (no \(file) of its schema), so it is not \
        replaced: choose another --output, or move its contents away
        """
    case .foreignFiles(let path, let kind, let files):
      let shown = files.prefix(5).joined(separator: ", ")
      let more = files.count > 5 ? " and \(files.count - 5) more" : ""
      return """
        \(path) holds files that no \(kind) of plateau wrote (they are not in its SHA256SUMS), so it is not \
        replaced: \(shown)\(more). Choose another --output, or move them away
        """
    case .inputInOutput(let path, let input):
      return """
        \(path) would be replaced, and \(input), which this call uses, lies there: choose another --output
        """
    case .outputIsInput(let path, let input):
      return "\(path) is \(input), which this call reads: name another file to write"
    case .foreignFile(let path):
      return """
        \(path) is there and is no archive, so it is not replaced: name another file to write, or move it away
        """
    case .fileNotWritten(let path, let reason):
      return """
        \(path) could not be written: \(reason). What was there is unchanged; free space, correct the \
        permissions or name another file
        """
    case .cannotWrite(let path, let reason):
      return """
        \(path) could not be written: \(reason). The earlier contents are unchanged; free space, correct the \
        permissions or choose another --output, then call again (finished runs are kept)
        """
    }
  }
}
