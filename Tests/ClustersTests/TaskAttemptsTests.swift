import Testing

@testable import Clusters

@Suite("Attempts of a task") struct TaskAttemptsTests {
  @Test("a task that moves may come again as often as it likes")
  func moving() {
    var attempts = TaskAttempts()
    for number in 0..<20 {
      attempts.begin(progress: "\(number)", underWay: ["run/a"])
      #expect(!attempts.isCircling && !attempts.isGivenUp("run/a"))
    }
    #expect(attempts.failures.isEmpty)
  }

  @Test("a task that was stopped twice and left nothing that moved circles")
  func circling() {
    var attempts = TaskAttempts()
    attempts.begin(progress: "x", underWay: [])
    attempts.begin(progress: "x", underWay: [])
    #expect(!attempts.isCircling)
    attempts.begin(progress: "x", underWay: [])
    #expect(attempts.isCircling)
    attempts.begin(progress: "y", underWay: [])
    #expect(!attempts.isCircling)
  }

  @Test("an item at which the process died twice is given up, and the others go on")
  func deaths() {
    var attempts = TaskAttempts()
    attempts.begin(progress: "x", underWay: [])
    attempts.begin(progress: "x", underWay: ["run/a"])
    #expect(!attempts.isGivenUp("run/a"))
    attempts.begin(progress: "x", underWay: ["run/a"])
    #expect(attempts.isGivenUp("run/a") && !attempts.isGivenUp("run/b") && !attempts.isCircling)
    #expect(attempts.failures["run/a"]?.contains("killed") == true)
    // What moves does not take it back.
    attempts.begin(progress: "y", underWay: [])
    #expect(attempts.isGivenUp("run/a"))
    let isWorthAnother = attempts.end(failures: [:])
    #expect(!isWorthAnother)
    #expect(Array(attempts.failures.keys) == ["run/a"])
  }

  @Test("an error is worth another try, the same error twice is not")
  func errors() {
    var attempts = TaskAttempts()
    func isWorthAnother(after failures: [String: String]) -> Bool {
      attempts.begin(progress: "\(attempts.count)", underWay: [])
      return attempts.end(failures: failures)
    }
    let outcomes = [["run/a": "no kernel"], ["run/a": "another"], ["run/a": "another"]].map(isWorthAnother)
    #expect(outcomes == [true, true, false])
    #expect(attempts.failures == ["run/a": "another"])
    let atLast = isWorthAnother(after: [:])
    #expect(!atLast && attempts.failures.isEmpty)
  }
}
