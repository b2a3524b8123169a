import Clusters
import Foundation

/// The work of a request in pieces, for other programs and for the question how long so many cores take.
package struct WorkOverview: Sendable {
  /// A piece of work, as JSON has it.
  package struct Piece: Encodable, Sendable {
    package let key: String
    /// A run, a sample of functions, a Monte-Carlo kernel, or a part of one.
    package let kind: String
    /// The cores that it asks for: one, or a node's.
    package let `class`: String
    /// Expected seconds of wall time on them; 0 for what is stored.
    package let seconds: Double
    /// 10⁶ bytes.
    package let megabytes: Int
    /// "stored", "incomplete", "missing" or "damaged".
    package let state: String
    package let label: String
  }
  package let pieces: [Piece]
  /// The cores with which the pieces of a node were counted.
  private let coresOfNode: Int

  /// Cuts the work as a cluster would get it.
  ///
  /// - Parameters:
  ///   - coresOfNode: nil for those of this machine.
  ///   - tell: called with a file of costs that was set aside.
  package init(_ workload: Workload, coresOfNode: Int? = nil, tell: (WorkEvent) -> Void = { _ in }) throws {
    let here = Machine.cores
    self.coresOfNode = coresOfNode ?? here
    let options = SubmitJob.Options(program: "", environment: [:])
    // The times of a node's work are measured with this machine's cores, and taken to shrink with their number.
    let scale = Double(here) / Double(self.coresOfNode)
    pieces = try workload.items(.init(cores: here, taskSeconds: options.taskSeconds), tell: tell).map {
      planned in
      let item = planned.item
      return Piece(
        key: item.key.description, kind: item.kind.rawValue, class: item.resources.rawValue,
        seconds: item.resources == .node ? scale * item.seconds : item.seconds, megabytes: item.megabytes,
        state: planned.state.rawValue, label: item.label)
    }
  }

  /// The work of one class that is left.
  package struct Share: Sendable {
    package let name: String
    package let pieces: Int
    package let secondsOfCores: Double
    package let longest: Double
  }

  /// What is left, by class.
  package var shares: [Share] {
    ResourceClass.allCases.compactMap { resources in
      let left = pieces.filter { $0.class == resources.rawValue && $0.state != "stored" }
      guard !left.isEmpty else { return nil }
      let cores = Double(resources == .core ? 1 : coresOfNode)
      return Share(
        name: resources.rawValue, pieces: left.count,
        secondsOfCores: cores * left.reduce(0) { $0 + $1.seconds }, longest: left.map(\.seconds).max() ?? 0)
    }
  }

  /// The wall time on so many cores: all work shared out evenly, and never less than the longest piece.
  package func seconds(onCores cores: Int) -> Double {
    max(shares.reduce(0) { $0 + $1.secondsOfCores } / Double(cores), shares.map(\.longest).max() ?? 0)
  }
}
