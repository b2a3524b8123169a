package import DatasetDescriptions
import LinearAlgebra

/// The training set S, the pool that attack sets A are drawn from, and the test set E.
///
/// The attack-set trick (the paper, §5.2, after Wu et al. 2017): training on S ∪ A, where the labels of A are
/// all flipped, finds functions that fit S and generalise badly, the worse the larger A is.
package struct AttackSetSplit: Sendable {
  /// S: the first images of the train part.
  package let training: BinaryImages
  /// The pool of A: the images after S, with their true labels.
  package let attackPool: BinaryImages
  /// E: the first images of the test part, or the last of the train part where there is no test part.
  package let test: BinaryImages

  /// A split from its parts.
  package init(training: BinaryImages, attackPool: BinaryImages, test: BinaryImages) {
    self.training = training
    self.attackPool = attackPool
    self.test = test
  }

  /// Splits a data set into S, the pool of A, and E, of the sizes given, none of which overlap. Images of
  /// classes that the task does not know are passed over.
  ///
  /// Throws `DatasetError.taskDoesNotFit`, `.notEnoughImages` where the three do not fit, or
  /// `.channelMismatch`.
  package init(
    _ dataset: ImageDataset, task: BinaryTask, training: Int, attackPool: Int, test: Int,
    normalisation: ChannelScaling? = nil
  ) throws(DatasetError) {
    precondition(
      training >= 0 && attackPool >= 0 && test >= 0,
      "expected sizes of 0 or more, got \(training), \(attackPool), \(test)")
    guard task.datasets.contains(dataset.name) else { throw .taskDoesNotFit(task, dataset.name) }
    let dataset = dataset.selecting(task)
    let channels = dataset.train.channels
    if let normalisation, normalisation.channelCount != channels {
      throw .channelMismatch(dataset.name, channels: channels, normalised: normalisation.channelCount)
    }
    let testImages = dataset.test ?? dataset.train
    let fromTrainPart = training + attackPool + (dataset.test == nil ? test : 0)
    guard fromTrainPart <= dataset.train.count, test <= testImages.count else {
      throw .notEnoughImages(
        NotEnoughImages(
          dataset: dataset.summary, training: training, attackPool: attackPool, test: test,
          availableInTrainPart: dataset.train.count, availableInTestPart: dataset.test?.count))
    }
    let firstOfTest = dataset.test == nil ? testImages.count - test : 0
    func images(_ part: LabelledImages, _ range: Range<Int>) -> BinaryImages {
      BinaryImages(part, range, task: task, normalisation: normalisation)
    }
    self.training = images(dataset.train, 0..<training)
    self.attackPool = images(dataset.train, training..<training + attackPool)
    self.test = images(testImages, firstOfTest..<firstOfTest + test)
  }

  /// S ∪ A: S, followed by the images of the pool at `indices` (in that order) with flipped labels.
  package func trainingSet(attacked indices: [Int]) -> BinaryImages {
    precondition(
      indices.allSatisfy { 0..<attackPool.count ~= $0 },
      "expected indices below \(attackPool.count), got \(indices.max() ?? 0)")
    return BinaryImages(
      inputs: training.inputs.appendingRows(of: attackPool.inputs.rows(at: indices)),
      labels: training.labels + indices.map { 1 - attackPool.labels[$0] })
  }
}
