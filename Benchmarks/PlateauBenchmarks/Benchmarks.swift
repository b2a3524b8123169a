import Datasets
import Flatness
import Foundation
import FunctionPriors
import LinearAlgebra
import NeuralNetworks
import Optimisers
import RandomStreams
import Training

/// Times the hot paths on real images. Prints one JSON line for each benchmark; `Benchmarks/compare.py` runs
/// this beside its peers.
@main
struct Benchmarks {
  static func main() throws {
    KernelRestart.ifNeeded()
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard let name = arguments.first else {
      print(
        """
        usage: PlateauBenchmarks kernels | export FOLDER | fcn-step | fcn-trainings | fcn-cifar-step | sharpness \
        | hessian | adaptive-average | adaptive-worst | pac-bayes | measures | ep-probit | ep-heaviside \
        | prior-sampled \
        | ep-probit-large | ep-heaviside-large | functions | resnet-step-32 | resnet-step-128
        """
      )
      exit(64)
    }
    if name == "kernels" {
      // For the peers, which have no one to choose for them.
      print(BLASRuntime.kernelName)
      return
    }
    let problem = try Problem()
    switch name {
    case "export":
      let folder = arguments.dropFirst().first ?? "."
      try problem.export(to: folder)
      try ColourProblem().export(to: folder)
    case "fcn-step":
      fullyConnectedStep(name, problem.network, problem.trainingInputs, problem.trainingLabels)
    case "fcn-trainings": trainings(problem)
    case "fcn-cifar-step":
      let problem = try ColourProblem()
      fullyConnectedStep(name, problem.network, problem.inputs, problem.labels)
    case "sharpness": try sharpness(problem)
    case "hessian": try hessian(problem)
    case "adaptive-average": try FlatnessBenchmarks.adaptiveAverage(problem)
    case "adaptive-worst": try FlatnessBenchmarks.adaptiveWorst(problem)
    case "pac-bayes": try FlatnessBenchmarks.pacBayes(problem)
    case "measures": try FlatnessBenchmarks.all(problem)
    case "prior-sampled": try sampledPrior(problem)
    case "functions": sampledFunctions()
    case "resnet-step-32": try ResNetBenchmarks.step(batch: 32)
    case "resnet-step-128": try ResNetBenchmarks.step(batch: 128)
    case "ep-probit": try expectationPropagation(problem, .probit)
    case "ep-probit-large": try LargePrior().measure(.probit)
    case "ep-heaviside-large": try LargePrior().measure(.heaviside)
    case "ep-heaviside": try expectationPropagation(problem, .heaviside)
    default:
      print("there is no benchmark '\(name)'")
      exit(64)
    }
  }

  /// Prints the median of the repetitions.
  static func report(_ name: String, seconds: [Double], threads: Int, details: String = "") {
    let sorted = seconds.sorted()
    print(
      """
      {"name":"\(name)","seconds":\(sorted[sorted.count / 2]),"best":\(sorted[0]),"threads":\(threads),\
      "kernel":"\(BLASRuntime.kernelName)"\(details)}
      """)
  }

  static func time(_ work: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try work()
    let elapsed = start.duration(to: .now).components
    return Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
  }

  /// One step of SGD on the first 32 images, one thread, as a training takes it.
  static func fullyConnectedStep(
    _ name: String, _ network: FullyConnectedNetwork, _ inputs: Matrix<Float>, _ bits: [UInt8]
  ) {
    BLASRuntime.threadCount = 1
    let layout = TransposedLayout(of: network.shape, step: TransposedLayout.fastestStep)
    let parameters = AlignedFloats(layout.ordered(network.parameters))
    let workspace = FullyConnectedWorkspace(
      layout: layout, inputs: NetworkInputs(inputs), labels: bits.map(Float.init), capacity: 32)
    let w = parameters.start
    func steps(_ count: Int) {
      Array(0..<32).withUnsafeBufferPointer { batch in
        for _ in 0..<count { workspace.addGradient(parameters: w, selection: batch, scale: -0.01, to: w) }
      }
    }
    steps(500)
    report(name, seconds: (0..<9).map { _ in time { steps(1000) } / 1000 }, threads: 1)
  }

  /// An epoch of a training over |S| = 500 by each optimiser, its score included, one thread.
  static func trainings(_ problem: Problem) {
    BLASRuntime.threadCount = 1
    let rules: [(String, OptimiserRule, batch: Int)] = [
      ("sgd", .sgd(learningRate: 0.01), 32), ("full-batch", .sgd(learningRate: 0.1), 500),
      ("momentum", .momentum(learningRate: 0.01, momentum: 0.9), 32),
      ("adam", .adam(learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8), 32),
      ("adagrad", .adagrad(learningRate: 1e-2, initialAccumulator: 0.1), 32),
      ("rmsprop", .rmsprop(learningRate: 1e-3, decay: 0.9, epsilon: 1e-10), 32),
      (
        "entropy-sgd",
        .entropySGD(
          learningRate: 1, langevinSteps: 20, scope: 0.03, innerLearningRate: 0.1, thermalNoise: 1e-4,
          averaging: 0.75), 32
      ),
    ]
    let set = TrainingSet(
      inputs: problem.trainingInputs, labels: problem.trainingLabels,
      scoredCount: problem.trainingLabels.count)
    for (name, rule, batch) in rules {
      let session = TrainingSession(
        problem.network, on: set, optimiser: rule, batchSize: batch, batchOrder: .shuffled,
        key: RandomKey(seed: 1))
      for _ in 0..<20 { session.advance() }
      let seconds = (0..<9).map { _ in time { for _ in 0..<20 { session.advance() } } / 20 }
      report(
        "fcn-training-" + name, seconds: seconds, threads: 1, details: ",\"loss\":\(session.lossOnTrain)")
    }
  }

