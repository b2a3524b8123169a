import COneDNN
import LinearAlgebra
import NeuralNetworks

/// A ``ConvolutionEngine`` on the processor, by oneDNN 2 or 3.
///
/// Activations lie in blocks of channels (nChw16c, or nChw8c without AVX-512); weights and their gradients in
/// the layout that the forward convolutions like best, reordered once a pass for the derivatives by the
/// input. Primitives, their arguments and all memory are made once for each batch size and mode and kept. A
/// training step of ResNet-50 costs 7.8 GFLOP an image, and about 20 MB of memory an image.
///
/// The number of threads is fixed when the engine is made, and counts in the results' last bits: sums over a
/// batch are cut by it. libgomp keeps a pool of threads for each thread that calls it, so an engine belongs
/// to one thread.
final class OneDNNConvolutionEngine: HostEngine {
  /// What is computed.
  let program: LayerProgram
  /// The most images in a batch.
  let capacity: Int
  /// The threads of each operation.
  let threads: Int
  private let context: OneDNNContext
  private let storage: OneDNNStorage
  private var passes: [PassKey: OneDNNPass] = [:]
  private var inferences: [Int: OneDNNInference] = [:]
  private var lastPass: OneDNNPass?

  private struct PassKey: Hashable {
    let count: Int
    let mode: NormalisationMode
  }

  /// An engine for batches of up to `capacity` images.
  ///
  /// - Parameter threads: of each operation; at least 1.
  /// - Throws: ``ConvolutionEngineError``.
  init(program: LayerProgram, capacity: Int, threads: Int) throws(ConvolutionEngineError) {
    precondition(capacity > 0 && threads > 0, "expected images and threads, got \(capacity), \(threads)")
    omp_set_num_threads(Int32(threads))
    let block = OneDNNContext.channelBlock
    for shape in program.activations.dropFirst().dropLast() where shape.channels % block != 0 {
      throw .channelsNotBlocked(channels: shape.channels, block: block)
    }
    self.program = program
    self.capacity = capacity
    self.threads = threads
    context = try OneDNNContext()
    storage = try OneDNNStorage(context, program, capacity: capacity, block: block)
  }

  /// Parameters and gradient in oneDNN's order.
  var memory: HostMemory { storage.memory }
  var logits: UnsafePointer<Float> { UnsafePointer(storage.logits.start) }
  var features: UnsafePointer<Float> { UnsafePointer(storage.features.start) }
  var statistics: [Float] {
    get { Array(storage.statistics.buffer) }
    set {
      precondition(
        newValue.count == program.statisticCount,
        "expected \(program.statisticCount) statistics, got \(newValue.count)")
      _ = storage.statistics.buffer.update(from: newValue)
    }
  }

  func load(_ values: [Float], into target: UnsafeMutableBufferPointer<Float>) {
    storage.load(values, into: target)
  }
  func stored(_ values: UnsafeMutableBufferPointer<Float>) -> [Float] { storage.stored(values) }

  /// A pass over a batch; without activations to keep and in evaluation mode, by ``OneDNNInference``.
  func forward(
    _ images: UnsafePointer<Float>, count: Int, mode: NormalisationMode, keepsActivations: Bool
  ) {
    precondition((1...capacity).contains(count), "expected 1 to \(capacity) images, got \(count)")
    omp_set_num_threads(Int32(threads))
    lastPass = nil
    if mode == .evaluation && !keepsActivations {
      inference(count).run(images: images)
    } else {
      let pass = pass(count, mode)
      pass.forward(images: images)
      lastPass = pass
    }
    storage.takeLogits(count: count)
  }

  func backward(logitGradient: UnsafePointer<Float>) {
    guard let lastPass else { preconditionFailure("expected a forward pass that kept its activations") }
    omp_set_num_threads(Int32(threads))
    lastPass.backward(logitGradient: logitGradient)
  }

  private func pass(_ count: Int, _ mode: NormalisationMode) -> OneDNNPass {
    let key = PassKey(count: count, mode: mode)
    if let pass = passes[key] { return pass }
    let pass = made { () throws(ConvolutionEngineError) in
      try OneDNNPass(context, storage, program, count: count, mode: mode)
    }
    passes[key] = pass
    return pass
  }

  private func inference(_ count: Int) -> OneDNNInference {
    if let inference = inferences[count] { return inference }
    let inference = made { () throws(ConvolutionEngineError) in
      try OneDNNInference(context, storage, program, count: count)
    }
    inferences[count] = inference
    return inference
  }

  /// What oneDNN accepted for the engine's capacity it accepts for fewer images.
  private func made<Value>(_ make: () throws(ConvolutionEngineError) -> Value) -> Value {
    do {
      return try make()
    } catch {
      preconditionFailure("expected primitives like those of the capacity's: \(error)")
    }
  }
}
