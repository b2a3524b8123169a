import LinearAlgebra
import RandomStreams

/// The minibatches of epoch after epoch, gathered into one buffer that is used again for each.
///
/// With ``Order/shuffled`` each epoch follows a fresh permutation; with ``Order/fixed`` all epochs follow the
/// order of the examples. The last batch of an epoch holds what is left over. Used by the trainer and by the
/// sharpness ascent alike.
package final class Minibatches {
  /// Which order the examples of an epoch come in.
  package enum Order: Sendable { case shuffled, fixed }

  /// The number of examples in a full batch.
  package let batchSize: Int
  private let inputs: Matrix<Float>
  private let labels: [Float]
  private let order: Order
  private var stream: RandomStream
  private var permutation: [Int]
  /// The batches of the next epoch that are passed over.
  private var skipped = 0
  private let inputBuffer: UnsafeMutablePointer<Float>
  private let labelBuffer: UnsafeMutablePointer<Float>

  /// Batches over all rows of `inputs` (shape `[n, d]`) and their labels.
  package init(inputs: Matrix<Float>, labels: [Float], batchSize: Int, order: Order, key: RandomKey) {
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

  /// The number of batches in an epoch.
  package var batchCount: Int { (inputs.rows + batchSize - 1) / batchSize }

  /// Passes over batches that were taken before, counted from the first: what comes next is what would come
  /// behind them.
  package func skip(batches: Int) {
    guard batchCount > 0 else { return }
    for _ in 0..<batches / batchCount where order == .shuffled { stream.shuffle(&permutation) }
    skipped = batches % batchCount
  }

  deinit {
    inputBuffer.deallocate()
    labelBuffer.deallocate()
  }

  /// Calls `step` with each batch of the next epoch: inputs `[count, d]`, labels `[count]`, count.
  package func forEachInNextEpoch(
    _ step: (UnsafePointer<Float>, UnsafePointer<Float>, Int) -> Void
  ) {
    let d = inputs.columns
    inputs.elements.withUnsafeBufferPointer { x in
      guard let x = x.baseAddress else { return }
      forEachSelectionInNextEpoch { examples, labels in
        for (position, example) in examples.enumerated() {
          (inputBuffer + position * d).update(from: x + example * d, count: d)
        }
        step(inputBuffer, labels, examples.count)
      }
    }
  }

  /// Calls `step` with each batch of the next epoch as the numbers of its examples, and their labels.
  ///
  /// For who holds the inputs in another form; the batches are those of ``forEachInNextEpoch(_:)``.
  package func forEachSelectionInNextEpoch(
    _ step: (UnsafeBufferPointer<Int>, UnsafePointer<Float>) -> Void
  ) {
    if order == .shuffled { stream.shuffle(&permutation) }
    permutation.withUnsafeBufferPointer { examples in
      for start in stride(from: skipped * batchSize, to: examples.count, by: batchSize) {
        let batch = UnsafeBufferPointer(rebasing: examples[start..<min(start + batchSize, examples.count)])
        for (position, example) in batch.enumerated() { labelBuffer[position] = labels[example] }
        step(batch, labelBuffer)
      }
    }
    skipped = 0
  }
}
