/// The data set that a run group takes where too few images of its own are found.
public struct DatasetSubstitute: Equatable, Sendable {
  /// Its name, such as `fashion-mnist`.
  public var name: String
  /// The two-class task on it.
  public var task: String

  /// A substitute with its task.
  public init(name: String, task: String) {
    self.name = name
    self.task = task
  }
}
