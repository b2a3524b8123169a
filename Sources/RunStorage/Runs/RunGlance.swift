import Foundation
package import Planning
package import Specifications

/// The outcome of a stored run at a glance: for a survey of many runs, without its checksum and its numbers.
package struct RunGlance: Sendable, Equatable {
  package let status: TrainingResult.Status
  /// The identities of its measurements.
  package let measurements: Set<String>
  /// What it took, in seconds.
  package let seconds: Double

  /// The run of `key` in the store in `folder`; nil where there is none that can be read.
  package init?(_ key: ContentKey, inStore folder: String) {
    guard let bytes = try? FileSystem.contents(of: StoredKind.run.path(of: key, in: folder)),
      let body = try? JSONDecoder().decode(Body.self, from: Data(bytes))
    else { return nil }
    status = body.results.training.status
    measurements = Set(body.results.measurements.keys)
    seconds = body.provenance.secondsOfTraining + body.provenance.secondsByMeasurement.values.reduce(0, +)
  }

  private struct Body: Decodable {
    struct Results: Decodable {
      struct Training: Decodable { let status: TrainingResult.Status }
      let training: Training
      let measurements: [String: Anything]
    }
    struct Times: Decodable {
      let secondsOfTraining: Double
      let secondsByMeasurement: [String: Double]
    }
    let results: Results
    let provenance: Times
  }
  /// A value that nobody looks at.
  private struct Anything: Decodable { init(from _: any Decoder) {} }
}
