/// The outer eigenvalues of a symmetric operator that is known only by its products with vectors.
///
/// Lanczos iteration with thick restarts and full orthogonalisation (Wu & Simon 2000). A restart costs as many
/// products as the Krylov space has vectors beyond the kept ones, and for each 4 · size · (vectors held) flops
/// of orthogonalisation or twice that. Memory: size · (vectors held) numbers.
///
/// A Krylov space holds one eigenvector of a repeated eigenvalue, and rounding brings the others in late or
/// not at all. So what has converged is counted by a ``SpectrumProbe`` from another start vector; where
/// copies are missing, the eigenvectors are locked, the iteration goes on across them, and is probed again.
///
/// Where the matrix is small (``denseSize``, or no larger than the Krylov space) it is written out, `size`
/// products, and LAPACK takes all eigenvalues.
package struct LanczosEigenvalues: Sendable, Equatable {
  /// Up to this size the matrix is written out.
  package static let denseSize = 256
  /// Up to this size it is written out where the Krylov space is no smaller: 134 MB.
  package static let largestDenseSize = 4096

  /// An eigenvalue θ counts as found when its residual is at most tolerance · |θ|; its error is of the order
  /// of the residual squared over the gap to the next one, and no larger than the residual.
  package let tolerance: Double
  /// Restarts before the search is given up.
  package let maximumRestarts: Int

  /// A search that ends by `tolerance` or after `maximumRestarts`.
  package init(tolerance: Double = 1e-8, maximumRestarts: Int = 300) {
    precondition(tolerance > 0, "expected a positive tolerance, got \(tolerance)")
    precondition(maximumRestarts > 0, "expected at least 1 restart, got \(maximumRestarts)")
    self.tolerance = tolerance
    self.maximumRestarts = maximumRestarts
  }

  /// The `count` largest eigenvalues of a symmetric operator on vectors of `size` numbers, each as often as it
  /// occurs; all of them where `count` is larger than `size`.
  ///
  /// Equal operators give equal bits in every call on one kind of machine, because every start vector is
  /// fixed, also those that continue an exhausted Krylov space.
  ///
  /// - Parameters:
  ///   - multiply: writes A v (second argument) for v (first argument), both of `size` numbers.
  ///   - isCancelled: asked before each product.
  /// - Throws: any ``EigenvalueError``.
  package func largest(
    _ count: Int, size: Int, isCancelled: () -> Bool = { false },
    multiply: (UnsafePointer<Double>, UnsafeMutablePointer<Double>) -> Void
  ) throws(EigenvalueError) -> EigenvalueEstimate {
    precondition(count > 0 && size > 0, "expected a positive count and size, got \(count) and \(size)")
    let count = min(count, size)
    var products = 0
    func product(
      _ input: UnsafePointer<Double>, _ output: UnsafeMutablePointer<Double>
    ) throws(EigenvalueError) {
      try Self.checked(multiply, input, output, size: size, isCancelled: isCancelled, products: &products)
    }
    let krylov = Self.krylov(for: count)
    guard size > max(Self.denseSize, krylov) else {
      guard size <= Self.largestDenseSize else { throw .tooMany(asked: count, size: size) }
      let values = try DenseSpectrum.eigenvalues(size: size, multiply: product)
      return EigenvalueEstimate(
        eigenvalues: values.suffix(count).reversed(), products: products,
        smallest: .init(value: values[0], residual: 0), noneMissedAbove: values[size - count])
    }
    var iteration = ThickRestartIteration(size: size, capacity: krylov + 41, outranks: >)
    var found: [Double] = []
    for _ in 0...maximumRestarts {
      // Of a later round all that belong among the largest, as far as they show.
      let isFirst = found.isEmpty
      let level = isFirst ? 0 : found[count - 1] + slack(found[count - 1], iteration)
      let wanted = { (values: [Double]) in isFirst ? count : min(count, max(1, values.count { $0 >= level }))
      }
      let (pairs, converged) = try converge(
        &iteration, krylov: krylov, product: product, products: { products }, wanted: wanted)
      guard let smallest = iteration.smallest else { preconditionFailure("expected a Krylov space") }
      found = (found + pairs.values.prefix(converged)).sorted(by: >)
      let last = found[count - 1]
      let above = last + slack(last, iteration)
      let probe = SpectrumProbe(
        level: above,
        weight: zip(pairs.values, pairs.residuals).dropFirst(converged).reduce(0) { sum, pair in
          sum + pair.1 * pair.1 / (above - pair.0)
        }, floor: smallest.value - smallest.residual)
      switch try probe.search(iteration, product: product) {
      case .noneAbove(let level):
        return EigenvalueEstimate(
          eigenvalues: Array(found.prefix(count)), products: products,
          smallest: smallest, noneMissedAbove: level)
      case .missed:
        iteration.lock(first: converged, of: pairs)
      }
    }
    throw .notConverged(converged: 0, asked: count, products: products)
  }

  /// How far above an eigenvalue another one must lie to be told from it.
  private func slack(_ value: Double, _ iteration: ThickRestartIteration) -> Double {
    max(2 * tolerance * abs(value), Double(iteration.basis.size) * 0x1p-52 * iteration.scale)
  }

  /// The eigenvalue that is largest in magnitude.
  ///
  /// - Returns: it, and the number of products.
  /// - Throws: as ``largest(_:size:isCancelled:multiply:)``.
  package func outermost(
    size: Int, isCancelled: () -> Bool = { false },
    multiply: (UnsafePointer<Double>, UnsafeMutablePointer<Double>) -> Void
  ) throws(EigenvalueError) -> (eigenvalue: Double, products: Int) {
    precondition(size > 0, "expected a positive size, got \(size)")
    var products = 0
    func product(
      _ input: UnsafePointer<Double>, _ output: UnsafeMutablePointer<Double>
    ) throws(EigenvalueError) {
      try Self.checked(multiply, input, output, size: size, isCancelled: isCancelled, products: &products)
    }
    let krylov = Self.krylov(for: 1)
    guard size > krylov else {
      let values = try DenseSpectrum.eigenvalues(size: size, multiply: product)
      return (values[size - 1] >= -values[0] ? values[size - 1] : values[0], products)
    }
    var iteration = ThickRestartIteration(
      size: size, capacity: krylov + 1, outranks: { abs($0) > abs($1) })
    let (pairs, _) = try converge(
      &iteration, krylov: krylov, product: product, products: { products }, wanted: { _ in 1 })
    return (pairs.values[0], products)
  }

  /// Vectors of the Krylov space: four fifths as many spare ones as wanted ones, and 20 at least. Fewer
  /// restart more often, more cost more orthogonalisation.
  private static func krylov(for count: Int) -> Int { max(count + 4 * count / 5, count + 20) }

  /// Restarts until the first `wanted` Ritz values have converged, which may be more as more show; with the
  /// pairs it gives how many these are.
  private func converge(
    _ iteration: inout ThickRestartIteration, krylov: Int, product: ThickRestartIteration.Product,
    products: () -> Int, wanted: ([Double]) -> Int
  ) throws(EigenvalueError) -> (pairs: ThickRestartIteration.RitzPairs, converged: Int) {
    var restarts = 0
    while true {
      try iteration.extend(to: krylov, product: product)
      let pairs = try iteration.ritzPairs()
      let wanted = min(wanted(pairs.values), pairs.values.count)
      let converged = (0..<wanted).count {
        pairs.residuals[$0] <= max(tolerance * abs(pairs.values[$0]), 0x1p-52 * iteration.scale)
      }
      if converged == wanted { return (pairs, converged) }
      guard restarts < maximumRestarts else {
        throw .notConverged(converged: converged, asked: wanted, products: products())
      }
      restarts += 1
      // Of the spare ones half are kept: they are on their way to become wanted.
      iteration.restart(keeping: wanted + (pairs.values.count - wanted) / 2, of: pairs)
    }
  }

  /// A product that is counted, and whose result is finite.
  private static func checked(
    _ multiply: (UnsafePointer<Double>, UnsafeMutablePointer<Double>) -> Void, _ input: UnsafePointer<Double>,
    _ output: UnsafeMutablePointer<Double>, size: Int, isCancelled: () -> Bool, products: inout Int
  ) throws(EigenvalueError) {
    if isCancelled() { throw .cancelled(products: products) }
    multiply(input, output)
    products += 1
    // A sum is finite only if its terms are; where finite terms overflow, the products are of no use either.
    guard sum(output, count: size).isFinite else { throw .productNotFinite(product: products) }
  }

  /// The sum of `numbers`, as eight partial sums, which a processor adds without waiting for the one before.
  private static func sum(_ numbers: UnsafePointer<Double>, count: Int) -> Double {
    var sums = SIMD8<Double>.zero
    let raw = UnsafeRawPointer(numbers)
    for start in stride(from: 0, through: count - 8, by: 8) {
      sums += raw.loadUnaligned(fromByteOffset: 8 * start, as: SIMD8<Double>.self)
    }
    return (count / 8 * 8..<count).reduce(sums.sum()) { $0 + numbers[$1] }
  }
}

/// Some eigenvalues of a symmetric operator.
package struct EigenvalueEstimate: Sendable, Equatable {
  /// The eigenvalues asked for, descending.
  package let eigenvalues: [Double]
  /// The number of products with the operator.
  package let products: Int
  /// The smallest Ritz value of the first Krylov space, which is rich enough to hold both ends of the
  /// spectrum well; of a matrix that was written out, its smallest eigenvalue.
  package let smallest: RitzValue
  /// No eigenvalue larger than this is missing: the last of them and its tolerance, or more where the
  /// spectrum below is too dense for the probe.
  package let noneMissedAbove: Double

  /// An approximate eigenvalue, with a bound on its distance to an eigenvalue.
  package struct RitzValue: Sendable, Equatable {
    /// The approximate eigenvalue.
    package let value: Double
    /// The distance to the nearest eigenvalue is at most this.
    package let residual: Double
  }
}
