import LinearAlgebra
import NeuralNetworks
import Optimisers
import RandomStreams

/// The network and the images of a check.
struct CheckProblem: Sendable {
  let network: ResidualNetwork
  /// `[count, C · H · W]`.
  let images: Matrix<Float>
  let labels: [Float]

  /// Both kinds of block, a stride, three kernels.
  static let shape = ResidualShape(
    image: ActivationShape(channels: 3, height: 8, width: 8), stemChannels: 16, blocks: [2, 1])

  init() {
    let count = 6
    var network = ResidualNetwork(
      initialising: Self.shape, biasStandardDeviation: 1, key: RandomKey(seed: 1))
    // With this seed no pre-activation is so near 0 that roundings turn its sign, and a gradient with it (a test moves
    // the images a little); with most seeds some are.
    var stream = RandomStream(RandomKey(seed: 119))
    // γ, β and statistics away from 1 and 0, which would hide mistakes.
    for i in network.parameters.indices { network.parameters[i] += Float(0.1 * stream.nextNormal()) }
    for i in network.statistics.indices { network.statistics[i] += Float(0.3 * stream.nextUniform()) }
    self.network = network
    images = Matrix(
      rows: count, columns: Self.shape.image.count,
      elements: (0..<count * Self.shape.image.count).map { _ in Float(stream.nextNormal()) })
    labels = (0..<count).map { Float($0 % 2) }
  }
}

/// An engine that holds the network and the images of a check.
struct CheckedEngine {
  /// Images in a batch: fewer than there are.
  private static let batchSize = 4

  let problem: CheckProblem
  let engine: any ConvolutionEngine
  let images: ResidentImages
  /// How many parameters each operation has.
  let tensors: [Int]

  init(_ factory: any EngineFactory, _ problem: CheckProblem) throws(ConvolutionEngineError) {
    self.problem = problem
    tensors = CheckProblem.shape.program.parameterCounts
    engine = try factory.engine(for: CheckProblem.shape.program, capacity: Self.batchSize)
    images = engine.hold(problem.images, labels: problem.labels)
    restore()
  }

  /// Puts the network of the problem back.
  func restore() {
    engine.parameters = problem.network.parameters
    engine.statistics = problem.network.statistics
  }

  /// The batch of a step.
  func batch(_ step: Int, moves: [ImageMove] = []) -> ImageBatch {
    ImageBatch(of: images, (0..<Self.batchSize).map { (step + 5 * $0) % images.count }, moves: moves)
  }

  /// Loss and gradient at the problem's network.
  func gradient(
    _ mode: NormalisationMode, moves: [ImageMove] = []
  ) -> (loss: Double, gradient: [Float]) {
    restore()
    return engine.gradient(on: batch(0, moves: moves), mode: mode)
  }

  func train(steps: Int) {
    for step in 0..<steps { engine.train(on: batch(step)) }
  }

  /// What a rule might have kept after five steps: half of the gradient, and each tensor's mean square, so that what a
  /// step adds is as large.
  func memory(of rule: OptimiserRule) -> OptimiserMemory {
    let g = gradient(.training).gradient
    var memory = OptimiserMemory(atStartOf: rule, parameterCount: g.count)
    memory.steps = 5
    if !memory.first.isEmpty { memory.first = g.map { $0 / 2 } }
    if !memory.second.isEmpty {
      var start = 0
      memory.second = tensors.flatMap { count in
        let square = g[start..<start + count].reduce(0) { $0 + $1 * $1 } / Float(count)
        start += count
        return [Float](repeating: square + 1e-8, count: count)
      }
    }
    return memory
  }
}
