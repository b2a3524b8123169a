import Foundation
import Testing
import Workflow

/// `plateau measure` on a logistic regression, whose measures are closed forms.
@Suite("plateau measure", .ofPrograms)
struct MeasureTests {
  private struct Answer: Decodable {
    struct Measure: Decodable {
      let value: Double?
      let standardError: Double?
      let reason: String?
    }
    let measures: [String: Measure]
  }
  private let program: Program
  private let files = ["--weights", "W.safetensors", "--inputs", "X.npy", "--labels", "y.npy"]

  /// z = w x + b with w = 1 and b = 0 on x = 2 and x = −1.
  init() throws {
    program = try Program()
    try program.write(
      SampleFiles.safetensors([("layers.0.weight", [1, 1], [1]), ("layers.0.bias", [1], [0])]),
      to: "W.safetensors")
    try program.write(SampleFiles.npy([2, -1], shape: [2, 1]), to: "X.npy")
    try program.write(SampleFiles.npy(labels: [1, 0]), to: "y.npy")
  }

  private func outcome(_ arguments: String...) throws -> Program.Outcome {
    try program.start(["measure"] + files + arguments).outcome()
  }

  private func answer(_ outcome: Program.Outcome) throws -> [String: Answer.Measure] {
    try #require(outcome.status == 0, "\(outcome.errors)")
    return try JSONDecoder().decode(Answer.self, from: Data(outcome.output.utf8)).measures
  }

  @Test("a network that is wrong on some labels is measured, and the number of them said")
  func wrongLabels() throws {
    #expect(try !outcome("--measures", "margin").errors.contains("is wrong on"))
    try program.write(SampleFiles.npy(labels: [0, 0]), to: "y.npy")
    let outcome = try outcome("--measures", "margin")
    #expect(outcome.status == 0 && outcome.errors.contains("is wrong on 1 of 2 labels"), "\(outcome.errors)")
    for command in ["sharpness", "hessian"] {
      let outcome = try program.start([command] + files).outcome()
      #expect(outcome.status == 0 && outcome.errors.contains("is wrong on 1 of 2 labels"), "\(command)")
    }
  }

  @Test("each row of the table may be named, and the two of one measure stand for themselves")
  func partOfMeasure() throws {
    #expect(
      try Set(answer(outcome("--json", "--measures", "hessian-log-product")).keys) == ["hessian-log-product"])
    let both = try answer(outcome("--json", "--measures", "hessian"))
    #expect(Set(both.keys) == ["hessian", "hessian-log-product"])
  }

  @Test("every measure has a value under its name, or the reason why it has none")
  func all() throws {
    let measures = try answer(outcome("--json"))
    #expect(
      Set(measures.keys) == [
        "sharpness", "hessian", "hessian-log-product", "hessian-trace", "sam-sharpness",
        "adaptive-sam-sharpness", "adaptive-worst-sharpness", "adaptive-average-sharpness",
        "relative-flatness", "fisher-rao-norm", "pac-bayes-flatness", "magnitude-aware-pac-bayes-flatness",
        "weight-norm", "path-norm", "margin", "marginal-likelihood", "marginal-likelihood-probit",
      ])
    func value(_ name: String) throws -> Double { try #require(measures[name]?.value, "\(name)") }
    #expect(try value("weight-norm") == 1)
    #expect(try value("path-norm") == 1)
    // Signed logits are 2 and 1.
    #expect(abs(try value("margin") - 1.1) < 1e-12)
    // Inputs have deviation 1.5.
    func curvature(_ z: Double) -> Double { 1 / ((1 + exp(z)) * (1 + exp(-z))) }
    let trace = (4 * curvature(2) + curvature(-1)) / 2
    #expect(abs(try value("relative-flatness") - trace) < 1e-12)
    let slopes = [2 / (1 + exp(2.0)), -1 / (1 + exp(1.0))]
    #expect(abs(try value("fisher-rao-norm") - slopes.reduce(0) { $0 + $1 * $1 } / 2) < 1e-12)
    #expect(measures["adaptive-average-sharpness"]?.standardError ?? 0 > 0)
    // K is 9, 3 and −3 between them; expectation propagation is off by up to 0.02 nats, with probit by 0.005.
    func orthant(_ correlation: Double) -> Double { log(0.25 - asin(correlation) / (2 * .pi)) }
    #expect(abs(try value("marginal-likelihood") - orthant(-3 / 27.0.squareRoot())) < 0.02)
    #expect(abs(try value("marginal-likelihood-probit") - orthant(-3 / 40.0.squareRoot())) < 0.005)
    // Two eigenvalues are not fifty.
    #expect(measures["hessian-log-product"]?.value == nil)
    #expect(measures["hessian-log-product"]?.reason?.contains("50") == true)
  }

  @Test("labels that are all inverted, and a loss that underflows, are told as such")
  func misread() throws {
    let count = 12
    try program.write(SampleFiles.npy((0..<count).map { $0 < 6 ? 2 : -1 }, shape: [count, 1]), to: "X.npy")
    try program.write(SampleFiles.npy(labels: (0..<count).map { $0 < 6 ? 0 : 1 }), to: "y.npy")
    #expect(
      try outcome("--measures", "margin").errors.contains("wrong on 12 of 12 labels: they look inverted"))
    // Logits of thousands, all right.
    try program.write(
      SampleFiles.npy((0..<count).map { $0 < 6 ? 9000 : -9000 }, shape: [count, 1]), to: "X.npy")
    try program.write(SampleFiles.npy(labels: (0..<count).map { $0 < 6 ? 1 : 0 }), to: "y.npy")
    for command in ["measure", "sharpness", "hessian"] {
      let outcome = try program.start([command] + files).outcome()
      #expect(outcome.status == 0 && outcome.errors.contains("underflow"), "\(command): \(outcome.errors)")
    }
  }

  @Test("the table of measures knows every number")
  func described() { #expect(Set(MeasureJob.values.keys) == Set(MeasureJob.names)) }

  @Test("some measures in a table, with the same numbers for the same seed alone")
  func some() throws {
    let text = try outcome("--measures", "margin,adaptive-average-sharpness")
    #expect(text.status == 0 && text.errors.isEmpty)
    let lines = text.output.split(separator: "\n")
    #expect(
      lines.map { $0.split(separator: " ").first } == [
        "measure", "adaptive-average-sharpness", "margin",
      ])
    func average(_ arguments: [String]) throws -> Double? {
      let name = "adaptive-average-sharpness"
      let outcome = try program.start(["measure", "--json", "--measures", name] + files + arguments)
        .outcome()
      return try answer(outcome)[name]?.value
    }
    let first = try #require(try average([]))
    #expect(lines[0].hasSuffix("larger is") && lines[1].hasSuffix("  nats  sharper"))
    // A margin has no unit, and is no measure of flatness.
    #expect(!lines[2].contains("nats") && !lines[2].contains("sharper"))
    // Six digits of them.
    #expect(lines[1].contains(" " + String(format: "%.6g", first) + " "))
    #expect(try average(["--seed", "1"]) == first)
    #expect(try average(["--seed", "2"]) != first)
  }

  @Test("a name that there is not is wrong usage, and says which there are")
  func unknown() throws {
    let outcome = try outcome("--measures", "margin,flatness")
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("\"flatness\"") && outcome.errors.contains("sam-sharpness"))
  }
}
