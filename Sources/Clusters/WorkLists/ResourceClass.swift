/// What a task asks of the machine that it runs on.
package enum ResourceClass: String, CaseIterable, Sendable {
  /// One core: most runs. Several of them make a task.
  case core
  /// All cores of a node: what would take one core too long, or takes more memory than its share.
  case node
  /// One GPU, with some cores of its node: residual networks, where the submission asks for a GPU.
  case gpu

  /// The cores of a task, where every node has `cores`.
  ///
  /// One core feeds a GPU; priors of thousands of points, which come between its work, share eight. Most nodes have
  /// eight or more for each of their GPUs: with more than its part, a task would keep others from the GPUs beside its own.
  package func cores(ofNode cores: Int) -> Int {
    switch self {
    case .core: 1
    case .node: cores
    case .gpu: min(8, cores)
    }
  }
}
