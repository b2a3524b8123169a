import Encodings
import Foundation
import LinearAlgebra
import Reporting
import RunStorage
import Specifications

/// All that a report follows from: where it is the same as that of a report which stands, to make the report again would
/// make the same bytes.
struct ReportBasis: Encodable {
  /// The program, its libraries and the fonts.
  let files: [MappedFile]
  /// What the statistics may round by.
  let kernels: String
  /// Profile, seed, choice of figures, date, images.
  let inputs: ReportInputs
  /// By file name.
  let specs: [String: String]
  /// The SHA-256 of each template and style sheet by file name.
  let templates: [String: String]
  /// Folders that `run.json` names, from which an archive takes the runs.
  let paths: [String: String]
  let runs: [Run]
  let samples: [Sample]

  /// A stored run. Its key says what it was made from.
  struct Run: Encodable {
    let key: String
    let results: RunResult
    let provenance: RunProvenance
  }

  /// A stored sample of functions, which its key decides.
  struct Sample: Encodable {
    let key: String
    let provenance: FunctionSampleProvenance
  }

  /// - Parameters:
  ///   - files: ``MappedFile/ofProcess``, taken before anything is executed: an engine may load libraries of its own.
  ///   - templates: ``Reporting/SiteWriter/sources``.
  init(
    files: [MappedFile], inputs: ReportInputs, templates: [String: Data], paths: [NamedValue],
    records: [RunRecord], samples: [FunctionSampleRecord]
  ) {
    self.files = files
    kernels = BLASRuntime.kernelName
    self.inputs = inputs
    specs = inputs.specs
    self.templates = templates.mapValues { SHA256.hex(of: $0) }
    self.paths = Dictionary(paths.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    runs = records.map { Run(key: "\($0.key)", results: $0.results, provenance: $0.provenance) }
    self.samples = samples.map { Sample(key: "\($0.key)", provenance: $0.provenance) }
  }

  /// The SHA-256 of its canonical JSON.
  ///
  /// - Throws: `CanonicalJSONError` for a seed beyond 2⁵³.
  func digest() throws(CanonicalJSONError) -> String {
    SHA256.hex(ofText: try CanonicalJSON.text(of: self))
  }
}
