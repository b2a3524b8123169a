package import RandomStreams

/// The minibatches of epoch after epoch, as the numbers of their examples.
///
/// With ``Order/shuffled`` each epoch follows a fresh permutation; with ``Order/fixed`` all epochs follow the
/// order of the examples. The last batch of an epoch holds what is left over. Used by trainings and by the
/// sharpness ascent alike.
package final class Minibatches {
  /// Which order the examples of an epoch come in.
  package enum Order: Sendable { case shuffled, fixed }

  /// The number of examples in a full batch.
  package let batchSize: Int
  private let order: Order
  private var stream: RandomStream
  private var permutation: [Int]
  /// The batches of the next epoch that are passed over.
  private var skipped = 0

  /// Batches over `count` examples.
  package init(count: Int, batchSize: Int, order: Order, key: RandomKey) {
    precondition(batchSize > 0, "expected a positive batch size, got \(batchSize)")
    self.batchSize = min(batchSize, max(count, 1))
    self.order = order
    stream = RandomStream(key)
    permutation = Array(0..<count)
  }

  /// The number of batches in an epoch.
  package var batchCount: Int { (permutation.count + batchSize - 1) / batchSize }

  /// Passes over batches that were taken before, counted from the first: what comes next is what would come
  /// behind them.
  package func skip(batches: Int) {
    guard batchCount > 0 else { return }
    for _ in 0..<batches / batchCount where order == .shuffled { stream.shuffle(&permutation) }
    skipped = batches % batchCount
  }

  /// Calls `step` with the examples of each batch of the next epoch.
  package func forEachInNextEpoch(_ step: (UnsafeBufferPointer<Int>) -> Void) {
    if order == .shuffled { stream.shuffle(&permutation) }
    permutation.withUnsafeBufferPointer { examples in
      for start in stride(from: skipped * batchSize, to: examples.count, by: batchSize) {
        step(UnsafeBufferPointer(rebasing: examples[start..<min(start + batchSize, examples.count)]))
      }
    }
    skipped = 0
  }
}
