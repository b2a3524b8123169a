import FunctionPriors
import LinearAlgebra
import Planning
import RandomStreams
import RunStorage
import Specifications
import Synchronization

/// Draws a sample of functions, several blocks at once, and counts it. Several processes may draw its blocks.
///
/// Finished blocks are stored, so a killed call loses at most one block for each worker. The counts depend
/// neither on the number of workers nor on interruptions: sample i is the same network in every worker.
/// Blocks are counted a few of their partitions at a time; on the disk they take at most 20 bytes a sample
/// until the whole is stored.
struct FunctionSampleExecution {
  let spec: FunctionSampleSpec
  let store: FunctionSampleStore
  let claims: WorkClaims
  let workers: Int
  var isCancelled: @Sendable () -> Bool

  /// Samples in a block: a second or two of one core for the paper's networks.
  var blockSize = Self.standardBlockSize
  /// Bytes of functions that are gathered at once to be counted; with the copies of sorting, and the arrays'
  /// room to grow, three times as much is in use at most. 10⁸ samples took 0.75 GB in all.
  var memoryOfCounting = 256 << 20

  static let standardBlockSize = 1 << 18

  /// How often a worker asks whether to stop.
  private static let sliceSize = 256

  /// The stream of the sample's random numbers.
  static func key(seed: UInt64) -> RandomKey { RandomKey(seed: seed).split("function-sample") }

  /// Draws, counts and stores the sample; returns its record, or nil when cancelled.
  ///
  /// - Parameters:
  ///   - waiting: called where another process draws the sample or a block of it, before the wait for it.
  ///   - onDamage: called from several threads with a file that was set aside; what it held is drawn again.
  ///   - progress: called with the number of samples drawn so far, stored ones included.
  /// - Throws: `StorageError`.
  func execute(
    waiting: @Sendable () -> Void, onDamage: @Sendable (DamagedFile) -> Void,
    progress: @escaping @Sendable (Int) -> Void
  ) throws -> FunctionSampleRecord? {
    let key = try FunctionSampleIdentity(spec: spec).key()
    return try claims.holding(key, isCancelled: isCancelled, waiting: waiting) { claim in
      try ProcessorMeter.following(.ofWork) {
        try stopping(with: claim).execute(claimed: key, waiting, onDamage: onDamage, progress: progress)
      }
    }
  }

  /// Draws, counts and stores the sample once it is claimed.
  private func execute(
    claimed key: ContentKey, _ waiting: @Sendable () -> Void, onDamage: @Sendable (DamagedFile) -> Void,
    progress: @escaping @Sendable (Int) -> Void
  ) throws -> FunctionSampleRecord? {
    // Another process may have finished it meanwhile.
    switch try store.read(key, afresh: true) {
    case .found(let record): return record
    case .damaged(let damage): onDamage(damage)
    case .missing: break
    }
    let timer = RunTimer()
    let blocks = store.blocks(of: key)
    guard let drawn = try draw(ranges, key, waiting, onDamage, progress) else { return nil }
    let clock = ContinuousClock()
    let start = clock.now
    guard let tally = try count(blocks, onDamage) else { return nil }
    let record = try FunctionSampleRecord(
      spec: spec, result: FunctionSampleResult(tally, spec),
      provenance: FunctionSampleProvenance(
        plateauVersion: BuildFacts.plateauVersion, arithmetic: FunctionSampler.arithmeticName,
        architecture: BuildFacts.architecture, swiftVersion: BuildFacts.swiftVersion, replayClass: .bitwise,
        secondsOfDrawing: drawn.seconds, samplesDrawn: drawn.samples,
        secondsOfCounting: start.duration(to: clock.now).seconds * Double(work.concurrency),
        processorSeconds: timer.taken.processorSeconds))
    try store.write(record)
    return record
  }

  private var work: ParallelWork { ParallelWork(workers: workers, isCancelled: isCancelled) }

  /// The samples of each block.
  private var ranges: [Range<Int>] {
    stride(from: 0, to: spec.samples, by: blockSize).map { $0..<min($0 + blockSize, spec.samples) }
  }

