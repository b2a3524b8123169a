/// A two-class problem made from the ten classes of a data set.
public enum BinaryTask: String, Codable, Sendable, CaseIterable {
  /// MNIST digits: 0–4 are label 0, 5–9 are label 1 (the paper, §5.2).
  case digits0to4Versus5to9 = "digits-0-4-vs-5-9"
  /// Fashion-MNIST classes: 0–4 are label 0, 5–9 are label 1.
  case classes0to4Versus5to9 = "classes-0-4-vs-5-9"

  /// The data sets for which the task is defined.
  public var datasets: [DatasetName] {
    switch self {
    case .digits0to4Versus5to9: [.mnist]
    case .classes0to4Versus5to9: [.fashionMNIST]
    }
  }

  /// The label bit of a class 0…9.
  public func label(ofClass index: UInt8) -> UInt8 { index >= 5 ? 1 : 0 }
}
