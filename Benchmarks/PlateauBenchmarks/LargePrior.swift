import Datasets
import Foundation
import FunctionPriors
import LinearAlgebra
import RandomStreams

/// ln P(f) at n = 6000 (|S| = 4000, |E| = 2000 images of MNIST), by the reference of the true labels as runs
/// have it, and afresh as `plateau prior` does it; beside the rate of `dpotrf` on all cores.
struct LargePrior {
  private let kernel: CovarianceKernel
  private let trueLabels: [UInt8]
  private let training = 4000
  private let test = 2000

  init() throws {
    let roots = DataRoots(
      dataOption: nil, environment: ProcessInfo.processInfo.environment,
      currentDirectory: FileManager.default.currentDirectoryPath, homeDirectory: nil)
    let split = try AttackSetSplit(
      DatasetLibrary(roots: roots).load(.mnist), task: .digits0to4Versus5to9, training: training,
      attackPool: 0, test: test)
    kernel = try CovarianceKernel(
      NNGPKernel().matrix(split.training.inputs.appendingRows(of: split.test.inputs)))
    trueLabels = split.training.labels + split.test.labels
  }

  /// The true labels of S and those of E but for a share of flips: a network trained beside an attack set.
  private func function(flips share: Double) -> [UInt8] {
    var stream = RandomStream(RandomKey(seed: 1).split("flips"))
    var labels = trueLabels
    for index in stream.nextPermutation(of: test).prefix(Int(share * Double(test))) {
      labels[training + index] = 1 - labels[training + index]
    }
    return labels
  }

  /// Flops a second of `dpotrf` with all cores, the best of three.
  private func factorisationRate() -> Double {
    let n = kernel.count
    BLASRuntime.threadCount = ProcessInfo.processInfo.activeProcessorCount
    defer { BLASRuntime.threadCount = 1 }
    var matrix = kernel.matrix
    let seconds = (0..<3).map { _ in
      matrix.elements.replaceSubrange(0..., with: kernel.matrix.elements)
      for i in 0..<n { matrix[i, i] += 1 }
      return Benchmarks.time {
        matrix.elements.withUnsafeMutableBufferPointer { _ = CholeskyInPlace.factorise($0, size: n) }
      }
    }
    return Double(n * n * n) / 3 / (seconds.min() ?? .infinity)
  }

  /// Prints one line for each of three functions, near and far from the true labels.
  func measure(_ likelihood: Likelihood) throws {
    let rate = factorisationRate()
    let n = Double(kernel.count)
    let workspace = ExpectationPropagationWorkspace(count: kernel.count)
    let inference = ExpectationPropagation(likelihood: likelihood)
    let ofTrueLabels = try inference.logProbability(of: trueLabels, kernel: kernel, workspace: workspace)
    let reference = ReferencePosterior(
      ofTrueLabels, labels: trueLabels, kernel: kernel, workspace: workspace)
    for share in [0.02, 0.2, 0.5] {
      let labels = function(flips: share)
      var (estimate, cold) = (ofTrueLabels, ofTrueLabels)
      let secondsCold = try Benchmarks.time {
        cold = try inference.logProbability(of: labels, kernel: kernel, workspace: workspace)
      }
      let seconds = try Benchmarks.time {
        estimate = try inference.logProbability(
          of: labels, kernel: kernel, reference: reference, workspace: workspace)
      }
      // A reference's first sweep factorises nothing.
      let flops = Double(estimate.sweeps - 1) * 2 * n * n * n / 3
      Benchmarks.report(
        "ep-\(likelihood.rawValue)-large", seconds: [seconds],
        threads: ProcessInfo.processInfo.activeProcessorCount,
        details: """
          ,"flips":\(share),"logZ":\(estimate.logProbabilityInNats),"sweeps":\(estimate.sweeps),\
          "shareOfDpotrf":\(flops / seconds / rate),"dpotrfRate":\(rate),"secondsCold":\(secondsCold),\
          "sweepsCold":\(cold.sweeps),"logZCold":\(cold.logProbabilityInNats)
          """)
    }
  }
}
