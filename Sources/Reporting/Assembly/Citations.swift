import Encodings

/// The works that whoever uses a report's numbers cites, and the report's `CITATION.cff`.
struct Citations {
  let content: ReportContent

  /// The paper, this report, and the program, in the order they are shown.
  var works: [CitedWork] { [Bibliography.paper, report, program] }

  /// The report itself. Who made it is not content, so it names the program as its author; its date and its own
  /// digest stand in none of the files that the digest covers.
  private var report: CitedWork {
    CitedWork(
      label: "This report", kind: .dataset, key: "plateau-report", title: content.title,
      authors: [.body("plateau \(content.plateauVersion)")],
      details: "Report with profile \(content.profile.name), seed \(content.seed), \(figures); \(data)",
      licence: content.licence.identifier)
  }

  /// The program; the repository's own `CITATION.cff` states the same facts, and a test compares them.
  private var program: CitedWork {
    CitedWork(
      label: "The program", kind: .software, key: "plateau",
      title: "plateau: the experiments of “\(Bibliography.paper.title)”, as a reproducible report",
      authors: [.body("The plateau maintainers")],
      details: "Computer program, version \(content.plateauVersion), \(content.licence.identifier)",
      version: content.plateauVersion, licence: content.licence.identifier)
  }

  private var figures: String {
    content.inputs.chosenFigures.map { "figures " + $0.replacing(",", with: ", ") } ?? "all figures"
  }

  private var data: String {
    content.datasets.isEmpty
      ? "no data" : "data: " + content.datasets.map(\.summary).joined(separator: "; ")
  }

  /// `CITATION.cff` of the report, in the Citation File Format 1.2.0.
  func file() throws(CanonicalJSONError) -> String {
    let own = report
    let message =
      "Cite the paper and the program, under references, and this report by its digest: the SHA-256 of SHA256SUMS, "
      + "which run.json states as siteDigest. Whoever publishes the report adds their names in a copy outside of it."
    var lines = ["cff-version: 1.2.0", "message: \(try CanonicalJSON.text(of: message))"]
    lines += try own.citationFileLines()
    lines.append("abstract: \(try CanonicalJSON.text(of: "\(content.subtitle) \(own.details ?? "")."))")
    lines.append("references:")
    for work in [Bibliography.paper, program] {
      for (index, line) in try work.citationFileLines().enumerated() {
        lines.append((index == 0 ? "  - " : "    ") + line)
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
