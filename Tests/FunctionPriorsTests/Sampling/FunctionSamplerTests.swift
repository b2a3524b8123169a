import Foundation
import RandomStreams
import Testing

@testable import FunctionPriors

@Suite("Sampling functions")
struct FunctionSamplerTests {
  private static let boolean = BooleanNetworkEnsemble(
    variables: 7, hidden: [40, 40], weightVariance: 1, biasVariance: 0.01)
  /// Depths and widths that fill the tiles of the arithmetic in every way, and few inputs.
  static let ensembles = [
    boolean, BooleanNetworkEnsemble(variables: 1, hidden: [1], weightVariance: 1, biasVariance: 1),
    BooleanNetworkEnsemble(variables: 3, hidden: [7, 16, 3], weightVariance: 2, biasVariance: 0.5),
    BooleanNetworkEnsemble(variables: 5, hidden: [13], weightVariance: 1.5, biasVariance: 0),
    BooleanNetworkEnsemble(variables: 6, hidden: [29, 11, 14, 1], weightVariance: 2, biasVariance: 1),
    BooleanNetworkEnsemble(variables: 4, hidden: [70, 130, 45], weightVariance: 2, biasVariance: 0.1),
  ]

  @Test("the normals are those of Box and Muller in Float64, to a few roundings")
  func plainNormals() {
    let key = RandomKey(seed: 3).split("normals")
    let sampler = FunctionSampler(Self.boolean, key: key)
    let plain = PlainFunctionSampler(ensemble: Self.boolean, key: key)
    // The last ones are beyond the counter's lower word.
    for group in [0, 1, 77, 1 << 28 - 1, 1 << 28, 1 << 40] {
      for (found, expected) in zip(sampler.normals(firstGroup: group, groups: 1), plain.normals(group: group))
      {
        // Near a radius of 0, ln u is as coarse as u near 1: 2^-24 of it, so the radius is as coarse as 3.5e-4.
        #expect(
          abs(Double(found) - expected) <= 3e-6
            || abs(expected) < 5e-3 && abs(Double(found) - expected) < 4e-4)
      }
    }
  }

  @Test("every instruction set gives the same bits", arguments: ensembles)
  func arithmetics(ensemble: BooleanNetworkEnsemble) {
    let key = RandomKey(seed: 4)
    let samplers = FunctionSampler.availableArithmetics.map {
      FunctionSampler(ensemble, key: key, arithmetic: $0)
    }
    for sampler in samplers.dropFirst() {
      #expect(
        sampler.normals(firstGroup: 5, groups: 40).map(\.bitPattern)
          == samplers[0].normals(firstGroup: 5, groups: 40).map(\.bitPattern))
      #expect(sampler.functions(100..<140) == samplers[0].functions(100..<140))
    }
  }

  @Test(
    "functions are the signs of the plain networks' logits, wherever those are no rounding",
    arguments: ensembles)
  func plainFunctions(ensemble: BooleanNetworkEnsemble) {
    let key = RandomKey(seed: 5)
    let plain = PlainFunctionSampler(ensemble: ensemble, key: key)
    let functions = FunctionSampler(ensemble, key: key).functions(1000..<1030)
    var compared = 0
    for (offset, function) in functions.enumerated() {
      let outputs = function.outputs(128)
      #expect(outputs[ensemble.inputCount...].allSatisfy { $0 == 0 })
      for (input, logit) in plain.logits(1000 + offset).enumerated() where abs(logit) > 1e-4 {
        #expect(outputs[input] == (logit >= 0 ? 1 : 0), "sample \(1000 + offset), input \(input)")
        compared += 1
      }
    }
    // Without biases the logit of input 0 is 0 exactly; few others are near it.
    #expect(compared * 10 > 9 * 30 * (ensemble.inputCount - 1))
  }

  @Test("a sample is the same whatever is drawn with it")
  func ranges() {
    let sampler = FunctionSampler(Self.boolean, key: RandomKey(seed: 6))
    let together = sampler.functions(40..<60)
    #expect(together == sampler.functions(40..<41) + sampler.functions(41..<60))
    #expect(Set(together).count > 5)
  }

  struct Exact: Decodable {
    let variables: Int
    let weightVariance, biasVariance: Double
    let probabilities: [String: Double]
  }
  struct Sampled: Decodable {
    let networks: Int
    let counts: [String: Int]
  }
  struct Stored: Decodable {
    let sampled: Sampled
    let exact: [Exact]
  }

  @Test("networks of one hidden unit express each function as often as quadrature says")
  func quadrature() throws {
    for exact in try Oracle.decode(Stored.self, from: "boolean_counts.json").exact {
      let ensemble = BooleanNetworkEnsemble(
        variables: exact.variables, hidden: [1], weightVariance: exact.weightVariance,
        biasVariance: exact.biasVariance)
      let draws = 200_000
      var counts: [String: Int] = [:]
      for function in FunctionSampler(ensemble, key: RandomKey(seed: 7)).functions(0..<draws) {
        counts[function.outputs(ensemble.inputCount).map(String.init).joined(), default: 0] += 1
      }
      #expect(Set(counts.keys).isSubset(of: exact.probabilities.keys))
      for (function, probability) in exact.probabilities {
        let error = (probability * (1 - probability) / Double(draws)).squareRoot()
        let share = Double(counts[function] ?? 0) / Double(draws)
        // Five standard errors, and the grid's own error.
        #expect(abs(share - probability) < 5 * error + 2e-4, "n = \(exact.variables), \(function)")
      }
    }
  }

  @Test("the frequent functions come as often as from an independent sampler (chi-square, two samples)")
  func independentSampler() throws {
    let stored = try Oracle.decode(Stored.self, from: "boolean_counts.json").sampled
    let draws = 100_000
    var counts: [String: Int] = [:]
    for function in FunctionSampler(Self.boolean, key: RandomKey(seed: 8)).functions(0..<draws) {
      let text = function.hexadecimal(inputs: 128)
      if stored.counts[text] != nil { counts[text, default: 0] += 1 }
    }
    // One cell for each named function, and one for all others.
    var cells = stored.counts.map { (theirs: Double($0.value), ours: Double(counts[$0.key] ?? 0)) }
    cells.append(
      (
        Double(stored.networks) - cells.reduce(0) { $0 + $1.theirs },
        Double(draws) - cells.reduce(0) { $0 + $1.ours }
      ))
    let share = Double(draws) / Double(draws + stored.networks)
    var statistic = 0.0
    for cell in cells {
      let expected = share * (cell.ours + cell.theirs)
      let excess = cell.ours - expected
      statistic += excess * excess / (expected * (1 - share))
    }
    #expect(cells.count == 19)
    // The 0.999 quantile of chi-square with 18 degrees of freedom (SciPy).
    #expect(statistic < 42.31)
  }
}
