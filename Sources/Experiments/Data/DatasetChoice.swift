import DatasetDescriptions
package import Datasets
import Encodings
package import Specifications

/// Which images each run group of a report has: those that its spec names, or its substitute's where fewer
/// are found than it needs.
///
/// A group without a substitute is left as it is, and missing images are an error when they are loaded; so
/// are damaged files, whatever might take their place. Where neither data set can serve, the group's panels
/// are not available, and say what to do about it. Images that the program draws never serve at the paper's
/// size.
package struct DatasetChoice {
  /// The figures, their run groups with the images that were chosen.
  package let figures: [FigureSpec]
  /// What is not as the specs name it, by figure and group.
  package private(set) var decisions: [DataDecision] = []

  /// Chooses for the figures of one profile.
  ///
  /// - Throws: `DatasetError` for a damaged file.
  package init(
    _ figures: [FigureSpec], profile: Profile, images: ImageCache
  ) throws(DatasetError) {
    for index in figures.indices {
      for (name, group) in figures[index].runs.sorted(by: { $0.key < $1.key }) {
        guard let substitute = group.substitute,
          let outcome = try Self.outcome(group.dataset, substitute, profile, images)
        else { continue }
        decisions.append(DataDecision(figure: figures[index].id, group: name, outcome: outcome))
      }
    }
    let decisions = self.decisions
    self.figures = figures.map { $0.applying(decisions) }
  }

  /// What becomes of a group; nil where its own images are enough.
  private static func outcome(
    _ dataset: DatasetSpec, _ substitute: DatasetSubstitute, _ profile: Profile, _ images: ImageCache
  ) throws(DatasetError) -> DataDecision.Outcome? {
    guard case .images(let name, let task) = dataset.source else { return nil }
    let other = substitute.name
    let isStandIn = other.facts.standsInFor != nil
    let found = try count(name, task, images)
    guard found < dataset.imageCount else { return nil }
    let shortage =
      found == 0
      ? "no \(name.title) was found"
      : "fewer than \(dataset.imageCount.grouped(by: " ")) \(name.title) images were found"
    if isStandIn, profile == .paper {
      return .unavailable(
        reason:
          "\(shortage), and none are drawn at the paper's size; plateau data fetch \(name.rawValue) gets it")
    }
    guard try count(other, substitute.task, images) > 0 else {
      return .unavailable(
        reason:
          "\(shortage), and no \(other.title); plateau data fetch \(name.rawValue) or \(other.rawValue) gets them"
      )
    }
    let words = isStandIn ? other.title : "\(other.title) in place of \(name.title)"
    return .substitute(title: name.title, DataSubstitution(words: words, reason: shortage))
  }

  /// How many images of the task's classes there are, in all parts; none where the data set is not found.
  private static func count(
    _ name: DatasetName, _ task: BinaryTask, _ images: ImageCache
  ) throws(DatasetError) -> Int {
    do throws(DatasetError) {
      let dataset = try images.images(of: name, for: task)
      return dataset.train.count + (dataset.test?.count ?? 0)
    } catch .notFound {
      return 0
    }
  }
}
