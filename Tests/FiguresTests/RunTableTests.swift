import Foundation
import RunStorage
import Specifications
import Testing

@testable import Figures

@Suite("Rows and tables")
struct RunTableTests {
  private func row(_ found: SampleRecords.Found, group: RunGroup = SampleRecords.group()) throws -> RunRow {
    let training = try #require(group.trainings(seed: 1).dropFirst().first)
    return RunRow(record: try SampleRecords.record(training, found), group: group)
  }

  @Test("a row holds percent, logarithms to base 10 and the flatness −log₁₀ sharpness")
  func values() throws {
    let row = try row(
      .init(
        testAccuracy: 0.8125, attackAccuracy: 0.5, sharpness: 0.01, heaviside: -460.517, probit: -690.7755))
    #expect(row.generalization == 81.25)
    #expect(row.trainAccuracy == 100)
    #expect(row.attackAccuracy == 50)
    #expect(row.lossOnTrain == 0.125)
    #expect(row.isComparable)
    func value(_ quantity: Quantity, _ likelihood: PriorSettings.Likelihood = .heaviside) throws -> Double {
      try #require(row.value(quantity, likelihood: likelihood))
    }
    // Two roundings of a logarithm.
    #expect(abs(try value(.flatness) - 2) < 1e-14)
    #expect(abs(try value(.log10Sharpness) + 2) < 1e-14)
    #expect(try value(.generalization) == 81.25)
    // ln 10 = 2.302585…; the values above are multiples of it to six digits.
    #expect(abs(try value(.log10Prior) + 200) < 1e-4)
    #expect(abs(try value(.log10Prior, .probit) + 300) < 1e-4)
  }

