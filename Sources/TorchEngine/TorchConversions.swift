import CTorchEngine
import NeuralNetworks
import Optimisers

/// A program in the plug-in's words.
struct TorchProgram {
  private let operations: [PlateauTorchOperation]
  private let shapes: [Int32]

  init(_ program: LayerProgram) {
    shapes = program.activations.flatMap { [Int32($0.channels), Int32($0.height), Int32($0.width)] }
    operations = program.operations.map { operation in
      var result = PlateauTorchOperation()
      switch operation {
      case .convolution(let geometry, let input, let output):
        result.kind = Int32(PlateauTorchConvolution)
        (result.input, result.output) = (Int32(input), Int32(output))
        (result.outputs, result.kernel) = (Int32(geometry.outputs), Int32(geometry.kernel))
        (result.stride, result.padding) = (Int32(geometry.stride), Int32(geometry.padding))
      case .normalisation(let input, let output, let rectified):
        result.kind = Int32(PlateauTorchNormalisation)
        (result.input, result.output, result.rectified) = (Int32(input), Int32(output), rectified ? 1 : 0)
      case .shortcut(let activation, let shortcut):
        result.kind = Int32(PlateauTorchShortcut)
        (result.input, result.output) = (Int32(shortcut), Int32(activation))
      case .averagePool(let input, let output):
        result.kind = Int32(PlateauTorchAveragePool)
        (result.input, result.output) = (Int32(input), Int32(output))
      case .linear(let input, let output):
        result.kind = Int32(PlateauTorchLinear)
        (result.input, result.output) = (Int32(input), Int32(output))
      }
      return result
    }
  }

  func withPointer<Result>(_ body: (UnsafePointer<PlateauTorchProgram>) -> Result) -> Result {
    operations.withUnsafeBufferPointer { operations in
      shapes.withUnsafeBufferPointer { shapes in
        var program = PlateauTorchProgram(
          operations: operations.baseAddress, operationCount: Int32(operations.count),
          shapes: shapes.baseAddress, activationCount: Int32(shapes.count / 3),
          momentum: Double(NormalisationMode.momentum), epsilon: Double(NormalisationMode.epsilon))
        return body(&program)
      }
    }
  }
}

extension PlateauTorchRule {
  /// A rule in the plug-in's words.
  init(_ rule: OptimiserRule, _ precision: TrainingPrecision) {
    self.init()
    self.precision =
      switch precision {
      case .float32: Int32(PlateauTorchFloat32)
      case .tf32: Int32(PlateauTorchTF32)
      case .bfloat16: Int32(PlateauTorchBFloat16)
      }
    switch rule {
    case .sgd(let learningRate): (kind, rate) = (Int32(PlateauTorchSGD), learningRate)
    case .momentum(let learningRate, let momentum):
      (kind, rate, first) = (Int32(PlateauTorchMomentum), learningRate, momentum)
    case .adam(let learningRate, let beta1, let beta2, let epsilon):
      (kind, rate, first) = (Int32(PlateauTorchAdam), learningRate, beta1)
      (second, self.epsilon) = (beta2, epsilon)
    case .adagrad(let learningRate, _): (kind, rate) = (Int32(PlateauTorchAdagrad), learningRate)
    case .rmsprop(let learningRate, let decay, let epsilon):
      (kind, rate, first, self.epsilon) = (Int32(PlateauTorchRMSProp), learningRate, decay, epsilon)
    case .entropySGD: preconditionFailure("expected a rule with gradients at the parameters")
    }
  }
}

extension Array {
  /// Calls `body` with the elements; with nil where there are none.
  mutating func withPointerIfAny<Result>(_ body: (UnsafeMutablePointer<Element>?) -> Result) -> Result {
    isEmpty ? body(nil) : withUnsafeMutableBufferPointer { body($0.baseAddress) }
  }
}

/// Something that the plug-in made, released with the last use of this.
final class TorchHandle {
  let pointer: OpaquePointer?
  /// Of a sum: how many terms were added.
  var terms: Int
  private let release: (OpaquePointer?) -> Void

  init(_ pointer: OpaquePointer?, terms: Int = 0, release: @escaping (OpaquePointer?) -> Void) {
    self.pointer = pointer
    self.terms = terms
    self.release = release
  }

  deinit { release(pointer) }

  static func handle(_ storage: AnyObject) -> TorchHandle {
    guard let handle = storage as? TorchHandle else {
      preconditionFailure("expected what an engine on libtorch holds")
    }
    return handle
  }

  static func held(_ storage: AnyObject) -> OpaquePointer? { handle(storage).pointer }
}
