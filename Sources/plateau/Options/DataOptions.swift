import ArgumentParser
import Datasets
import Foundation

/// Where images are looked for.
struct DataOptions: ParsableArguments {
  @Option(
    name: .customLong("data"),
    help: ArgumentHelp(
      "Look for data sets in this folder first.",
      discussion:
        "Then in $PLATEAU_DATA, ./data, your data folder and /usr/share/datasets. MNIST falls back to the built-in images; below the paper's size, CIFAR-10 falls back to drawn ones.",
      valueName: "folder"))
  var folder: String?

  var roots: DataRoots {
    DataRoots(
      dataOption: folder, environment: ProcessInfo.processInfo.environment,
      currentDirectory: FileManager.default.currentDirectoryPath,
      homeDirectory: ProcessInfo.processInfo.environment["HOME"])
  }

  var library: DatasetLibrary { DatasetLibrary(roots: roots) }

  /// The library, for commands that only look around: a folder that was named and is not there is no empty
  /// one.
  func existingLibrary() throws(DatasetError) -> DatasetLibrary {
    let variable = ProcessInfo.processInfo.environment["PLATEAU_DATA"]
    for (path, namedBy) in [(folder, "--data"), (variable, "PLATEAU_DATA")] {
      guard let path, !path.isEmpty else { continue }
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
        throw .missingFolder(path: path, namedBy: namedBy)
      }
    }
    return library
  }
}
