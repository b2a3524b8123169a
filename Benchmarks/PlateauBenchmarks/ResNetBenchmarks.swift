import Foundation
import NeuralNetworks
import RandomStreams

/// ResNet-50 on random images, on two threads: what the peer does too.
enum ResNetBenchmarks {
  /// Steps of SGD on a batch of `batch` images: forward, backward, update. With the rate of the forward pass
  /// alone.
  static func step(batch: Int) throws {
    let shape = ResidualShape.resNet50
    let threads = 2
    let workspace = ResidualWorkspace(
      shape: shape, engine: try OneDNNEngine(program: shape.program, capacity: batch, threads: threads))
    workspace.network = ResidualNetwork(
      initialising: shape, biasStandardDeviation: 1, key: RandomKey(seed: 1))
    var stream = RandomStream(RandomKey(seed: 2))
    let images = (0..<batch * shape.image.count).map { _ in Float(stream.nextNormal()) }
    let labels = (0..<batch).map { Float($0 % 2) }
    func step() {
      workspace.takeGradient(images: images, labels: labels, count: batch, mode: .training)
      let (w, g) = (workspace.parameters, workspace.gradient)
      for i in w.indices { w[i] -= 0.01 * g[i] }
    }
    step()
    let seconds = (0..<max(3, 320 / batch)).map { _ in Benchmarks.time(step) }
    _ = workspace.logits(images, count: batch)
    let forward = (0..<5).map { _ in Benchmarks.time { _ = workspace.logits(images, count: batch) } }.sorted()
    let median = seconds.sorted()[seconds.count / 2]
    Benchmarks.report(
      "resnet-step-\(batch)", seconds: seconds, threads: threads,
      details: """
        ,"imagesPerSecond":\(Double(batch) / median),"forwardImagesPerSecond":\(Double(batch) / forward[2]),\
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
