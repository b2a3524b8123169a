import LinearAlgebra
import NeuralNetworks
import RandomStreams

/// A network whose parameters are moved by Gaussian noise, each by a deviation of its own: w + s dᵢ zᵢ with
/// standard normals z.
///
/// In Float32, as trainings are: noise that matters is far above its rounding; losses are summed in Float64.
/// The normals of draw number i are found by i alone, so draws may be taken again in any order.
final class NoisyNetwork {
  private let labels: [UInt8]
  private let everyExample: [Int]
  private let workspace: FullyConnectedWorkspace
  private let centre: AlignedFloats
  private let deviations: AlignedFloats
  private let moved: AlignedFloats
  private let normals: NormalGroups

  /// - Parameters:
  ///   - deviation: dᵢ from wᵢ.
  ///   - key: the stream of the normals.
  init(_ problem: MeasuredProblem, key: RandomKey, deviation: (Float) -> Float) {
    let layout = TransposedLayout(of: problem.network.shape)
    labels = problem.labels
    everyExample = Array(0..<problem.inputs.rows)
    workspace = FullyConnectedWorkspace(
      layout: layout, inputs: NetworkInputs(problem.inputs), labels: problem.labels.map(Float.init),
      capacity: problem.inputs.rows)
    centre = AlignedFloats(layout.ordered(problem.network.parameters))
    // Units that fill up have deviation 0: they stay as they are.
    deviations = AlignedFloats(layout.ordered(problem.network.parameters.map(deviation)))
    moved = AlignedFloats(Array(centre.buffer))
    normals = NormalGroups(key)
  }

  /// The normals of a draw.
  func draw(_ number: Int) -> AlignedFloats {
    let size = NormalGroups.groupSize
    let groups = (centre.buffer.count + size - 1) / size
    let drawn = AlignedFloats(count: groups * size)
    normals.fill(drawn.buffer, firstGroup: number * groups)
    return drawn
  }

  /// Puts the parameters to w + scale · d · z.
  func move(by scale: Float, _ draw: AlignedFloats) {
    let (target, from, width, z) = (moved.start, centre.start, deviations.start, draw.start)
    for i in 0..<centre.buffer.count { target[i] = from[i] + scale * width[i] * z[i] }
  }

  /// The mean cross-entropy on S at the parameters as they are, in nats.
  func loss() -> Double {
    everyExample.withUnsafeBufferPointer { workspace.loss(parameters: moved.start, selection: $0) }
  }

  /// The part of S that is classified rightly at the parameters as they are.
  func accuracy() -> Double {
    let right = everyExample.withUnsafeBufferPointer { selection in
      zip(workspace.logits(parameters: moved.start, selection: selection), labels).count {
        ($0 >= 0 ? 1 : 0) == $1
      }
    }
    return Double(right) / Double(labels.count)
  }
}
