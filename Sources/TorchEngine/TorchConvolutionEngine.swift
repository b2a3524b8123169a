import CTorchEngine
import LinearAlgebra
import NeuralNetworks
import Optimisers

/// A ``ConvolutionEngine`` by libtorch, on the processor or on a GPU.
///
/// Parameters, statistics, images, the optimiser's arrays, the box and the sums stay on the device. Convolutions run on
/// channels-last arrays, in Float32 with TF32 off; steps of a training alone may be in less (``TrainingPrecision``).
/// Evaluation passes take up to 1024 images at once on a GPU, or half as many where it has no memory for that.
final class TorchConvolutionEngine: ConvolutionEngine {
  let program: LayerProgram
  let capacity: Int
  private let library: TorchLibrary
  private let device: TorchDevice
  private let engine: OpaquePointer
  private var rule: OptimiserRule?

  private var functions: PlateauTorchInterface { library.functions }

  /// - Throws: ``ConvolutionEngineError``.
  init(
    _ program: LayerProgram, _ library: TorchLibrary, device: TorchDevice, capacity: Int, threads: Int
  ) throws(ConvolutionEngineError) {
    precondition(capacity > 0 && threads > 0, "expected images and threads, got \(capacity), \(threads)")
    (self.program, self.library, self.device, self.capacity) = (program, library, device, capacity)
    var engine: OpaquePointer?
    let status = TorchProgram(program).withPointer {
      library.functions.make($0, device.name, Int32(threads), &engine)
    }
    guard status == PlateauTorchDone, let engine else {
      throw .refused(
        library: "libtorch \(library.torchVersion)", operation: "a network on \(device.name)",
        reason: library.lastError, remedy: Self.remedy(of: status))
    }
    self.engine = engine
  }

  deinit { functions.destroy(engine) }

  var parameters: [Float] {
    get { values(program.parameterCount) { functions.parameters(engine, $0) } }
    set {
      precondition(newValue.count == program.parameterCount, "expected \(program.parameterCount) parameters")
      call(functions.setParameters(engine, newValue), "to take parameters")
    }
  }

  var statistics: [Float] {
    get { values(program.statisticCount) { functions.statistics(engine, $0) } }
    set {
      precondition(newValue.count == program.statisticCount, "expected \(program.statisticCount) statistics")
      call(functions.setStatistics(engine, newValue), "to take statistics")
    }
  }

  func hold(_ images: Matrix<Float>, labels: [Float]) -> ResidentImages {
    precondition(
      images.columns == program.activations[0].count && labels.count == images.rows,
      "expected \(labels.count) images of \(program.activations[0].count) numbers, got \(images.rows) of \(images.columns)"
    )
    var held: OpaquePointer?
    call(functions.hold(engine, images.elements, labels, Int64(labels.count), &held), "to hold images")
    return ResidentImages(labels: labels, storage: TorchHandle(held) { [functions] in functions.release($0) })
  }

  func logits(of images: ResidentImages, _ range: Range<Int>) -> [Float] {
    values(range.count) {
      functions.logits(
        engine, TorchHandle.held(images.storage), Int64(range.lowerBound), Int64(range.count), $0)
    }
  }

  func features(of images: ResidentImages, _ range: Range<Int>) -> [Float] {
    values(range.count * program.featureCount) {
      functions.features(
        engine, TorchHandle.held(images.storage), Int64(range.lowerBound), Int64(range.count), $0)
    }
  }

  func take(_ sum: GramSum) -> ResidentSum {
    var held: OpaquePointer?
    call(
      functions.beginProducts(engine, Int64(sum.count), sum.sum.elements, sum.sumOfSquaredNorms, &held),
      "to take a sum of products")
    return ResidentSum(
      storage: TorchHandle(held, terms: sum.terms) { [functions] in functions.releaseProducts($0) })
  }

  func add(featuresOf images: ResidentImages, to sum: ResidentSum, isCancelled: () -> Bool) -> Bool {
    let status = withoutActuallyEscaping(isCancelled) { isCancelled in
      withUnsafePointer(to: isCancelled) { question in
        functions.addProducts(
          engine, TorchHandle.held(images.storage), TorchHandle.held(sum.storage),
          { $0?.assumingMemoryBound(to: (() -> Bool).self).pointee() == true ? 1 : 0 },
          UnsafeMutableRawPointer(mutating: question))
      }
    }
    if status == PlateauTorchCancelled { return false }
    call(status, "to add products of features")
    TorchHandle.handle(sum.storage).terms += 1
    return true
  }

