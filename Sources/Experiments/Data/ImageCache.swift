import DatasetDescriptions
package import Datasets

/// The images that a plan needs, each data set loaded once, when it is first asked for.
///
/// A class because loaded images are kept for later callers. For one thread.
package final class ImageCache {
  private let library: DatasetLibrary
  private var loaded: [DatasetName: ImageDataset] = [:]
  private var selected: [BinaryTask: [DatasetName: ImageDataset]] = [:]

  /// A cache of what `library` loads.
  package init(library: DatasetLibrary) { self.library = library }

  /// The images of a data set that take part in a task.
  ///
  /// - Throws: `DatasetError` for a file that is missing or damaged.
  func images(of name: DatasetName, for task: BinaryTask) throws(DatasetError) -> ImageDataset {
    if let known = selected[task]?[name] { return known }
    let whole: ImageDataset
    if let known = loaded[name] { whole = known } else { whole = try library.load(name) }
    loaded[name] = whole
    let images = whole.selecting(task)
    selected[task, default: [:]][name] = images
    return images
  }
}
