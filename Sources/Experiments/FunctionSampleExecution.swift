import FunctionPriors
import Planning
import RandomStreams
import RunStorage
import Synchronization

/// Draws a sample of functions, several blocks at once, and counts it.
///
/// Finished blocks are stored, so a killed call loses at most one block for each worker. The counts depend neither on
/// the number of workers nor on interruptions: sample i is the same network whoever draws it. Blocks are counted a few
/// partitions at a time, so that memory stays below ``memoryOfCounting`` beside a block for each worker; on the disk they
/// take at most 20 bytes a sample until the sample is stored.
struct FunctionSampleExecution {
  let spec: FunctionSampleSpec
  let store: FunctionSampleStore
  let workers: Int
  let isCancelled: @Sendable () -> Bool

  /// Samples in a block: a second or two of one core for the paper's networks.
  var blockSize = 1 << 18
  /// Bytes of functions that are counted at once.
  var memoryOfCounting = 512 << 20

  /// Where the sample's own random numbers come from.
  static func key(seed: UInt64) -> RandomKey { RandomKey(seed: seed).split("function-sample") }

  /// The record, stored; nil when cancelled.
  ///
  /// - Parameter progress: called with the number of samples drawn so far, stored ones included.
  /// - Throws: `StorageError`.
  func execute(
    waiting: () -> Void, progress: @escaping @Sendable (Int) -> Void
  ) throws -> FunctionSampleRecord? {
    let key = try FunctionSampleIdentity(spec: spec).key()
    let blocks = store.blocks(of: key)
    let record = try blocks.exclusively(isCancelled: isCancelled, waiting: waiting) {
      () throws -> FunctionSampleRecord? in
      // Another process may have finished it meanwhile.
      if case .found(let record) = try store.read(key) { return record }
      guard let drawn = try draw(blocks, progress) else { return nil }
      let clock = ContinuousClock()
      let start = clock.now
      guard let tally = try count(blocks) else { return nil }
      let record = try FunctionSampleRecord(
        spec: spec, result: FunctionSampleResult(tally, spec),
        provenance: FunctionSampleProvenance(
          plateauVersion: BuildFacts.plateauVersion, arithmetic: FunctionSampler.arithmeticName,
          architecture: BuildFacts.architecture, swiftVersion: BuildFacts.swiftVersion, replayClass: .bitwise,
          secondsOfWork: drawn.seconds + start.duration(to: clock.now).seconds * Double(workers),
          samplesDrawn: drawn.samples))
      try store.write(record)
      return record
    }
    return record ?? nil
  }

  private var blockCount: Int { (spec.samples + blockSize - 1) / blockSize }

  private func samples(of block: Int) -> Range<Int> {
    block * blockSize..<min((block + 1) * blockSize, spec.samples)
  }

  private func block(_ index: Int) -> FunctionBlock {
    let sampler = FunctionSampler(
      BooleanNetworkEnsemble(spec), key: Self.key(seed: spec.seed))
    return FunctionBlock(sampler.functions(samples(of: index)))
  }

  /// Draws the blocks that are not stored; nil when cancelled.
  private func draw(
    _ blocks: FunctionSampleBlocks, _ progress: @escaping @Sendable (Int) -> Void
  ) throws -> (seconds: Double, samples: Int)? {
    let stored = Set(blocks.indices)
    let missing = (0..<blockCount).filter { !stored.contains($0) }
    let drawn = Mutex(spec.samples - missing.reduce(0) { $0 + samples(of: $1).count })
    progress(drawn.withLock(\.self))
    let seconds = try ParallelWork(workers: workers, isCancelled: isCancelled).map(missing) { index in
      let clock = ContinuousClock()
      let start = clock.now
      try blocks.write(block(index).bytes, at: index)
      progress(
        drawn.withLock {
          $0 += samples(of: index).count
          return $0
        })
      return start.duration(to: clock.now).seconds
    }
    return seconds.map { ($0.reduce(0, +), missing.reduce(0) { $0 + samples(of: $1).count }) }
  }

  /// Counts the stored blocks; nil when cancelled. A block that turns out damaged is drawn again.
  private func count(_ blocks: FunctionSampleBlocks) throws -> FunctionTally? {
    let work = ParallelWork(workers: workers, isCancelled: isCancelled)
    let bytes = spec.samples * MemoryLayout<CountedFunction>.stride
    let passes = min(FunctionBlock.partitionCount, bytes / memoryOfCounting + 1)
    let partitionsAtOnce = (FunctionBlock.partitionCount + passes - 1) / passes
    var tally = FunctionTally(inputs: spec.inputCount, kept: spec.kept)
    for first in stride(from: 0, to: FunctionBlock.partitionCount, by: partitionsAtOnce) {
      let range = first..<min(first + partitionsAtOnce, FunctionBlock.partitionCount)
      var gathered = [[CountedFunction]](repeating: [], count: range.count)
      for start in stride(from: 0, to: blockCount, by: 2 * workers) {
        let indices = Array(start..<min(start + 2 * workers, blockCount))
        let loaded = try work.map(indices) { index in
          try blocks.read(index).flatMap { FunctionBlock(bytes: $0, partitions: range) } ?? block(index)
        }
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
    return tally
  }
}

extension BooleanNetworkEnsemble {
  /// The networks of a sample.
  init(_ spec: FunctionSampleSpec) {
    let deviation = spec.network.biasStandardDeviation
    self.init(
      variables: spec.variables, hidden: spec.network.hidden,
      weightVariance: spec.network.weightVariance ?? 2, biasVariance: deviation * deviation)
  }
}

extension FunctionSampleResult {
  /// What the store keeps of a tally.
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
