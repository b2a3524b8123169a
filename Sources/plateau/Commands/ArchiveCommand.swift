import ArgumentParser
import Bundles

struct ArchiveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "archive",
    abstract: "Packs a report and the results of its runs into one file.",
    discussion: """
      The file is a BagIt bag with the site, itself an RO-Crate, and the stored runs: 'plateau verify' checks it,
      'plateau report --from' makes the report again from it alone. Equal reports give equal bytes.

      EXAMPLES
        plateau archive report --output report.tar.gz
        plateau archive old-report --store old-store --output old-report.tar.gz
      """)

  @Argument(help: ArgumentHelp("The report's folder.", valueName: "report"))
  var report: String

  @Option(help: ArgumentHelp("The file to write; one that is there is replaced.", valueName: "file.tar.gz"))
  var output: String

  @Option(
    help: ArgumentHelp(
      "Where the report's runs are; the store that the report names when left out.", valueName: "folder"))
  var store: String?

  func run() async throws {
    try await Console.orExplain {
      let folder = try ReportFolder(report)
      let summary = try BundleWriter(folder, store: store ?? folder.store ?? "store").write(to: output)
      print("\(output) is written: \(summary.files) files, \(summary.bytes) bytes unpacked")
      print("sha256 \(summary.sha256)")
    }
  }
}
