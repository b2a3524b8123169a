import Foundation
import Testing

@testable import LinearAlgebra

@Suite struct LanczosEigenvaluesTests {
  typealias Operator = @Sendable (UnsafePointer<Double>, UnsafeMutablePointer<Double>) -> Void

  /// The second differences of n points between two fixed ends: λₖ = 2 − 2 cos(kπ/(n+1)).
  static func laplacian(_ n: Int) -> Operator {
    { v, product in
      for i in 0..<n { product[i] = 2 * v[i] - (i > 0 ? v[i - 1] : 0) - (i + 1 < n ? v[i + 1] : 0) }
    }
  }

  static func laplacianEigenvalue(_ k: Int, _ n: Int) -> Double {
    2 - 2 * cos(Double(k) * .pi / Double(n + 1))
  }

  /// P D P with the reflection P = I − 2uuᵀ: dense, and its eigenvalues are those of D.
  static func reflected(_ diagonal: [Double]) -> Operator {
    let n = diagonal.count
    let raw = (0..<n).map { 1 + sin(Double($0 * $0)) }
    let norm = raw.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let u = raw.map { $0 / norm }
    @Sendable func reflect(_ v: [Double]) -> [Double] {
      let projection = zip(u, v).reduce(0) { $0 + $1.0 * $1.1 }
      return v.indices.map { v[$0] - 2 * projection * u[$0] }
    }
    return { v, product in
      let scaled = zip(diagonal, reflect((0..<n).map { v[$0] })).map { $0 * $1 }
      for (i, value) in reflect(scaled).enumerated() { product[i] = value }
    }
  }

  @Test("the largest eigenvalues of the one-dimensional Laplacian are 2 − 2 cos", arguments: [300, 700])
  func laplacian(n: Int) throws {
    let estimate = try LanczosEigenvalues(tolerance: 1e-10).largest(
      8, size: n, multiply: Self.laplacian(n))
    #expect(estimate.eigenvalues.count == 8)
    for (index, value) in estimate.eigenvalues.enumerated() {
      // A residual of 1e-10 · λ bounds the error of a symmetric operator's eigenvalue.
      #expect(abs(value - Self.laplacianEigenvalue(n - index, n)) < 4e-10)
    }
  }

  @Test("both ends of a dense matrix are told apart: the largest, and the one largest in magnitude")
  func ends() throws {
    // 300 numbers from −7 to 5; the ends stand apart.
    var diagonal = (0..<300).map { (i: Int) -> Double in sin(Double(i)) * 4 }
    (diagonal[17], diagonal[40]) = (-7, 5)
    let multiply = Self.reflected(diagonal)
    let lanczos = LanczosEigenvalues()
    let largest = try lanczos.largest(5, size: 300, multiply: multiply)
    let outermost = try lanczos.outermost(size: 300, multiply: multiply)
    for (value, expected) in zip(largest.eigenvalues, diagonal.sorted(by: >)) {
      // Residual 1e-8 · λ, as above.
      #expect(abs(value - expected) < 5e-8)
    }
    #expect(abs(outermost.eigenvalue + 7) < 7e-8)
    #expect(outermost.products < 300)
  }

  /// Spectra that one start vector cannot tell apart.
  enum Repetition: CaseIterable {
    case pairInside, pairsThroughout, twelveOfEach, oneNumber, nearlyEqual, twoNumbers, lastOne

    func eigenvalue(_ i: Int) -> Double {
      let x = Double(i)
      switch self {
      case .pairInside: return i < 2 ? 7 : 6 * pow(0.9, x)
      case .pairsThroughout: return 9 * pow(0.9, Double(i / 2))
      case .twelveOfEach: return 9 * pow(0.7, Double(i / 12))
      case .oneNumber: return i < 149 ? 2 : i < 160 ? 1 : -x / 100
      case .nearlyEqual: return 9 * pow(0.8, Double(i / 3)) * (1 + 1e-10 * x)
      case .twoNumbers: return i < 300 ? 3 : -3
      case .lastOne: return i < 20 ? 40 - x : i < 26 ? 20 : 1 / x
      }
    }
  }

