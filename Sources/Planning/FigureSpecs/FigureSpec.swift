/// One figure of the report, as its file in `figures/` describes it, for one profile.
public struct FigureSpec: Equatable, Sendable {
  /// The paper's number, such as "3" or "S5".
  public var id: String
  public var title: String
  /// The caption: sentences of our own, Markdown-free plain text.
  public var caption: String
  /// The groups of runs that the panels name.
  public var runs: [String: RunGroup]
  /// The panels, in drawing order. A figure that is drawn, not measured, has none and names a `schematic`.
  public var panels: [PanelSpec]
  /// The diagram to draw for a figure without data.
  public var schematic: Schematic?
  /// Every setting with its value and source, in file order, for the report.
  public var settings: [SettingEntry]
  /// The file's name, for messages.
  public var file: String

  public enum Schematic: String, Sendable, CaseIterable {
    case basins
    case functionInterpretations = "function-interpretations"
  }

  public init(
    id: String, title: String, caption: String, runs: [String: RunGroup], panels: [PanelSpec],
    schematic: Schematic?, settings: [SettingEntry], file: String
  ) {
    self.id = id
    self.title = title
    self.caption = caption
    self.runs = runs
    self.panels = panels
    self.schematic = schematic
    self.settings = settings
    self.file = file
  }
}

/// A family of trainings that differ in |A| and sample only, and what is measured on each.
public struct RunGroup: Equatable, Sendable {
  public var dataset: DatasetSpec
  public var network: NetworkSpec
  public var optimiser: OptimiserSpec
  /// The sizes of A, ascending.
  public var attackSizes: [Int]
  public var samplesPerSize: Int
  public var stop: StopSpec
  public var measurements: [MeasurementSpec]

  public init(
    dataset: DatasetSpec, network: NetworkSpec, optimiser: OptimiserSpec, attackSizes: [Int],
    samplesPerSize: Int, stop: StopSpec, measurements: [MeasurementSpec]
  ) {
    self.dataset = dataset
    self.network = network
    self.optimiser = optimiser
    self.attackSizes = attackSizes
    self.samplesPerSize = samplesPerSize
    self.stop = stop
    self.measurements = measurements
  }

  /// All trainings of the group, by ascending |A|, then sample.
  public func trainings(seed: UInt64) -> [TrainingSpec] {
    attackSizes.flatMap { size in
      (0..<samplesPerSize).map { sample in
        TrainingSpec(
          dataset: dataset, network: network, optimiser: optimiser, attackSize: size, sample: sample,
          stop: stop, seed: seed)
      }
    }
  }
}

/// One value of a figure's spec with the place it comes from.
public struct SettingEntry: Equatable, Sendable, Codable {
  /// Dotted path below `runs`, such as `fcn-mnist.optimiser.learningRate`.
  public var path: String
  /// The value as it holds in this profile.
  public var value: String
  /// The tags from the comment beside it: P (paper), C (published code), R (recalled), O (our own choice).
  public var sources: [String]
  /// The full-size value, where the profile changed it.
  public var paperValue: String?

  public init(path: String, value: String, sources: [String], paperValue: String? = nil) {
    self.path = path
    self.value = value
    self.sources = sources
    self.paperValue = paperValue
  }
}
