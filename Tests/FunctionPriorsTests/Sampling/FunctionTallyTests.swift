import RandomStreams
import Testing

@testable import FunctionPriors

@Suite("Counting functions")
struct FunctionTallyTests {
  private static let ensemble = BooleanNetworkEnsemble(
    variables: 4, hidden: [5], weightVariance: 1, biasVariance: 0.1)
  private static let functions = FunctionSampler(ensemble, key: RandomKey(seed: 9)).functions(0..<20_000)

  /// The tally of blocks of these sizes.
  private func tally(blocks sizes: [Int], kept: Int) -> FunctionTally {
    var start = 0
    let blocks = sizes.map { size in
      defer { start += size }
      return FunctionBlock(Array(Self.functions[start..<start + size]))
    }
    var tally = FunctionTally(inputs: 16, kept: kept)
    for partition in 0..<FunctionBlock.partitionCount {
      var part = FunctionTally(inputs: 16, kept: kept)
      part.add(partition: blocks.flatMap { $0.partitions[partition] })
      tally.add(part)
    }
    return tally
  }

  @Test("all counts are those of a dictionary, for any cut into blocks")
  func dictionary() {
    var counts: [BooleanFunction: Int] = [:]
    for function in Self.functions { counts[function, default: 0] += 1 }
    let ranked = counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
    for sizes in [[20_000], [1, 12_345, 7654], Array(repeating: 1000, count: 20)] {
      let tally = tally(blocks: sizes, kept: 50)
      #expect(tally.distinct == counts.count)
      #expect(tally.mostFrequent.map(\.function) == ranked.prefix(50).map(\.key))
      #expect(tally.mostFrequent.map(\.count) == ranked.prefix(50).map(\.value))
      #expect(
        tally.functionsByCount
          == Dictionary(grouping: counts.values, by: { $0 }).mapValues(\.count))
      for (bits, found) in tally.complexities {
        let alike = counts.filter { LempelZivComplexity.bits($0.key, inputs: 16) == bits }
        #expect(found.functions == alike.count)
        #expect(found.samples == alike.values.reduce(0, +))
        #expect(found.largestCount == alike.values.max())
      }
      #expect(tally.complexities.reduce(0) { $0 + $1.found.samples } == 20_000)
    }
  }

  @Test("a sample of fewer functions than are to be kept keeps them all")
  func few() {
    let tally = tally(blocks: [20_000], kept: 100_000)
    #expect(tally.mostFrequent.count == tally.distinct)
  }

  @Test("a block reads back from its bytes, whole or by partitions; cut or lengthened it does not")
  func bytes() throws {
    let block = FunctionBlock(Array(Self.functions[..<500]))
    let bytes = block.bytes
    #expect(FunctionBlock(bytes: bytes, samples: 500) == block)
    let part = try #require(FunctionBlock(bytes: bytes, samples: 500, partitions: 3..<9))
    for index in 0..<FunctionBlock.partitionCount {
      #expect(part.partitions[index] == ((3..<9).contains(index) ? block.partitions[index] : []))
    }
    for length in stride(from: 0, to: bytes.count, by: 97) {
      #expect(FunctionBlock(bytes: Array(bytes[..<length]), samples: 500) == nil)
    }
    #expect(FunctionBlock(bytes: bytes + [0], samples: 500) == nil)
    // A size that lies.
    #expect(FunctionBlock(bytes: Array(repeating: 0xFF, count: bytes.count), samples: 500) == nil)
    // Another number of samples; the first function in another partition; a function that was found no time.
    #expect(FunctionBlock(bytes: bytes, samples: 501) == nil)
    let first = try #require(block.partitions.firstIndex { !$0.isEmpty })
    let place = 8 * (first + 1)
    for (distance, value) in [(7, bytes[place + 7] ^ 0x80), (16, 0)] {
      var forged = bytes
      forged[place + distance] = value
      let samples = distance == 16 ? 500 - block.partitions[first][0].count : 500
      #expect(FunctionBlock(bytes: forged, samples: samples) == nil)
    }
  }
}
