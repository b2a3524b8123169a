import Datasets

/// The images that a plan needs, each data set loaded once, when it is first asked for.
///
/// A class because what is loaded stays for the next one who asks. For one thread.
package final class ImageStock {
  private let library: DatasetLibrary
  private var loaded: [DatasetName: ImageDataset] = [:]
  private var selected: [BinaryTask: [DatasetName: ImageDataset]] = [:]

  /// A stock of what `library` has.
  package init(library: DatasetLibrary) { self.library = library }

  /// The images of a data set that take part in a task.
  ///
  /// - Throws: `DatasetError` for a file that is missing or damaged.
  func images(of name: DatasetName, for task: BinaryTask) throws(DatasetError) -> ImageDataset {
    if let known = selected[task]?[name] { return known }
    if loaded[name] == nil { loaded[name] = try library.load(name) }
    guard let images = loaded[name]?.selecting(task) else { preconditionFailure("expected \(name) loaded") }
    selected[task, default: [:]][name] = images
    return images
  }

  /// The data set and the task that a spec names.
  ///
  /// - Throws: ``ExperimentError/unknownDataset(name:known:)`` or
  ///   ``ExperimentError/unknownTask(name:dataset:known:)``.
  static func names(
    dataset: String, task: String
  ) throws(ExperimentError) -> (DatasetName, BinaryTask) {
    guard let name = DatasetName(rawValue: dataset) else {
      throw .unknownDataset(name: dataset, known: DatasetName.allCases.map(\.rawValue).sorted())
    }
    guard let known = BinaryTask(rawValue: task), known.datasets.contains(name) else {
      throw .unknownTask(
        name: task, dataset: dataset,
        known: BinaryTask.allCases.filter { $0.datasets.contains(name) }.map(\.rawValue))
    }
    return (name, known)
  }
}
