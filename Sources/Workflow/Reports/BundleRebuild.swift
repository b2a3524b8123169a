package import Bundles
package import Reporting
import SpecReading

/// Makes the report of a bundle again, from the runs, specs and templates in the bundle alone.
package struct BundleRebuild: Sendable {
  /// The report made now, and the one in the bundle.
  package struct Outcome: Sendable {
    package let content: ReportContent
    package let site: SiteSummary
    /// The digest of the bundle's report.
    package let bundledDigest: String
    /// The version of plateau that made the bundle's report, where it is stated.
    package let bundledVersion: String?

    /// Whether both reports have the same bytes.
    package var isSame: Bool { site.digest == bundledDigest }
  }
  private let bundle: String
  private let limits: ArchiveLimits
  private let output: String

  /// - Parameters:
  ///   - bundle: the bundle's path.
  ///   - limits: how much of it is read at most.
  ///   - output: the folder to write; an earlier report there is replaced.
  package init(_ bundle: String, limits: ArchiveLimits = ArchiveLimits(), output: String) {
    self.bundle = bundle
    self.limits = limits
    self.output = output
  }

  /// Makes the report.
  ///
  /// - Throws: `BundlesError` where the bundle is damaged or incomplete, `ReportingError` where the report
  ///   cannot be written.
  package func execute() throws -> Outcome {
    let clock = ReportClock()
    let unpacked = try UnpackedBundle(bundle, limits: limits)
    defer { unpacked.remove() }
    let writer = try SiteWriter(templates: unpacked.report.path(of: "source/report-templates"))
    try writer.check(output: output, inputs: [bundle])
    let inputs = unpacked.report.inputs
    let (specs, otherFonts) = try SpecLibrary.drawable(folder: unpacked.report.path(of: "source/figures"))
    let all = specs.figures(profile: inputs.profile)
    let chosen = try inputs.chosenFigures.map { try FigureSelection.figures($0, among: all) } ?? all
    let recipe = ReportRecipe(
      profile: inputs.profile, seed: inputs.seed, chosenFigures: inputs.chosenFigures, date: inputs.date,
      decisions: inputs.decisions, specs: specs, figures: chosen.map { $0.applying(inputs.decisions) })
    let (records, samples) = (try unpacked.records(), try unpacked.samples())
    let content = try recipe.content(records: records, samples: samples)
    let facts = clock.facts(
      content: content, records: records, samples: samples, otherFonts: otherFonts,
      paths: [NamedValue(name: "output", value: output), NamedValue(name: "bundle", value: bundle)])
    return Outcome(
      content: content, site: try writer.write(content, volatile: facts, to: output),
      bundledDigest: unpacked.report.digest, bundledVersion: unpacked.report.plateauVersion)
  }
}
