import LinearAlgebra
import TestSupport
import Testing

@testable import Datasets

@Suite("Attack-set splits")
struct AttackSetSplitTests {
  /// `count` images of 1 × 2 pixels: the first pixel is the index, the second 255; labels 0…9 in turn.
  private func images(_ count: Int, from first: Int = 0) -> LabelledImages {
    LabelledImages(
      pixels: (first..<first + count).flatMap { [UInt8($0), 255] },
      labels: (first..<first + count).map { UInt8($0 % 10) }, height: 1, width: 2, channels: 1)
  }

  private func dataset(_ train: LabelledImages, _ test: LabelledImages? = nil) -> ImageDataset {
    ImageDataset(name: .mnist, summary: "sample", origin: .builtIn, train: train, test: test)
  }

  private func indices(_ images: BinaryImages) -> [Int] {
    (0..<images.count).map { Int((images.inputs[$0, 0] * 255).rounded()) }
  }

  @Test("with one part, E is its end; pixels are divided by 255; digits from 5 on are label 1")
  func onePart() throws {
    let split = try AttackSetSplit(
      dataset(images(40)), task: .digits0to4Versus5to9, training: 12, attackPool: 10, test: 6)
    #expect(indices(split.training) == Array(0..<12))
    #expect(indices(split.attackPool) == Array(12..<22))
    #expect(indices(split.test) == Array(34..<40))
    #expect(split.training.labels == [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0])
    #expect(split.test.labels == [0, 1, 1, 1, 1, 1])
    #expect(split.training.inputs[3, 0] == Float(3) / 255)
    #expect(split.training.inputs[3, 1] == 1)
    #expect(split.training.inputs.columns == 2)
  }

  @Test("with two parts, E is the beginning of the test part")
  func twoParts() throws {
    let split = try AttackSetSplit(
      dataset(images(20), images(9, from: 100)), task: .digits0to4Versus5to9, training: 12, attackPool: 8,
      test: 7)
    #expect(indices(split.attackPool) == Array(12..<20))
    #expect(indices(split.test) == Array(100..<107))
  }

  @Test("S ∪ A is S followed by the chosen images of the pool with flipped labels")
  func attacked() throws {
    let split = try AttackSetSplit(
      dataset(images(40)), task: .digits0to4Versus5to9, training: 12, attackPool: 10, test: 6)
    let attacked = split.trainingSet(attacked: [9, 0, 4])
    #expect(indices(attacked) == Array(0..<12) + [21, 12, 16])
    // The true classes of images 21, 12, 16 are 1, 2, 6: bits 0, 0, 1.
    #expect(attacked.labels == split.training.labels + [1, 1, 0])
    #expect(split.trainingSet(attacked: []) == split.training)
  }

  @Test("sizes that just fit are taken, and one more image is an error with all numbers")
  func sizes() throws {
    let one = dataset(images(28))
    _ = try AttackSetSplit(one, task: .digits0to4Versus5to9, training: 12, attackPool: 10, test: 6)
    let error = #expect(throws: DatasetError.self) {
      try AttackSetSplit(one, task: .digits0to4Versus5to9, training: 12, attackPool: 10, test: 7)
    }
    #expect(
      error
        == .notEnoughImages(
          NotEnoughImages(
            dataset: "sample", training: 12, attackPool: 10, test: 7, availableInTrainPart: 28,
            availableInTestPart: nil)))
    #expect(error?.description.contains("29 in all, of 28") == true)
    #expect(throws: DatasetError.self) {
      try AttackSetSplit(
        dataset(images(22), images(5)), task: .digits0to4Versus5to9, training: 12, attackPool: 10, test: 6)
    }
  }

  @Test("a task of another data set is refused")
  func wrongTask() {
    let error = #expect(throws: DatasetError.taskDoesNotFit(.classes0to4Versus5to9, .mnist)) {
      try AttackSetSplit(
        dataset(images(28)), task: .classes0to4Versus5to9, training: 1, attackPool: 1, test: 1)
    }
    #expect(error?.description.contains("choose digits-0-4-vs-5-9") == true)
  }

  @Test("the built-in images serve the paper's sizes: |S| = 500, a pool of 500, |E| = 1000")
  func builtIn() throws {
    let folder = try TemporaryFolder()
    let mnist = try library(root: folder.path).load(.mnist)
    let split = try AttackSetSplit(
      mnist, task: .digits0to4Versus5to9, training: 500, attackPool: 500, test: 1000)
    #expect(split.training.inputs.columns == 784)
    #expect(split.test.inputs.row(999).elementsEqual(mnist.train.image(4999).map { Float($0) / 255 }))
    // About half are label 1: 250 ± 34 is three standard deviations of 500 fair draws.
    #expect(abs(split.training.labels.reduce(0) { $0 + Int($1) } - 250) < 34)
  }
}
