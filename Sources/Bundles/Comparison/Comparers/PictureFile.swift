import Foundation
import Plotting

/// The pictures of reports as pixels.
enum PictureFile {
  /// What differs between two reports' pictures under one name.
  static func difference(
    _ file: String, _ before: ReportFolder, _ after: ReportFolder
  ) throws(BundlesError) -> PixelDifference {
    PixelDifference(from: try pixels(file, before), to: try pixels(file, after))
  }

  private static func pixels(_ file: String, _ folder: ReportFolder) throws(BundlesError) -> Pixels {
    let bytes = Array(try folder.data(file))
    do {
      return try Pixels(png: bytes)
    } catch {
      throw .unreadable(path: folder.name, file: file, reason: "\(error)")
    }
  }
}
