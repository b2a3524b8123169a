package import Specifications

/// `provenance.json`: for each figure its runs, seeds, data digests, replay class, settings and command.
package struct ProvenanceDocument: VersionedDocument {
  package static let fileName = "provenance.json"
  package static let schema = "plateau-provenance/1"

  /// A run that a figure shows.
  package struct Run: Codable, Equatable, Sendable {
    /// The content hash, lower-case hexadecimal.
    package var key: String
    /// Which run it is, such as "SGD, |A| = 50, sample 2".
    package var label: String
    /// How closely it can be reproduced.
    package var replayClass: ReplayClass

    package init(key: String, label: String, replayClass: ReplayClass) {
      self.key = key
      self.label = label
      self.replayClass = replayClass
    }
  }

  /// A data set with the digest of what was read.
  package struct Data: Codable, Equatable, Sendable {
    /// The name in specs, such as `mnist`.
    package var name: String
    /// Lower-case hexadecimal.
    package var sha256: String

    package init(name: String, sha256: String) {
      self.name = name
      self.sha256 = sha256
    }
  }

  /// A setting of a figure's spec.
  package struct Setting: Codable, Equatable, Sendable {
    /// The dotted path, such as `fcn-mnist.optimiser.learningRate`.
    package var path: String
    /// The value in this profile.
    package var value: String
    /// The value at the paper's size, if the profile changed it.
    @NullIfAbsent package var paperValue: String?
    /// Where the value comes from: P, C, R, O.
    package var sources: [String]

    package init(path: String, value: String, paperValue: String?, sources: [String]) {
      self.path = path
      self.value = value
      self.paperValue = paperValue
      self.sources = sources
    }
  }

  /// A panel that the paper has and the report has not.
  package struct MissingPanel: Codable, Equatable, Sendable {
    /// The panel's letter.
    package var panel: String
    /// Why it is missing.
    package var reason: String

    package init(panel: String, reason: String) {
      self.panel = panel
      self.reason = reason
    }
  }

  /// Where one figure comes from.
  package struct Figure: Codable, Equatable, Sendable {
    /// Such as "Figure 3".
    package var label: String
    /// The command that makes this figure again.
    package var command: String
    /// How closely the figure can be reproduced: as its least reproducible run.
    package var replayClass: ReplayClass
    /// The seeds of the runs.
    package var seeds: [UInt64]
    /// The runs that the figure shows, in its own order.
    package var runs: [Run]
    /// The data that they read.
    package var data: [Data]
    /// The revisions of the methods behind the figure, by name.
    package var revisions: [String: String]
    /// What was computed, by name: counts that do not depend on the machine. The first reports lack it.
    package var work: [String: String]?
    /// Every setting, in the order of the spec's file.
    package var settings: [Setting]
    /// What the reader must know, such as runs that did not converge.
    package var notes: [String]
    /// The panels that the report must say it lacks.
    package var missingPanels: [MissingPanel]

    package init(
      label: String, command: String, replayClass: ReplayClass, seeds: [UInt64], runs: [Run], data: [Data],
      revisions: [String: String], work: [String: String], settings: [Setting], notes: [String],
      missingPanels: [MissingPanel]
    ) {
      self.label = label
      self.command = command
      self.replayClass = replayClass
      self.seeds = seeds
      self.runs = runs
      self.data = data
      self.revisions = revisions
      self.work = work
      self.settings = settings
      self.notes = notes
      self.missingPanels = missingPanels
    }
  }

  package private(set) var schema: String = Self.schema
  /// The version of the code.
  package var plateauVersion: String
  /// `smoke`, `quick` or `paper`.
  package var profile: String
  /// The seed that every random stream was split from.
  package var seed: UInt64
  /// The command that makes the report.
  package var command: String
  /// What the numbers may depend on.
  package var environment: Environment
  /// The figures, by name, such as `fig3`.
  package var figures: [String: Figure]

  package init(
    plateauVersion: String, profile: String, seed: UInt64, command: String, environment: Environment,
    figures: [String: Figure]
  ) {
    self.plateauVersion = plateauVersion
    self.profile = profile
    self.seed = seed
    self.command = command
    self.environment = environment
    self.figures = figures
  }
}
