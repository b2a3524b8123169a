/// What follows an operation in the same pass over its output.
enum OneDNNPostOperation {
  /// max(0, ·).
  case rectify
  /// Plus what the output held before.
  case addToOutput
}
