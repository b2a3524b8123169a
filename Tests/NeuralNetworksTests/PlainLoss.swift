import Foundation
import TestSupport

@testable import NeuralNetworks

/// What plain loops say of a problem in one mode: the loss, the statistics after it, and how the loss grows along two
/// directions of each tensor.
struct PlainLoss {
  static let problem = ConvolutionEngineTests.Problem(count: 4)
  static let training = Result { try PlainLoss(.training) }
  static let evaluation = Result { try PlainLoss(.evaluation) }

  let loss: Double
  let statistics: [Double]
  /// Of each tensor one number, and about its gradient; each as index and weight of all that it moves.
  let slopes: [[(direction: [(index: Int, weight: Double)], slope: Double)]]

  private init(_ mode: NormalisationMode) throws {
    let problem = Self.problem
    func plainLoss(_ parameters: [Double]) -> (loss: Double, statistics: [Double]) {
      var plain = problem.plain
      plain.parameters = parameters
      let logits = plain.logits(of: problem.images.elements.map(Double.init), count: 4, mode: mode)
      let sum = zip(logits, problem.labels).reduce(0.0) {
        $0 + max($1.0, 0) - Double($1.1) * $1.0 + log1p(exp(-abs($1.0)))
      }
      return (sum / 4, plain.statistics)
    }
    let parameters = problem.network.parameters.map(Double.init)
    (loss, statistics) = plainLoss(parameters)
    // A direction in which the loss changes: any engine's gradient will do.
    let (workspace, images) = try ConvolutionEngineTests.workspace(problem, on: engines[0], capacity: 4)
    let along = workspace.engine.gradient(on: ImageBatch(of: images, [0, 1, 2, 3]), mode: mode).gradient
      .map(Double.init)
    var start = 0
    slopes = ConvolutionEngineTests.shape.program.parameterCounts.enumerated().map { tensor, count in
      let range = start..<start + count
      start += count
      let size = range.reduce(0) { $0 + along[$1] * along[$1] }.squareRoot()
      return [[(range.lowerBound + 7 * tensor % count, 1.0)], range.map { ($0, along[$0] / size) }].map {
        // Small enough that few signs before a ReLU change.
        let step = 1e-6
        var (up, down) = (parameters, parameters)
        for (index, weight) in $0 {
          up[index] += step * weight
          down[index] -= step * weight
        }
        return ($0, (plainLoss(up).loss - plainLoss(down).loss) / (2 * step))
      }
    }
    precondition(start == parameters.count)
  }
}
