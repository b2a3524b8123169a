import FunctionPriors
package import Planning
import Specifications

/// How much memory a process needs for a piece of work, in megabytes (10⁶ bytes): for what a cluster's engine is
/// asked for. Rather too much than too little, by a quarter and 100 MB.
///
/// The sizes of the arrays, beside what processes were seen to hold: `plateau` itself, with fonts, libraries and a
/// data set, 200 MB; an image of a batch of ResNet-50 33 MB, and its parameters, gradient, optimiser and box 0.7 GB;
/// a sample of functions that is counted 0.75 GB. Where a GPU holds the network and its activations, 3 GB more for
/// libtorch, CUDA and cuDNN on the host, which no one has measured here yet.
package enum MemoryModel {
  /// A run with its measurements, the only one of its process.
  ///
  /// - Parameter onGPU: whether a GPU has what a residual network computes with.
  package static func megabytes(_ run: PlannedRun, onGPU: Bool = false) -> Int {
    let spec = run.training
    let dataset = spec.dataset
    let images = Double(dataset.train + dataset.attackPool + dataset.test) * Double(dataset.inputCount)
    var bytes = program + 4 * 3 * images
    if run.measurements.contains(where: { !$0.priors.isEmpty }) {
      bytes += prior(points: dataset.train + dataset.test)
    }
    if run.measurements.flatMap(\.parts).contains(where: { $0.kind == .sampledPrior }) {
      // Three guides, and what the last of them is made of.
      let points = Double(dataset.train + dataset.test)
      bytes += 8 * 7 * points * points
    }
    if spec.network.kind == .resnet50 {
      let ascents = run.measurements.flatMap(\.parts).compactMap { $0.sharpness?.batch }
      if run.measurements.flatMap(\.parts).contains(where: {
        MeasureDefinition.form(of: $0)?.needs == .losses
      }) {
        // Parameters and gradients in Float64, now and at the best step of a search.
        bytes += 8 * 8 * 23.5e6
      }
      bytes += residual(batch: max(spec.optimiser.batch ?? dataset.train, ascents.max() ?? 1), onGPU: onGPU)
    }
    return megabytes(bytes)
  }

  /// A Monte-Carlo kernel over so many points.
  package static func megabytes(monteCarloKernelOf run: PlannedRun, onGPU: Bool = false) -> Int {
    let points = Double(run.training.dataset.train + run.training.dataset.test)
    // The sum, a product to add, what is written, and the features.
    return megabytes(
      program + 8 * 4 * points * points + 4 * points * (2048 + Double(run.training.dataset.inputCount))
        + residual(batch: run.training.optimiser.batch ?? run.training.dataset.train, onGPU: onGPU))
  }

  /// A sample of functions, drawn or counted.
  package static var megabytesOfSample: Int { megabytes(program + 0.75e9) }

  /// A report from stored runs.
  package static var megabytesOfReport: Int { megabytes(3 * program) }

  private static let program = 0.2e9

  /// n² numbers: the kernel, twice while it is checked, the arrays, and two references where it is large.
  private static func prior(points: Int) -> Double {
    let square = 8 * Double(points) * Double(points)
    return (points >= ExpectationPropagationWorkspace.largeCount ? 6 : 5) * square
  }

  /// Parameters, optimiser and box also cross the host, into checkpoints and out of them.
  private static func residual(batch: Int, onGPU: Bool) -> Double {
    0.7e9 + (onGPU ? 3e9 : 33e6 * Double(batch))
  }

  private static func megabytes(_ bytes: Double) -> Int {
    let generous = 1.25 * bytes / 1e6 + 100
    return Int((generous / 100).rounded(.up)) * 100
  }
}