  /// Draws these samples, stores their block and returns its bytes; nil when cancelled.
  private func drawBlock(_ samples: Range<Int>, into blocks: StoredBlocks) throws -> [UInt8]? {
    let sampler = FunctionSampler(BooleanNetworkEnsemble(spec), key: Self.key(seed: spec.seed))
    var functions: [BooleanFunction] = []
    functions.reserveCapacity(samples.count)
    for first in stride(from: samples.lowerBound, to: samples.upperBound, by: Self.sliceSize) {
      if isCancelled() { return nil }
      functions += sampler.functions(first..<min(first + Self.sliceSize, samples.upperBound))
    }
    let bytes = FunctionBlock(functions).bytes
    try blocks.write(bytes, of: samples)
    return bytes
  }

  /// Draws and stores some of the blocks, and leaves their counting to ``execute(waiting:onDamage:progress:)``.
  ///
  /// - Parameters:
  ///   - numbers: which blocks, from 0; those that there are not are none.
  ///   - waiting: called where another process draws one of them, before the wait for it.
  ///   - onDamage: called with the stored sample where that was set aside.
  ///   - progress: called with the number of samples of these blocks drawn so far, stored ones included.
  /// - Returns: false when cancelled; the blocks that are drawn are stored.
  /// - Throws: `StorageError`.
  func drawBlocks(
    _ numbers: Range<Int>, waiting: @Sendable () -> Void, onDamage: @Sendable (DamagedFile) -> Void,
    progress: @escaping @Sendable (Int) -> Void
  ) throws -> Bool {
    let wanted = Array(ranges[numbers.clamped(to: ranges.indices)])
    let key = try FunctionSampleIdentity(spec: spec).key()
    return try draw(wanted, key, waiting, onDamage, progress) != nil
  }

  /// Draws those of these blocks that are not stored, each under a claim of its own: first those that no other
  /// process draws; nil when cancelled.
  private func draw(
    _ wanted: [Range<Int>], _ key: ContentKey, _ waiting: @Sendable () -> Void,
    _ onDamage: @Sendable (DamagedFile) -> Void, _ progress: @escaping @Sendable (Int) -> Void
  ) throws -> (seconds: Double, samples: Int)? {
    let blocks = store.blocks(of: key)
    let stored = Set(blocks.ranges)
    let missing = wanted.filter { !stored.contains($0) }
    let atFirst = wanted.reduce(0) { $0 + $1.count } - missing.reduce(0) { $0 + $1.count }
    let done = Mutex(atFirst)
    progress(atFirst)
    let free = try work.map(missing) { samples -> Drawn? in
      guard let claim = try claims.claim(blocks.claim(of: samples)) else { return .elsewhere }
      return try draw(claimed: samples, by: claim, key, done, onDamage, progress)
    }
    guard let free else { return nil }
    let elsewhere = zip(missing, free).compactMap { samples, drawn in
      if case .elsewhere = drawn { samples } else { nil }
    }
    let awaited = try work.map(elsewhere) { samples in
      try claims.holding(blocks.claim(of: samples), isCancelled: isCancelled, waiting: waiting) {
        claim throws -> Drawn? in
        let drawn = try draw(claimed: samples, by: claim, key, done, onDamage, progress)
        if case .elsewhere = drawn { return nil }
        return drawn
      }
    }
    return awaited.map { awaited in
      (free + awaited).reduce((0, 0)) { sum, drawn in
        if case .here(let seconds, let samples) = drawn { (sum.0 + seconds, sum.1 + samples) } else { sum }
      }
    }
  }

  /// What became of a block that was missing.
  private enum Drawn {
    /// It is there; these samples of it were drawn now.
    case here(seconds: Double, samples: Int)
    /// Another process draws it.
    case elsewhere
  }

  /// Draws a block that is claimed, unless it is stored by now, or the whole sample is, whose blocks are gone then;
  /// nil when cancelled.
  private func draw(
    claimed samples: Range<Int>, by claim: WorkClaims.Claim, _ key: ContentKey, _ done: borrowing Mutex<Int>,
    _ onDamage: (DamagedFile) -> Void, _ progress: (Int) -> Void
  ) throws -> Drawn? {
    let blocks = store.blocks(of: key)
    var drawn = Drawn.here(seconds: 0, samples: 0)
    if try !blocks.ranges.contains(samples) && !isStored(key, onDamage) {
      let clock = ContinuousClock()
      let start = clock.now
      guard try stopping(with: claim).drawBlock(samples, into: blocks) != nil else {
        return claim.isLost ? .elsewhere : nil
      }
      drawn = .here(seconds: start.duration(to: clock.now).seconds, samples: samples.count)
    }
    progress(
      done.withLock {
        $0 += samples.count
        return $0
      })
    return drawn
  }

