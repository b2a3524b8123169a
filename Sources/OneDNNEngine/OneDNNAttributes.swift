import COneDNN
import NeuralNetworks

/// What a primitive does beyond its operation: what follows in the same pass over its output, and that its
/// scratchpad is ours.
final class OneDNNAttributes {
  let handle: dnnl_primitive_attr_t

  init(_ operations: [OneDNNPostOperation]) throws(ConvolutionEngineError) {
    var handle: dnnl_primitive_attr_t?
    try OneDNNContext.check(dnnl_primitive_attr_create(&handle), "attributes")
    guard let handle else { throw OneDNNContext.refusal(of: "attributes", "no handle") }
    self.handle = handle
    try OneDNNContext.check(
      dnnl_primitive_attr_set_scratchpad_mode(handle, dnnl_scratchpad_mode_user), "a scratchpad")
    guard !operations.isEmpty else { return }
    var list: dnnl_post_ops_t?
    try OneDNNContext.check(dnnl_post_ops_create(&list), "post-operations")
    defer { dnnl_post_ops_destroy(list) }
    for operation in operations {
      switch operation {
      case .rectify: try OneDNNContext.check(plateau_append_rectification(list), "a rectification")
      case .addToOutput: try OneDNNContext.check(plateau_append_sum(list), "a sum")
      }
    }
    try OneDNNContext.check(dnnl_primitive_attr_set_post_ops(handle, list), "post-operations")
  }

  deinit { dnnl_primitive_attr_destroy(handle) }
}

/// What follows an operation in the same pass over its output.
enum OneDNNPostOperation {
  /// max(0, ·).
  case rectify
  /// Plus what the output held before.
  case addToOutput
}