  /// Functions of random 7-40-40-1 networks, on two threads and on one; with the rate of the normals alone,
  /// and the multiply-adds as a share of what `sgemm` reaches on 1024 × 1024 matrices with as many threads.
  static func sampledFunctions() {
    let ensemble = BooleanNetworkEnsemble(
      variables: 7, hidden: [40, 40], weightVariance: 1, biasVariance: 0.01)
    let sampler = FunctionSampler(ensemble, key: RandomKey(seed: 1))
    let (threads, count) = (2, 100_000)
    func seconds(threads: Int) -> Double {
      time {
        DispatchQueue.concurrentPerform(iterations: threads) { part in
          _ = sampler.functions(part * count..<(part + 1) * count)
        }
      } / Double(threads * count)
    }
    _ = seconds(threads: threads)
    let both = (0..<5).map { _ in seconds(threads: threads) }.sorted()
    let one = (0..<3).map { _ in seconds(threads: 1) }.sorted()
    let groups = 20_000
    let ofNormals = (0..<3).map { _ in time { _ = sampler.normals(firstGroup: 0, groups: groups) } }.sorted()

    BLASRuntime.threadCount = threads
    let n = 1024
    let (a, b) = ([Float](repeating: 0.5, count: n * n), [Float](repeating: 0.25, count: n * n))
    var c = [Float](repeating: 0, count: n * n)
    let product = (0..<7).map { _ in
      time {
        multiplyAccumulate(
          n, n, n, a, leadingDimension: n, .asStored, b, leadingDimension: n, .asStored, into: &c,
          leadingDimension: n)
      }
    }.sorted()[3]
    let rate = Double(n * n * n) / product
    // A layer of 0 and 1 takes sums only: 128 inputs times 40 · 40 + 40 products are left. Those that would add
    // zero are counted too, though they are not done.
    let share = Double(128 * (40 * 40 + 40)) / both[2] / rate
    report(
      "functions", seconds: both, threads: threads,
      details:
        ",\"perSecond\":\(1 / both[2]),\"perSecondOnOne\":\(1 / one[1]),\"normalsPerSecond\":\(Double(64 * groups) / ofNormals[1]),\"arithmetic\":\"\(FunctionSampler.arithmeticName)\",\"shareOfSgemm\":\(share)"
    )
  }

  /// Sharpness of one network: 100 epochs over |S| = 500, batch 32, one thread.
  static func sharpness(_ problem: Problem) throws {
    BLASRuntime.threadCount = 1
    let ascent = SharpnessAscent(box: 1e-4, batchSize: 32, learningRate: 1e-3, epochs: 100)
    var value = 0.0
    let seconds = try (0..<5).map { _ in
      try time {
        value = try ascent.sharpness(
          of: problem.network, inputs: problem.trainingInputs, labels: problem.trainingLabels,
          key: RandomKey(seed: 1)
        ).sharpness
      }
    }
    report("sharpness", seconds: seconds, threads: 1, details: ",\"sharpness\":\(value)")
  }

  /// The 50 largest eigenvalues of the Hessian of a trained network and its norm, |S| = 500, one thread.
  static func hessian(_ problem: Problem) throws {
    BLASRuntime.threadCount = 1
    let network = try problem.trained()
    func measure() throws -> HessianSpectrumEstimate {
      try HessianSpectrum(top: 50).measure(
        of: network, inputs: problem.trainingInputs, labels: problem.trainingLabels)
    }
    var estimate = try measure()
    let seconds = try (0..<5).map { _ in try time { estimate = try measure() } }
    report(
      "hessian", seconds: seconds, threads: 1,
      details: """
        ,"logProduct":\(estimate.logProduct ?? .nan),"spectralNorm":\(estimate.spectralNorm),\
        "products":\(estimate.products)
        """)
  }

  /// ln P(f) of the true labels of S and E by importance sampling, n = 1500, the step, all cores, with the
  /// expectation propagation that guides it: as `plateau prior --sampled` has it.
  static func sampledPrior(_ problem: Problem) throws {
    let kernel = try CovarianceKernel(problem.kernel)
    BLASRuntime.threadCount = 1
    let workers = ProcessInfo.processInfo.activeProcessorCount
    var standardError = Double.nan
    let seconds = try (0..<3).map { _ in
      try time {
        let guide = try ExpectationPropagation(likelihood: .heaviside).logProbability(
          of: problem.allLabels, kernel: kernel)
        let estimate = try SampledPrior(workers: workers).logProbability(
          of: problem.allLabels, kernel: kernel, guide: guide, key: RandomKey(seed: 1))
        standardError = estimate.isReliable ? estimate.standardError : .infinity
      }
    }
    report(
      "prior-sampled", seconds: seconds, threads: workers, details: ",\"standardError\":\(standardError)")
  }

  /// ln P(f) of the true labels of S and E, n = 1500, with as many BLAS threads as the library takes by
  /// itself: as the peer runs.
  static func expectationPropagation(_ problem: Problem, _ likelihood: Likelihood) throws {
    let kernel = try CovarianceKernel(problem.kernel)
    let workspace = ExpectationPropagationWorkspace(count: kernel.count)
    let inference = ExpectationPropagation(likelihood: likelihood)
    var estimate = try inference.logProbability(of: problem.allLabels, kernel: kernel, workspace: workspace)
    let seconds = try (0..<5).map { _ in
      try time {
        estimate = try inference.logProbability(of: problem.allLabels, kernel: kernel, workspace: workspace)
      }
    }
    report(
      "ep-\(likelihood.rawValue)", seconds: seconds, threads: BLASRuntime.threadCount,
      details: ",\"logZ\":\(estimate.logProbabilityInNats),\"sweeps\":\(estimate.sweeps)")
  }
}
