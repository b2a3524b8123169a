import Foundation
import Testing

@Suite("plateau prior", .ofPrograms)
struct PriorTests {
  struct Answer: Decodable {
    let logProbabilityInNats: Double
    let log10Probability: Double
    let likelihood: String
    let n: Int
    let sweeps: Int
    let converged: Bool
  }
  private let program: Program

  init() throws { program = try Program() }

  private func answer(_ arguments: String...) throws -> Answer {
    let outcome = try program.start(["prior", "--json"] + arguments).outcome()
    try #require(outcome.status == 0, "\(outcome.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    #expect(
      Set(object?.keys.map { $0 } ?? [])
        == ["logProbabilityInNats", "log10Probability", "likelihood", "n", "sweeps", "converged"])
    return try JSONDecoder().decode(Answer.self, from: Data(outcome.output.utf8))
  }

  private let inputs: [[Double]] = [[0.2, 0.9], [0.8, -0.3], [-0.5, 0.4], [0.1, 0.1]]

  /// The kernel of a network with two hidden layers, σ_w² = 2 and σ_b² = 1, from the arc-cosine formula (Cho
  /// & Saul 2009).
  private var kernel: [[Double]] {
    var k = inputs.map { x in inputs.map { y in 1 + 2 * (x[0] * y[0] + x[1] * y[1]) / 2 } }
    for _ in 0..<2 {
      let last = k
      for i in last.indices {
        for j in last.indices {
          let scale = (last[i][i] * last[j][j]).squareRoot()
          let angle = acos(min(1, last[i][j] / scale))
          k[i][j] = 1 + 2 / (2 * .pi) * scale * (sin(angle) + (.pi - angle) * cos(angle))
        }
      }
    }
    return k
  }

  private func write(_ kernel: [[Double]], to name: String) throws {
    try program.write(
      SampleFiles.npy(kernel.flatMap { $0 }, shape: [kernel.count, kernel.count]), to: name)
  }

  @Test("one point has probability ½ under either likelihood", arguments: ["heaviside", "probit"])
  func onePoint(likelihood: String) throws {
    try program.write(SampleFiles.npy([3.7], shape: [1, 1]), to: "K.npy")
    try program.write(SampleFiles.npy(labels: [-1]), to: "y.npy")
    let answer = try answer("--kernel", "K.npy", "--labels", "y.npy", "--likelihood", likelihood)
    // EP is exact for one point; the sweeps end within 1e-7 nats.
    #expect(abs(answer.logProbabilityInNats + log(2)) < 1e-7)
    #expect(abs(answer.log10Probability + log10(2)) < 1e-7)
    #expect(answer.likelihood == likelihood)
    #expect(answer.n == 1)
    #expect(answer.sweeps > 0)
    #expect(answer.converged)
  }

  @Test(
    "inputs give what their kernel gives, and probit on K is the step on K + I, made by hand or by --jitter 1"
  )
  func kernelAndInputs() throws {
    try program.write(SampleFiles.npy(inputs.flatMap { $0 }, shape: [4, 2]), to: "X.npy")
    try program.write(SampleFiles.npy(labels: [1, 0, 0, 1]), to: "y.npy")
    try write(kernel, to: "K.npy")
    var shifted = kernel
    for i in shifted.indices { shifted[i][i] += 1 }
    try write(shifted, to: "shifted.npy")
    let step = try answer("--inputs", "X.npy", "--labels", "y.npy")
    let same = try answer("--kernel", "K.npy", "--labels", "y.npy", "--likelihood", "heaviside")
    let probit = try answer("--kernel", "K.npy", "--labels", "y.npy", "--likelihood", "probit")
    let noisy = try answer("--kernel", "shifted.npy", "--labels", "y.npy")
    let jitter = try answer("--kernel", "K.npy", "--labels", "y.npy", "--jitter", "1")
    // Both ends of each pair are within 1e-7 nats of their limit, and the rounding of K counts for less.
    #expect(abs(step.logProbabilityInNats - same.logProbabilityInNats) < 3e-7)
    #expect(abs(probit.logProbabilityInNats - noisy.logProbabilityInNats) < 3e-7)
    #expect(abs(jitter.logProbabilityInNats - noisy.logProbabilityInNats) < 3e-7)
    #expect(abs(step.logProbabilityInNats - probit.logProbabilityInNats) > 0.01)
    #expect(step.logProbabilityInNats < 0)
    let deeper = try answer("--inputs", "X.npy", "--labels", "y.npy", "--depth", "5")
    #expect(abs(deeper.logProbabilityInNats - step.logProbabilityInNats) > 0.01)
  }

  /// Writes a network with one hidden layer of two units: z = relu(x₁ − x₂) − relu(x₂) + bias.
  private func writeNetwork(bias: Float, scale: Float = 1) throws {
    try program.write(
      SampleFiles.safetensors([
        ("layers.0.weight", [2, 2], [scale, -scale, 0, scale]), ("layers.0.bias", [2], [0, 0]),
        ("layers.1.weight", [1, 2], [1, -1]), ("layers.1.bias", [1], [bias]),
      ]), to: "W.safetensors")
  }

  @Test("a network says its own function and depth", arguments: [Float(0), 0.25])
  func network(bias: Float) throws {
    try program.write(SampleFiles.npy(inputs.flatMap { $0 }, shape: [4, 2]), to: "X.npy")
    try writeNetwork(bias: bias)
    // relu(x₁ − x₂) − relu(x₂) is −0.9, 1.1, −0.4 and −0.1.
    try program.write(SampleFiles.npy(labels: [0, 1, 0, bias > 0 ? 1 : 0]), to: "y.npy")
    let own = try answer("--weights", "W.safetensors", "--inputs", "X.npy", "--sigma-b2", "0.5")
    let given = try answer("--inputs", "X.npy", "--labels", "y.npy", "--depth", "1", "--sigma-b2", "0.5")
    #expect(own.logProbabilityInNats == given.logProbabilityInNats && own.n == 4)
    let outcome = try program.run("prior", "--weights", "W.safetensors", "--inputs", "X.npy")
    #expect(outcome.output.contains("random networks of 1 hidden layer, σ_w² = 2.0, σ_b² = 1.0"))
  }

  @Test("a network without an answer on a row, or for other inputs, ends with status 2 and the file")
  func networkWithoutAnswer() throws {
    try program.write(SampleFiles.npy([0, 0, 1e10, 0], shape: [2, 2]), to: "X.npy")
    try program.write(SampleFiles.npy([1, 2, 3], shape: [1, 3]), to: "wide.npy")
    try writeNetwork(bias: 0, scale: 3e38)
    for (inputs, expected) in [("X.npy", "logit on row 1"), ("wide.npy", "expected [n, 2]")] {
      let outcome = try program.run("prior", "--weights", "W.safetensors", "--inputs", inputs)
      #expect(outcome.status == 2 && outcome.output.isEmpty)
      #expect(outcome.errors.contains(inputs) && outcome.errors.contains(expected), "\(outcome.errors)")
    }
  }

  @Test(
    "the function is said in one way, and what a network says is not said again",
    arguments: [
      ("--inputs X.npy", "give either --labels y.npy or --weights W.safetensors"),
      ("--inputs X.npy --labels y.npy --weights W.safetensors", "give either --labels"),
      ("--kernel K.npy --weights W.safetensors", "--kernel does nothing with --weights"),
      ("--inputs X.npy --weights W.safetensors --depth 3", "--depth does nothing with --weights"),
    ])
  func twoWays(line: String, expected: String) throws {
    let outcome = try program.start(["prior"] + line.split(separator: " ").map(String.init)).outcome()
    #expect(outcome.status == 64 && outcome.errors.contains(expected), "\(outcome.errors)")
  }

  @Test("a function that coins would make more probable is told")
  func improbable() throws {
    // Two points nearly alike, with opposite labels: P(f) = 1/4 − arcsin(0.9)/(2π).
    try program.write(SampleFiles.npy([1, 0.9, 0.9, 1], shape: [2, 2]), to: "K.npy")
    for (labels, isTold) in [([1, 0], true), ([1, 1], false)] as [([Int8], Bool)] {
      try program.write(SampleFiles.npy(labels: labels), to: "y.npy")
      let outcome = try program.run("prior", "--kernel", "K.npy", "--labels", "y.npy")
      #expect(outcome.errors.contains("less probable than") == isTold, "\(outcome.errors)")
    }
  }

  @Test("without --json the answer is for people, and says the same")
  func text() throws {
    try program.write(SampleFiles.npy([1], shape: [1, 1]), to: "K.npy")
    try program.write(SampleFiles.npy(labels: [1]), to: "y.npy")
    let outcome = try program.run("prior", "--kernel", "K.npy", "--labels", "y.npy")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("log10 P(f) = -0.30103 "))
    // One point: f is as probable as a coin has it.
    #expect(outcome.output.contains("equally probable: log10 P = -0.30103\n"))
    #expect(outcome.output.contains("n = 1, heaviside likelihood"))
  }

  @Test(
    "input that cannot be used ends with status 2, its name and what is wrong",
    arguments: [
      ("--inputs missing.npy --labels y.npy", "missing.npy"), ("--inputs . --labels y.npy", "cannot read ."),
      ("--inputs text.npy --labels y.npy", "text.npy is not a .npy file"),
      ("--inputs nan.npy --labels y.npy", "element 1"),
      ("--inputs flat.npy --labels y.npy", "expected [n, d]"),
      ("--kernel wide.npy --labels y.npy", "expected [n, n]"),
      ("--kernel skew.npy --labels y.npy", "not symmetric"),
      ("--kernel same.npy --labels y.npy", "smallest pivot, at row 1"),
      ("--kernel good.npy --labels missing.npy", "missing.npy"),
      ("--kernel good.npy --labels y3.npy", "y3.npy has shape [3]"),
      ("--kernel good.npy --labels bad.npy", "element 1 (counted from 0) is 2"),
      ("--kernel good.npy --labels flatnan.npy", "element 1 (counted from 0) is nan"),
      ("--kernel short.npy --labels y.npy", "short.npy"),
    ])
  func unusable(line: String, expected: String) throws {
    try program.write(SampleFiles.npy(labels: [0, 1]), to: "y.npy")
    try program.write(SampleFiles.npy(labels: [0, 1, 1]), to: "y3.npy")
    try program.write(SampleFiles.npy(labels: [0, 2]), to: "bad.npy")
    try program.write("1, 2, 3".utf8, to: "text.npy")
    try program.write(SampleFiles.npy([1, .nan, 2, 3], shape: [2, 2]), to: "nan.npy")
    try program.write(SampleFiles.npy([0, .nan], shape: [2]), to: "flatnan.npy")
    try program.write(SampleFiles.npy([1, 2], shape: [2]), to: "flat.npy")
    try program.write(SampleFiles.npy([1, 2, 3, 4, 5, 6], shape: [2, 3]), to: "wide.npy")
    try program.write(SampleFiles.npy([1, 0.5, 0.2, 1], shape: [2, 2]), to: "skew.npy")
    try program.write(SampleFiles.npy([1, 1, 1, 1], shape: [2, 2]), to: "same.npy")
    try program.write(SampleFiles.npy([1, 0, 0, 1], shape: [2, 2]), to: "good.npy")
    try program.write(SampleFiles.npy([1, 0, 0, 1], shape: [2, 2]).dropLast(3), to: "short.npy")
    let outcome = try program.start(["prior"] + line.split(separator: " ").map(String.init)).outcome()
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(expected), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }
}
