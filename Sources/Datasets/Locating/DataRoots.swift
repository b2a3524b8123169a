import Foundation

/// The folders in which data sets are looked for.
package struct DataRoots: Sendable {
  /// The folders, in the order in which they are searched: `--data`, `PLATEAU_DATA`, `./data`, the user's
  /// data folder (`XDG_DATA_HOME`, or `~/.local/share`) `/plateau`, `/usr/share/datasets`.
  package let folders: [String]
  /// The folder into which data sets are fetched: the one the user named, else the user's data folder, else
  /// `./data`.
  package let fetchFolder: String
  /// The folders that the user named, and by what; they have to exist.
  let named: [(path: String, namedBy: String)]

  /// The roots for a command line, its environment and its place. An empty name counts as none, and relative
  /// names are taken from `currentDirectory`; `XDG_DATA_HOME` is ignored unless it is absolute, as the XDG
  /// Base Directory Specification asks.
  package init(
    dataOption: String?, environment: [String: String], currentDirectory: String, homeDirectory: String?
  ) {
    func path(_ name: String, in folder: String) -> String {
      URL(fileURLWithPath: name, relativeTo: URL(fileURLWithPath: folder, isDirectory: true))
        .standardizedFileURL.path
    }
    var named: [(path: String, namedBy: String)] = []
    if let dataOption, !dataOption.isEmpty {
      named.append((path(dataOption, in: currentDirectory), "--data"))
    }
    if let variable = environment["PLATEAU_DATA"], !variable.isEmpty {
      named.append((path(variable, in: currentDirectory), "PLATEAU_DATA"))
    }
    let local = path("data", in: currentDirectory)
    var userFolder: String?
    if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") {
      userFolder = path("plateau", in: data)
    } else if let homeDirectory, !homeDirectory.isEmpty {
      userFolder = path(".local/share/plateau", in: homeDirectory)
    }
    self.init(
      named: named, others: [local] + [userFolder].compactMap { $0 } + ["/usr/share/datasets"],
      fetchFolder: named.first?.path ?? userFolder ?? local)
  }

  /// Checks that what the user named are folders, and that they are there, unless they are to be fetched into.
  ///
  /// - Throws: `DatasetError.missingFolder` or `.notAFolder`.
  package func checkNamed(forFetching: Bool = false) throws(DatasetError) {
    for (path, namedBy) in named {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        if forFetching { continue }
        throw .missingFolder(path: path, namedBy: namedBy)
      }
      if !isFolder.boolValue { throw .notAFolder(path: path, namedBy: namedBy) }
    }
  }

  /// Roots from the folders that the user named and those that are looked in anyway.
  init(named: [(path: String, namedBy: String)], others: [String], fetchFolder: String) {
    let all = named.map(\.path) + others
    self.named = named
    self.folders = all.enumerated().filter { index, folder in !all[..<index].contains(folder) }.map(\.element)
    self.fetchFolder = fetchFolder
  }
}
