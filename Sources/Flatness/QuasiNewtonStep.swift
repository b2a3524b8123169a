import CLBFGSB

/// L-BFGS-B 3.0 (Byrd, Lu, Nocedal & Zhu 1995; Morales & Nocedal 2011) on the box −1 ≤ u ≤ 1: its arrays, and
/// one step of its reverse communication.
///
/// All state is in these arrays (the library has no static data), so that searches may run side by side.
struct QuasiNewtonStep {
  /// What the library asks for.
  enum Request {
    /// The value and the gradient at ``position``.
    case evaluation
    /// Nothing: an iteration has ended.
    case nextIteration
    /// Nothing: the search is over.
    case end
  }

  private(set) var position: [Double]
  private var count: Int32
  private var memory: Int32
  private var relativeGain: Double
  private let lower: [Double]
  private let upper: [Double]
  private let bounds: [Int32]
  private var work: [Double]
  private var integerWork: [Int32]
  private var task: [CChar]
  private var characterState = [CChar](repeating: 32, count: 60)
  private var logicalState = [Int32](repeating: 0, count: 4)
  private var integerState = [Int32](repeating: 0, count: 44)
  private var realState = [Double](repeating: 0, count: 29)

  /// A search from `start` that remembers `memory` steps, and ends when one gains less than `relativeGain` ·
  /// max(|f|, 1) or when no component of the projected gradient is larger than 0.
  init(start: [Double], memory: Int, relativeGain: Double) {
    let n = start.count
    position = start
    count = Int32(n)
    self.memory = Int32(memory)
    self.relativeGain = relativeGain
    lower = [Double](repeating: -1, count: n)
    upper = [Double](repeating: 1, count: n)
    // 2: bounded on both sides.
    bounds = [Int32](repeating: 2, count: n)
    work = [Double](repeating: 0, count: 2 * memory * n + 5 * n + 11 * memory * memory + 8 * memory)
    integerWork = [Int32](repeating: 0, count: 3 * n)
    task = "START".utf8.map { CChar($0) } + [CChar](repeating: 32, count: 55)
  }

  /// Goes on with the value and the gradient at ``position``, as far as they were asked for.
  mutating func advance(value: inout Double, gradient: inout [Double]) -> Request {
    var factor = relativeGain / 0x1p-52
    var smallestGradient = 0.0
    var silence: Int32 = -1
    setulb_(
      &count, &memory, &position, lower, upper, bounds, &value, &gradient, &factor, &smallestGradient, &work,
      &integerWork, &task, &silence, &characterState, &logicalState, &integerState, &realState, 60, 60)
    if taskBegins(with: "FG") { return .evaluation }
    if taskBegins(with: "NEW_X") { return .nextIteration }
    precondition(!taskBegins(with: "ERROR"), "L-BFGS-B refuses its arguments")
    return .end
  }

  private func taskBegins(with word: String) -> Bool {
    zip(task, word.utf8).allSatisfy { $0 == CChar($1) }
  }
}
