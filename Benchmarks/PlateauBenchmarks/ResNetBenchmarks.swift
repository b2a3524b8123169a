import Foundation
import LinearAlgebra
import NeuralNetworks
import OneDNNEngine
import RandomStreams

/// ResNet-50 on random images, on two threads: what the peer does too.
enum ResNetBenchmarks {
  /// Steps of SGD on a batch of `batch` images: forward, backward, update. With the rate of the forward pass
  /// alone.
  static func step(batch: Int) throws {
    let shape = ResidualShape.resNet50
    let threads = 2
    let engine = try OneDNNEngineFactory(threads: threads).engine(for: shape.program, capacity: batch)
    ResidualWorkspace(shape: shape, engine: engine).network = ResidualNetwork(
      initialising: shape, biasStandardDeviation: 1, key: RandomKey(seed: 1))
    var stream = RandomStream(RandomKey(seed: 2))
    let images = engine.hold(
      Matrix(
        rows: batch, columns: shape.image.count,
        elements: (0..<batch * shape.image.count).map { _ in Float(stream.nextNormal()) }),
      labels: (0..<batch).map { Float($0 % 2) })
    engine.beginTraining(by: .sgd(learningRate: 0.01), precision: .float32, resuming: nil)
    func step() { engine.train(on: ImageBatch(of: images, Array(0..<batch))) }
    step()
    let seconds = (0..<max(3, 320 / batch)).map { _ in Benchmarks.time(step) }
    func forward() { _ = engine.logits(of: images, 0..<batch) }
    forward()
    let forwards = (0..<5).map { _ in Benchmarks.time(forward) }.sorted()
    let median = seconds.sorted()[seconds.count / 2]
    Benchmarks.report(
      "resnet-step-\(batch)", seconds: seconds, threads: threads,
      details: """
        ,"imagesPerSecond":\(Double(batch) / median),"forwardImagesPerSecond":\(Double(batch) / forwards[2]),\
        "peakGigabytes":\(peakGigabytes)
        """)
  }

  /// The most memory that this process has held at once.
  private static var peakGigabytes: Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_maxrss) * 1024 / 1e9
  }
}
