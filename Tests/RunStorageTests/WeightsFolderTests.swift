import Foundation
import Testing

@testable import RunStorage

@Suite("Kept weights")
struct WeightsFolderTests {
  private static let files = WeightsFolder.Files(weights: [1, 2], inputs: [3], labels: [4])

  @Test("a run's weights are named by its key, S and its labels by data set, digest and |S|")
  func names() throws {
    try SampleRuns.withFolder { folder in
      let weights = WeightsFolder(store: folder)
      let record = try SampleRuns.record()
      #expect(!weights.contains(record.key))
      try weights.write(Self.files, of: record.spec, key: record.key, dataDigest: record.dataDigest)
      #expect(weights.contains(record.key))
      let digits = record.key.description
      // The eight digits begin the SHA-256 of the data set's canonical JSON with the digest "d1" behind it:
      // printf '{"attackPool":2,"name":"mnist","task":"digits-0-4-vs-5-9","test":2,"train":2}d1' | sha256sum
      let data = "weights/mnist-86aeb56f-train-2"
      #expect(
        SampleRuns.files(in: folder)
          == [
            "\(data)-inputs.npy", "\(data)-labels.npy", "weights/\(digits.prefix(2))/\(digits).safetensors",
          ]
          .sorted())
      #expect(try Data(contentsOf: URL(filePath: weights.path(for: record.key))) == Data([1, 2]))
      #expect(try Data(contentsOf: URL(filePath: "\(folder)/\(data)-inputs.npy")) == Data([3]))
      #expect(try Data(contentsOf: URL(filePath: "\(folder)/\(data)-labels.npy")) == Data([4]))
    }
  }

  @Test("runs on other data keep another S beside the first")
  func otherData() throws {
    try SampleRuns.withFolder { folder in
      let weights = WeightsFolder(store: folder)
      let record = try SampleRuns.record()
      for digest in ["d1", "d2"] {
        try weights.write(Self.files, of: record.spec, key: record.key, dataDigest: digest)
      }
      #expect(SampleRuns.files(in: folder).filter { $0.hasSuffix("-inputs.npy") }.count == 2)
    }
  }
}
