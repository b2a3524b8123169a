import FunctionPriors

/// The arrays of one worker's expectation propagations, by number of points, kept from run to run.
final class PriorWorkspaces {
  private var workspaces: [Int: ExpectationPropagationWorkspace] = [:]

  /// The arrays for `count` points, made the first time.
  func workspace(count: Int) -> ExpectationPropagationWorkspace {
    if let workspace = workspaces[count] { return workspace }
    let workspace = ExpectationPropagationWorkspace(count: count)
    workspaces[count] = workspace
    return workspace
  }
}
