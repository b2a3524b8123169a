import Datasets
import FunctionPriors
import LinearAlgebra
import NeuralNetworks
import Planning
import RunStorage
import Specifications

/// One Monte-Carlo kernel that is wanted: its inputs, its number of initialisations, its blocks.
struct MonteCarloKernelWork {
  let training: TrainingSpec
  let settings: PriorSettings
  let identity: MonteCarloKernelIdentity
  let key: ContentKey
  /// S, then E.
  let inputs: Matrix<Float>
  let labels: [Float]
  /// M.
  let wanted: Int
  private let blockSize: Int

  /// - Throws: `CanonicalJSONError`.
  init(
    _ training: TrainingSpec, entry: DataCatalogue.Entry, settings: PriorSettings, blockSize: Int
  ) throws {
    (self.training, self.settings, self.blockSize) = (training, settings, blockSize)
    identity = MonteCarloKernelIdentity(
      training: training, dataDigest: entry.digest, settings: settings)
    key = try identity.key()
    inputs = entry.split.training.inputs.appendingRows(of: entry.split.test.inputs)
    labels = (entry.split.training.labels + entry.split.test.labels).map(Float.init)
    wanted = settings.initialisations(points: inputs.rows) ?? 2
  }

  /// The kernel of a sum over initialisations.
  func kernel(of features: GramSum) -> MonteCarloKernel {
    MonteCarloKernel(
      features: features, weightVariance: settings.weightVariance, biasVariance: settings.biasVariance)
  }

  /// The sum before any initialisation.
  var empty: GramSum { GramSum(count: inputs.rows) }

  /// The initialisations of each block after the first `done`, which are whole blocks.
  func ranges(after done: Int) -> [Range<Int>] {
    stride(from: done, to: wanted, by: blockSize).map { $0..<min($0 + blockSize, wanted) }
  }
}

extension GramSum {
  /// The sum over initialisations as it was stored.
  init(_ stored: StoredKernel) {
    self.init(
      terms: stored.initialisations, sum: Matrix(lowerTriangle: stored.triangle, rows: stored.count),
      sumOfSquaredNorms: stored.sumOfSquaredNorms)
  }

  /// The sum of a block of so many initialisations of `count` inputs.
  init(_ block: KernelBlock, of initialisations: Int, count: Int) {
    self.init(
      terms: initialisations, sum: Matrix(lowerTriangle: block.triangle, rows: count),
      sumOfSquaredNorms: block.sumOfSquaredNorms)
  }

  /// The lower triangle, row after row.
  fileprivate var triangle: [Double] {
    var triangle: [Double] = []
    triangle.reserveCapacity(count * (count + 1) / 2)
    for i in 0..<count { triangle += sum.elements[i * count..<i * count + i + 1] }
    return triangle
  }
}

extension StoredKernel {
  /// What is stored of a kernel.
  init(identity: MonteCarloKernelIdentity, _ sum: GramSum, blockSize: Int, seconds: Double) {
    self.init(
      identity: identity, initialisations: sum.terms, count: sum.count,
      sumOfSquaredNorms: sum.sumOfSquaredNorms, triangle: sum.triangle, blockSize: blockSize,
      seconds: seconds)
  }
}

extension KernelBlock {
  /// What is stored of a block.
  init(_ sum: GramSum, seconds: Double) {
    self.init(sumOfSquaredNorms: sum.sumOfSquaredNorms, seconds: seconds, triangle: sum.triangle)
  }
}

extension Matrix<Double> {
  /// The matrix whose lower triangle these numbers are, row after row, with zeros above.
  fileprivate init(lowerTriangle triangle: [Double], rows: Int) {
    self.init(rows: rows, columns: rows)
    var position = 0
    for i in 0..<rows {
      for j in 0...i { elements[i * rows + j] = triangle[position + j] }
      position += i + 1
    }
  }
}
