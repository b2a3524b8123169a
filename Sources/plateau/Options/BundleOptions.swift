import ArgumentParser
import Bundles

/// How much of a bundle is read.
struct BundleOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The largest size that a bundle may unpack to.", valueName: "bytes"))
  var maximumSize: Int = ArchiveLimits().bytes

  var limits: ArchiveLimits { ArchiveLimits(bytes: maximumSize) }

  func validate() throws {
    try OptionBounds.check("--maximum-size", maximumSize, 1...Int.max)
  }
}
