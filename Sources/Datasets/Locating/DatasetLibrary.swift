package import DatasetDescriptions

/// The data sets that can be loaded here: reads them from the data roots, or takes what the program itself
/// has.
package struct DatasetLibrary: Sendable {
  /// The folders searched.
  package let roots: DataRoots

  /// A library over the given roots.
  package init(roots: DataRoots) { self.roots = roots }

  /// Loads a data set from the first root that has it, and from the built-in images if none has; draws one
  /// that the program draws.
  ///
  /// Files that are found but damaged are an error, never a reason to look further: a report must not rest on
  /// other data than the user put there. The same holds for a folder that `--data` or `PLATEAU_DATA` names
  /// and that does not exist.
  package func load(_ name: DatasetName) throws(DatasetError) -> ImageDataset {
    try roots.checkNamed()
    switch name.facts.supply {
    case .drawn: return DrawnShapes.dataset
    case .files(let files):
      if let location = locations(of: name).first { return try location.load() }
      if let builtIn = try BuiltInImages.images(of: name) { return builtIn }
      throw .notFound(
        name, searched: roots.folders, fetchFolder: roots.fetchFolder + "/" + files.fetchFolder)
    }
  }

  /// Where the data set is, in the order of the roots.
  func locations(of name: DatasetName) -> [DatasetLocation] {
    roots.folders.compactMap { DatasetLocation.find(name, under: $0) }
  }
}
