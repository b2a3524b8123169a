import Foundation

/// The images that ship with the package; `BuiltIn/mnist-5k/README.md` says where they come from.
enum BuiltInImages {
  /// 5000 images of MNIST, 500 of each digit, in a fixed shuffled order.
  static func mnist() throws(DatasetError) -> ImageDataset {
    let folder = Bundle.module.bundleURL.appendingPathComponent("BuiltIn/mnist-5k").path
    guard let location = DatasetLocation(.mnist, in: folder), let files = location.parts.first else {
      throw .cannotRead(
        file: folder, reason: "the built-in images are not beside the program, where its build puts them")
    }
    let images = try location.read(files)
    return ImageDataset(
      name: .mnist, summary: "MNIST, \(images.count.groupedDigits) built-in images", origin: .builtIn,
      train: images, test: nil)
  }
}
