import Foundation
import LinearAlgebra
import OneDNNEngine
import RandomStreams
import TestSupport
import Testing

@testable import NeuralNetworks

/// Every engine on a small residual network with every kind of layer: both kinds of block, a stride, three
/// kernels. The oracle is `PlainConvolutionNet`, in Float64.
@Suite struct ConvolutionEngineTests {
  static let shape = ResidualShape(
    image: ActivationShape(channels: 3, height: 8, width: 8), stemChannels: 16, blocks: [2, 1])

  struct Problem {
    let network: ResidualNetwork
    /// `[count, C · H · W]`.
    let images: Matrix<Float>
    let labels: [Float]

    init(count: Int, seed: UInt64 = 1) {
      var network = ResidualNetwork(
        initialising: shape, biasStandardDeviation: 1, key: RandomKey(seed: seed))
      var stream = RandomStream(RandomKey(seed: seed + 100))
      // γ, β and statistics away from 1 and 0, which would hide mistakes.
      for i in network.parameters.indices { network.parameters[i] += Float(0.1 * stream.nextNormal()) }
      for i in network.statistics.indices { network.statistics[i] += Float(0.3 * stream.nextUniform()) }
      self.network = network
      images = Matrix(
        rows: count, columns: shape.image.count,
        elements: (0..<count * shape.image.count).map { _ in Float(stream.nextNormal()) })
      labels = (0..<count).map { Float($0 % 2) }
    }

    var plain: PlainConvolutionNet {
      PlainConvolutionNet(
        program: shape.program, parameters: network.parameters.map(Double.init),
        statistics: network.statistics.map(Double.init))
    }
  }

  /// A workspace with the problem's network, and its images held there.
  static func workspace(
    _ problem: Problem, on engine: any EngineFactory, capacity: Int
  ) throws -> (ResidualWorkspace, ResidentImages) {
    let workspace = try ResidualWorkspace(shape, on: engine, capacity: capacity)
    workspace.network = problem.network
    return (workspace, workspace.engine.hold(problem.images, labels: problem.labels))
  }

  @Test("ResNet-50 has 23 502 401 parameters, 53 convolutions and 1.298 GMAC an image")
  func counts() {
    let program = ResidualShape.resNet50.program
    #expect(program.parameterCount == 23_502_401)
    #expect(program.convolutions.count == 53)
    #expect((Double(program.multiplyAdds) / 1e6).rounded() == 1298)
    #expect(program.featureCount == 2048)
    #expect(program.activations[program.features - 1].height == 4)
    #expect(ResidualShape.resNet50.names.count == program.parameterCounts.count)
  }

  @Test(
    "logits in evaluation mode are those of plain loops, also for fewer images than the capacity",
    arguments: engines)
  func inference(engine: any EngineFactory) throws {
    let problem = Problem(count: 5)
    let (workspace, images) = try Self.workspace(problem, on: engine, capacity: 3)
    var plain = problem.plain
    let expected = plain.logits(of: problem.images.elements.map(Double.init), count: 5, mode: .evaluation)
    for (ours, theirs) in zip(workspace.engine.logits(of: images, 0..<5), expected) {
      #expect(abs(Double(ours) - theirs) <= 1e-4 * max(1, abs(theirs)))
    }
    for (ours, theirs) in zip(workspace.engine.logits(of: images, 3..<5), expected[3...]) {
      #expect(abs(Double(ours) - theirs) <= 1e-4 * max(1, abs(theirs)))
    }
  }

  @Test("the logit is the linear map of the features, and the score that of the logits", arguments: engines)
  func featuresAndScore(engine: any EngineFactory) throws {
    let problem = Problem(count: 5)
    let (workspace, images) = try Self.workspace(problem, on: engine, capacity: 2)
    let logits = workspace.engine.logits(of: images, 0..<5)
    let (features, n) = (workspace.engine.features(of: images, 0..<5), Self.shape.program.featureCount)
    let head = problem.network.parameters.suffix(n + 1).map(Double.init)
    for i in 0..<5 {
      let logit = (0..<n).reduce(head[n]) { $0 + head[$1] * Double(features[i * n + $1]) }
      // A sum of 128 products in Float32.
      #expect(abs(Double(logits[i]) - logit) < 1e-5 * max(1, abs(logit)))
    }
    let score = workspace.engine.score(images, 1..<4)
    let losses = (1..<4).map { log1p(exp(Double(logits[$0]))) - Double(problem.labels[$0] * logits[$0]) }
    #expect(abs(score.loss - losses.reduce(0, +) / 3) < 1e-6)
    #expect(score.correct == (1..<4).count { (logits[$0] >= 0) == (problem.labels[$0] == 1) })
  }

