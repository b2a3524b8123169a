import LinearAlgebra
import NeuralNetworks

/// A ``ConvolutionEngine`` by plain loops on one thread: slow, without a library, and with the same bits on
/// every machine whose C library has the same exponential and logarithm.
///
/// Numbers are stored in Float32; every sum over pixels or images is taken in Float64, in the order of its
/// indices. Other engines are compared with it, and the golden runs of residual networks are made with it.
final class PlainConvolutionEngine: HostEngine {
  let program: LayerProgram
  let capacity: Int
  let memory: HostMemory
  private var runningStatistics: [Float]
  /// The values of each activation, `[capacity, C, H, W]`, and the loss's derivatives by them.
  private let values: [AlignedFloats]
  private let derivatives: [AlignedFloats]
  /// The images and the mode of the last forward pass, and the mean and variance that each normalisation
  /// took.
  private var count = 0
  private var mode = NormalisationMode.evaluation
  private var taken: [Float]

  /// An engine for batches of up to `capacity` images.
  init(program: LayerProgram, capacity: Int) {
    precondition(capacity > 0, "expected a capacity of at least 1 image, got \(capacity)")
    self.program = program
    self.capacity = capacity
    memory = HostMemory(count: program.parameterCount)
    runningStatistics = [Float](repeating: 0, count: program.statisticCount)
    taken = runningStatistics
    values = program.activations.map { AlignedFloats(count: capacity * $0.count) }
    derivatives = program.activations.map { AlignedFloats(count: capacity * $0.count) }
  }

  var statistics: [Float] {
    get { runningStatistics }
    set {
      precondition(
        newValue.count == program.statisticCount,
        "expected \(program.statisticCount) statistics, got \(newValue.count)")
      runningStatistics = newValue
    }
  }

  // The program's order is this engine's, without padding.
  func load(_ values: [Float], into target: UnsafeMutableBufferPointer<Float>) {
    precondition(
      values.count == target.count, "expected \(target.count) parameters, got \(values.count)")
    _ = target.update(from: values)
  }

  func stored(_ values: UnsafeMutableBufferPointer<Float>) -> [Float] { Array(values) }

  var logits: UnsafePointer<Float> { UnsafePointer(values[values.count - 1].start) }
  var features: UnsafePointer<Float> { UnsafePointer(values[program.features].start) }

  func forward(
    _ images: UnsafePointer<Float>, count: Int, mode: NormalisationMode, keepsActivations: Bool
  ) {
    precondition((1...capacity).contains(count), "expected 1 to \(capacity) images, got \(count)")
    (self.count, self.mode) = (count, mode)
    values[0].start.update(from: images, count: count * program.activations[0].count)
    var (parameter, statistic) = (memory.parameters.start, 0)
    for operation in program.operations {
      switch operation {
      case .convolution(let geometry, let input, let output):
        PlainConvolution(geometry).forward(
          values[input].start, count: count, weights: parameter, into: values[output].start)
      case .normalisation(let input, let output, let rectified):
        let norm = normalisation(of: input, rectified: rectified)
        let channels = norm.shape.channels
        if mode == .training {
          let batch = norm.statistics(of: values[input].start)
          norm.move(&runningStatistics, at: statistic, towards: batch)
          taken.replaceSubrange(statistic..<statistic + 2 * channels, with: batch)
        } else {
          taken.replaceSubrange(
            statistic..<statistic + 2 * channels,
            with: runningStatistics[statistic..<statistic + 2 * channels])
        }
        norm.forward(
          values[input].start, statistics: taken[statistic...], scaleAndShift: parameter,
          into: values[output].start)
        statistic += 2 * channels
      case .shortcut(let activation, let shortcut):
        let (y, x) = (values[activation].start, values[shortcut].start)
        for i in 0..<count * program.activations[activation].count {
          let sum = y[i] + x[i]
          y[i] = sum < 0 ? 0 : sum
        }
      case .averagePool(let input, let output):
        let area = program.activations[input].height * program.activations[input].width
        let (x, y) = (values[input].start, values[output].start)
        for plane in 0..<count * program.activations[output].count {
          var sum = 0.0
          for i in plane * area..<(plane + 1) * area { sum += Double(x[i]) }
          y[plane] = Float(sum / Double(area))
        }
      case .linear(let input, let output):
        HostLinearMap(inputs: program.activations[input].count).forward(
          values[input].start, count: count, weights: parameter, into: values[output].start)
      }
      parameter += program.parameterCount(of: operation)
    }
  }

  func backward(logitGradient: UnsafePointer<Float>) {
    for buffer in derivatives { buffer.buffer.update(repeating: 0) }
    derivatives[derivatives.count - 1].start.update(from: logitGradient, count: count)
    var (parameter, statistic) = (program.parameterCount, program.statisticCount)
    for operation in program.operations.reversed() {
      parameter -= program.parameterCount(of: operation)
      let (weights, gradient) = (memory.parameters.start + parameter, memory.gradient.start + parameter)
      switch operation {
      case .convolution(let geometry, let input, let output):
        PlainConvolution(geometry).backward(
          derivatives[output].start, input: values[input].start, count: count, weights: weights,
          addingTo: input == 0 ? nil : derivatives[input].start, gradient: gradient)
      case .normalisation(let input, let output, let rectified):
        let norm = normalisation(of: input, rectified: rectified)
        statistic -= 2 * norm.shape.channels
        norm.backward(
          derivatives[output].start, input: values[input].start, output: values[output].start,
          statistics: taken[statistic...], scaleAndShift: weights, mode: mode,
          addingTo: derivatives[input].start, gradient: gradient)
      case .shortcut(let activation, let shortcut):
        let (y, dy, dx) = (
          values[activation].start, derivatives[activation].start, derivatives[shortcut].start
        )
        for i in 0..<count * program.activations[activation].count {
          if y[i] <= 0 { dy[i] = 0 }
          dx[i] += dy[i]
        }
      case .averagePool(let input, let output):
        let area = program.activations[input].height * program.activations[input].width
        let (dx, dy) = (derivatives[input].start, derivatives[output].start)
        for i in 0..<count * program.activations[input].count { dx[i] += dy[i / area] / Float(area) }
      case .linear(let input, let output):
        HostLinearMap(inputs: program.activations[input].count).backward(
          derivatives[output].start, x: values[input].start, count: count, weights: weights,
          into: derivatives[input].start, gradient: gradient)
      }
    }
  }

  private func normalisation(of input: Int, rectified: Bool) -> PlainNormalisation {
    PlainNormalisation(shape: program.activations[input], count: count, rectified: rectified)
  }
}
