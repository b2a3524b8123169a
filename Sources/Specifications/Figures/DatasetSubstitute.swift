/// The data set that a run group takes where too few images of its own are found.
package struct DatasetSubstitute: Equatable, Sendable {
  /// Its name, such as `fashion-mnist`.
  package var name: String
  /// The two-class task on it.
  package var task: String

  /// A substitute with its task.
  package init(name: String, task: String) {
    self.name = name
    self.task = task
  }
}