  @Test("a repeated eigenvalue is found as often as it occurs", arguments: Repetition.allCases)
  func repeated(_ repetition: Repetition) throws {
    let diagonal = (0..<600).map(repetition.eigenvalue)
    let estimate = try LanczosEigenvalues().largest(24, size: 600, multiply: Self.reflected(diagonal))
    let expected = diagonal.sorted(by: >).prefix(24)
    for (value, expected) in zip(estimate.eigenvalues, expected) {
      #expect(abs(value - expected) < 1e-8 * expected)
    }
    #expect(estimate.eigenvalues.count == 24)
    // Where more copies of the last one follow, one that is larger by less cannot be told from them.
    let isDense = repetition == .oneNumber || repetition == .lastOne || repetition == .twoNumbers
    #expect(try estimate.noneMissedAbove <= #require(expected.last) * (isDense ? 1.005 : 1 + 1e-7))
  }

  @Test("where the spectrum below is too dense to be sure, it is said above what nothing is missing")
  func dense() throws {
    // 3000 numbers between 1 and 2, and one that stands out.
    var diagonal = (0..<3000).map { (i: Int) -> Double in 1 + Double(i) / 3000 }
    diagonal[0] = 4
    let estimate = try LanczosEigenvalues(tolerance: 1e-6, maximumRestarts: 2000).largest(
      3, size: 3000, multiply: Self.reflected(diagonal))
    let expected = diagonal.sorted(by: >).prefix(3)
    for (value, expected) in zip(estimate.eigenvalues, expected) { #expect(abs(value - expected) < 1e-5) }
    #expect(try estimate.noneMissedAbove >= #require(expected.last))
    #expect(try estimate.noneMissedAbove < 1.02 * #require(expected.last))
  }

  @Test("a small operator gives all its eigenvalues, however many are asked for", arguments: [1, 5, 60])
  func small(n: Int) throws {
    let diagonal = (0..<n).map { Double($0) - 2.5 }
    let estimate = try LanczosEigenvalues().largest(
      100, size: n, multiply: Self.reflected(diagonal))
    #expect(estimate.eigenvalues.count == n)
    #expect(estimate.products == n)
    for (value, expected) in zip(estimate.eigenvalues, diagonal.reversed()) {
      // Rounding of numbers up to 60.
      #expect(abs(value - expected) < 1e-12)
    }
  }

  @Test("an operator of low rank gives its eigenvalues, and zero for the rest")
  func lowRank() throws {
    let diagonal = (0..<400).map { $0 < 6 ? Double($0 + 1) : 0 }
    let estimate = try LanczosEigenvalues().largest(
      10, size: 400, multiply: Self.reflected(diagonal))
    let expected: [Double] = [6, 5, 4, 3, 2, 1, 0, 0, 0, 0]
    for (value, expected) in zip(estimate.eigenvalues, expected) {
      #expect(abs(value - expected) < 6e-8)
    }
  }

  /// An operator on a few coordinates only, whose Krylov space is soon exhausted to the last bit; its
  /// diagonal there is negative.
  static func onFewCoordinates(_ count: Int, of size: Int) -> Operator {
    { v, product in
      for i in 0..<size { product[i] = 0 }
      for i in 0..<count {
        for j in 0..<count {
          product[7 * i + 3] += (sin(Double(i + j + 1)) - (i == j ? 3 : 0)) * v[7 * j + 3]
        }
      }
    }
  }

  @Test("where the Krylov space is exhausted the bits are the same, whatever was computed before")
  func exhaustedBits() throws {
    // As the program does: with more BLAS threads the order of sums depends on how many.
    BLASRuntime.threadCount = 1
    func search(_ count: Int, of size: Int) throws -> EigenvalueEstimate {
      try LanczosEigenvalues().largest(
        10, size: size, multiply: Self.onFewCoordinates(count, of: size))
    }
    let first = try search(6, of: 400)
    // Each draws vectors without structure.
    for count in 3..<6 { _ = try search(count, of: 300) }
    #expect(try search(6, of: 400) == first)
  }

  @Test("where the Krylov space is exhausted the smallest Ritz value is the lowest eigenvalue")
  func exhaustedSmallest() throws {
    // A small size is written out.
    let expected = try LanczosEigenvalues().largest(
      60, size: 60, multiply: Self.onFewCoordinates(6, of: 60))
    let estimate = try LanczosEigenvalues().largest(
      10, size: 400, multiply: Self.onFewCoordinates(6, of: 400))
    #expect(expected.smallest.value < -3)
    // Rounding of numbers of size 6.
    #expect(abs(estimate.smallest.value - expected.smallest.value) < 1e-13)
    #expect(abs(estimate.eigenvalues[0] - expected.eigenvalues[0]) < 1e-13)
  }

  @Test("an operator that is zero has zeros for eigenvalues")
  func zero() throws {
    let zero: Operator = { _, product in product.update(repeating: 0, count: 300) }
    let estimate = try LanczosEigenvalues().largest(2, size: 300, multiply: zero)
    #expect(estimate.eigenvalues == [0, 0])
    #expect(try LanczosEigenvalues().outermost(size: 300, multiply: zero).eigenvalue == 0)
  }

  @Test(
    "the smallest Ritz value is the isolated lowest eigenvalue, whether or not the iteration restarts",
    arguments: [(2, 60), (20, 60), (20, 6)])
  func smallest(count: Int, clustered: Int) throws {
    // One eigenvalue far down, many near 0 that make it restart, some spread upwards.
    let diagonal = (0..<400).map { index -> Double in
      if index == 7 { return -3.5 }
      return index < 400 - clustered ? 1e-3 * Double(index) : 2 + Double(index)
    }
    let estimate = try LanczosEigenvalues().largest(
      count, size: 400, multiply: Self.reflected(diagonal))
    #expect(abs(estimate.smallest.value + 3.5) <= estimate.smallest.residual + 1e-9)
    #expect(estimate.smallest.residual < 0.1)
  }

  @Test("so many eigenvalues that a large matrix would have to be written out are refused before any product")
  func tooMany() {
    #expect(throws: EigenvalueError.tooMany(asked: 3000, size: 5000)) {
      try LanczosEigenvalues().largest(
        3000, size: 5000
      ) { _, _ in
        Issue.record("a product was asked for")
      }
    }
  }

