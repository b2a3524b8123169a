import Foundation
import LinearAlgebra
import Reporting
import RunStorage

/// Takes the time of one call, for the report's `run.json`: what differs between two calls that make the same
/// report.
struct ReportClock {
  private let started = Date()

  /// The facts of the call that ends now.
  ///
  /// - Parameter otherFonts: those of characters that the pictures' own font lacks.
  func facts(
    content: ReportContent, records: [RunRecord], samples: [FunctionSampleRecord], otherFonts: Set<String>,
    paths: [NamedValue], other: [NamedValue] = []
  ) -> VolatileFacts {
    let finished = Date()
    let system = ProcessInfo.processInfo
    return VolatileFacts(
      host: system.hostName, started: started.ISO8601Format(), finished: finished.ISO8601Format(),
      durationInSeconds: finished.timeIntervalSince(started),
      secondsByFigure: Self.secondsByFigure(content, records: records, samples: samples),
      versions: [
        NamedValue(name: "system", value: system.operatingSystemVersionString),
        NamedValue(name: "BLAS kernels", value: BLASRuntime.kernelName),
        NamedValue(name: "BLAS library", value: BLASRuntime.configuration),
      ]
        + (otherFonts.isEmpty
          ? []
          : [
            NamedValue(name: "fonts of other characters", value: otherFonts.sorted().joined(separator: ", "))
          ]),
      paths: paths, other: other)
  }

  /// The wall time of the runs and samples behind each figure of `content`, in seconds.
  private static func secondsByFigure(
    _ content: ReportContent, records: [RunRecord], samples: [FunctionSampleRecord]
  ) -> [String: Double] {
    let ofRuns = records.map { record in
      let provenance = record.provenance
      return (
        record.key.description,
        provenance.secondsOfTraining + provenance.secondsByMeasurement.values.reduce(0, +)
      )
    }
    let ofSamples = samples.map { sample in
      let provenance = sample.provenance
      return (sample.key.description, provenance.secondsOfDrawing + provenance.secondsOfCounting)
    }
    let seconds = Dictionary(ofRuns + ofSamples, uniquingKeysWith: { first, _ in first })
    return Dictionary(
      content.sections.filter { !$0.provenance.runs.isEmpty }.map { figure in
        (figure.id, figure.provenance.runs.compactMap { seconds[$0.key] }.reduce(0, +))
      }, uniquingKeysWith: { first, _ in first })
  }
}