  @Test(
    "loss, running statistics and every tensor's gradient are those of plain loops and differences",
    arguments: engines, [NormalisationMode.training, .evaluation])
  func gradients(engine: any EngineFactory, mode: NormalisationMode) throws {
    let expected = try (mode == .training ? PlainLoss.training : PlainLoss.evaluation).get()
    let (workspace, images) = try Self.workspace(PlainLoss.problem, on: engine, capacity: 4)
    let (loss, storedGradient) = workspace.engine.gradient(
      on: ImageBatch(of: images, [0, 1, 2, 3]), mode: mode)
    #expect(abs(loss - expected.loss) <= 1e-5 * max(1, expected.loss))
    #expect(workspace.network.statistics.count == expected.statistics.count)
    for (ours, theirs) in zip(workspace.network.statistics, expected.statistics) {
      #expect(abs(Double(ours) - theirs) <= 1e-4 * max(1, abs(theirs)))
    }
    let gradient = storedGradient.map(Double.init)
    #expect(gradient.count == expected.slopes.last?.last?.direction.last.map { $0.index + 1 })
    for (tensor, slopes) in expected.slopes.enumerated() {
      let range = slopes[1].direction.map(\.index)
      let size = range.reduce(0) { $0 + gradient[$1] * gradient[$1] }.squareRoot()
      for (direction, slope) in slopes {
        let ours = direction.reduce(0) { $0 + $1.weight * gradient[$1.index] }
        // Float32 through ten layers; 5e-4 of the tensor's gradient is far below any wrong term.
        #expect(abs(ours - slope) <= 5e-4 * size + 1e-7, "\(Self.shape.names[tensor]): \(ours), \(slope)")
      }
    }
  }

  @Test(
    "batches of different sizes do not disturb each other, and equal work gives equal bits",
    arguments: engines + [OneDNNEngineFactory(threads: 2)])
  func sizes(engine: any EngineFactory) throws {
    let problem = Problem(count: 6)
    let (workspace, images) = try Self.workspace(problem, on: engine, capacity: 6)
    func gradient(_ count: Int, _ workspace: ResidualWorkspace, _ images: ResidentImages) -> [Float] {
      workspace.network = problem.network
      return workspace.engine.gradient(on: ImageBatch(of: images, Array(0..<count)), mode: .training).gradient
    }
    let first = [2, 6, 3].map { gradient($0, workspace, images) }
    #expect([2, 6, 3].map { gradient($0, workspace, images) } == first)
    let (fresh, same) = try Self.workspace(problem, on: engine, capacity: 3)
    #expect(gradient(3, fresh, same) == first[2])
  }

  @Test("a network goes into the engine's memory and out again bit for bit", arguments: engines)
  func storage(engine: any EngineFactory) throws {
    let problem = Problem(count: 1)
    let (workspace, _) = try Self.workspace(problem, on: engine, capacity: 1)
    #expect(workspace.network == problem.network)
  }

  @Test(
    "a step of training is the rule's on the gradient in training mode; its memory comes out in the program's order",
    arguments: engines)
  func trainingStep(engine: any EngineFactory) throws {
    let problem = Problem(count: 4)
    let (workspace, images) = try Self.workspace(problem, on: engine, capacity: 4)
    let batch = ImageBatch(of: images, [2, 0, 3])
    let gradient = workspace.engine.gradient(on: batch, mode: .training).gradient
    let statistics = workspace.network.statistics
    workspace.network = problem.network
    workspace.engine.beginTraining(
      by: .momentum(learningRate: 0.5, momentum: 0.9), precision: .float32, resuming: nil)
    workspace.engine.train(on: batch)
    let after = workspace.network
    #expect(after.statistics == statistics)
    #expect(workspace.engine.optimiserMemory.steps == 1)
    #expect(workspace.engine.optimiserMemory.first == gradient)
    for (i, (before, after)) in zip(problem.network.parameters, after.parameters).enumerated() {
      #expect(after == before - 0.5 * gradient[i])
    }

    // What was kept is what another training resumes from.
    let memory = workspace.engine.optimiserMemory
    workspace.engine.train(on: batch)
    let (other, same) = try Self.workspace(problem, on: engine, capacity: 4)
    other.network = after
    other.engine.beginTraining(
      by: .momentum(learningRate: 0.5, momentum: 0.9), precision: .float32, resuming: memory)
    other.engine.train(on: ImageBatch(of: same, [2, 0, 3]))
    #expect(other.network == workspace.network)
    #expect(other.engine.optimiserMemory == workspace.engine.optimiserMemory)
  }

  @Test(
    "the engines of the host train in Float32, and refuse all else with the way out",
    arguments: engines.prefix(2))
  func refusals(engine: any EngineFactory) {
    #expect(engine.refusal(of: .float32) == nil)
    for precision in [TrainingPrecision.tf32, .bfloat16] {
      let refusal = engine.refusal(of: precision) ?? ""
      #expect(refusal.contains("'\(engine.name)'") && refusal.contains("--engine torch"), "\(refusal)")
    }
  }

