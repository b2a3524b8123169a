import CARPACK

/// One solution by ARPACK, with its arrays. The caller sees to it that no other is under way.
struct ARPACKIteration {
  let size: Int
  /// How many eigenvalues; fewer than `krylov`.
  let count: Int
  /// Vectors of the Krylov space; at most `size`.
  let krylov: Int
  /// "LA" or "LM".
  let which: String

  /// The eigenvalues in ARPACK's order, and the smallest Ritz value of the first Krylov space.
  func eigenvalues(
    tolerance: Double, maximumRestarts: Int,
    multiply: (UnsafePointer<Double>, UnsafeMutablePointer<Double>) throws(EigenvalueError) -> Void
  ) throws(EigenvalueError) -> (values: [Double], smallest: EigenvalueEstimate.RitzValue) {
    var n = Int32(size)
    var wanted = Int32(count)
    var vectors = Int32(krylov)
    var leading = n
    var tolerance = tolerance
    var residual = Self.startVector(size)
    let basis = UnsafeMutablePointer<Double>.allocate(capacity: size * krylov)
    let vector = UnsafeMutablePointer<Double>.allocate(capacity: 3 * size)
    defer {
      basis.deallocate()
      vector.deallocate()
    }
    vector.initialize(repeating: 0, count: 3 * size)
    var workCount = Int32(krylov * (krylov + 8))
    var work = [Double](repeating: 0, count: Int(workCount))
    // Exact shifts, the number of restarts, block size 1, and mode 1: A x = λ x.
    var parameters = [Int32](repeating: 0, count: 11)
    parameters[0] = 1
    parameters[2] = Int32(maximumRestarts)
    parameters[3] = 1
    parameters[6] = 1
    var pointers = [Int32](repeating: 0, count: 11)
    var request: Int32 = 0
    // 1: `residual` holds the start vector.
    var info: Int32 = 1
    var products = 0
    var smallest: EigenvalueEstimate.RitzValue?
    repeat {
      dsaupd_(
        &request, "I", &n, which, &wanted, &tolerance, &residual, &vectors, basis, &leading, &parameters,
        &pointers, vector, &work, &workCount, &info, 1, 2)
      // All Ritz values of a Krylov space and their residuals stand in `work` until the next one is complete; the
      // first one is after `krylov` products and the one that begins the next.
      if smallest == nil, products > krylov || request == 99 {
        let (values, residuals) = (Int(pointers[5]) - 1, Int(pointers[6]) - 1)
        smallest = (0..<krylov).map { .init(value: work[values + $0], residual: abs(work[residuals + $0])) }
          .min { $0.value < $1.value }
      }
      if request == 1 || request == -1 {
        // ARPACK counts from 1.
        try multiply(vector + Int(pointers[0]) - 1, vector + Int(pointers[1]) - 1)
        products += 1
      }
    } while request == 1 || request == -1
    let converged = Int(parameters[4])
    guard info == 0 || info == 1 else { throw .failed(routine: "dsaupd", code: Int(info)) }
    guard info == 0 && converged >= count else {
      throw .notConverged(converged: converged, asked: count, products: products)
    }
    var withVectors: Int32 = 0
    var selection = [Int32](repeating: 0, count: krylov)
    var values = [Double](repeating: 0, count: count)
    var shift = 0.0
    dseupd_(
      &withVectors, "A", &selection, &values, basis, &leading, &shift, "I", &n, which, &wanted, &tolerance,
      &residual, &vectors, basis, &leading, &parameters, &pointers, vector, &work, &workCount, &info, 1, 1, 2)
    guard info == 0 else { throw .failed(routine: "dseupd", code: Int(info)) }
    guard let smallest else { throw .failed(routine: "dsaupd", code: Int(request)) }
    return (values, smallest)
  }

  /// Numbers in [−½, ½) from a fixed mixing of their indices (the finaliser of SplitMix64; Steele, Lea & Flood
  /// 2014): it has no structure that an operator could share.
  private static func startVector(_ size: Int) -> [Double] {
    (0..<size).map { index in
      var bits = UInt64(index + 1) &* 0x9E37_79B9_7F4A_7C15
      bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
      bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
      bits ^= bits >> 31
      return Double(bits >> 11) * 0x1p-53 - 0.5
    }
  }
}
