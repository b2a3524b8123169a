import DatasetDescriptions
import Encodings
import Foundation

/// The images that ship with the package; a README.md beside them says where they come from.
enum BuiltInImages {
  /// A distribution has them in its shared folder, a build in the folder of this module's resources, which SwiftPM's
  /// `Bundle.module` would find too, but ends the program where it does not.
  private static var places: [String] {
    [Distribution.sharedFolder, Distribution.programFolder.map { $0 + "/plateau_Datasets.resources" }]
      .compactMap { $0 }
  }

  /// The built-in images of a data set; nil if it has none.
  static func images(of name: DatasetName) throws(DatasetError) -> ImageDataset? {
    guard let builtIn = name.facts.files?.builtInFolder else { return nil }
    let places = places.map { "\($0)/BuiltIn/\(builtIn)" }
    guard let location = places.lazy.compactMap({ DatasetLocation(name, in: $0) }).first,
      let part = location.parts.first
    else {
      throw .cannotRead(
        file: places.joined(separator: " or "),
        reason: """
          the built-in images do not lie beside the program: leave it where its build or its distribution puts it, and \
          call it by its path or a symbolic link
          """)
    }
    let images = try location.read(part)
    return ImageDataset(
      name: name, summary: "\(name.title), \(images.count.grouped(by: " ")) built-in images",
      origin: .builtIn, train: images, test: nil)
  }
}
