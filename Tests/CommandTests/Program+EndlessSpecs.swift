import Foundation

extension Program {
  /// Specs with one run that ends at once and, for every core, two that take hours.
  func writeEndlessSpecs() throws {
    let source = Self.repository + "/figures/"
    for name in ["table1.yml", "claims.yml"] {
      try write(Data(contentsOf: URL(fileURLWithPath: source + name)), to: "figures/\(name)")
    }
    func group(_ name: String, samples: Int, epochs: Int) -> String {
      """
        \(name):
          dataset: {name: mnist, task: digits-0-4-vs-5-9, train: 60, attackPool: 0, test: 100}
          network: {kind: fcn, hidden: [400], biasStandardDeviation: 1}
          optimiser: {kind: sgd, learningRate: 1e-12, batch: 32}
          attack: {sizes: [0], samplesPerSize: \(samples)}
          stop: {at: zero-error-on-train, epochs: \(epochs)}
          measure: [generalization, sharpness/boolean-fcn]

      """
    }
    let text = """
      figure: "3"
      title: Endless
      caption: Runs that do not end.
      runs:
      \(group("a", samples: 1, epochs: 1))\(group(
        "b", samples: 2 * ProcessInfo.processInfo.activeProcessorCount, epochs: 10_000_000))
      panels:
        - {id: a, kind: scatter, title: A, runs: a, x: flatness, y: generalization}
        - {id: b, kind: scatter, title: B, runs: b, x: flatness, y: generalization}
      """
    try write(text.utf8, to: "figures/fig3.yml")
  }
}
