import Foundation
import LinearAlgebra
import NeuralNetworks
import Optimisers
package import RandomStreams

/// Makes plain engines with one fault.
package struct FaultyEngineFactory: EngineFactory {
  /// What is wrong with an engine.
  package enum Fault: String, Sendable, CaseIterable {
    /// An ascent leaves its box.
    case climbsWithoutClipping
    /// A training does not go on from the memory that it is given.
    case forgetsMemory
    /// Images are not moved.
    case keepsImagesInPlace
    /// A logit is a number no longer.
    case givesNaN
    /// The features of every network but the last are lost.
    case losesTerms
    /// Training mode does not move the running statistics.
    case keepsStatistics
    /// The last bit of a logit is another one every time.
    case changesBits
    /// No fault: `finish` takes 2 ms.
    case worksInFinish
    /// No fault: each pixel is moved by some 10⁻⁶ of itself, eight roundings of Float32, about as far as the arithmetic
    /// of another library moves what comes of it.
    case movesPixels
  }
  private let fault: Fault
  private let seed: UInt64

  /// - Parameter seed: of where pixels move.
  package init(_ fault: Fault, seed: UInt64 = 1) {
    self.fault = fault
    self.seed = seed
  }

  package var name: String { "faulty" }
  package var description: String { "an engine that \(fault.rawValue)" }
  package var reproducibility: EngineReproducibility { .exact }
  package var threads: Int { 1 }

  package func engine(
    for program: LayerProgram, capacity: Int
  ) throws(ConvolutionEngineError) -> any ConvolutionEngine {
    let engine = try FaultyEngine(for: program, capacity: capacity)
    engine.fault = fault
    engine.stream = RandomStream(RandomKey(seed: seed))
    return engine
  }
}

private final class FaultyEngine: ForwardingEngine {
  var fault: FaultyEngineFactory.Fault?
  var stream = RandomStream(RandomKey(seed: 1))
  private var calls = 0
  private var sums: [ObjectIdentifier: Int] = [:]

  override func hold(_ images: Matrix<Float>, labels: [Float]) -> ResidentImages {
    guard fault == .movesPixels else { return super.hold(images, labels: labels) }
    let moved = images.elements.map { $0 * Float(1 + 1e-6 * stream.nextNormal()) }
    return super.hold(
      Matrix(rows: images.rows, columns: images.columns, elements: moved), labels: labels)
  }

  override func climb(on batch: ImageBatch, rate: Float) {
    guard fault == .climbsWithoutClipping else { return super.climb(on: batch, rate: rate) }
    let gradient = super.gradient(on: batch, mode: .evaluation).gradient
    parameters = zip(parameters, gradient).map { $0 + rate * $1 }
  }

  override func beginTraining(
    by rule: OptimiserRule, precision: TrainingPrecision, resuming memory: OptimiserMemory?
  ) {
    super.beginTraining(by: rule, precision: precision, resuming: fault == .forgetsMemory ? nil : memory)
  }

  override func gradient(
    on batch: ImageBatch, mode: NormalisationMode
  ) -> (loss: Double, gradient: [Float]) {
    let before = statistics
    defer { if fault == .keepsStatistics { statistics = before } }
    guard fault == .keepsImagesInPlace else { return super.gradient(on: batch, mode: mode) }
    return super.gradient(on: ImageBatch(of: batch.images, batch.examples), mode: mode)
  }

  override func logits(of images: ResidentImages, _ range: Range<Int>) -> [Float] {
    var logits = super.logits(of: images, range)
    calls += 1
    if fault == .givesNaN { logits[logits.count - 1] = .nan }
    if fault == .changesBits { logits[0] += Float(calls) * logits[0].ulp }
    return logits
  }

  override func finish() {
    if fault == .worksInFinish { usleep(2000) }
  }

  override func add(
    featuresOf images: ResidentImages, to sum: ResidentSum, isCancelled: () -> Bool
  ) -> Bool {
    if fault == .losesTerms, sums.updateValue(1, forKey: ObjectIdentifier(sum)) != nil { return true }
    return super.add(featuresOf: images, to: sum, isCancelled: isCancelled)
  }
}