  private func isStored(_ key: ContentKey, _ onDamage: (DamagedFile) -> Void) throws -> Bool {
    switch try store.read(key, afresh: true) {
    case .found: return true
    case .damaged(let damage): onDamage(damage)
    case .missing: break
    }
    return false
  }

  /// This, stopped when the claim is lost as well.
  private func stopping(with claim: WorkClaims.Claim) -> Self {
    var execution = self
    execution.isCancelled = { [isCancelled] in isCancelled() || claim.isLost }
    return execution
  }

  /// Some partitions of the block of these samples. A damaged block is drawn and stored again; nil when
  /// cancelled meanwhile.
  private func load(
    _ samples: Range<Int>, partitions: Range<Int>, from blocks: StoredBlocks,
    _ onDamage: (DamagedFile) -> Void
  ) throws -> FunctionBlock? {
    switch try blocks.read(samples) {
    case .nothing: break
    case .damaged(let damage): onDamage(damage)
    case .bytes(let bytes):
      if let block = FunctionBlock(bytes: bytes, samples: samples.count, partitions: partitions) {
        return block
      }
      try blocks.setAside(samples, because: "does not hold so many samples").map(onDamage)
    }
    return try drawBlock(samples, into: blocks).flatMap {
      FunctionBlock(bytes: $0, samples: samples.count, partitions: partitions)
    }
  }

  /// Counts the stored blocks; nil when cancelled.
  private func count(
    _ blocks: StoredBlocks, _ onDamage: @Sendable (DamagedFile) -> Void
  ) throws -> FunctionTally? {
    let bytes = spec.samples * MemoryLayout<CountedFunction>.stride
    let passes = min(FunctionBlock.partitionCount, bytes / memoryOfCounting + 1)
    let partitionsAtOnce = (FunctionBlock.partitionCount + passes - 1) / passes
    var tally = FunctionTally(inputs: spec.inputCount, kept: spec.kept)
    for first in stride(from: 0, to: FunctionBlock.partitionCount, by: partitionsAtOnce) {
      let range = first..<min(first + partitionsAtOnce, FunctionBlock.partitionCount)
      var gathered = [[CountedFunction]](repeating: [], count: range.count)
      for group in ranges.chunked(2 * work.concurrency) {
        let loaded = try work.map(group) { try load($0, partitions: range, from: blocks, onDamage) }
        guard let loaded else { return nil }
        for block in loaded {
          for partition in range { gathered[partition - first] += block.partitions[partition] }
        }
      }
      let parts = try work.map(gathered) { partition in
        var part = FunctionTally(inputs: spec.inputCount, kept: spec.kept)
        part.add(partition: partition)
        return part
      }
      guard let parts else { return nil }
      for part in parts { tally.add(part) }
    }
    let counted = tally.functionsByCount.reduce(0) { $0 + $1.key * $1.value }
    precondition(counted == spec.samples, "expected \(spec.samples) samples in all blocks, got \(counted)")
    return tally
  }
}

extension [Range<Int>] {
  /// The elements in order, at most `size` in each part.
  fileprivate func chunked(_ size: Int) -> [[Range<Int>]] {
    stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
  }
}

extension BooleanNetworkEnsemble {
  /// The networks of a sample.
  init(_ spec: FunctionSampleSpec) {
    let deviation = spec.network.biasStandardDeviation
    self.init(
      variables: spec.variables, hidden: spec.network.hidden,
      weightVariance: spec.network.effectiveWeightVariance, biasVariance: deviation * deviation)
  }
}

extension FunctionSampleResult {
  /// The stored form of a tally.
  init(_ tally: FunctionTally, _ spec: FunctionSampleSpec) {
    let functions = tally.mostFrequent
    let counts = tally.functionsByCount.sorted { $0.key > $1.key }
    self.init(
      samples: spec.samples, distinct: tally.distinct,
      functions: functions.map { $0.function.hexadecimal(inputs: spec.inputCount) },
      counts: functions.map(\.count),
      complexities: functions.map { LempelZivComplexity.bits($0.function, inputs: spec.inputCount) },
      countValues: counts.map(\.key), countFunctions: counts.map(\.value),
      complexityClasses: tally.complexities.map {
        ComplexityClass(
          complexity: $0.bits, functions: $0.found.functions, samples: $0.found.samples,
          largestCount: $0.found.largestCount)
      })
  }
}
