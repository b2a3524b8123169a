/// One of the two parts that the authors of a data set published separately.
package enum DatasetPart: String, CaseIterable, Codable, Sendable {
  /// The part meant for training.
  case train
  /// The part meant for testing.
  case test

  /// What the IDX file names of MNIST and Fashion-MNIST begin with.
  var idxPrefix: String {
    switch self {
    case .train: "train"
    case .test: "t10k"
    }
  }

  /// The CIFAR-10 files of the part, in order.
  var cifarFileNames: [String] {
    switch self {
    case .train: (1...5).map { "data_batch_\($0).bin" }
    case .test: ["test_batch.bin"]
    }
  }
}
