import LinearAlgebra
import NeuralNetworks
import Optimisers
import PlainEngine

/// A plain engine whose calls can be overridden.
package class ForwardingEngine: ConvolutionEngine {
  let plain: any ConvolutionEngine

  package init(for program: LayerProgram, capacity: Int) throws(ConvolutionEngineError) {
    plain = try PlainEngineFactory().engine(for: program, capacity: capacity)
  }

  package func beginTraining(
    by rule: OptimiserRule, precision: TrainingPrecision, resuming memory: OptimiserMemory?
  ) {
    plain.beginTraining(by: rule, precision: precision, resuming: memory)
  }

  package var program: LayerProgram { plain.program }
  package var capacity: Int { plain.capacity }
  package var parameters: [Float] {
    get { plain.parameters }
    set { plain.parameters = newValue }
  }
  package var statistics: [Float] {
    get { plain.statistics }
    set { plain.statistics = newValue }
  }
  package var optimiserMemory: OptimiserMemory { plain.optimiserMemory }

  package func hold(_ images: Matrix<Float>, labels: [Float]) -> ResidentImages {
    plain.hold(images, labels: labels)
  }
  package func logits(of images: ResidentImages, _ range: Range<Int>) -> [Float] {
    plain.logits(of: images, range)
  }
  package func features(of images: ResidentImages, _ range: Range<Int>) -> [Float] {
    plain.features(of: images, range)
  }
  package func take(_ sum: GramSum) -> ResidentSum { plain.take(sum) }
  package func add(
    featuresOf images: ResidentImages, to sum: ResidentSum, isCancelled: () -> Bool
  ) -> Bool {
    plain.add(featuresOf: images, to: sum, isCancelled: isCancelled)
  }
  package func value(of sum: ResidentSum) -> GramSum { plain.value(of: sum) }
  package func gradient(
    on batch: ImageBatch, mode: NormalisationMode
  ) -> (loss: Double, gradient: [Float]) {
    plain.gradient(on: batch, mode: mode)
  }
  package func train(on batch: ImageBatch) { plain.train(on: batch) }
  package func beginAscent(halfWidth zeta: Double) { plain.beginAscent(halfWidth: zeta) }
  package func climb(on batch: ImageBatch, rate: Float) { plain.climb(on: batch, rate: rate) }
  package func endAscent() { plain.endAscent() }
  package func finish() { plain.finish() }
}
