/// A two-class problem made from the classes of a data set.
package enum BinaryTask: String, Codable, Sendable, CaseIterable {
  /// MNIST digits: 0–4 are label 0, 5–9 are label 1 (the paper, §5.2).
  case digits0to4Versus5to9 = "digits-0-4-vs-5-9"
  /// Fashion-MNIST classes: 0–4 are label 0, 5–9 are label 1.
  case classes0to4Versus5to9 = "classes-0-4-vs-5-9"
  /// CIFAR-10's automobiles are label 0 and its cats label 1 (the two classes: the paper, §5.2).
  ///
  /// Neither paper nor code says which is which; the later class is label 1, as with the digits. Under the
  /// prior it makes no difference: logits have a symmetric distribution, so that P(f) = P(1 − f).
  case automobileVersusCat = "automobile-vs-cat"

  /// The data sets for which the task is defined.
  package var datasets: [DatasetName] {
    DatasetName.allCases.filter { $0.facts.tasks.contains(self) }
  }

  /// Whether images of a class take part; the others are passed over.
  package func contains(_ index: UInt8) -> Bool {
    switch self {
    case .digits0to4Versus5to9, .classes0to4Versus5to9: true
    case .automobileVersusCat: index == 1 || index == 3
    }
  }

  /// The label bit of a class that takes part.
  package func label(ofClass index: UInt8) -> UInt8 {
    switch self {
    case .digits0to4Versus5to9, .classes0to4Versus5to9: index >= 5 ? 1 : 0
    case .automobileVersusCat: index == 3 ? 1 : 0
    }
  }
}
