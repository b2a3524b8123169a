import LinearAlgebra

/// B⁻¹ in Float32, on one thread, from Float64's B = L Lᵀ: for marginal variances and ``SiteRefinement``.
///
/// What log Z needs to full precision, log det B and α, comes from L. In the diagonal of B⁻¹, from which the
/// marginal variances come, it is stationary: a relative error ε of 1e-6 moves it by some ε² for each point.
/// A refinement needs B⁻¹ to a few digits.
final class MixedPrecisionInverse {
  /// L⁻¹, then B⁻¹ but for its diagonal, which is zero; row-major, lower triangle.
  private let elements: UnsafeMutableBufferPointer<Float>
  /// The squares of the elements of B⁻¹.
  private let squares: UnsafeMutableBufferPointer<Float>
  private let vector: UnsafeMutableBufferPointer<Float>
  private let image: UnsafeMutableBufferPointer<Float>
  /// The number of points of the matrix held.
  private var count = 0

  /// With fewer points Float64 takes as little time.
  private static let smallestCount = 100
  /// The largest Lᵢᵢ ≤ √Bᵢᵢ from which Float32 leaves some 1e-5 of the diagonal of B⁻¹. With the step it is
  /// about 100 on images.
  private static let largestRoot = 1e3

  /// Room for `size` points: size² + O(size) numbers of 8 bytes.
  init(size: Int) {
    func zeros(_ count: Int) -> UnsafeMutableBufferPointer<Float> {
      let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: max(1, count))
      buffer.initialize(repeating: 0)
      return buffer
    }
    elements = zeros(size * size)
    squares = zeros(size * size)
    vector = zeros(size)
    image = zeros(size)
  }

  deinit {
    elements.deallocate()
    squares.deallocate()
    vector.deallocate()
    image.deallocate()
  }

  /// Whether the factor L of n points is to be inverted in Float32.
  static func isPrecise(factor: UnsafePointer<Double>, count n: Int) -> Bool {
    n >= smallestCount && (0..<n).allSatisfy { factor[$0 * n + $0] <= largestRoot }
  }

  /// diag(B⁻¹) from the factor L, row-major `[count, count]`, in the first `count` elements of `diagonal`; n³/3
  /// flops in Float32, or 2n³/3 where B⁻¹ is kept for the other members.
  func invert(
    factor: UnsafePointer<Double>, count n: Int, diagonal: inout [Double], keepsInverse: Bool
  ) {
    guard let inverse = elements.baseAddress, let sums = image.baseAddress else { return }
    round(factor, count: n)
    CholeskyInPlace.invertLower(elements, size: n)
    if keepsInverse {
      multiply()
      for i in 0..<n { diagonal[i] = Double(inverse[i * n + i]) }
      square()
    } else {
      sums.update(repeating: 0, count: n)
      for i in 0..<n {
        let row = inverse + i * n
        for j in 0...i { sums[j] += row[j] * row[j] }
      }
      for i in 0..<n { diagonal[i] = Double(sums[i]) }
    }
  }

  /// Keeps B⁻¹ = L⁻ᵀ L⁻¹ for the other members, from L⁻¹, row-major `[count, count]`; n³/3 flops in Float32.
  func keep(inverseFactor: UnsafePointer<Double>, count n: Int) {
    round(inverseFactor, count: n)
    multiply()
    square()
  }

  private func round(_ lower: UnsafePointer<Double>, count n: Int) {
    guard let rounded = elements.baseAddress else { return }
    count = n
    for i in 0..<n {
      for j in 0...i { rounded[i * n + j] = Float(lower[i * n + j]) }
    }
  }

  private func multiply() { CholeskyInPlace.multiplyByTranspose(elements, size: count) }

  private func square() {
    guard let inverse = elements.baseAddress, let squares = squares.baseAddress else { return }
    for i in 0..<count {
      let (row, square) = (inverse + i * count, squares + i * count)
      row[i] = 0
      for j in 0...i { square[j] = row[j] * row[j] }
    }
  }

  /// Σⱼ≠ᵢ (B⁻¹)ᵢⱼ xⱼ, or, if `squared`, Σⱼ≠ᵢ (B⁻¹)ᵢⱼ² xⱼ; 2n² flops in Float32.
  func offDiagonal(times x: [Double], squared: Bool) -> [Double] {
    precondition(x.count == count, "expected \(count) numbers, got \(x.count)")
    guard let matrix = (squared ? squares : elements).baseAddress, let source = vector.baseAddress,
      let target = image.baseAddress
    else { return [] }
    for i in x.indices { source[i] = Float(x[i]) }
    multiplySymmetric(lower: matrix, size: count, source, into: target)
    return x.indices.map { Double(target[$0]) }
  }

  /// (B⁻¹)ᵢⱼ for i ≠ j.
  func element(_ i: Int, _ j: Int) -> Double {
    Double(elements[max(i, j) * count + min(i, j)])
  }
}
