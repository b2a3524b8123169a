import CARPACK

/// One solution by ARPACK's `dsaupd` and `dseupd`, with its arrays. ARPACK keeps state between the calls of a
/// solution, so the caller sees to it that no other solution is under way.
struct ARPACKIteration {
  let size: Int
  /// How many eigenvalues; fewer than `krylov`.
  let count: Int
  /// Vectors of the Krylov space; at most `size`.
  let krylov: Int
  /// "LA" or "LM".
  let which: String

  /// Where ARPACK's parameters stand in its array `iparam`, counted from 0.
  private enum Parameter {
    /// 1: ARPACK chooses the shifts of a restart itself.
    static let exactShifts = 0
    /// On entry the most restarts.
    static let restarts = 2
    static let blockSize = 3
    /// On return the number of eigenvalues that have converged.
    static let converged = 4
    /// 1: the standard problem A x = λ x.
    static let mode = 6
    static let total = 11
  }

  /// Where the offsets that ARPACK returns stand in its array `ipntr`, counted from 0. The offsets themselves
  /// count from 1.
  private enum Offset {
    /// The vector to multiply, in `workd`.
    static let input = 0
    /// Its product, in `workd`.
    static let product = 1
    /// The Ritz values, in `workl`.
    static let ritzValues = 5
    /// The Ritz values' residuals, in `workl`.
    static let residuals = 6
    static let total = 11
  }

  /// What ARPACK asks of its caller: its argument `ido`.
  private enum Request {
    /// The product for a start vector, which puts it into the operator's range.
    static let startProduct: Int32 = -1
    /// The product for a vector of the Krylov space.
    static let product: Int32 = 1
    static let done: Int32 = 99
  }

  typealias Product =
    (UnsafePointer<Double>, UnsafeMutablePointer<Double>) throws(EigenvalueError) -> Void

  /// The arrays of one solution, under ARPACK's names, and how far it is.
  private final class State {
    /// ARPACK's `v` and `workd`. They must not move during a solution: ARPACK returns offsets into `workd`.
    let basis: UnsafeMutablePointer<Double>
    let vectors: UnsafeMutablePointer<Double>
    var residual: [Double]
    var work: [Double]
    var parameters = [Int32](repeating: 0, count: Parameter.total)
    var offsets = [Int32](repeating: 0, count: Offset.total)
    var request: Int32 = 0
    /// On entry 1: `residual` holds the start vector.
    var info: Int32 = 1
    var products = 0
    /// The smallest Ritz value of the first Krylov space, once that is complete.
    var smallest: EigenvalueEstimate.RitzValue?

    init(size: Int, krylov: Int, maximumRestarts: Int) {
      basis = .allocate(capacity: size * krylov)
      vectors = .allocate(capacity: 3 * size)
      vectors.initialize(repeating: 0, count: 3 * size)
      residual = ARPACKIteration.startVector(size, number: 0)
      work = [Double](repeating: 0, count: krylov * (krylov + 8))
      parameters[Parameter.exactShifts] = 1
      parameters[Parameter.restarts] = Int32(maximumRestarts)
      parameters[Parameter.blockSize] = 1
      parameters[Parameter.mode] = 1
    }

    deinit {
      basis.deallocate()
      vectors.deallocate()
    }

    var input: UnsafeMutablePointer<Double> { vectors + Int(offsets[Offset.input]) - 1 }
    var product: UnsafeMutablePointer<Double> { vectors + Int(offsets[Offset.product]) - 1 }
  }

  /// The eigenvalues in ARPACK's order, and the smallest Ritz value of the first Krylov space.
  ///
  /// The same operator gives the same bits, whatever was computed before. Where the Krylov space is
  /// exhausted, that is, the operator leads out of it by nothing but zeros (as one that acts on few
  /// coordinates does), ARPACK continues from a random vector, drawn from a generator whose state lives as
  /// long as the process (`dgetv0`). It asks for the vector's product and uses nothing else of it. The answer
  /// here is a fixed vector, so the random one has no effect. The product would put the vector into the
  /// operator's range, which matters only with a singular matrix B in A x = λ B x.
  func eigenvalues(
    tolerance: Double, maximumRestarts: Int,
    multiply: Product
  ) throws(EigenvalueError) -> (values: [Double], smallest: EigenvalueEstimate.RitzValue) {
    let state = State(size: size, krylov: krylov, maximumRestarts: maximumRestarts)
    try iterate(state, tolerance: tolerance, multiply: multiply)
    let values = try converged(state, tolerance: tolerance)
    guard let smallest = state.smallest else {
      throw .failed(.dsaupd, code: Int(state.request))
    }
    return (values, smallest)
  }

