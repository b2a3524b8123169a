import Foundation
import LinearAlgebra
import TestSupport
import Testing

@testable import NeuralNetworks

/// ResNet-50 against PyTorch in double precision.
@Suite struct ResNet50OracleTests {
  struct Values: Decodable {
    struct Gradient: Decodable {
      let name: String
      let norm: Double
      let entries: [Double]
    }
    struct Statistic: Decodable {
      let name: String
      let entries: [Double]
    }
    let logits: [Float]
    let loss: Double
    let features: [[Double]]
    let gradients: [Gradient]
    let statistics: [Statistic]
    let parameterCount: Int
  }
  static let batch = 4

  /// The network and the images of the script.
  static func problem() -> (network: ResidualNetwork, images: [Float]) {
    let shape = ResidualShape.resNet50
    let program = shape.program
    let hash = hashedNumbers(
      from: 0, count: program.parameterCount + program.statisticCount + batch * shape.image.count)
    var (parameters, statistics): ([Float], [Float]) = ([], [])
    for operation in program.operations {
      switch operation {
      case .convolution(let geometry, _, _):
        let fanIn = Double(geometry.weightCount / geometry.outputs)
        parameters += hash[parameters.count..<parameters.count + geometry.weightCount].map {
          Float($0 * 12.0.squareRoot() * (2 / fanIn).squareRoot())
        }
      case .normalisation(let input, _, _):
        let channels = program.activations[input].channels
        parameters += hash[parameters.count..<parameters.count + channels].map { Float(1 + 0.4 * $0) }
        parameters += hash[parameters.count..<parameters.count + channels].map { Float(0.2 * $0) }
      case .shortcut, .averagePool: break
      case .linear:
        parameters += hash[parameters.count..<parameters.count + 2048].map {
          Float($0 * 12.0.squareRoot() * (2 / 2048.0).squareRoot())
        }
        parameters.append(Float(hash[parameters.count]))
      }
    }
    var next = parameters.count
    for channels in program.normalisedChannels {
      statistics += hash[next..<next + channels].map { Float(0.2 * $0) }
      statistics += hash[next + channels..<next + 2 * channels].map { Float(1 + 0.5 * $0) }
      next += 2 * channels
    }
    return (
      ResidualNetwork(shape: shape, parameters: parameters, statistics: statistics),
      hash[next...].map { Float(4 * $0) }
    )
  }

  @Test(
    "forward, gradients and running statistics of the whole net are PyTorch's",
    arguments: [("training", NormalisationMode.training), ("evaluation", .evaluation)],
    interchangeableEngines.dropFirst())
  func wholeNet(_ pass: (name: String, mode: NormalisationMode), engine: any EngineFactory) throws {
    let (name, mode) = pass
    let url = Bundle.module.bundleURL.appendingPathComponent("Oracles/resnet50.json")
    let all = try JSONDecoder().decode([String: Values].self, from: Data(contentsOf: url))
    let expected = try #require(all[name])
    let (network, images) = Self.problem()
    #expect(network.parameters.count == expected.parameterCount)
    // Plain loops would take an hour.
    let workspace = try ResidualWorkspace(
      network.shape, on: engine, capacity: Self.batch)
    workspace.network = network
    let held = workspace.engine.hold(
      Matrix(rows: Self.batch, columns: network.shape.image.count, elements: images), labels: [0, 1, 1, 0])
    let (loss, gradient) = workspace.engine.gradient(on: ImageBatch(of: held, [0, 1, 2, 3]), mode: mode)
    // Float32 through 50 layers: 1e-7 a rounding, some hundred roundings deep. In training mode batch norms over few
    // examples carry rounding on, as they do in the gradients below; how far depends on the order in which a
    // processor's kernels sum (2.1e-5 with oneDNN's for AVX2, less with those for AVX-512).
    #expect(abs(loss - expected.loss) <= (mode == .training ? 1e-4 : 2e-5) * abs(expected.loss))

    let names = zip(network.shape.names, network.shape.program.parameterCounts)
    var start = 0
    var worst = 0.0
    var stored = expected.gradients[...]
    for (name, count) in names {
      let isNorm = name.contains("bn") || name.contains("downsample.1")
      let parts =
        isNorm
        ? [(name + ".weight", count / 2), (name + ".bias", count / 2)]
        : name == "fc" ? [("fc.weight", count - 1), ("fc.bias", 1)] : [(name + ".weight", count)]
      for (name, count) in parts {
        let next = stored.popFirst()
        let expected = try #require(next)
        #expect(expected.name == name)
        let actual = gradient[start..<start + count].map(Double.init)
        let norm = actual.reduce(0) { $0 + $1 * $1 }.squareRoot()
        worst = max(worst, abs(norm - expected.norm) / expected.norm)
        let stride = max(1, count / 8)
        for (position, entry) in expected.entries.enumerated() {
          worst = max(worst, abs(actual[position * stride] - entry) / expected.norm)
        }
        start += count
      }
    }
    #expect(stored.isEmpty)
    // Relative to the norm of each tensor's gradient. PyTorch's own Float32 is 3e-3 away in training mode,
    // where rounding passes through 53 batch norms over few examples and now and then the sign before a ReLU.
    // In evaluation mode libtorch's order of sums turns one such sign, in layer4.1 (Float32 of PyTorch 1.13 and 2.15
    // alike): what lies behind it agrees to 1e-6, all before it to 3.4e-4. oneDNN alone turns none.
    let evaluation = engine.name == "torch" ? 1e-3 : 1e-5
    #expect(worst <= (mode == .training ? 1e-2 : evaluation))

    let statistics = workspace.engine.statistics
    var (first, position) = (0, 0)
    for channels in network.shape.program.normalisedChannels {
      for offset in [0, channels] {
        for (entry, value) in expected.statistics[position].entries.enumerated() {
          let actual = Double(statistics[first + offset + entry])
          #expect(abs(actual - value) <= 1e-4 * max(1, abs(value)))
        }
        position += 1
      }
      first += 2 * channels
    }
    #expect(position == expected.statistics.count)
  }
}
