import COneDNN
import LinearAlgebra
import NeuralNetworks

/// The forward and backward passes over batches of `count` images in one mode, with all their primitives.
final class OneDNNPass {
  private let storage: OneDNNStorage
  private let program: LayerProgram
  private let count: Int
  private let mode: NormalisationMode
  private let images: OneDNNMemory
  private var forwardPrimitives: [OneDNNPrimitive] = []
  private var backwardPrimitives: [OneDNNPrimitive] = []
  private let featureGradient: AlignedFloats

  init(
    _ context: OneDNNContext, _ storage: OneDNNStorage, _ program: LayerProgram, count: Int,
    mode: NormalisationMode
  ) throws(ConvolutionEngineError) {
    self.storage = storage
    self.program = program
    self.count = count
    self.mode = mode
    let plan = GradientPlan(program)
    guard let features = plan.steps[0].input else {
      preconditionFailure("expected a linear layer behind the features")
    }
    featureGradient = storage.buffer("gradient \(features)", size: plan.bufferSizes[features])
    images = try OneDNNMemory(
      context, .image(program.activations[0], count: count), at: storage.features.start)
    var builder = OneDNNPassBuilder(
      context: context, storage: storage, program: program, plan: plan, count: count, mode: mode,
      images: images)
    forwardPrimitives = try builder.forward()
    backwardPrimitives = try builder.backward()
  }

  func forward(images place: UnsafePointer<Float>) {
    images.move(to: UnsafeMutableRawPointer(mutating: place))
    for primitive in forwardPrimitives { primitive.run() }
    if mode == .training { moveStatistics() }
  }

  func backward(logitGradient: UnsafePointer<Float>) {
    storage.takeFeatureGradient(logitGradient, count: count, into: featureGradient.start)
    for primitive in backwardPrimitives { primitive.run() }
  }

  private func moveStatistics() {
    let (running, batch) = (storage.statistics.buffer, storage.batchStatistics.buffer)
    let share = NormalisationMode.momentum
    var start = 0
    for operation in program.operations {
      guard case .normalisation(let input, _, _) = operation else { continue }
      let shape = program.activations[input]
      let samples = Float(count * shape.height * shape.width)
      let unbiased = samples > 1 ? samples / (samples - 1) : 1
      for i in start..<start + shape.channels { running[i] += share * (batch[i] - running[i]) }
      for i in start + shape.channels..<start + 2 * shape.channels {
        running[i] += share * (batch[i] * unbiased - running[i])
      }
      start += 2 * shape.channels
    }
  }
}
