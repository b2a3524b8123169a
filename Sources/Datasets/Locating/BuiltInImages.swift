import DatasetDescriptions
import Encodings
import Foundation

/// The images that ship with the package; a README.md beside them says where they come from.
enum BuiltInImages {
  /// The built-in images of a data set; nil if it has none.
  static func images(of name: DatasetName) throws(DatasetError) -> ImageDataset? {
    guard let builtIn = name.facts.files?.builtInFolder else { return nil }
    let folder = Bundle.module.bundleURL.appendingPathComponent("BuiltIn/\(builtIn)").path
    guard let location = DatasetLocation(name, in: folder), let part = location.parts.first else {
      throw .cannotRead(
        file: folder, reason: "the built-in images are not beside the program, where its build puts them")
    }
    let images = try location.read(part)
    return ImageDataset(
      name: name, summary: "\(name.title), \(images.count.grouped(by: " ")) built-in images",
      origin: .builtIn, train: images, test: nil)
  }
}
