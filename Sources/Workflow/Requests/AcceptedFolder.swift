import Foundation
import SpecReading
import Specifications

/// Where what was accepted of figures is read from and written to.
package enum AcceptedFolder: Equatable, Sendable {
  /// `figures/accepted` of the project, if there is one.
  case ofProject
  /// A folder of one's own.
  case folder(String)
  /// Nowhere: nothing is accepted.
  case nothing

  /// Its path; nil for ``nothing``.
  func path(in project: ProjectFolder) throws(ProjectFolder.NotFound) -> String? {
    switch self {
    case .ofProject: "\(try project.specs())/\(AcceptedReader.folderName)"
    case .folder(let path): path
    case .nothing: nil
    }
  }

  /// What was accepted.
  ///
  /// - Throws: `SpecError` for a mistake in a file, or a folder of one's own that is not there.
  func figures(in project: ProjectFolder) throws -> [AcceptedFigure] {
    if case .folder(let path) = self, !FileManager.default.fileExists(atPath: path) {
      throw SpecError.unreadable(path: path, reason: "there is no such folder")
    }
    return try path(in: project).map { try AcceptedReader.figures(folder: $0) } ?? []
  }
}
