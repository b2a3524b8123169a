import ArgumentParser
import Datasets

struct DataVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Reads every data file and compares it with its published digest.",
    discussion: """
      Exit status 1 if a file is damaged or not what was published, or if there is none. The authors of CIFAR-10 \
      published no digests of single files, so that theirs are only read to the end.

      EXAMPLES
        plateau data verify
        plateau data verify --data ~/images
      """)

  @OptionGroup var data: DataOptions

  func run() async throws {
    try await Console.orExplain {
      var isSound = true
      let results = try data.existingLibrary().verify()
      for result in results {
        switch result.outcome {
        case .official: print("official  \(result.file)")
        case .noOfficialDigest(let digest): print("readable  \(result.file)  (sha256 \(digest))")
        case .readableButNotOfficial(let digest):
          isSound = false
          print("ALTERED   \(result.file)  (not the published contents; sha256 \(digest))")
        case .otherOfficialFile(let name):
          isSound = false
          print("MISNAMED  \(result.file)  (the published contents of \(name))")
        case .damaged(let error):
          isSound = false
          print("DAMAGED   \(result.file)  \(error)")
        }
      }
      if results.isEmpty {
        isSound = false
        print("no data files found in " + data.roots.folders.joined(separator: ", "))
      }
      if !isSound { throw ExitCode(1) }
    }
  }
}
