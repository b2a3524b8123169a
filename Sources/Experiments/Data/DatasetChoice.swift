import Datasets
import Specifications

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
  /// - Throws: `DatasetError` for a damaged file, `ExperimentError.unusableDataset` for a data set or a task
  ///   that is not known.
  package init(_ figures: [FigureSpec], profile: Profile, images: ImageStock) throws {
    for index in figures.indices {
      for (name, group) in figures[index].runs.sorted(by: { $0.key < $1.key }) {
        guard let substitute = group.substitute else { continue }
        let finding: Finding
        do {
          finding = try Self.finding(group.dataset, substitute, profile, images)
        } catch let error as ExperimentError {
          guard let place = figures[index].datasetLocations[name] else { throw error }
          throw ExperimentError.unusableDataset(runs: name, reason: "\(error)", at: place)
        }
        let outcome: DataDecision.Outcome
        switch finding {
        case .named: continue
        case .substitute(let title, let substitution):
          outcome = .substitute(title: title, substitution)
        case .neither(let reason): outcome = .unavailable(reason: reason)
        }
        decisions.append(DataDecision(figure: figures[index].id, group: name, outcome: outcome))
      }
    }
    let decisions = self.decisions
    self.figures = figures.map { $0.applying(decisions) }
  }

  /// What was found for a group.
  private enum Finding {
    case named
    case substitute(title: String, DataSubstitution)
    case neither(reason: String)
  }

  private static func finding(
    _ dataset: DatasetSpec, _ substitute: DatasetSubstitute, _ profile: Profile, _ images: ImageStock
  ) throws -> Finding {
    let (name, task) = try ImageStock.names(dataset: dataset.name, task: dataset.task)
    let (other, otherTask) = try ImageStock.names(dataset: substitute.name, task: substitute.task)
    let found = try count(name, task, images)
    guard found < dataset.imageCount else { return .named }
    let shortage = name.shortage(found: found, needed: dataset.imageCount)
    if other == .drawnShapes, profile == .paper {
      return .neither(
        reason:
          "\(shortage), and none are drawn at the paper's size; plateau data fetch \(name.rawValue) gets it")
    }
    guard try count(other, otherTask, images) > 0 else {
      return .neither(
        reason:
          "\(shortage), and no \(other.title); plateau data fetch \(name.rawValue) or \(other.rawValue) gets them"
      )
    }
    let words = other == .drawnShapes ? other.title : "\(other.title) in place of \(name.title)"
    return .substitute(title: name.title, DataSubstitution(words: words, reason: shortage))
  }

  /// How many images of the task's classes there are, in all parts; none where the data set is not found.
  private static func count(
    _ name: DatasetName, _ task: BinaryTask, _ images: ImageStock
  ) throws(DatasetError) -> Int {
    do throws(DatasetError) {
      let dataset = try images.images(of: name, for: task)
      return dataset.train.count + (dataset.test?.count ?? 0)
    } catch .notFound {
      return 0
    }
  }
}
