/// The image sets that the paper uses, and those that take their place, by the names that commands and figure
/// specs use.
package enum DatasetName: String, CaseIterable, Codable, Sendable {
  /// Handwritten digits, 28 × 28, one channel (LeCun et al. 1998).
  case mnist
  /// Articles of clothing, 28 × 28, one channel (Xiao, Rasul & Vollgraf 2017).
  case fashionMNIST = "fashion-mnist"
  /// Photographs of ten kinds of things, 32 × 32, three channels (Krizhevsky 2009).
  case cifar10
  /// Simple pictures of cars and cats that the program draws, 32 × 32, three channels: a stand-in for
  /// CIFAR-10 (``DrawnShapes``).
  case drawnShapes = "drawn-shapes"

  /// The name as its authors write it, for reports.
  package var title: String {
    switch self {
    case .mnist: "MNIST"
    case .fashionMNIST: "Fashion-MNIST"
    case .cifar10: "CIFAR-10"
    case .drawnShapes: "stand-in images, not CIFAR-10"
    }
  }

  /// That fewer images were found than are needed, such as "fewer than 21 000 MNIST images were found".
  package func shortage(found: Int, needed: Int) -> String {
    found == 0
      ? "no \(title) was found" : "fewer than \(needed.groupedDigits) \(title) images were found"
  }

  /// The names of the classes 0…9, for reports.
  package var classNames: [String] {
    switch self {
    case .mnist: (0...9).map(String.init)
    case .fashionMNIST:
      [
        "T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag",
        "ankle boot",
      ]
    case .cifar10, .drawnShapes:
      ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]
    }
  }

  /// The folders under a data root in which its files are looked for, in order; "" is the root itself.
  var folderNames: [String] {
    switch self {
    case .mnist: ["mnist", "mnist-t10k", "MNIST/raw", ""]
    case .fashionMNIST: ["fashion-mnist", "FashionMNIST/raw"]
    case .cifar10: ["cifar-10-batches-bin", "cifar-10-car-cat", ""]
    case .drawnShapes: []
    }
  }

  /// The folder under a data root into which files are fetched.
  var fetchFolderName: String {
    switch self {
    case .mnist: "mnist"
    case .fashionMNIST: "fashion-mnist"
    case .cifar10: "cifar-10-batches-bin"
    case .drawnShapes: ""
    }
  }

  /// Whether the program itself has images of this name, so that it is never missing.
  package var isBuiltIn: Bool { self == .mnist || self == .drawnShapes }
}