  @Test(
    "a step in bfloat16 is Float32's up to its rounding; passes beside it stay Float32",
    arguments: engines.filter { $0.refusal(of: .bfloat16) == nil })
  func lowPrecision(engine: any EngineFactory) throws {
    let problem = Problem(count: 4)
    let (workspace, images) = try Self.workspace(problem, on: engine, capacity: 4)
    let batch = ImageBatch(of: images, [3, 1, 0])
    let logits = workspace.engine.logits(of: images, 0..<4)
    func step(_ precision: TrainingPrecision) -> [Float] {
      workspace.network = problem.network
      workspace.engine.beginTraining(by: .sgd(learningRate: 1), precision: precision, resuming: nil)
      workspace.engine.train(on: batch)
      return zip(workspace.network.parameters, problem.network.parameters).map { $0 - $1 }
    }
    let (exact, rounded) = (step(.float32), step(.bfloat16))
    let difference = zip(exact, rounded).reduce(Float(0)) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    let norm = exact.reduce(Float(0)) { $0 + $1 * $1 }.squareRoot()
    // 2⁻⁹ a rounding, through batch norms over three examples: PyTorch's autocast is 0.12 to 0.19 away on such nets.
    #expect(difference > 1e-3 * norm && difference < 0.3 * norm)
    workspace.network = problem.network
    #expect(workspace.engine.logits(of: images, 0..<4) == logits)
  }

  @Test("a random ResNet-50 has the numbers of its layers' streams, whichever core draws them")
  func initialisation() {
    let key = RandomKey(seed: 7)
    let program = ResidualShape.resNet50.program
    let network = ResidualNetwork(initialising: .resNet50, biasStandardDeviation: 0.5, key: key)
    var (place, layer, wrong) = (0, 0, 0)
    func compare(_ expected: [Float]) {
      if !network.parameters[place..<place + expected.count].elementsEqual(expected) { wrong += 1 }
      place += expected.count
    }
    func weights(_ count: Int, fanIn: Int) -> [Float] {
      var stream = RandomStream(key.split("weights").split(layer))
      layer += 1
      let deviation = (2 / Double(fanIn)).squareRoot()
      return (0..<count).map { _ in Float(deviation * stream.nextNormal()) }
    }
    for operation in program.operations {
      switch operation {
      case .convolution(let geometry, _, _):
        compare(weights(geometry.weightCount, fanIn: geometry.weightCount / geometry.outputs))
      case .normalisation(let input, _, _):
        let channels = program.activations[input].channels
        compare([Float](repeating: 1, count: channels) + [Float](repeating: 0, count: channels))
      case .shortcut, .averagePool: break
      case .linear:
        var bias = RandomStream(key.split("biases").split(layer))
        compare(weights(2048, fanIn: 2048) + [Float(0.5 * bias.nextNormal())])
      }
    }
    #expect(place == 23_502_401 && layer == 54 && wrong == 0)
  }

  @Test("a step of an ascent is the gradient in evaluation mode, clipped to the box", arguments: engines)
  func ascentStep(engine: any EngineFactory) throws {
    let (zeta, rate): (Float, Float) = (1e-3, 0.05)
    let problem = Problem(count: 4)
    let (workspace, images) = try Self.workspace(problem, on: engine, capacity: 4)
    let batch = ImageBatch(of: images, [3, 1])
    let gradient = workspace.engine.gradient(on: batch, mode: .evaluation).gradient
    workspace.engine.beginAscent(halfWidth: Double(zeta))
    workspace.engine.climb(on: batch, rate: rate)
    var clipped = 0
    for (i, (w, after)) in zip(problem.network.parameters, workspace.network.parameters).enumerated() {
      let half = zeta * (abs(w) + 1)
      if abs(rate * gradient[i]) > half { clipped += 1 }
      let expected = min(w + half, max(w - half, w + rate * gradient[i]))
      // A library may round product and sum once.
      #expect(abs(after - expected) <= max(expected.ulp, (rate * gradient[i]).ulp))
    }
    // Both kinds occur.
    #expect(clipped > 0 && clipped < gradient.count)
    #expect(workspace.network.statistics == problem.network.statistics)
  }

  @Test("the images of a batch are moved as it says: every offset, mirrored or not", arguments: engines)
  func moves(engine: any EngineFactory) throws {
    let problem = Problem(count: 1)
    let (height, width) = (Self.shape.image.height, Self.shape.image.width)
    let moves = [-1, 0, 2].flatMap { down in
      [-2, 0, 1].flatMap { right in
        [false, true].map { ImageMove(down: down, right: right, mirrored: $0) }
      }
    }
    for move in moves {
      var moved = problem.images
      for i in moved.elements.indices {
        let (row, x) = (i / width % height + move.down, i % width)
        let column = (move.mirrored ? width - 1 - x : x) + move.right
        let isInside = (0..<height).contains(row) && (0..<width).contains(column)
        let channel = i / (height * width) * height * width
        moved.elements[i] = isInside ? problem.images.elements[channel + row * width + column] : 0
      }
      let (workspace, images) = try Self.workspace(problem, on: engine, capacity: 1)
      let expected = workspace.engine.hold(moved, labels: problem.labels)
      #expect(
        workspace.engine.gradient(on: ImageBatch(of: images, [0], moves: [move]), mode: .evaluation)
          == workspace.engine.gradient(on: ImageBatch(of: expected, [0]), mode: .evaluation))
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
