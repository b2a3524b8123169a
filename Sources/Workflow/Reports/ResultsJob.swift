package import Bundles
import Foundation
import Reporting
import SpecReading

/// Makes the page of results from kept reports, and puts its table of claims into another page.
package struct ResultsJob: Sendable {
  private let reports: [String]
  private let notes: String?
  private let output: String
  private let summary: String?

  /// The lines between which the table of claims stands in another page.
  private static let summaryBegins = "<!-- results -->"
  private static let summaryEnds = "<!-- end of results -->"
  /// The most rows of that table.
  private static let summaryRows = 10

  /// - Parameters:
  ///   - reports: the folders of excerpts or of whole reports.
  ///   - notes: the file of what people add; nil for none.
  ///   - output: the page.
  ///   - summary: a file in which the first rows of the table of claims replace what stands between two marks.
  package init(_ reports: [String], notes: String? = nil, output: String, summary: String? = nil) {
    self.reports = reports
    self.notes = notes
    self.output = output
    self.summary = summary
  }

  /// Writes the page.
  ///
  /// - Throws: `BundlesError` for a folder that is no report or is damaged, ``ResultsError``, `ReportingError` for
  ///   what cannot be written, and an error of Foundation for notes that cannot be read.
  package func execute() throws {
    let inputs = reports + [notes].compactMap(\.self)
    let page = try OutputFile(
      output, inputs: inputs, makesFolder: true, replacing: Array(ResultsPage.beginning.utf8))
    let excerpts = try reports.map { path throws(BundlesError) in try ReportExcerpt(path) }
    let words = try notes.map { try ResultsNotes(String(contentsOfFile: $0, encoding: .utf8)) }
    let text = try ResultsPage(
      excerpts, notes: words ?? ResultsNotes(""), link: { Self.path(from: output, to: $0.path) },
      caption: { Self.caption(of: $1, in: $0) }
    ).text()
    let changed = try summary.map { file in
      (
        file: try OutputFile(file, inputs: inputs),
        text: try Self.replaced(file, with: ResultsPage.claimTable(excerpts, most: Self.summaryRows))
      )
    }
    try page.write(Data(text.utf8))
    if let changed { try changed.file.write(Data(changed.text.utf8)) }
  }

  /// Title and caption of a figure by the report's own spec; nil where it cannot be read.
  private static func caption(of figure: String, in report: ReportExcerpt) -> String? {
    let file = "\(figure).yml"
    guard let text = try? String(contentsOfFile: "\(report.path)/source/figures/\(file)", encoding: .utf8),
      let words = try? FigureWords(text: text, file: file)
    else { return nil }
    return "\(words.title). \(words.caption)"
  }

  /// The text of `file` with `table` between the marks.
  private static func replaced(_ file: String, with table: String) throws -> String {
    let text = try String(contentsOfFile: file, encoding: .utf8)
    guard let begin = text.range(of: summaryBegins),
      let end = text.range(of: summaryEnds, range: begin.upperBound..<text.endIndex)
    else { throw ResultsError.noPlace(file: file) }
    return text[..<begin.upperBound] + "\n\n" + table + "\n\n" + text[end.lowerBound...]
  }

  /// The path of `folder` from the folder of the file `page`.
  private static func path(from page: String, to folder: String) -> String {
    func parts(_ path: String) -> [String] { URL(fileURLWithPath: path).standardizedFileURL.pathComponents }
    let (start, end) = (parts(page).dropLast(), parts(folder))
    let common = zip(start, end).prefix { $0 == $1 }.count
    return (Array(repeating: "..", count: start.count - common) + end[common...]).joined(separator: "/")
  }
}

/// Keeps an excerpt of a report.
package struct ExcerptJob: Sendable {
  private let report: String
  private let output: String
  private let pictures: [String]?
  private let machine: String?
  private let limits: ArchiveLimits

  /// - Parameters:
  ///   - report: its folder or its bundle.
  ///   - output: the folder to write; an earlier excerpt there is replaced.
  ///   - pictures: the figures whose pictures are kept; nil for all.
  ///   - machine: what it was made on, in words.
  ///   - limits: how much of a bundle is read at most.
  package init(
    _ report: String, output: String, pictures: [String]?, machine: String?,
    limits: ArchiveLimits = ArchiveLimits()
  ) {
    self.report = report
    self.output = output
    self.pictures = pictures
    self.machine = machine
    self.limits = limits
  }

  /// Writes the excerpt.
  ///
  /// - Throws: `BundlesError` for a report that cannot be read or lacks a figure, `ReportingError` where the folder
  ///   cannot be written.
  package func execute() throws {
    let opened = try OpenedReport(report, limits: limits)
    defer { opened.close() }
    try ReportExcerpt.keep(opened.report, in: output, pictures: pictures, machine: machine)
  }
}
