package import Specifications

/// Work whose time is known alike: what was measured of some of it corrects what is expected of the rest.
package struct WorkClass: Hashable, Sendable {
  /// What is done, on which network and images, such as "prior/probit fcn mnist".
  package let kind: String
  /// How many images, points, variables or figures it is done with.
  package let size: Int

  package init(kind: String, size: Int) {
    self.kind = kind
    self.size = size
  }

  /// The class of a ``name``; nil where it is none.
  package init?(name: String) {
    guard let space = name.lastIndex(of: " "), let size = Int(name[name.index(after: space)...]) else {
      return nil
    }
    self.init(kind: String(name[..<space]), size: size)
  }

  /// Kind and size, as `costs.yml` and the store have them.
  package var name: String { "\(kind) \(size)" }

  private init(_ work: String, _ spec: TrainingSpec, size: Int) {
    self.init(kind: "\(work) \(spec.network.kind.rawValue) \(spec.dataset.name)", size: size)
  }

  /// The epochs of a training.
  static func training(_ spec: TrainingSpec) -> WorkClass {
    WorkClass("training/\(spec.optimiser.name)", spec, size: spec.dataset.train)
  }

  /// A measurement of one network.
  static func measurement(_ measure: Measure, _ spec: TrainingSpec) -> WorkClass {
    WorkClass(measure.name, spec, size: spec.dataset.train + (measure.prior == nil ? 0 : spec.dataset.test))
  }

  /// A timeline: its epochs and all measurements along them.
  static func timeline(_ settings: TimelineSettings, _ spec: TrainingSpec) -> WorkClass {
    WorkClass(
      "timeline/" + settings.measurements.map(\.name).joined(separator: "+"), spec, size: spec.dataset.train)
  }

  /// The kernels in closed form of so many points.
  static func kernel(points: Int) -> WorkClass { WorkClass(kind: "kernel", size: points) }

  /// A Monte-Carlo kernel.
  static func monteCarloKernel(_ spec: TrainingSpec) -> WorkClass {
    WorkClass("kernel/monte-carlo", spec, size: spec.dataset.train + spec.dataset.test)
  }

  /// A sample of functions.
  static func sample(_ spec: FunctionSampleSpec) -> WorkClass {
    WorkClass(
      kind: "sample \(spec.network.hidden.map(String.init).joined(separator: "-"))", size: spec.variables)
  }

  /// An image in a training step of ResNet-50, and in its forward pass: what the costs of its runs are counted in.
  static let residualStep = WorkClass(kind: "rate/step resnet50", size: 1)
  static let residualPass = WorkClass(kind: "rate/pass resnet50", size: 1)

  /// Drawing so many figures and writing their report.
  package static func report(figures: Int) -> WorkClass { WorkClass(kind: "report", size: figures) }
}
