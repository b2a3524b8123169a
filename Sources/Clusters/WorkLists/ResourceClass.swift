/// What a task asks of the machine that it runs on.
package enum ResourceClass: String, CaseIterable, Sendable {
  /// One core: most runs. Several of them make a task.
  case core
  /// All cores of a node: what would take one core too long, or takes more memory than its share.
  case node
}
