import Datasets
import FunctionPriors
import LinearAlgebra
import NeuralNetworks
import Planning
import RandomStreams
import RunStorage
import Specifications

/// Makes the Monte-Carlo kernel over S ∪ E of residual networks in blocks of initialisations, which several
/// processes may share.
///
/// Initialisation m draws from a stream of the seed and m alone. A block is summed from zero in the order of m, and
/// the kernel is the sum of its blocks in order: its bits depend neither on who made which block nor on where that
/// was interrupted. A block under way is stored now and then, and a killed call resumes from it.
struct MonteCarloKernelExecution {
  let store: KernelStore
  let claims: WorkClaims
  let workspace: ResidualWorkspace
  var isCancelled: @Sendable () -> Bool
  /// Whether another process has taken over what this one makes.
  private(set) var isLost: @Sendable () -> Bool = { false }
  /// Initialisations in a block; another number makes other sums.
  var blockSize = Self.standardBlockSize
  /// How much of a block under way a kill may lose.
  var interval: Duration = .seconds(30)

  static let standardBlockSize = 32

  /// What is told of the work.
  struct Reports {
    /// Another process makes the kernel or a block of it; called before the wait.
    var waiting: () -> Void = {}
    /// A file cannot be trusted; what it held is made again.
    var onDamage: (DamagedFile) -> Void = { _ in }
    /// The initialisations done by all processes, of how many.
    var progress: (_ done: Int, _ of: Int) -> Void = { _, _ in }
  }

  /// The kernel of `settings` over the inputs of `training`, from the blocks that are there and those that are not.
  ///
  /// Costs M · (|S| + |E|) forward passes. A kernel that is stored with fewer initialisations than are wanted is
  /// extended where it ends with a whole block; else it is made again, as is one of more.
  ///
  /// - Returns: nil when cancelled; what was done is stored.
  /// - Throws: `StorageError`, `CanonicalJSONError`.
  func kernel(
    _ training: TrainingSpec, entry: DataCatalogue.Entry, settings: PriorSettings, _ reports: Reports
  ) throws -> MonteCarloKernel? {
    let work = try MonteCarloKernelWork(training, entry: entry, settings: settings, blockSize: blockSize)
    return try claims.holding(work.key, isCancelled: isCancelled, waiting: reports.waiting) { claim in
      try stopping(with: claim).kernel(work, reports)
    }
  }

  /// Makes some blocks of the kernel, and leaves its sum to ``kernel(_:entry:settings:_:)``.
  ///
  /// - Parameter numbers: which blocks, from 0; those that there are not are none.
  /// - Returns: false when cancelled; what was done is stored.
  /// - Throws: `StorageError`, `CanonicalJSONError`.
  func makeBlocks(
    _ numbers: Range<Int>, _ training: TrainingSpec, entry: DataCatalogue.Entry, settings: PriorSettings,
    _ reports: Reports
  ) throws -> Bool {
    let work = try MonteCarloKernelWork(training, entry: entry, settings: settings, blockSize: blockSize)
    let ranges = work.ranges(after: 0)
    return try make(Array(ranges[numbers.clamped(to: ranges.indices)]), work, reports)
  }

  /// This, stopped when the claim is lost as well.
  private func stopping(with claim: WorkClaims.Claim) -> Self {
    var execution = self
    execution.isLost = { [isLost] in isLost() || claim.isLost }
    execution.isCancelled = { [isCancelled] in isCancelled() || claim.isLost }
    return execution
  }

  /// The kernel once it is claimed.
  private func kernel(_ work: MonteCarloKernelWork, _ reports: Reports) throws -> MonteCarloKernel? {
    var reports = reports
    var sum = work.empty
    var seconds = 0.0
    if let stored = try stored(work, reports.onDamage) {
      sum = GramSum(stored)
      seconds = stored.seconds
    }
    reports.progress(sum.terms, work.wanted)
    if sum.terms == work.wanted {
      // Left by a call that was killed when it had stored the kernel.
      store.blocks(of: work.key).remove()
      return work.kernel(of: sum)
    }
    let ranges = work.ranges(after: sum.terms)
    let (before, tell) = (sum.terms, reports.progress)
    reports.progress = { tell(before + $0, $1) }
    guard try make(ranges, work, reports) else { return nil }
    for range in ranges {
      guard let block = try claimed(range, work, reports, { try $0.block(range, work, reports) }) else {
        return nil
      }
      sum.add(GramSum(block, of: range.count, count: sum.count))
      seconds += block.seconds
    }
    try store.write(
      StoredKernel(identity: work.identity, sum, blockSize: blockSize, seconds: seconds))
    tell(work.wanted, work.wanted)
    return work.kernel(of: sum)
  }

