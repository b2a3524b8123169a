import Foundation
import SpecReading
import Specifications
import TestSupport
import Testing

@Suite("The table of measures")
struct MeasureTableTests {
  @Test("logarithms of probabilities end at 0 and shares at 100 %, and nothing else ends")
  func ends() {
    let ends = Quantity.allCases.filter { $0.label.contains("<i>P</i>(") && $0.label.hasPrefix("log") }
    #expect(!ends.isEmpty && ends.allSatisfy { $0.largest == 0 })
    #expect(
      Set(Quantity.allCases.filter { $0.largest != nil })
        == Set(ends + [.generalization, .testError]))
  }

  @Test("forms, columns and quantities have names of their own, and every value is of a form that there is")
  func names() {
    let forms = MeasureDefinition.forms.map(\.name)
    let columns = MeasureDefinition.values.flatMap(\.columns)
    let quantities = Quantity.allCases.map(\.rawValue)
    for names in [forms, columns, quantities] { #expect(Set(names).count == names.count) }
    for value in MeasureDefinition.values {
      #expect(!value.forms.isEmpty && Set(value.forms).isSubset(of: forms))
    }
    #expect(MeasureDefinition.all.map(\.kind) == MeasureKind.allCases.sorted(by: rowsFirst))
  }

  /// In the order of the rows.
  private func rowsFirst(_ one: MeasureKind, _ other: MeasureKind) -> Bool {
    let order = MeasureDefinition.all.map(\.kind)
    return (order.firstIndex(of: one) ?? .max) < (order.firstIndex(of: other) ?? .max)
  }

  @Test("every form reads as the measurement of its name, along a timeline and past zero error as at it")
  func reading() throws {
    let names = MeasureDefinition.forms.map { form in
      switch form.argument {
      case .none, .ownRow: form.name
      case .row: "\(form.name)/mnist-fcn"
      case .count(_, let example, _): "\(form.name)/\(example)"
      case .likelihood: "\(form.name)/probit"
      }
    }
    for name in names {
      let library = try SampleSpecs.library(
        replacing: "measure: [generalization, sharpness/mnist-fcn, prior/heaviside]",
        with: "overtraining: [3]\n    measure: [prior/heaviside, \(name)]")
      let group = try #require(library.figures(profile: .paper).first?.runs["small"])
      for epochs in [0, 3] {
        let found = group.measurements.compactMap { spec -> Measure? in
          if case .network(let measure, let schedule) = spec, schedule.epochsPast == epochs {
            measure
          } else {
            nil
          }
        }
        #expect(found.map(\.name).contains(name), "\(name) at \(epochs)")
      }
    }
  }

  @Test("a marginal likelihood without a likelihood is the step's, and stands under one name only")
  func plainName() throws {
    func library(_ names: String) throws -> SpecLibrary {
      try SampleSpecs.library(
        replacing: "measure: [generalization, sharpness/mnist-fcn, prior/heaviside]",
        with: "measure: [prior/heaviside, \(names)]")
    }
    let group = try #require(
      library("marginal-likelihood").figures(profile: .paper).first?.runs["small"])
    let measures = group.measurements.flatMap(\.parts).map(\.name)
    #expect(measures.filter { $0.hasPrefix("marginal") } == ["marginal-likelihood/heaviside"])
    #expect(throws: SpecError.self) { try library("marginal-likelihood, marginal-likelihood/heaviside") }
    _ = try library("marginal-likelihood, marginal-likelihood/probit")
  }

  @Test("a measure takes the constants of its row of Table 1, and settings tell them with their source")
  func constants() throws {
    var texts = SampleSpecs.texts
    texts["fig3.yml"] = texts["fig3.yml"]?.replacing(
      "prior/heaviside]", with: "prior/heaviside, sam-sharpness]")
    func figure() throws -> FigureSpec {
      try #require(SpecLibrary(texts: texts, folder: "specs").figures(profile: .paper).first)
    }
    let figure = try figure()
    #expect(
      try #require(figure.runs["small"]).measurements.contains(
        .atZeroError(.tabled(TabledMeasure(.samSharpness, [.radius: 0.05])))))
    #expect(
      figure.settings.filter { $0.path.contains("sam-sharpness") } == [
        SettingEntry(path: "small.sam-sharpness.radius", value: .number(0.05), sources: ["O"])
      ])
    func message(_ old: String, _ new: String) -> String? {
      var changed = texts
      changed["table1.yml"] = changed["table1.yml"]?.replacing(old, with: new)
      let error = #expect(throws: SpecError.self) { try SpecLibrary(texts: changed, folder: "specs") }
      return error?.description
    }
    let missing = message("  sam-sharpness: {radius: 0.05}   # [O]\n", "")
    #expect(missing?.contains("row of measures in Table 1") == true && missing?.contains("fig3.yml") == true)
    #expect(message("{radius: 0.05}", "{radius: 0}")?.contains("'radius' is 0") == true)
    #expect(message("{radius: 0.05}", "{}")?.contains("radius") == true)
    #expect(message("draws: 100", "draws: 1")?.contains("from 2") == true)
    #expect(message("  margin:", "  margins:")?.contains("measure with constants") == true)
  }

  @Test("the file of the project has a row for every measure with constants, each with a source")
  func project() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = root.appending(path: "figures").path
    let rows = try SpecLibrary(folder: folder).measureRows
    #expect(
      rows.map(\.measure.kind)
        == MeasureDefinition.all.filter { !$0.constants.isEmpty }.map(\.kind))
    for row in rows {
      let constants = MeasureDefinition.of(row.measure.kind).constants
      #expect(Set(row.sources.keys) == Set(constants) && Set(row.measure.constants.keys) == Set(constants))
    }
    let table = try TableOne(folder: folder)
    for form in MeasureDefinition.forms {
      if case .likelihood = form.argument { continue }
      #expect(try table.measure(form).form == form.name)
    }
  }

  @Test(
    "a fully connected network has every measure, ResNet-50 those without second derivatives or plain layers")
  func networks() {
    func names(_ kind: NetworkSpec.Kind) -> [String] {
      MeasureDefinition.forms.filter { kind.abilities.contains($0.needs) }.map(\.name)
    }
    #expect(names(.fcn) == MeasureDefinition.forms.map(\.name))
    #expect(
      names(.resnet50) == [
        "sharpness", "sharpness-trace", "prior", "prior-sampled", "marginal-likelihood", "sam-sharpness",
        "adaptive-sam-sharpness", "adaptive-worst-sharpness", "adaptive-average-sharpness",
        "pac-bayes-flatness", "magnitude-aware-pac-bayes-flatness", "weight-norm", "margin",
      ])
  }

  @Test("a panel may show the trace where its runs measure it, and nowhere else")
  func tracePanel() throws {
    let panel = ("x: log10-prior", "x: trace-flatness")
    var texts = SampleSpecs.texts
    texts["fig3.yml"] = texts["fig3.yml"]?.replacing(panel.0, with: panel.1)
    let error = #expect(throws: SpecError.self) { try SpecLibrary(texts: texts, folder: "specs") }
    #expect(error?.description.contains("add hessian-trace to their 'measure'") == true)
    texts["fig3.yml"] = texts["fig3.yml"]?.replacing(
      "sharpness/mnist-fcn, prior/heaviside]", with: "hessian-trace, prior/heaviside]")
    let figure = try #require(SpecLibrary(texts: texts, folder: "specs").figures(profile: .paper).first)
    #expect(figure.panels[0].quantities.first?.rawValue == "trace-flatness")
    #expect(figure.panels[0].quantities.first?.isFlatness == true)
  }
}
