import Foundation
import Testing

/// `plateau hessian` and the L-BFGS-B method of `plateau sharpness` on a logistic regression, whose curvature
/// and whose corners are closed forms.
@Suite("plateau hessian, and sharpness by L-BFGS-B", .ofPrograms)
struct HessianTests {
  struct Answer: Decodable {
    let spectralNorm: Double
    let topEigenvalues: [Double]
    let logProduct: Double?
    let n: Int
    let trace: Double?
  }
  private let program: Program
  private let files = ["--weights", "W.safetensors", "--inputs", "X.npy", "--labels", "y.npy"]

  /// z = w x + b with w = 1 and b = 0 on x = 2 and x = −1.
  init() throws {
    program = try Program()
    try write(weight: 1, bias: 0)
    try program.write(SampleFiles.npy([2, -1], shape: [2, 1]), to: "X.npy")
    try program.write(SampleFiles.npy(labels: [1, 0]), to: "y.npy")
  }

  private func write(weight: Float, bias: Float) throws {
    try program.write(
      SampleFiles.safetensors([
        ("layers.0.weight", [1, 1], [weight]), ("layers.0.bias", [1], [bias]),
      ]), to: "W.safetensors")
  }

  private func answer(_ arguments: String...) throws -> Answer {
    let outcome = try program.start(["hessian", "--json"] + files + arguments).outcome()
    try #require(outcome.status == 0, "\(outcome.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    #expect(
      Set(object?.keys.map { $0 } ?? [])
        == Set(
          ["spectralNorm", "topEigenvalues", "logProduct", "n"]
            + (arguments.contains("--trace") ? ["trace"] : [])))
    return try JSONDecoder().decode(Answer.self, from: Data(outcome.output.utf8))
  }

  @Test("two parameters have the two eigenvalues of a 2 × 2 matrix")
  func closedForm() throws {
    func curvature(_ z: Double) -> Double { 1 / ((1 + exp(z)) * (1 + exp(-z))) }
    let (a, b) = (curvature(2) / 2, curvature(-1) / 2)
    // H = a (2, 1)(2, 1)ᵀ + b (−1, 1)(−1, 1)ᵀ.
    let trace = 5 * a + 2 * b
    let determinant = (4 * a + b) * (a + b) - (2 * a - b) * (2 * a - b)
    let root = (trace * trace / 4 - determinant).squareRoot()
    let answer = try answer()
    // Rounding.
    #expect(answer.topEigenvalues.count == 2)
    #expect(abs(answer.topEigenvalues[0] - (trace / 2 + root)) < 1e-14)
    #expect(abs(answer.topEigenvalues[1] - (trace / 2 - root)) < 1e-14)
    #expect(abs(answer.spectralNorm - (trace / 2 + root)) < 1e-14)
    #expect(abs((answer.logProduct ?? .nan) - log(determinant)) < 1e-12)
    #expect(answer.n == 2)
    #expect(try self.answer("--top", "1").topEigenvalues == [answer.topEigenvalues[0]])
    #expect(answer.trace == nil)
    #expect(abs(try #require(try self.answer("--trace").trace) - trace) < 1e-15)

    let text = try program.start(["hessian", "--trace"] + files).outcome()
    #expect(text.status == 0 && text.output.contains("trace = "))
    #expect(text.output.contains("spectral norm = \(String(format: "%.6g", answer.spectralNorm)) "))
    #expect(text.output.contains("2 parameters"))
  }

  @Test("without curvature there are no eigenvalues, and the logarithm is null, not left out")
  func flat() throws {
    // σ(1 − σ) underflows.
    try write(weight: 2000, bias: 0)
    let answer = try answer()
    #expect(answer.topEigenvalues.isEmpty)
    #expect(answer.logProduct == nil)
    #expect(answer.spectralNorm == 0)
  }

  @Test("L-BFGS-B finds the worst corner of the box")
  func sharpness() throws {
    struct Sharpness: Decodable {
      let sharpness: Double
      let method: String
      let epochs: Int
    }
    let outcome = try program.start(
      ["sharpness", "--json", "--method", "lbfgsb", "--box", "0.01"] + files
    ).outcome()
    try #require(outcome.status == 0, "\(outcome.errors)")
    let answer = try JSONDecoder().decode(Sharpness.self, from: Data(outcome.output.utf8))
    func loss(_ w: Double, _ b: Double) -> Double {
      (log(1 + exp(2 * w + b)) - (2 * w + b) + log(1 + exp(b - w))) / 2
    }
    let corners = [-0.02, 0.02].flatMap { w in [-0.01, 0.01].map { loss(1 + w, $0) } }
    let worst = try #require(corners.max())
    let expected = 100 * (worst - loss(1, 0)) / (1 + loss(1, 0))
    // The walls are Float32 numbers: 6e-8 of 0.02.
    #expect(abs(answer.sharpness / expected - 1) < 1e-5)
    #expect(answer.method == "lbfgsb")
    #expect(answer.epochs > 0)

    let text = try program.start(["sharpness", "--method", "lbfgsb"] + files).outcome()
    #expect(text.output.contains("iterations of L-BFGS-B"))
  }
}
