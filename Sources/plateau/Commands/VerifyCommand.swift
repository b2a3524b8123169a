import ArgumentParser
import Bundles

struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Reads a bundle to its end and compares every file with its digests.",
    discussion: """
      Names each file that is damaged, missing or extra. Nothing is unpacked. Exit status 2 when anything is not
      as it was written.

      EXAMPLES
        plateau verify report.tar.gz
      """)

  @Argument(help: ArgumentHelp("The bundle.", valueName: "bundle.tar.gz"))
  var bundle: String

  @OptionGroup var reading: BundleOptions

  func run() async throws {
    try await Console.orExplain {
      let outcome = try BagVerification(bundle, limits: reading.limits).outcome()
      guard outcome.problems.isEmpty else {
        for problem in outcome.problems { print(problem) }
        throw BundlesError.damagedBag(
          path: bundle, problems: ["\(outcome.problems.count) of its files, named above"])
      }
      print("sound: \(outcome.files) files, \(outcome.bytes) bytes")
    }
  }
}
