import ArgumentParser
import Datasets
import Foundation

/// Where images are looked for.
struct DataOptions: ParsableArguments {
  @Option(
    name: .customLong("data"),
    help: ArgumentHelp(
      "Look for data sets in this folder first.",
      discussion: """
        Then in $PLATEAU_DATA, ./data, your data folder and /usr/share/datasets. Where MNIST is not found, the \
        built-in images are used; where CIFAR-10 is not, drawn images, except at the paper's size.
        """,
      valueName: "folder"))
  var folder: String?

  var roots: DataRoots {
    DataRoots(
      dataOption: folder, environment: Console.environment,
      currentDirectory: FileManager.default.currentDirectoryPath,
      homeDirectory: Console.environment["HOME"])
  }

  /// The data sets below the roots, for the commands `data list` and `data verify`. Unlike a default folder,
  /// a folder named by the user must exist.
  func existingLibrary() throws(DatasetError) -> DatasetLibrary {
    let roots = roots
    try roots.checkNamed()
    return DatasetLibrary(roots: roots)
  }
}
