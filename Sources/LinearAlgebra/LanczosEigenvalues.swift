import Synchronization

/// The outer eigenvalues of a symmetric operator that is known only by its products with vectors.
///
/// Implicitly restarted Lanczos iteration (Sorensen 1992; Lehoucq, Sorensen & Yang 1998) by ARPACK's
/// `dsaupd`. A restart costs as many products as the Krylov space has vectors beyond the wanted ones, and for
/// each about 8 · size · (vectors held) flops of orthogonalisation. Memory: size · (vectors held) numbers.
///
/// Where the matrix is small (``denseSize``, or no larger than the Krylov space) it is written out, `size`
/// products, and LAPACK takes all eigenvalues: a Krylov space would often be exhausted there.
///
/// ARPACK keeps its state between the calls of one solution in static variables, so one solution at a time
/// runs in a process: a second one waits until the first is done, its products included.
package struct LanczosEigenvalues: Sendable, Equatable {
  /// Which end of the spectrum.
  package enum Part: Sendable {
    case algebraicallyLargest
    case largestInMagnitude
  }

  /// Up to this size the matrix is written out.
  package static let denseSize = 256
  /// Up to this size it is written out where the Krylov space is no smaller: 134 MB.
  package static let largestDenseSize = 4096

  /// An eigenvalue θ counts as found when its residual is at most tolerance · |θ|; its error is of the order
  /// of the residual squared over the gap to the next one.
  package let tolerance: Double
  /// Restarts before the search is given up.
  package let maximumRestarts: Int

  private static let turn = Mutex(())

  /// A search that ends by `tolerance` or after `maximumRestarts`.
  package init(tolerance: Double = 1e-8, maximumRestarts: Int = 300) {
    precondition(tolerance > 0, "expected a positive tolerance, got \(tolerance)")
    precondition(maximumRestarts > 0, "expected at least 1 restart, got \(maximumRestarts)")
    self.tolerance = tolerance
    self.maximumRestarts = maximumRestarts
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

  /// The `count` outermost eigenvalues of a symmetric operator on vectors of `size` numbers; all of them
  /// where `count` is larger than `size`.
  ///
  /// Equal operators give equal bits in every call on one kind of machine, because every start vector is
  /// fixed, also those that continue an exhausted Krylov space.
  ///
  /// - Parameters:
  ///   - multiply: writes A v (second argument) for v (first argument), both of `size` numbers.
  ///   - isCancelled: asked before each product.
  /// - Throws: any ``EigenvalueError``.
  package func eigenvalues(
    count: Int, _ part: Part, size: Int, isCancelled: () -> Bool = { false },
    multiply: (UnsafePointer<Double>, UnsafeMutablePointer<Double>) -> Void
  ) throws(EigenvalueError) -> EigenvalueEstimate {
    precondition(count > 0 && size > 0, "expected a positive count and size, got \(count) and \(size)")
    let count = min(count, size)
    // Four fifths as many spare vectors as wanted ones, and 20 at least: fewer restart more often, more cost
    // more orthogonalisation. On Hessians of trained networks 40 for 50 took 0.8 of the time that 50 took.
    let krylov = max(count + 4 * count / 5, count + 20)
    var values: [Double]
    let smallest: EigenvalueEstimate.RitzValue
    var products = 0
    func product(
      _ input: UnsafePointer<Double>, _ output: UnsafeMutablePointer<Double>
    ) throws(EigenvalueError) {
      if isCancelled() { throw .cancelled(products: products) }
      multiply(input, output)
      products += 1
      // A sum is finite only if its terms are; where finite terms overflow, the products are of no use
      // either.
      guard Self.sum(output, count: size).isFinite else { throw .productNotFinite(product: products) }
    }
    if size <= max(Self.denseSize, krylov) {
      guard size <= Self.largestDenseSize else { throw .tooMany(asked: count, size: size) }
      values = try DenseSpectrum.eigenvalues(size: size, multiply: product)
      smallest = .init(value: values[0], residual: 0)
    } else {
      (values, smallest) = try Self.turn.withLock { _ throws(EigenvalueError) in
        try ARPACKIteration(size: size, count: count, krylov: krylov, which: part.which)
          .eigenvalues(tolerance: tolerance, maximumRestarts: maximumRestarts, multiply: product)
      }
    }
    switch part {
    case .algebraicallyLargest: values.sort(by: >)
    case .largestInMagnitude: values.sort { abs($0) > abs($1) }
    }
    return EigenvalueEstimate(
      eigenvalues: Array(values.prefix(count)), products: products, smallest: smallest)
  }
}

extension LanczosEigenvalues.Part {
  /// ARPACK's name.
  fileprivate var which: String {
    switch self {
    case .algebraicallyLargest: "LA"
    case .largestInMagnitude: "LM"
    }
  }
}

/// Some eigenvalues of a symmetric operator.
package struct EigenvalueEstimate: Sendable, Equatable {
  /// The eigenvalues asked for, descending (by magnitude where the largest in magnitude were asked for).
  package let eigenvalues: [Double]
  /// The number of products with the operator.
  package let products: Int
  /// The smallest Ritz value of the first Krylov space, which is rich enough to hold both ends of the
  /// spectrum well; of a matrix that was written out, its smallest eigenvalue.
  package let smallest: RitzValue

  /// An approximate eigenvalue, with a bound on its distance to an eigenvalue.
  package struct RitzValue: Sendable, Equatable {
    /// The approximate eigenvalue.
    package let value: Double
    /// The distance to the nearest eigenvalue is at most this.
    package let residual: Double
  }
}
