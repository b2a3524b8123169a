import Foundation
import RandomStreams
import Testing

@testable import NeuralNetworks

/// The engine on a small residual network with every kind of layer: both kinds of block, a stride, three
/// kernels.
@Suite struct ConvolutionEngineTests {
  static let shape = ResidualShape(
    image: ActivationShape(channels: 3, height: 8, width: 8), stemChannels: 16, blocks: [2, 1])

  struct Problem {
    let network: ResidualNetwork
    let images: [Float]
    let labels: [Float]

    init(count: Int, seed: UInt64 = 1) {
      var network = ResidualNetwork(
        initialising: shape, biasStandardDeviation: 1, key: RandomKey(seed: seed))
      var stream = RandomStream(RandomKey(seed: seed + 100))
      // γ, β and statistics away from 1 and 0, which would hide mistakes.
      for i in network.parameters.indices { network.parameters[i] += Float(0.1 * stream.nextNormal()) }
      for i in network.statistics.indices { network.statistics[i] += Float(0.3 * stream.nextUniform()) }
      self.network = network
      images = (0..<count * shape.image.count).map { _ in Float(stream.nextNormal()) }
      labels = (0..<count).map { Float($0 % 2) }
    }

    var plain: PlainConvolutionNet {
      PlainConvolutionNet(
        program: shape.program, parameters: network.parameters.map(Double.init),
        statistics: network.statistics.map(Double.init))
    }
  }

  func workspace(capacity: Int, threads: Int = 1) throws -> ResidualWorkspace {
    ResidualWorkspace(
      shape: Self.shape,
      engine: try OneDNNEngine(program: Self.shape.program, capacity: capacity, threads: threads))
  }

  @Test("ResNet-50 has 23 502 401 parameters, 53 convolutions and 1.298 GMAC an image")
  func counts() {
    let program = ResidualShape.resNet50.program
    #expect(program.parameterCount == 23_502_401)
    #expect(program.convolutions.count == 53)
    #expect((Double(program.multiplyAdds) / 1e6).rounded() == 1298)
    #expect(program.featureCount == 2048)
    #expect(program.activations[program.activations.count - 2].height == 4)
    #expect(ResidualShape.resNet50.names.count == program.parameterCounts.count)
  }

  @Test("logits in evaluation mode are those of plain loops, also for fewer images than the capacity")
  func inference() throws {
    let problem = Problem(count: 5)
    let workspace = try workspace(capacity: 3)
    workspace.network = problem.network
    var plain = problem.plain
    let expected = plain.logits(of: problem.images.map(Double.init), count: 5, mode: .evaluation)
    for (ours, theirs) in zip(workspace.logits(problem.images, count: 5), expected) {
      #expect(abs(Double(ours) - theirs) <= 1e-4 * max(1, abs(theirs)))
    }
  }

