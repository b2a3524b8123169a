import Datasets
import Experiments
import Specifications

/// The images of every run group of a set of figures.
enum FigureData {
  /// Loads those of `datasets`.
  ///
  /// - Throws: `ExperimentError.unusableDataset` with file, line and column where a spec asks for what its
  ///   data set does not have; `DatasetError` where a file is missing or damaged.
  static func catalogue(
    _ figures: [FigureSpec], of datasets: Set<DatasetSpec>, images: ImageCache
  ) throws -> DataCatalogue {
    // Inputs of sampled functions are drawn, not loaded.
    let groups = figures.flatMap { figure in
      figure.runs.filter { $0.value.targets == nil && datasets.contains($0.value.dataset) }.sorted {
        $0.key < $1.key
      }.map {
        (figure: figure, name: $0.key, dataset: $0.value.dataset)
      }
    }
    do {
      return try DataCatalogue(specs: groups.map(\.dataset), images: images)
    } catch  where isMistakeInSpec(error) {
      // The catalogue does not know figures: look for the group whose data set fails alone.
      for group in groups {
        guard let place = group.figure.datasetLocations[group.name] else { continue }
        do {
          _ = try DataCatalogue(specs: [group.dataset], images: images)
        } catch  where isMistakeInSpec(error) {
          throw ExperimentError.unusableDataset(runs: group.name, reason: "\(error)", at: place)
        }
      }
      throw error
    }
  }

  /// Whether the spec is to blame, and not a file of images.
  private static func isMistakeInSpec(_ error: any Error) -> Bool {
    switch error {
    case DatasetError.notEnoughImages, DatasetError.channelMismatch: true
    default: false
    }
  }
}
