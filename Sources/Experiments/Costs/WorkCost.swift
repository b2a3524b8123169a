/// Work of one class with the seconds that it is expected to take.
package struct WorkCost: Sendable, Equatable {
  package let workClass: WorkClass
  /// The seconds that its flops say.
  let counted: Double
  /// Wall time, on the cores that the work takes.
  package let seconds: Double

  /// Work that takes `factor` times as long as its flops say.
  package init(_ workClass: WorkClass, counted: Double, factor: Double = 1) {
    self.workClass = workClass
    self.counted = counted
    seconds = factor * counted
  }
}

/// A part of a run whose time is taken by itself.
package enum RunPart: Hashable, Sendable {
  /// The training to zero error.
  case training
  /// A measurement, by its identity; that of a later state has the epochs up to it.
  case measurement(String)
}

/// A part of a run with the seconds that it is expected to take.
package struct PartCost: Sendable, Equatable {
  package let part: RunPart
  package let cost: WorkCost
  /// The epochs that a training is expected to take; nil for other parts.
  package let epochs: Double?

  package init(part: RunPart, cost: WorkCost, epochs: Double? = nil) {
    self.part = part
    self.cost = cost
    self.epochs = epochs
  }
}
