import LinearAlgebra
import RandomStreams

/// The minibatches of epoch after epoch, gathered into one buffer that is used again for each.
///
/// With ``Order/shuffled`` each epoch follows a fresh permutation; with ``Order/fixed`` all epochs follow the
/// order of the examples. The last batch of an epoch holds what is left over. Used by the trainer and by the
/// sharpness ascent alike.
public final class Minibatches {
  /// Which order the examples of an epoch come in.
  public enum Order: Sendable { case shuffled, fixed }

  /// The number of examples in a full batch.
  public let batchSize: Int
  private let inputs: Matrix<Float>
  private let labels: [Float]
  private let order: Order
  private var stream: RandomStream
  private var permutation: [Int]
  private let inputBuffer: UnsafeMutablePointer<Float>
  private let labelBuffer: UnsafeMutablePointer<Float>

  /// Batches over all rows of `inputs` (shape `[n, d]`) and their labels.
  public init(inputs: Matrix<Float>, labels: [Float], batchSize: Int, order: Order, key: RandomKey) {
    precondition(batchSize > 0, "expected a positive batch size, got \(batchSize)")
    precondition(labels.count == inputs.rows, "expected \(inputs.rows) labels, got \(labels.count)")
    self.inputs = inputs
    self.labels = labels
    self.batchSize = min(batchSize, max(inputs.rows, 1))
    self.order = order
    stream = RandomStream(key)
    permutation = Array(0..<inputs.rows)
    inputBuffer = .allocate(capacity: self.batchSize * inputs.columns)
    labelBuffer = .allocate(capacity: self.batchSize)
  }

  deinit {
    inputBuffer.deallocate()
    labelBuffer.deallocate()
  }

  /// Calls `step` with each batch of the next epoch: inputs `[count, d]`, labels `[count]`, count.
  public func forEachInNextEpoch(
    _ step: (UnsafePointer<Float>, UnsafePointer<Float>, Int) -> Void
  ) {
    if order == .shuffled { stream.shuffle(&permutation) }
    let d = inputs.columns
    inputs.elements.withUnsafeBufferPointer { x in
      guard let x = x.baseAddress else { return }
      for start in stride(from: 0, to: permutation.count, by: batchSize) {
        let count = min(batchSize, permutation.count - start)
        for position in 0..<count {
          let example = permutation[start + position]
          (inputBuffer + position * d).update(from: x + example * d, count: d)
          labelBuffer[position] = labels[example]
        }
        step(inputBuffer, labelBuffer, count)
      }
    }
  }
}
