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
  private let normals: NormalGroups
  /// The normals of a draw that is not kept.
  private lazy var fleeting = AlignedFloats(count: groups * NormalGroups.groupSize)
  /// The normals of draws that are to be taken again, by their numbers.
  private var kept: [Int: AlignedFloats] = [:]
  private let keepsDraws: Bool
  /// Of normals, for all parameters.
  private let groups: Int

  /// Draws of more parameters are found again each time: that takes little beside the passes of such networks.
  private static let mostKept = 1 << 20

  /// - Parameters:
  ///   - deviation: dᵢ from wᵢ.
  ///   - key: the stream of the normals.
  ///   - isRepeated: whether each draw is to be taken several times.
  init(
    _ problem: any MeasuredProblem, key: RandomKey, isRepeated: Bool = false, deviation: (Float) -> Float
  ) {
    self.problem = problem
    centre = AlignedFloats(problem.ordered(problem.parameters))
    // What fills up has deviation 0: it stays as it is.
    deviations = AlignedFloats(problem.ordered(problem.parameters.map(deviation)))
    moved = AlignedFloats(Array(centre.buffer))
    groups = (centre.buffer.count + NormalGroups.groupSize - 1) / NormalGroups.groupSize
    keepsDraws = isRepeated && centre.buffer.count <= Self.mostKept
    normals = NormalGroups(key)
  }

  /// Puts the parameters to w + scale · d · z with the normals of a draw.
  func move(by scale: Float, draw: Int) {
    let drawn = drawn(draw)
    let (target, from, width, z) = (moved.start, centre.start, deviations.start, drawn.start)
    withExtendedLifetime(drawn) {
      for i in 0..<centre.buffer.count { target[i] = from[i] + scale * width[i] * z[i] }
    }
  }

  /// The normals of a draw, there until the next one is asked for.
  private func drawn(_ number: Int) -> AlignedFloats {
    if let known = kept[number] { return known }
    let target = keepsDraws ? AlignedFloats(count: groups * NormalGroups.groupSize) : fleeting
    normals.fill(target.buffer, firstGroup: number * groups)
    if keepsDraws { kept[number] = target }
    return target
  }

  /// The mean cross-entropy on S at the parameters as they are, in nats.
  func loss() throws(FlatnessError) -> Double { try problem.loss(atOrdered: moved) }

  /// The part of S that is classified rightly at the parameters as they are.
  func accuracy() throws(FlatnessError) -> Double { try problem.accuracy(atOrdered: moved) }
}
