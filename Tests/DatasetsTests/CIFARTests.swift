import DatasetDescriptions
import TestSupport
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

  /// Every class once in each batch of the train part, and in the test part; two of them only if asked for.
  private func write(_ root: TemporaryFolder, classes: [UInt8]) throws {
    for (index, file) in ((1...5).map { "data_batch_\($0)" } + ["test_batch"]).enumerated() {
      try root.write(
        classes.flatMap {
          SampleFiles.cifarRecord(label: $0, red: 10 * $0, green: UInt8(index), blue: 200)
        }, to: "cifar-10-batches-bin/\(file).bin")
    }
  }

  @Test(
    "of all ten classes the task takes automobiles as label 0 and cats as label 1, as if nothing else were there"
  )
  func automobileVersusCat() throws {
    let (all, two) = (try TemporaryFolder(), try TemporaryFolder())
    try write(all, classes: Array(0...9))
    try write(two, classes: [1, 3])
    let task = BinaryTask.automobileVersusCat
    let selected = try Self.load(all.path).selecting(task)
    let alone = try Self.load(two.path).selecting(task)
    #expect(selected.summary == "CIFAR-10, classes automobile, cat (10 + 2 images)")
    #expect(selected.summary == alone.summary && selected.digest == alone.digest)
    let split = try AttackSetSplit(
      try Self.load(all.path), task: task, training: 4, attackPool: 6, test: 2)
    #expect(split.training.labels == [0, 1, 0, 1])
    #expect(split.training.inputs[1, 0] == Float(30) / 255)
    #expect(split.attackPool.inputs[5, 1024] == Float(4) / 255)
    #expect(split.test.inputs[0, 1024] == Float(5) / 255)
    #expect(throws: DatasetError.self) {
      try AttackSetSplit(try Self.load(all.path), task: task, training: 5, attackPool: 6, test: 2)
    }
  }

  @Test("normalised channels are (p/255 − mean)/deviation, plane by plane, as a plain loop has them")
  func normalised() throws {
    let folder = try TemporaryFolder()
    try write(folder, classes: [1, 3])
    let scaling = ChannelScaling(
      mean: [0.4914, 0.4822, 0.4465], standardDeviation: [0.2470, 0.2435, 0.2616])
    let dataset = try Self.load(folder.path)
    let split = try AttackSetSplit(
      dataset, task: .automobileVersusCat, training: 10, attackPool: 0, test: 2, normalisation: scaling)
    for image in 0..<10 {
      for (channel, pixels) in [[10, 30][image % 2], image / 2, 200].enumerated() {
        let expected = (Double(pixels) / 255 - scaling.mean[channel]) / scaling.standardDeviation[channel]
        for place in [0, 511, 1023] {
          // One rounding to Float32 of a number below 4.
          #expect(abs(Double(split.training.inputs[image, 1024 * channel + place]) - expected) < 0x1p-22)
        }
      }
    }
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
    #expect(
      throws: DatasetError.labelOutOfRange(file: path, record: 1, byte: 3073, label: 11, classCount: 10)
    ) {
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
