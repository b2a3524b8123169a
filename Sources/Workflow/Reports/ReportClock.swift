import Foundation
import LinearAlgebra
import ReportDocuments
import Reporting
import RunStorage

/// Takes the time and the cost of one call, for the report's `run.json`: what differs between two calls that make the
/// same report.
struct ReportClock {
  private let started = Date()
  private let energy = EnergyMeter()

  /// The facts of the call that ends now.
  ///
  /// - Parameter otherFonts: those of characters that the pictures' own font lacks.
  func facts(
    content: ReportContent, records: [RunRecord], samples: [FunctionSampleRecord], otherFonts: Set<String>,
    paths: [NamedValue], basis: String? = nil, other: [NamedValue] = []
  ) -> VolatileFacts {
    let finished = Date()
    let system = ProcessInfo.processInfo
    let figures = Self.timesByFigure(content, records: records, samples: samples)
    return VolatileFacts(
      host: system.hostName, started: started.ISO8601Format(), finished: finished.ISO8601Format(),
      durationInSeconds: finished.timeIntervalSince(started),
      secondsByFigure: figures.mapValues { $0.reduce(0) { $0 + $1.seconds } },
      cost: RunCost(
        processorSeconds: ProcessorMeter.secondsOfProcess, peakMemoryBytes: PeakMemory.bytes,
        energy: energy.energy,
        processorSecondsByFigure: figures.compactMapValues { times in
          let known = times.compactMap(\.processorSeconds)
          return known.count == times.count ? known.reduce(0, +) : nil
        },
        runsWithoutProcessorTime: figures.mapValues { $0.count { $0.processorSeconds == nil } }
          .filter { $0.value > 0 }),
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
      paths: paths, basis: basis, other: other)
  }

  /// What the runs and samples behind each figure of `content` took when they were executed, in seconds on the wall and
  /// on processors.
  private static func timesByFigure(
    _ content: ReportContent, records: [RunRecord], samples: [FunctionSampleRecord]
  ) -> [String: [(seconds: Double, processorSeconds: Double?)]] {
    let ofRuns = records.map { ($0.key.description, ($0.provenance.seconds, $0.provenance.processorSeconds)) }
    let ofSamples = samples.map { sample in
      let provenance = sample.provenance
      return (
        sample.key.description,
        (provenance.secondsOfDrawing + provenance.secondsOfCounting, provenance.processorSeconds)
      )
    }
    let times = Dictionary(ofRuns + ofSamples, uniquingKeysWith: { first, _ in first })
    return Dictionary(
      content.sections.filter { !$0.provenance.runs.isEmpty }.map { figure in
        (figure.id, figure.provenance.runs.compactMap { times[$0.key] })
      }, uniquingKeysWith: { first, _ in first })
  }
}
