import NeuralNetworks
import Specifications

/// Work whose time is known alike: what was measured of some of it corrects what is expected of the rest.
package struct WorkClass: Hashable, Sendable {
  /// What is done, on which network and images, such as "prior/probit fcn mnist".
  package let kind: String
  /// How many images, points, variables or figures it is done with.
  package let size: Int
  /// What carries it out, where that is not the program itself or oneDNN on the processor, such as "torch gpu".
  package let engine: String?

  package init(kind: String, size: Int, engine: String? = nil) {
    self.kind = kind
    self.size = size
    self.engine = engine
  }

  /// The class of a ``name``; nil where it is none.
  package init?(name: String) {
    guard let space = name.lastIndex(of: " "), let size = Int(name[name.index(after: space)...]) else {
      return nil
    }
    let work = name[..<space].split(separator: Self.by, maxSplits: 1).map(String.init)
    guard let kind = work.first else { return nil }
    self.init(kind: kind, size: size, engine: work.count > 1 ? work[1] : nil)
  }

  /// Kind, engine and size, as `costs.yml` and the store have them.
  package var name: String { kind + (engine.map { Self.by + $0 } ?? "") + " \(size)" }

  private static let by = " by "

  /// This work by an engine.
  func by(_ engine: String?) -> WorkClass { WorkClass(kind: kind, size: size, engine: engine) }

  /// Whether a GPU does it, whatever machine that is in.
  var isOfGPU: Bool { engine?.hasSuffix(Self.gpu) == true }

  fileprivate static let gpu = " gpu"

  /// What it has in common with work of other sizes that is much like it in what flops leave out, where the sizes are
  /// near: a prior depends on its points, and not on the network.
  var subject: WorkClass {
    let kind = kind.hasPrefix("prior/") ? String(kind.prefix { $0 != " " }) : kind
    return WorkClass(kind: kind, size: 0, engine: engine)
  }

  private init(_ work: String, _ spec: TrainingSpec, size: Int) {
    self.init(kind: "\(work) \(spec.network.kind.rawValue) \(spec.dataset.name)", size: size)
  }

  /// The epochs of a training.
  static func training(_ spec: TrainingSpec) -> WorkClass {
    WorkClass("training/\(spec.optimiser.name)", spec, size: spec.dataset.train)
  }

  /// A measurement of one network.
  static func measurement(_ measure: Measure, _ spec: TrainingSpec) -> WorkClass {
    let usesTestSet = measure.process != nil && !measure.isOfDataAlone
    return WorkClass(measure.name, spec, size: spec.dataset.train + (usesTestSet ? spec.dataset.test : 0))
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

  /// A training step of ResNet-50 whatever its images, an image in it, and an image in the forward pass: what the costs of
  /// its runs are counted in.
  static let residualUpdate = WorkClass(kind: "rate/update resnet50", size: 1)
  static let residualStep = WorkClass(kind: "rate/step resnet50", size: 1)
  static let residualPass = WorkClass(kind: "rate/pass resnet50", size: 1)

  /// Drawing so many figures and writing their report.
  package static func report(figures: Int) -> WorkClass { WorkClass(kind: "report", size: figures) }
}

extension EngineFactory {
  /// What classes of work call it; nil for oneDNN, whose work names no engine.
  var nameInCosts: String? { usesGPU ? name + WorkClass.gpu : name == "onednn" ? nil : name }
}