  @Test(
    "loss, running statistics and every tensor's gradient are those of plain loops and differences",
    arguments: [NormalisationMode.training, .evaluation])
  func gradients(mode: NormalisationMode) throws {
    let problem = Problem(count: 4)
    let workspace = try workspace(capacity: 4)
    workspace.network = problem.network
    let loss = workspace.takeGradient(
      images: problem.images, labels: problem.labels, count: 4, mode: mode)
    func plainLoss(_ parameters: [Double]) -> (loss: Double, statistics: [Double]) {
      var plain = problem.plain
      plain.parameters = parameters
      let logits = plain.logits(of: problem.images.map(Double.init), count: 4, mode: mode)
      let sum = zip(logits, problem.labels).reduce(0.0) {
        $0 + max($1.0, 0) - Double($1.1) * $1.0 + log1p(exp(-abs($1.0)))
      }
      return (sum / 4, plain.statistics)
    }
    let parameters = problem.network.parameters.map(Double.init)
    let expected = plainLoss(parameters)
    #expect(abs(loss - expected.loss) <= 1e-5 * max(1, expected.loss))
    for (ours, theirs) in zip(workspace.network.statistics, expected.statistics) {
      #expect(abs(Double(ours) - theirs) <= 1e-4 * max(1, abs(theirs)))
    }
    // One number of each tensor, and one number along all of it.
    let gradient = workspace.storedGradient().map(Double.init)
    var start = 0
    for (tensor, count) in Self.shape.program.parameterCounts.enumerated() {
      let range = start..<start + count
      start += count
      let size = range.reduce(0) { $0 + gradient[$1] * gradient[$1] }.squareRoot()
      for direction in [
        [(range.lowerBound + 7 * tensor % count, 1.0)], range.map { ($0, gradient[$0] / size) },
      ] {
        // Small enough that few signs before a ReLU change.
        let step = 1e-6
        var (up, down) = (parameters, parameters)
        for (index, weight) in direction {
          up[index] += step * weight
          down[index] -= step * weight
        }
        let difference = (plainLoss(up).loss - plainLoss(down).loss) / (2 * step)
        let ours = direction.reduce(0) { $0 + $1.1 * gradient[$1.0] }
        // Float32 through ten layers; 5e-4 of the tensor's gradient is far below any wrong term.
        #expect(
          abs(ours - difference) <= 5e-4 * size + 1e-7, "\(Self.shape.names[tensor]): \(ours), \(difference)")
      }
    }
    #expect(start == gradient.count)
  }

  @Test("batches of different sizes do not disturb each other, and equal work gives equal bits")
  func sizes() throws {
    let problem = Problem(count: 6)
    let workspace = try workspace(capacity: 6, threads: 2)
    func gradient(_ count: Int) -> [Float] {
      workspace.network = problem.network
      workspace.takeGradient(images: problem.images, labels: problem.labels, count: count, mode: .training)
      return workspace.storedGradient()
    }
    let first = [2, 6, 3].map(gradient)
    #expect([2, 6, 3].map(gradient) == first)
    let fresh = try self.workspace(capacity: 3, threads: 2)
    fresh.network = problem.network
    fresh.takeGradient(images: problem.images, labels: problem.labels, count: 3, mode: .training)
    #expect(fresh.storedGradient() == first[2])
  }

  @Test("a network goes into the engine's memory and out again bit for bit")
  func storage() throws {
    let problem = Problem(count: 1)
    let workspace = try workspace(capacity: 1)
    workspace.network = problem.network
    #expect(workspace.network == problem.network)
  }

  @Test("channels that do not fill the processor's vectors are refused by name")
  func oddChannels() {
    let shape = ResidualShape(
      image: ActivationShape(channels: 3, height: 8, width: 8), stemChannels: 12, blocks: [1])
    #expect(throws: ConvolutionEngineError.self) {
      try OneDNNEngine(program: shape.program, capacity: 1, threads: 1)
    }
  }

  @Test("derivatives that are needed later are not overwritten: no buffer has two of them at once")
  func gradientPlan() {
    let program = ResidualShape.resNet50.program
    let plan = GradientPlan(program)
    #expect(plan.steps.count == program.operations.count)
    // Three stages' widths at once at most: far fewer buffers than activations.
    #expect(plan.bufferSizes.count <= 4)
    #expect(InferencePlan(program).bufferSizes.count <= 4)
  }

  @Test("weights go out and in by safetensors under torchvision's names")
  func safetensors() throws {
    let network = Problem(count: 1).network
    var file = network.safetensors(metadata: ["a": "b"])
    #expect(file.tensors["layer1.0.downsample.0.weight"]?.shape == [64, 16, 1, 1])
    #expect(file.tensors["layer2.0.bn2.running_var"]?.shape == [32])
    #expect(file.tensors["fc.weight"]?.shape == [1, 128])
    let bytes = [UInt8](try file.encoded())
    #expect(
      try ResidualNetwork(SafetensorsFile(bytes: bytes, path: "w"), shape: Self.shape, path: "w") == network)
    file.tensors["bn1.num_batches_tracked"] = .init(shape: [], elements: [3])
    #expect(try ResidualNetwork(file, shape: Self.shape, path: "w") == network)
    file.tensors["layer9.weight"] = .init(shape: [1], elements: [0])
    #expect(throws: SafetensorsError.self) { try ResidualNetwork(file, shape: Self.shape, path: "w") }
    file.tensors["layer9.weight"] = nil
    file.tensors["conv1.weight"] = .init(shape: [16, 3, 1, 9], elements: Array(repeating: 0, count: 432))
    #expect(throws: SafetensorsError.self) { try ResidualNetwork(file, shape: Self.shape, path: "w") }
    file.tensors["conv1.weight"] = nil
    #expect(throws: SafetensorsError.self) { try ResidualNetwork(file, shape: Self.shape, path: "w") }
  }
}