  @Test("a search that does not end says how far it came")
  func notConverged() {
    let lanczos = LanczosEigenvalues(tolerance: 1e-12, maximumRestarts: 1)
    #expect {
      try lanczos.largest(
        20, size: 3000, multiply: Self.laplacian(3000))
    } throws: { error in
      guard case EigenvalueError.notConverged(let converged, 20, let products) = error else { return false }
      return converged < 20 && products >= 40
    }
  }

  @Test("a product that is no number ends the search, on either path", arguments: [10, 300])
  func notFinite(n: Int) {
    #expect(throws: EigenvalueError.productNotFinite(product: 1)) {
      try LanczosEigenvalues().largest(
        2, size: n
      ) { v, product in
        for i in 0..<n { product[i] = i == 3 ? .nan : v[i] }
      }
    }
  }

  @Test("a search stops when asked, on either path", arguments: [10, 300])
  func cancelled(n: Int) {
    var asked = 0
    #expect(throws: EigenvalueError.cancelled(products: 7)) {
      try LanczosEigenvalues().largest(
        2, size: n,
        isCancelled: {
          asked += 1
          return asked == 8
        }, multiply: Self.laplacian(n))
    }
  }

  @Test("searches on several threads give the bits of one alone")
  func threads() async throws {
    // As the program does: with more BLAS threads the order of sums depends on how many.
    BLASRuntime.threadCount = 1
    let sizes = [300, 350, 400, 450]
    func search(_ n: Int) throws -> EigenvalueEstimate {
      try LanczosEigenvalues().largest(
        6, size: n, multiply: Self.laplacian(n))
    }
    let alone = try sizes.map(search)
    let together = try await withThrowingTaskGroup(of: (Int, EigenvalueEstimate).self) { group in
      for (index, n) in sizes.enumerated() {
        group.addTask {
          let estimate = try LanczosEigenvalues().largest(
            6, size: n, multiply: Self.laplacian(n))
          return (index, estimate)
        }
      }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    for (index, estimate) in alone.enumerated() { #expect(together[index] == estimate) }
  }
}
