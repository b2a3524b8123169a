import ArgumentParser
import Bundles

struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Compares every file of a bundle with its digests.",
    discussion: """
      Lists each file that is damaged, missing or extra; exit status 2 if there is one. Nothing is unpacked.

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
