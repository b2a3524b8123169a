import ArgumentParser
import Bundles

/// How much of a bundle is read.
struct BundleOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The largest size that a bundle may unpack to (default: \(ArchiveLimits().bytes)).",
      valueName: "bytes"))
  var maximumSize: Int?

  var limits: ArchiveLimits { maximumSize.map { ArchiveLimits(bytes: $0) } ?? ArchiveLimits() }

  func validate() throws {
    if let maximumSize { try OptionBounds.check("--maximum-size", maximumSize, 1...Int.max) }
  }
}
