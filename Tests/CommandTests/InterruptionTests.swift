import Foundation
import Testing

@Suite("Stopping", .ofPrograms)
struct InterruptionTests {
  @Test(
    "Ctrl-C ends soon with status 2, says so and keeps the finished runs, however busy the cores",
    arguments: [SIGINT, SIGTERM])
  func interrupt(signal: Int32) throws {
    let program = try Program()
    try program.writeEndlessSpecs()
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
    try program.writeEndlessSpecs()
    let running = try program.start(["run"], environment: ["PLATEAU_HOME": program.folder])
    #expect(running.wait(until: { !program.files(in: "store/runs", endingIn: ".json").isEmpty }))
    running.send(SIGINT)
    running.send(SIGTERM)
    // 130 by the second signal, or 2 where the runs heard the first one before it came.
    #expect([2, 130].contains(try running.outcome().status))
  }
}
