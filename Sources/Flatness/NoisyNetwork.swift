import LinearAlgebra
import RandomStreams

/// A network whose parameters are moved by Gaussian noise, each by a deviation of its own: w + s dᵢ zᵢ with
/// standard normals z.
///
/// In Float32, as trainings are: noise that matters is far above its rounding; losses are summed in Float64.
/// The normals of draw number i are found by i alone, so draws may be taken again in any order.
final class NoisyNetwork {
  private let problem: any MeasuredProblem
  private let centre: AlignedFloats
  private let deviations: AlignedFloats
  private let moved: AlignedFloats
  private let drawn: AlignedFloats
  private let normals: NormalGroups

  /// - Parameters:
  ///   - deviation: dᵢ from wᵢ.
  ///   - key: the stream of the normals.
  init(_ problem: any MeasuredProblem, key: RandomKey, deviation: (Float) -> Float) {
    self.problem = problem
    centre = AlignedFloats(problem.ordered(problem.parameters))
    // What fills up has deviation 0: it stays as it is.
    deviations = AlignedFloats(problem.ordered(problem.parameters.map(deviation)))
    moved = AlignedFloats(Array(centre.buffer))
    let size = NormalGroups.groupSize
    drawn = AlignedFloats(count: (centre.buffer.count + size - 1) / size * size)
    normals = NormalGroups(key)
  }

  /// Puts the parameters to w + scale · d · z with the normals of a draw.
  func move(by scale: Float, draw: Int) {
    normals.fill(drawn.buffer, firstGroup: draw * (drawn.buffer.count / NormalGroups.groupSize))
    let (target, from, width, z) = (moved.start, centre.start, deviations.start, drawn.start)
    for i in 0..<centre.buffer.count { target[i] = from[i] + scale * width[i] * z[i] }
  }

  /// The mean cross-entropy on S at the parameters as they are, in nats.
  func loss() throws(FlatnessError) -> Double { try problem.loss(atOrdered: moved) }

  /// The part of S that is classified rightly at the parameters as they are.
  func accuracy() throws(FlatnessError) -> Double { try problem.accuracy(atOrdered: moved) }
}
