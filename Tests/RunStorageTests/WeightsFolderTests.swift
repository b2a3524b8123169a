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
      #expect(try weights.intact([record.key]).isEmpty)
      try weights.write(Self.files, of: record.spec, key: record.key, dataDigest: record.dataDigest)
      #expect(try weights.intact([record.key]) == [record.key])
      let digits = record.key.description
      // The eight digits begin the SHA-256 of the data set's canonical JSON with the digest "d1" behind it:
      // printf '{"attackPool":2,"name":"mnist","task":"digits-0-4-vs-5-9","test":2,"train":2}d1' | sha256sum
      let data = "weights/mnist-86aeb56f-train-2"
      #expect(
        SampleRuns.files(in: folder)
          == [
            "\(data)-inputs.npy", "\(data)-labels.npy", "weights/\(digits.prefix(2))/\(digits).safetensors",
            "weights/\(digits.prefix(2))/\(digits).json",
          ]
          .sorted())
      #expect(try Data(contentsOf: URL(filePath: weights.path(for: record.key))) == Data([1, 2]))
      #expect(try Data(contentsOf: URL(filePath: "\(folder)/\(data)-inputs.npy")) == Data([3]))
      #expect(try Data(contentsOf: URL(filePath: "\(folder)/\(data)-labels.npy")) == Data([4]))
    }
  }

  @Test("each file that is not what was written is set aside and named, and the run's weights are not there")
  func damage() throws {
    try SampleRuns.withFolder { folder in
      let weights = WeightsFolder(store: folder)
      let record = try SampleRuns.record()
      let other = try SampleRuns.record(sample: 1)
      for record in [record, other] {
        try weights.write(Self.files, of: record.spec, key: record.key, dataDigest: record.dataDigest)
      }
      func statement(_ record: RunRecord) -> String {
        weights.path(for: record.key).replacing(".safetensors", with: ".json")
      }
      let labels = "\(folder)/weights/mnist-86aeb56f-train-2-labels.npy"
      let damages: [() throws -> Void] = [
        { try Data([1]).write(to: URL(filePath: weights.path(for: record.key))) },
        { try Data([9]).write(to: URL(filePath: labels)) },
        { try Data("{}".utf8).write(to: URL(filePath: statement(record))) },
        {
          try Data(contentsOf: URL(filePath: statement(other))).write(to: URL(filePath: statement(record)))
        },
      ]
      for damage in damages {
        try weights.write(Self.files, of: record.spec, key: record.key, dataDigest: record.dataDigest)
        #expect(try weights.intact([record.key, other.key]).count == 2)
        try damage()
        var named: [DamagedFile] = []
        #expect(try !weights.intact([record.key]) { named.append($0) }.contains(record.key))
        #expect(named.map(\.kind) == [.weights])
        #expect(try weights.intact([record.key]) { _ in Issue.record("named twice") }.isEmpty)
      }
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
