import Clusters
import Foundation

/// The work of a request in pieces, for other programs and for the question how long so many cores take.
package struct WorkOverview: Sendable {
  /// A piece of work, as JSON has it.
  package struct Piece: Encodable, Sendable {
    package let key: String
    /// A run, a sample of functions, a Monte-Carlo kernel, or a part of one.
    package let kind: String
    /// What it asks for: one core, a node, or a GPU.
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
  /// Whether the times of a GPU are those of one; else they are counted in flops. Nil where no piece is for a GPU.
  package let isMeasuredOnGPU: Bool?
  /// The cores with which the pieces of a node were counted.
  private let coresOfNode: Int

  /// Cuts the work as a cluster would get it.
  ///
  /// - Parameters:
  ///   - coresOfNode: nil for those of this machine.
  ///   - hasGPUs: whether residual networks are for GPUs, which this machine need not have.
  ///   - tell: called with a file of costs that was set aside.
  package init(
    _ workload: Workload, coresOfNode: Int? = nil, hasGPUs: Bool = false,
    tell: (WorkEvent) -> Void = { _ in }
  ) throws {
    let here = Self.coresHere
    self.coresOfNode = coresOfNode ?? here
    let options = SubmitJob.Options(program: "", environment: [:])
    // The times of a node's work are measured with this machine's cores, and taken to shrink with their number.
    let scale = Double(here) / Double(self.coresOfNode)
    let facts = Workload.NodeFacts(cores: here, taskSeconds: options.taskSeconds, hasGPUs: hasGPUs)
    let costs = workload.costs(of: facts, tell)
    isMeasuredOnGPU = costs.gpu?.hasMeasuredRates
    pieces = try workload.items(costs).map { planned in
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
    /// Seconds of a core, or of a GPU.
    package let seconds: Double
    package let longest: Double

    package var isOfGPU: Bool { name == ResourceClass.gpu.rawValue }
  }

  /// What is left, by class.
  package var shares: [Share] {
    ResourceClass.allCases.compactMap { resources in
      let left = pieces.filter { $0.class == resources.rawValue && $0.state != "stored" }
      guard !left.isEmpty else { return nil }
      let cores = resources == .gpu ? 1 : resources.cores(ofNode: coresOfNode)
      return Share(
        name: resources.rawValue, pieces: left.count,
        seconds: Double(cores) * left.reduce(0) { $0 + $1.seconds }, longest: left.map(\.seconds).max() ?? 0)
    }
  }

  /// The wall time on so many cores, and GPUs beside them: all work shared out evenly, and never less than the longest
  /// piece. The cores that feed the GPUs are not counted.
  package func seconds(onCores cores: Int, gpus: Int = 1) -> Double {
    let shares = Dictionary(grouping: shares, by: \.isOfGPU)
    func seconds(_ shares: [Share], _ count: Int) -> Double {
      max(shares.reduce(0) { $0 + $1.seconds } / Double(count), shares.map(\.longest).max() ?? 0)
    }
    return max(seconds(shares[false] ?? [], cores), seconds(shares[true] ?? [], gpus))
  }

  /// The cores of this machine.
  package static var coresHere: Int { Machine.cores }
}