  func value(of sum: ResidentSum) -> GramSum {
    let handle = TorchHandle.handle(sum.storage)
    let count = Int(functions.count(handle.pointer))
    var norms = 0.0
    let elements = [Double](unsafeUninitializedCapacity: count * count) { buffer, used in
      call(
        functions.products(engine, handle.pointer, buffer.baseAddress, &norms), "to give a sum of products")
      used = count * count
    }
    return GramSum(
      terms: handle.terms, sum: Matrix(rows: count, columns: count, elements: elements),
      sumOfSquaredNorms: norms)
  }

  func gradient(on batch: ImageBatch, mode: NormalisationMode) -> (loss: Double, gradient: [Float]) {
    var logits = [Float](repeating: 0, count: batch.examples.count)
    let gradient = values(program.parameterCount) { target in
      withPointer(to: batch) { functions.gradient(engine, $0, mode == .training ? 1 : 0, &logits, target) }
    }
    let labels = batch.examples.map { batch.images.labels[$0] }
    return (
      logits.withUnsafeBufferPointer { SigmoidCrossEntropy.mean(logits: $0, labels: labels) }, gradient
    )
  }

  func beginTraining(
    by rule: OptimiserRule, precision: TrainingPrecision, resuming memory: OptimiserMemory?
  ) {
    precondition(
      precision != .tf32 || device != .processor, "expected a GPU for TF32, got \(device.name)")
    let memory = memory ?? OptimiserMemory(atStartOf: rule, parameterCount: program.parameterCount)
    var first = memory.first
    var second = memory.second
    var description = PlateauTorchRule(rule, precision)
    self.rule = rule
    let status = first.withPointerIfAny { first in
      second.withPointerIfAny { second in
        var memory = PlateauTorchMemory(steps: Int64(memory.steps), first: first, second: second)
        return functions.beginTraining(engine, &description, &memory)
      }
    }
    call(status, "to begin a training")
  }

  func train(on batch: ImageBatch) {
    precondition(rule != nil, "expected a training, which none began")
    call(withPointer(to: batch) { functions.train(engine, $0) }, "a training step")
  }

  var optimiserMemory: OptimiserMemory {
    guard let rule else { preconditionFailure("expected a training, which none began") }
    var memory = OptimiserMemory(atStartOf: rule, parameterCount: program.parameterCount)
    var steps: Int64 = 0
    let status = memory.first.withPointerIfAny { first in
      memory.second.withPointerIfAny { second in
        var values = PlateauTorchMemory(steps: 0, first: first, second: second)
        defer { steps = values.steps }
        return functions.memory(engine, &values)
      }
    }
    call(status, "to give its optimiser's memory")
    memory.steps = Int(steps)
    return memory
  }

  func beginAscent(halfWidth zeta: Double) { call(functions.beginAscent(engine, zeta), "to make a box") }

  func climb(on batch: ImageBatch, rate: Float) {
    call(withPointer(to: batch) { functions.climb(engine, $0, rate) }, "a step of the ascent")
  }

  func endAscent() { functions.endAscent(engine) }

  func finish() { call(functions.finish(engine), "to finish") }

  /// `count` numbers that a function writes.
  private func values(_ count: Int, _ fill: (UnsafeMutablePointer<Float>?) -> Int32) -> [Float] {
    [Float](unsafeUninitializedCapacity: count) { buffer, used in
      if count > 0 { call(fill(buffer.baseAddress), "to give numbers") }
      used = count
    }
  }

  private func withPointer(
    to batch: ImageBatch, _ body: (UnsafePointer<PlateauTorchBatch>) -> Int32
  ) -> Int32 {
    let count = batch.examples.count
    precondition((1...capacity).contains(count), "expected 1 to \(capacity) images, got \(count)")
    let examples = batch.examples.map(Int64.init)
    var moves = batch.moves.flatMap { [Int64($0.down), Int64($0.right), $0.mirrored ? 1 : 0] as [Int64] }
    return examples.withUnsafeBufferPointer { examples in
      moves.withPointerIfAny { moves in
        var values = PlateauTorchBatch(
          images: UnsafeRawPointer(TorchHandle.held(batch.images.storage)), examples: examples.baseAddress,
          moves: moves.map { UnsafePointer($0) }, count: Int64(count))
        return body(&values)
      }
    }
  }

  /// Ends the program where libtorch failed.
  private func call(_ status: Int32, _ operation: String) {
    guard status != PlateauTorchDone else { return }
    EngineFailure.end(
      "libtorch \(library.torchVersion) refused \(operation) on \(device.name): \(library.lastError). "
        + Self.remedy(of: status))
  }

  private static func remedy(of status: Int32) -> String {
    status == PlateauTorchOutOfMemory
      ? "The device has too little memory: end what else uses it, choose a smaller batch, or another device"
      : "Look at the device with 'nvidia-smi', or choose another by --device or --engine"
  }
}
