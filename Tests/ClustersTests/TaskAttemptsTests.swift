import Testing

@testable import Clusters

@Suite("Attempts of a task") struct TaskAttemptsTests {
  @Test("a task that moves may come again as often as it likes")
  func moving() {
    var attempts = TaskAttempts()
    for number in 0..<20 {
      attempts.begin(progress: "\(number)", underWay: ["run/a"], wasTakenAway: false)
      #expect(!attempts.isCircling && !attempts.isGivenUp("run/a"))
    }
    #expect(attempts.failures.isEmpty)
  }

  @Test("a task that was stopped twice and left nothing that moved circles")
  func circling() {
    var attempts = TaskAttempts()
    attempts.begin(progress: "x", underWay: [], wasTakenAway: false)
    attempts.begin(progress: "x", underWay: [], wasTakenAway: false)
    #expect(!attempts.isCircling)
    attempts.begin(progress: "x", underWay: [], wasTakenAway: false)
    #expect(attempts.isCircling)
    attempts.begin(progress: "y", underWay: [], wasTakenAway: false)
    #expect(!attempts.isCircling)
  }

  @Test("what the cluster did is no circle before it has done so six times")
  func takenAway() {
    var attempts = TaskAttempts()
    attempts.begin(progress: "x", underWay: [], wasTakenAway: false)
    // A death by itself, then lost nodes: the item is not given up.
    attempts.begin(progress: "x", underWay: ["run/a"], wasTakenAway: false)
    for _ in 1..<TaskAttempts.patienceWithCluster {
      attempts.begin(progress: "x", underWay: ["run/a"], wasTakenAway: true)
      #expect(!attempts.isCircling && !attempts.isGivenUp("run/a"))
    }
    attempts.begin(progress: "x", underWay: ["run/a"], wasTakenAway: true)
    #expect(attempts.isCircling && attempts.failures.isEmpty)
    attempts.begin(progress: "y", underWay: [], wasTakenAway: true)
    #expect(!attempts.isCircling)
  }

  @Test(
    "a status tells whether the cluster ended an attempt",
    arguments: [
      (nil, true), ("75\n", true), ("143\n", true), ("138\n", true), ("137\n", false), ("74\n", false),
      ("139\n", false),
      ("1\n", false),
    ] as [(String?, Bool)])
  func ends(status: String?, wasTakenAway: Bool) {
    #expect(BatchScript.wasTakenAway(end: status) == wasTakenAway)
  }

  @Test("an item at which the process died twice is given up, and the others go on")
  func deaths() {
    var attempts = TaskAttempts()
    attempts.begin(progress: "x", underWay: [], wasTakenAway: false)
    attempts.begin(progress: "x", underWay: ["run/a"], wasTakenAway: false)
    #expect(!attempts.isGivenUp("run/a"))
    attempts.begin(progress: "x", underWay: ["run/a"], wasTakenAway: false)
    #expect(attempts.isGivenUp("run/a") && !attempts.isGivenUp("run/b") && !attempts.isCircling)
    #expect(attempts.failures["run/a"]?.contains("killed") == true)
    // What moves does not take it back.
    attempts.begin(progress: "y", underWay: [], wasTakenAway: false)
    #expect(attempts.isGivenUp("run/a"))
    let isWorthAnother = attempts.end(failures: [:])
    #expect(!isWorthAnother)
    #expect(Array(attempts.failures.keys) == ["run/a"])
  }

  @Test("an error is worth another try, the same error twice is not")
  func errors() {
    var attempts = TaskAttempts()
    func isWorthAnother(after failures: [String: String]) -> Bool {
      attempts.begin(progress: "\(attempts.count)", underWay: [], wasTakenAway: false)
      return attempts.end(failures: failures)
    }
    let outcomes = [["run/a": "no kernel"], ["run/a": "another"], ["run/a": "another"]].map(isWorthAnother)
    #expect(outcomes == [true, true, false])
    #expect(attempts.failures == ["run/a": "another"])
    let atLast = isWorthAnother(after: [:])
    #expect(!atLast && attempts.failures.isEmpty)
  }
}
