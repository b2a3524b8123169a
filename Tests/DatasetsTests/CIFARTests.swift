import Testing

@testable import Datasets

@Suite("CIFAR-10")
struct CIFARTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for batch in 1...5 {
      try folder.write(
        SampleFiles.cifarRecord(label: 1, red: UInt8(batch), green: 20, blue: 30)
          + SampleFiles.cifarRecord(label: 3, red: 40, green: 50, blue: 60),
        to: "cifar-10-car-cat/data_batch_\(batch).bin")
    }
  }

  private static func load(_ root: String) throws -> ImageDataset {
    try library(root: root).load(.cifar10)
  }

  @Test("records are read batch after batch, plane after plane, and the classes named")
  func read() throws {
    try folder.write(
      SampleFiles.cifarRecord(label: 3, red: 7, green: 8, blue: 9), to: "cifar-10-car-cat/test_batch.bin")
    let dataset = try library(root: folder.path).load(.cifar10)
    #expect(dataset.summary == "CIFAR-10, classes automobile, cat (10 + 1 images)")
    #expect(dataset.train.labels == [1, 3, 1, 3, 1, 3, 1, 3, 1, 3])
    let fourth = Array(dataset.train.image(6))
    #expect(fourth[0] == 4 && fourth[1023] == 4 && fourth[1024] == 20 && fourth[3071] == 30)
    #expect(dataset.test?.image(0).last == 9)
    #expect((dataset.train.height, dataset.train.width, dataset.train.channels) == (32, 32, 3))
  }

  @Test("a file that is not whole records, a label over 9, and a missing batch are errors")
  func damage() throws {
    let name = "cifar-10-car-cat/data_batch_4.bin"
    let record = SampleFiles.cifarRecord(label: 1, red: 0, green: 0, blue: 0)
    let path = try folder.write(record + record.dropLast(), to: name)
    #expect(
      throws: DatasetError.wrongRecordLength(file: path, byteCount: 6145, recordLength: 3073)
    ) { try Self.load(folder.path) }
    try folder.write(
      record + SampleFiles.cifarRecord(label: 11, red: 0, green: 0, blue: 0), to: name)
    #expect(throws: DatasetError.labelOutOfRange(file: path, record: 1, byte: 3073, label: 11)) {
      try Self.load(folder.path)
    }
    try folder.write([], to: name)
    #expect(throws: DatasetError.wrongRecordLength(file: path, byteCount: 0, recordLength: 3073)) {
      try Self.load(folder.path)
    }
    let other = try TemporaryFolder()
    try other.write(record, to: "data_batch_1.bin")
    let error = #expect(throws: DatasetError.self) {
      try Self.load(other.path)
    }
    #expect(error?.description.contains("lacks data_batch_2.bin, data_batch_3.bin") == true)
  }
}