  @Test("accuracies in % are the decimal numbers that they stand for", arguments: [500, 1000, 49])
  func percent(images: Int) throws {
    for right in 0...images {
      let generalization = try #require(
        try row(.init(testAccuracy: Double(right) / Double(images))).generalization)
      let exact = 100 * Double(right) / Double(images)
      // Half a unit of the tenth digit of numbers up to 100.
      #expect(abs(generalization - exact) <= 5e-8)
      #expect("\(generalization)".count <= 11)
    }
    #expect(try row(.init(testAccuracy: 0.829)).generalization == 82.9)
  }

  @Test("what was not measured, or is no finite number, is absent from a row and never a number")
  func absent() throws {
    let bare = try row(.init())
    for quantity in [Quantity.flatness, .log10Sharpness, .log10Prior] {
      #expect(bare.value(quantity, likelihood: .heaviside) == nil)
    }
    // A sharpness of 0 has no logarithm.
    let flat = try row(.init(sharpness: 0))
    #expect(flat.sharpness == 0)
    #expect(flat.value(.flatness, likelihood: .heaviside) == nil)
    let unfinished = try row(.init(heaviside: -460, probit: -500, priorConverged: false))
    #expect(unfinished.value(.log10Prior, likelihood: .heaviside) == nil)
    #expect(unfinished.priorDetails[.heaviside]?.sweeps == 7)
  }

  @Test("a row holds only what its group asks for, whatever else the record has")
  func onlyAsked() throws {
    let found = SampleRecords.Found(sharpness: 1, heaviside: -4, probit: -5)
    let group = SampleRecords.group(measurements: [SampleRecords.prior(.probit)])
    let row = try row(found, group: group)
    #expect(row.sharpness == nil)
    #expect(row.measured == ["log_prior_probit_nats": -5])
  }

  @Test("a measure of one number fills its column, its axes and the course along a timeline")
  func trace() throws {
    let group = SampleRecords.group(attackSizes: [0], measurements: [.atZeroError(.hessianTrace)])
    var record = try SampleRecords.record(group.trainings(seed: 1)[0], .init())
    record.results.measurements[MeasurementSpec.atZeroError(.hessianTrace).identity] = .scalar(
      .hessianTrace, 0.01)
    let row = RunRow(record: record, group: group)
    #expect(row.measured == ["hessian_trace_nats": 0.01])
    let axes = ["log10-hessian-trace", "trace-flatness"].compactMap { Quantity(rawValue: $0) }
    #expect(axes.map { row.value($0, likelihood: .heaviside) } == [-2, 2])
    let lines = RunTable(rows: [row]).csv.split(separator: "\n")
    #expect(lines[0].hasSuffix(",hessian_trace_nats") && lines[1].hasSuffix(",0.01"))
    let settings = TimelineSettings(epochsPast: 1, every: 1, rescaling: nil, measurements: [.hessianTrace])
    var course = TimelineResult()
    (course.epochs, course.lossOnTrain) = ([0, 1], [0.7, 0.1])
    (course.trainAccuracy, course.testAccuracy) = ([0.5, 1], [0.5, 0.5])
    (course.changedOnTest, course.function) = ([nil, nil], ["a", "b"])
    course.values = [MeasurementSpec.atZeroError(.hessianTrace).identity: [0.1, nil]]
    let panel = TimelinePanel(
      figure: "5", spec: PanelSpec(id: "a", title: "T", .timeline(runs: "g", .init(left: axes[0]))),
      axes: .init(left: axes[0]), record: record, settings: settings, result: course)
    #expect(panel.values(axes[0]) == [-1, nil])
    #expect(TimelineTable(panels: [panel]).csv.contains("hessian_trace_nats"))
  }

  @Test("a measure with a standard error fills two columns, and a timeline keeps the value alone")
  func estimate() throws {
    let kind = MeasureKind.adaptiveAverageSharpness
    let measure = Measure.tabled(TabledMeasure(kind, [.radius: 0.1, .draws: 100]))
    let group = SampleRecords.group(attackSizes: [0], measurements: [.atZeroError(measure)])
    var record = try SampleRecords.record(group.trainings(seed: 1)[0], .init())
    record.results.measurements[MeasurementSpec.atZeroError(measure).identity] = .estimate(
      kind, 0.01, standardError: 0.002)
    let row = RunRow(record: record, group: group)
    let column = "adaptive_average_sharpness"
    #expect(row.measured == ["\(column)_nats": 0.01, "\(column)_standard_error_nats": 0.002])
    let axis = try #require(Quantity(rawValue: "minus-log10-adaptive-average-sharpness"))
    #expect(row.value(axis, likelihood: .heaviside) == 2)
    let settings = TimelineSettings(epochsPast: 0, every: 1, rescaling: nil, measurements: [measure])
    var course = TimelineResult()
    (course.epochs, course.lossOnTrain, course.trainAccuracy) = ([0], [0.7], [1])
    (course.testAccuracy, course.changedOnTest, course.function) = ([0.5], [nil], ["a"])
    course.values = [MeasurementSpec.atZeroError(measure).identity: [0.01]]
    let panel = TimelinePanel(
      figure: "5", spec: PanelSpec(id: "a", title: "T", .timeline(runs: "g", .init(left: axis))),
      axes: .init(left: axis), record: record, settings: settings, result: course)
    #expect(panel.values(axis) == [2])
    #expect(!TimelineTable(panels: [panel]).csv.contains("standard_error"))
  }

  /// A reader of RFC 4180 without quotes, which no field here needs.
  private func parse(_ csv: String) -> [[String]] {
    csv.split(separator: "\n", omittingEmptySubsequences: true).map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test(
    "the table is RFC 4180: a header with units, a line a run, as many fields in each, empty where unmeasured"
  )
  func csv() throws {
    let group = SampleRecords.group()
    let found = [
      SampleRecords.Found(testAccuracy: 0.8125, sharpness: 0.25, heaviside: -460.5, probit: -690.25),
      SampleRecords.Found(status: .notConverged, attackAccuracy: 0.5),
      SampleRecords.Found(status: .failed, loss: nil),
    ]
    let records = try SampleRecords.records(group, found)
    let csv = RunTable(rows: records.map { RunRow(record: $0, group: group) }).csv
    #expect(csv.hasSuffix("\n") && !csv.hasSuffix("\n\n"))
    // The fields are hashes, names of specs and numbers: nothing that has to be quoted.
    #expect(!csv.contains("\"") && !csv.contains("\r"))
    let table = parse(csv)
    #expect(table.count == 4)
    let header = table[0]
    #expect(table.allSatisfy { $0.count == header.count })
    #expect(Set(header).count == header.count)
    func field(_ line: Int, _ name: String) throws -> String {
      table[line][try #require(header.firstIndex(of: name))]
    }
    for (index, record) in records.enumerated() {
      #expect(try field(index + 1, "run_sha256") == record.key.description)
      #expect(try field(index + 1, "attack_size_images") == String(10 * index))
      #expect(try field(index + 1, "status") == record.results.training.status.rawValue)
    }
    #expect(try field(1, "generalization_percent") == "81.25")
    #expect(try field(1, "attack_accuracy_percent") == "")
    #expect(try field(1, "sharpness") == "0.25")
    // Written so that they read back as the very same numbers.
    #expect(Double(try field(1, "flatness_minus_log10_sharpness")) == -log10(0.25))
    #expect(Double(try field(1, "log_prior_heaviside_nats")) == -460.5)
    #expect(Double(try field(1, "log10_prior_probit")) == -690.25 / log(10))
    #expect(try field(1, "ep_sweeps_heaviside") == "7")
    #expect(try field(1, "ep_damping_probit") == "0.5")
    #expect(try field(2, "attack_accuracy_percent") == "50.0")
    for name in ["sharpness", "log_prior_probit_nats", "log10_prior_heaviside", "ep_sweeps_probit"] {
      #expect(try field(2, name) == "", "\(name)")
    }
    #expect(try field(3, "loss_on_train_nats") == "")
  }
}