  /// ARPACK's reverse communication, until enough eigenvalues have converged.
  private func iterate(_ state: State, tolerance: Double, multiply: Product) throws(EigenvalueError) {
    var (n, wanted, columns) = (Int32(size), Int32(count), Int32(krylov))
    var (leading, tolerance, workCount) = (n, tolerance, Int32(state.work.count))
    var starts = 0
    repeat {
      dsaupd_(
        &state.request, "I", &n, which, &wanted, &tolerance, &state.residual, &columns, state.basis, &leading,
        &state.parameters, &state.offsets, state.vectors, &state.work, &workCount, &state.info, 1, 2)
      // All Ritz values of a Krylov space and their residuals stand in `work` until the next one is complete;
      // the first one is after `krylov` products and the one for the start vector.
      if state.smallest == nil, state.products > krylov || state.request == Request.done {
        state.smallest = smallestRitzValue(state)
      }
      switch state.request {
      case Request.startProduct where starts > 0:
        let vector = Self.startVector(size, number: starts)
        state.product.update(from: vector, count: size)
        starts += 1
      case Request.startProduct, Request.product:
        try multiply(state.input, state.product)
        state.products += 1
        if state.request == Request.startProduct { starts += 1 }
      default:
        break
      }
    } while state.request == Request.product || state.request == Request.startProduct
    guard state.info == 0 || state.info == 1 else { throw .failed(.dsaupd, code: Int(state.info)) }
    let found = Int(state.parameters[Parameter.converged])
    guard state.info == 0 && found >= count else {
      throw .notConverged(converged: found, asked: count, products: state.products)
    }
  }

  private func smallestRitzValue(_ state: State) -> EigenvalueEstimate.RitzValue? {
    let values = Int(state.offsets[Offset.ritzValues]) - 1
    let residuals = Int(state.offsets[Offset.residuals]) - 1
    return (0..<krylov).map {
      EigenvalueEstimate.RitzValue(value: state.work[values + $0], residual: abs(state.work[residuals + $0]))
    }.min { $0.value < $1.value }
  }

  /// The eigenvalues of an iteration that has ended.
  private func converged(_ state: State, tolerance: Double) throws(EigenvalueError) -> [Double] {
    var (n, wanted, columns) = (Int32(size), Int32(count), Int32(krylov))
    var (leading, tolerance, workCount) = (n, tolerance, Int32(state.work.count))
    var withVectors: Int32 = 0
    var selection = [Int32](repeating: 0, count: krylov)
    var values = [Double](repeating: 0, count: count)
    var shift = 0.0
    dseupd_(
      &withVectors, "A", &selection, &values, state.basis, &leading, &shift, "I", &n, which, &wanted,
      &tolerance,
      &state.residual, &columns, state.basis, &leading, &state.parameters, &state.offsets, state.vectors,
      &state.work, &workCount, &state.info, 1, 1, 2)
    guard state.info == 0 else { throw .failed(.dseupd, code: Int(state.info)) }
    return values
  }

  /// The start vector with this number: numbers in [−½, ½) from a fixed mixing of their indices (the
  /// finaliser of SplitMix64; Steele, Lea & Flood 2014). It has no structure that an operator could share.
  private static func startVector(_ size: Int, number: Int) -> [Double] {
    (0..<size).map { index in
      var bits = UInt64(number * size + index + 1) &* 0x9E37_79B9_7F4A_7C15
      bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
      bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
      bits ^= bits >> 31
      return Double(bits >> 11) * 0x1p-53 - 0.5
    }
  }
}
