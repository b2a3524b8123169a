import Foundation
import Testing

@Suite("Stopping")
struct InterruptionTests {
  /// Specs with one run that ends at once and, for every core, two that take hours.
  private func endlessSpecs(_ program: Program) throws {
    let source = Program.repository + "/figures/"
    for name in ["table1.yml", "claims.yml"] {
      try program.write(Data(contentsOf: URL(fileURLWithPath: source + name)), to: "figures/\(name)")
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
    try program.write(text.utf8, to: "figures/fig3.yml")
  }

  @Test(
    "Ctrl-C ends soon with status 2, says so and keeps the finished runs, however busy the cores",
    arguments: [SIGINT, SIGTERM])
  func interrupt(signal: Int32) throws {
    let program = try Program()
    try endlessSpecs(program)
    let jobs = String(2 * ProcessInfo.processInfo.activeProcessorCount)
    let running = try program.start(["run", "--jobs", jobs], environment: ["PLATEAU_HOME": program.folder])
    #expect(running.wait(until: { !program.files(in: "store/runs", endingIn: ".json").isEmpty }))
    #expect(running.isRunning)
    running.send(signal)
    let outcome = try running.outcome()
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("stopping"))
    #expect(outcome.errors.contains("stored by this call: 1, remaining: \(jobs)"), "\(outcome.errors)")
    #expect(program.files(in: "store/runs").count == 1)
    let plan = try program.run("plan", environment: ["PLATEAU_HOME": program.folder])
    #expect(plan.output.contains(#/all +\d+ +1 /#))
  }

  @Test("a second signal ends the program at once and without a crash")
  func twice() throws {
    let program = try Program()
    try endlessSpecs(program)
    let running = try program.start(["run"], environment: ["PLATEAU_HOME": program.folder])
    #expect(running.wait(until: { !program.files(in: "store/runs", endingIn: ".json").isEmpty }))
    running.send(SIGINT)
    running.send(SIGTERM)
    // 130 by the second signal, or 2 where the runs heard the first one before it came.
    #expect([2, 130].contains(try running.outcome().status))
  }
}
