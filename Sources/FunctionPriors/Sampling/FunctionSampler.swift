import CFunctionSampling
package import RandomStreams

/// Draws functions from an ensemble of random networks: P(f) is the share of them that express f.
///
/// Sample i uses a stretch of its own of the key's stream, so it is the same network in whatever order and on
/// whatever thread it is drawn. The work is done in C (see `CFunctionSampling.h`, which defines the order of
/// the random numbers and of every sum): a function of 7 – 40 – 40 – 1 takes 4.3 µs of one core of an AMD EPYC
/// of 2024 with AVX2 and 2.8 µs with AVX-512, nearly half of it in fused multiply-adds and a third in the
/// normals.
package struct FunctionSampler: Sendable {
  /// The distribution of the networks.
  package let ensemble: BooleanNetworkEnsemble
  private let key: RandomKey
  private let arithmetic: NormalArithmetic

  /// A sampler whose random numbers are those of `key`.
  package init(_ ensemble: BooleanNetworkEnsemble, key: RandomKey) {
    self.init(ensemble, key: key, arithmetic: normal_fastest_arithmetic())
  }

  init(_ ensemble: BooleanNetworkEnsemble, key: RandomKey, arithmetic: NormalArithmetic) {
    self.ensemble = ensemble
    self.key = key
    self.arithmetic = arithmetic
  }

  /// The instruction set in use, for provenance; the functions do not depend on it.
  package static var arithmeticName: String {
    switch normal_fastest_arithmetic() {
    case NormalArithmeticAVX512: "AVX-512"
    case NormalArithmeticAVX2: "AVX2"
    default: "portable"
    }
  }

  /// The instruction sets of this processor, the plainest first.
  static var availableArithmetics: [NormalArithmetic] {
    [NormalArithmeticPortable, NormalArithmeticAVX2, NormalArithmeticAVX512].filter {
      $0.rawValue <= normal_fastest_arithmetic().rawValue
    }
  }

  /// The functions of these samples, in their order.
  ///
  /// Costs at most 2ⁿ (h² + h) multiply-adds a sample, for two hidden layers of h units, and a normal for each
  /// parameter; some four of ten of the h² are left out, because they would add zero.
  package func functions(_ samples: Range<Int>) -> [BooleanFunction] {
    withNetwork { network in
      let size = Int(sampling_workspace_size(network)) * MemoryLayout<Float>.stride
      return withUnsafeTemporaryAllocation(byteCount: size, alignment: 64) { bytes in
        let workspace = bytes.bindMemory(to: Float.self)
        return [BooleanFunction](unsafeUninitializedCapacity: samples.count) { functions, count in
          withUnsafePointer(to: stream) { stream in
            functions.withMemoryRebound(to: UInt64.self) { words in
              sample_functions(
                arithmetic, stream, network, UInt64(samples.lowerBound), Int64(samples.count),
                workspace.baseAddress, words.baseAddress)
            }
          }
          count = samples.count
        }
      }
    }
  }

  /// The standard normals in groups of 64, as the networks take them: those of group `first` and the `count`
  /// − 1 after it.
  package func normals(firstGroup first: Int, groups count: Int) -> [Float] {
    [Float](unsafeUninitializedCapacity: 64 * count) { normals, initialised in
      withUnsafePointer(to: stream) {
        random_normals(arithmetic, $0, UInt64(first), Int64(count), normals.baseAddress)
      }
      initialised = 64 * count
    }
  }

  private var stream: NormalStream {
    NormalStream(
      key: (key.key[0], key.key[1]), upperCounter: (key.upperCounter[0], key.upperCounter[1]))
  }

  private func withNetwork<Result>(_ body: (UnsafePointer<SampledNetwork>) -> Result) -> Result {
    let widths = ensemble.hidden.map(Int32.init)
    let deviations = ([ensemble.variables] + ensemble.hidden).map {
      Float((ensemble.weightVariance / Double($0)).squareRoot())
    }
    return widths.withUnsafeBufferPointer { widths in
      deviations.withUnsafeBufferPointer { deviations in
        let network = SampledNetwork(
          variables: Int32(ensemble.variables), layers: Int32(widths.count), widths: widths.baseAddress,
          weightDeviations: deviations.baseAddress, biasDeviation: Float(ensemble.biasVariance.squareRoot()))
        return withUnsafePointer(to: network, body)
      }
    }
  }
}

/// Fully connected ReLU networks of Boolean variables with independent Gaussian parameters: weights N(0,
/// σ_w²/fan_in), biases N(0, σ_b²), inputs 0 and 1, and as function the sign of the logit.
///
/// The Boolean system of the paper's §5.1, after Valle-Pérez et al. (2018).
package struct BooleanNetworkEnsemble: Sendable, Equatable {
  /// The most variables: a function of seven has 128 outputs, as many as ``BooleanFunction`` holds.
  package static let largestVariables = 7
  /// n, at least 1 and at most 7.
  package let variables: Int
  /// Units of each hidden layer, input to output; at least one layer.
  package let hidden: [Int]
  /// σ_w².
  package let weightVariance: Double
  /// σ_b².
  package let biasVariance: Double

  /// Networks of a shape and initial distribution.
  package init(variables: Int, hidden: [Int], weightVariance: Double, biasVariance: Double) {
    precondition(
      (1...Self.largestVariables).contains(variables), "expected 1 to 7 variables, got \(variables)")
    precondition(
      !hidden.isEmpty && hidden.allSatisfy { $0 > 0 }, "expected at least one hidden layer, got \(hidden)")
    precondition(
      weightVariance > 0 && biasVariance >= 0 && weightVariance.isFinite && biasVariance.isFinite,
      "expected finite σ_w² > 0 and σ_b² ≥ 0, got \(weightVariance) and \(biasVariance)")
    self.variables = variables
    self.hidden = hidden
    self.weightVariance = weightVariance
    self.biasVariance = biasVariance
  }

  /// 2ⁿ.
  package var inputCount: Int { 1 << variables }
}
