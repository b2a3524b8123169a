import ArgumentParser

/// The ranges of numeric options: what is beyond them would take years, or more memory than there is.
enum OptionBounds {
  /// As many as a spec may ask for (`SpecNode.largestCount`).
  static let counts = 1...10_000_000
  /// Hidden layers of a kernel: each goes over all its numbers.
  static let layers = 0...10_000
  static let jobs = 1...1024

  /// - Throws: `ValidationError` for a value outside `range`; `option` is its name, such as `--jobs`.
  static func check(_ option: String, _ value: Int, _ range: ClosedRange<Int>) throws {
    if value < range.lowerBound {
      throw ValidationError("\(option) is \(value); it must be at least \(range.lowerBound)")
    }
    if value > range.upperBound {
      throw ValidationError("\(option) is \(value); it must be at most \(range.upperBound)")
    }
  }
}
