import Encodings
import Foundation
import RunStorage

/// What became of one task of an array: whether it gets on from one attempt to the next, and what failed.
///
/// A task begins again after a time limit, a preemption, a lost node or a death. It circles where nothing moves
/// from attempt to attempt: then it ends, and says why. What the cluster did (it stopped the task, or lost the node)
/// says less of that than what the task did itself.
package struct TaskAttempts: Codable, Equatable, Sendable {
  /// How many attempts were begun.
  package private(set) var count = 0
  /// How many of the last ones, one after another, ended by themselves and left nothing that moved.
  package private(set) var unmoved = 0
  /// How many of the last ones, one after another, the cluster ended before anything had moved.
  private var takenAway = 0
  /// What was stored when the last one began, in a form that changes with every result, block and checkpoint.
  private var progress = ""
  /// How many times an item was under way when an attempt that left nothing ended without a word.
  private var deaths: [String: Int] = [:]
  /// Why items failed, by name.
  package private(set) var failures: [String: String] = [:]

  /// After so many attempts that moved nothing, there is no other.
  package static let patience = 2
  /// The same, of attempts that the cluster ended: it may do so before one has come to its first checkpoint.
  package static let patienceWithCluster = 6

  package init() {}

  /// Whether another attempt is in vain.
  package var isCircling: Bool { unmoved >= Self.patience || takenAway >= Self.patienceWithCluster }

  /// Begins an attempt.
  ///
  /// - Parameters:
  ///   - progress: of what is stored now.
  ///   - underWay: the names of the items that the last attempt was at, if it ended without a word.
  ///   - wasTakenAway: whether it was the cluster that ended the last attempt.
  package mutating func begin(progress: String, underWay: [String], wasTakenAway: Bool) {
    let hasMoved = count == 0 || progress != self.progress
    if hasMoved {
      (unmoved, takenAway) = (0, 0)
      deaths = deaths.filter { $0.value >= Self.patience }
    } else if wasTakenAway {
      takenAway += 1
    } else {
      unmoved += 1
    }
    for name in underWay where !hasMoved && !wasTakenAway {
      deaths[name, default: 0] += 1
      guard isGivenUp(name) else { continue }
      failures[name] =
        "its process was killed \(Self.patience) times at it: too little memory?"
      // Without it the others may get on.
      unmoved = 0
    }
    self.progress = progress
    count += 1
  }

  /// Whether an item is not to be tried again.
  package func isGivenUp(_ name: String) -> Bool { deaths[name, default: 0] >= Self.patience }

  /// Ends an attempt.
  ///
  /// - Parameter failures: why items failed in it, by name.
  /// - Returns: whether one of them failed for the first time, or for another reason than before, and is worth
  ///   another attempt.
  package mutating func end(failures: [String: String]) -> Bool {
    let isNew = failures.contains { self.failures[$0.key] != $0.value }
    self.failures = failures.merging(self.failures.filter { isGivenUp($0.key) }) { _, old in old }
    return isNew
  }

  /// What the file holds; nothing where there is none, or one that is damaged.
  package static func read(_ path: String) -> TaskAttempts {
    (try? Data(contentsOf: URL(fileURLWithPath: path))).flatMap {
      try? JSONDecoder().decode(TaskAttempts.self, from: $0)
    } ?? TaskAttempts()
  }

  package func write(to path: String) throws {
    try DurableFile().store(Array(JSONDocument.bytes(self)), at: path)
  }
}