  /// What is stored of the kernel, where it can be used.
  private func stored(
    _ work: MonteCarloKernelWork, _ onDamage: (DamagedFile) -> Void
  ) throws -> StoredKernel? {
    switch try store.read(work.key, afresh: true) {
    case .missing: return nil
    case .damaged(let damage): onDamage(damage)
    case .found(let kernel):
      let done = kernel.initialisations
      guard kernel.count == work.inputs.rows, kernel.blockSize ?? max(done, blockSize) == blockSize,
        done == work.wanted || (done < work.wanted && done.isMultiple(of: blockSize))
      else { return nil }
      return kernel
    }
    return nil
  }

  /// Makes those of these blocks that are not stored: first those that no other process is at.
  private func make(
    _ ranges: [Range<Int>], _ work: MonteCarloKernelWork, _ reports: Reports
  ) throws -> Bool {
    let blocks = store.blocks(of: work.key)
    var elsewhere: [Range<Int>] = []
    for range in ranges where !blocks.ranges.contains(range) {
      guard let claim = try claims.claim(blocks.claim(of: range)) else {
        elsewhere.append(range)
        continue
      }
      defer { withExtendedLifetime(claim) {} }
      let isMade = try stopping(with: claim).makeIfMissing(range, work, reports)
      if claim.isLost { elsewhere.append(range) } else if !isMade { return false }
    }
    for range in elsewhere {
      guard
        try claimed(range, work, reports, { try $0.makeIfMissing(range, work, reports) ? true : nil }) != nil
      else { return false }
    }
    return true
  }

  private func claimed<Result>(
    _ range: Range<Int>, _ work: MonteCarloKernelWork, _ reports: Reports,
    _ body: (Self) throws -> Result?
  ) throws -> Result? {
    let key = store.blocks(of: work.key).claim(of: range)
    return try claims.holding(key, isCancelled: isCancelled, waiting: reports.waiting) {
      try body(stopping(with: $0))
    }
  }

  /// Makes a block that is claimed, unless it is stored, or the whole kernel is, whose blocks are gone then; false
  /// when cancelled.
  private func makeIfMissing(
    _ range: Range<Int>, _ work: MonteCarloKernelWork, _ reports: Reports
  ) throws -> Bool {
    if store.blocks(of: work.key).ranges.contains(range) { return true }
    if let stored = try stored(work, reports.onDamage), stored.initialisations >= range.upperBound {
      return true
    }
    return try block(range, work, reports) != nil
  }

  /// A block that is claimed, as it is stored or made now; nil when cancelled.
  private func block(
    _ range: Range<Int>, _ work: MonteCarloKernelWork, _ reports: Reports
  ) throws -> KernelBlock? {
    let blocks = store.blocks(of: work.key)
    var (start, seconds) = (work.empty, 0.0)
    let parts = blocks.ranges.filter { $0.lowerBound == range.lowerBound && $0.count <= range.count }
    for part in parts.sorted(by: { $0.count > $1.count }) {
      switch try blocks.read(part) {
      case .nothing: continue
      case .damaged(let damage): reports.onDamage(damage)
      case .bytes(let bytes):
        guard let block = KernelBlock(bytes: bytes, count: work.inputs.rows) else { continue }
        if part == range { return block }
        (start, seconds) = (GramSum(block, of: part.count, count: start.count), block.seconds)
      }
      if start.terms > 0 { break }
    }
    let engine = workspace.engine
    let sum = engine.take(start)
    var (done, kept) = (start.terms, start.terms)
    let clock = ContinuousClock()
    var since = clock.now
    func keep() throws -> KernelBlock {
      seconds += since.duration(to: clock.now).seconds
      since = clock.now
      let block = KernelBlock(engine.value(of: sum), seconds: seconds)
      try blocks.write(block.bytes, of: range.prefix(done))
      for part in parts + [range.prefix(kept)] where part != range.prefix(done) { blocks.remove(part) }
      kept = done
      return block
    }
    let others = blocks.initialisations(besides: range)
    let images = engine.hold(work.inputs, labels: work.labels)
    for initialisation in range.dropFirst(done) {
      workspace.network = network(work.training, initialisation: initialisation)
      guard engine.add(featuresOf: images, to: sum, isCancelled: isCancelled) else {
        if done > kept, !isLost() { _ = try keep() }
        return nil
      }
      done += 1
      reports.progress(others + done, work.wanted)
      if done < range.count, since.duration(to: clock.now) > interval { _ = try keep() }
    }
    return try keep()
  }

  /// The random network of an initialisation.
  private func network(_ training: TrainingSpec, initialisation: Int) -> ResidualNetwork {
    ResidualNetwork(
      initialising: workspace.shape, weightVariance: training.network.effectiveWeightVariance,
      biasStandardDeviation: training.network.biasStandardDeviation,
      key: RandomKey(seed: training.seed).split("monte-carlo-kernel").split(initialisation))
  }
}

extension StoredBlocks {
  /// How many initialisations are in blocks that begin elsewhere.
  fileprivate func initialisations(besides range: Range<Int>) -> Int {
    let others = ranges.filter { $0.lowerBound != range.lowerBound }.map { ($0.lowerBound, $0.count) }
    return Dictionary(others, uniquingKeysWith: max).values.reduce(0, +)
  }
}
