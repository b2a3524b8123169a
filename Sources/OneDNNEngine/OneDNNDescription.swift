import COneDNN
import NeuralNetworks

/// A primitive described, not yet made: oneDNN has chosen an implementation and the layouts it wants.
///
/// The one file that describes operations, as oneDNN 3 has it; over oneDNN 2 the same functions are those of
/// `Sources/COneDNN/version2.h`. A class because it owns a handle.
final class OneDNNDescription {
  let handle: dnnl_primitive_desc_t

  private init(_ handle: dnnl_primitive_desc_t) { self.handle = handle }

  deinit { dnnl_primitive_desc_destroy(handle) }

  /// The layout of the weights that it reads.
  var weightLayout: OneDNNLayout { layout(dnnl_query_weights_md) }

  /// The layout of what it remembers for its way back.
  var workspaceLayout: OneDNNLayout { layout(dnnl_query_workspace_md) }

  /// The layout of its working memory; of no bytes where it needs none.
  var scratchpadLayout: OneDNNLayout { layout(dnnl_query_scratchpad_md) }

  private func layout(_ query: dnnl_query_t) -> OneDNNLayout {
    OneDNNLayout(copying: dnnl_primitive_desc_query_md(handle, query, 0))
  }

  /// How many arguments it reads.
  var inputCount: Int { Int(dnnl_primitive_desc_query_s32(handle, dnnl_query_num_of_inputs_s32, 0)) }

  /// The name of the implementation, such as `jit:avx512_core`.
  var implementation: String {
    var name: UnsafePointer<CChar>?
    dnnl_primitive_desc_query(handle, dnnl_query_impl_info_str, 0, &name)
    return name.map { String(cString: $0) } ?? ""
  }

  // MARK: - Convolutions

  /// output ← the convolution of input with weights, plus a bias if there is one, and then what
  /// `postOperations` say.
  static func convolution(
    _ context: OneDNNContext, _ geometry: ConvolutionGeometry, input: OneDNNLayout, weights: OneDNNLayout,
    bias: OneDNNLayout? = nil, output: OneDNNLayout, postOperations: [OneDNNPostOperation] = []
  ) throws(ConvolutionEngineError) -> OneDNNDescription {
    let (strides, padding) = spatial(geometry)
    return try make("a convolution", postOperations) { handle, attributes in
      dnnl_convolution_forward_primitive_desc_create(
        &handle, context.engine, bias == nil ? dnnl_forward_training : dnnl_forward_inference,
        dnnl_convolution_direct, input.handle, weights.handle, bias?.handle, output.handle, strides, nil,
        padding,
        padding, attributes)
    }
  }

  /// The derivative by the input of `forward`.
  static func convolutionInputGradient(
    _ context: OneDNNContext, _ geometry: ConvolutionGeometry, inputGradient: OneDNNLayout,
    weights: OneDNNLayout, outputGradient: OneDNNLayout, forward: OneDNNDescription
  ) throws(ConvolutionEngineError) -> OneDNNDescription {
    let (strides, padding) = spatial(geometry)
    return try make("the gradient of a convolution") { handle, attributes in
      dnnl_convolution_backward_data_primitive_desc_create(
        &handle, context.engine, dnnl_convolution_direct, inputGradient.handle, weights.handle,
        outputGradient.handle, strides, nil, padding, padding, forward.handle, attributes)
    }
  }

  /// The gradient of the weights of `forward`.
  static func convolutionWeightGradient(
    _ context: OneDNNContext, _ geometry: ConvolutionGeometry, input: OneDNNLayout,
    weightGradient: OneDNNLayout, outputGradient: OneDNNLayout, forward: OneDNNDescription
  ) throws(ConvolutionEngineError) -> OneDNNDescription {
    let (strides, padding) = spatial(geometry)
    return try make("the gradient of a convolution's weights") { handle, attributes in
      dnnl_convolution_backward_weights_primitive_desc_create(
        &handle, context.engine, dnnl_convolution_direct, input.handle, weightGradient.handle, nil,
        outputGradient.handle, strides, nil, padding, padding, forward.handle, attributes)
    }
  }

  private static func spatial(_ geometry: ConvolutionGeometry) -> (strides: [Int64], padding: [Int64]) {
    (
      [Int64](repeating: Int64(geometry.stride), count: 2),
      [Int64](repeating: Int64(geometry.padding), count: 2)
    )
  }

  // MARK: - Batch norm

  /// Batch norm with γ and β, and a ReLU if asked for.
  static func normalisation(
    _ context: OneDNNContext, _ activation: OneDNNLayout, mode: NormalisationMode, rectified: Bool
  ) throws(ConvolutionEngineError) -> OneDNNDescription {
    try make("a batch norm") { handle, attributes in
      dnnl_batch_normalization_forward_primitive_desc_create(
        &handle, context.engine, dnnl_forward_training, activation.handle, activation.handle,
        NormalisationMode.epsilon, flags(mode, rectified), attributes)
    }
  }

  /// The derivatives of `forward` by its input, γ and β.
  static func normalisationGradient(
    _ context: OneDNNContext, _ activation: OneDNNLayout, mode: NormalisationMode, rectified: Bool,
    forward: OneDNNDescription
  ) throws(ConvolutionEngineError) -> OneDNNDescription {
    try make("the gradient of a batch norm") { handle, attributes in
      dnnl_batch_normalization_backward_primitive_desc_create(
        &handle, context.engine, dnnl_backward, activation.handle, activation.handle, activation.handle,
        NormalisationMode.epsilon, flags(mode, rectified), forward.handle, attributes)
    }
  }

  /// γ and β are two tensors: version 3 has no tensor of both.
  private static func flags(_ mode: NormalisationMode, _ rectified: Bool) -> UInt32 {
    dnnl_use_scale.rawValue | dnnl_use_shift.rawValue
      | (mode == .evaluation ? dnnl_use_global_stats.rawValue : 0)
      | (rectified ? dnnl_fuse_norm_relu.rawValue : 0)
  }

  // MARK: - Sums, rectification, pooling, reordering

  /// one ← one + other, and then max(0, ·) if `rectified`; all of one layout.
  static func sum(
    _ context: OneDNNContext, _ layout: OneDNNLayout, rectified: Bool
  ) throws(ConvolutionEngineError) -> OneDNNDescription {
    try make("a sum", rectified ? [.rectify] : []) { handle, attributes in
      dnnl_binary_primitive_desc_create(
        &handle, context.engine, dnnl_binary_add, layout.handle, layout.handle, layout.handle, attributes)
    }
  }

  /// gradient ← gradient where the rectified output is positive, else 0.
  static func rectificationGradient(
    _ context: OneDNNContext, _ layout: OneDNNLayout
  ) throws(ConvolutionEngineError) -> OneDNNDescription {
    let forward = try make("a rectification") { handle, attributes in
      dnnl_eltwise_forward_primitive_desc_create(
        &handle, context.engine, dnnl_forward_training, dnnl_eltwise_relu_use_dst_for_bwd, layout.handle,
        layout.handle, 0, 0, attributes)
    }
    return try make("the gradient of a rectification") { handle, attributes in
      dnnl_eltwise_backward_primitive_desc_create(
        &handle, context.engine, dnnl_eltwise_relu_use_dst_for_bwd, layout.handle, layout.handle,
        layout.handle, 0, 0, forward.handle, attributes)
    }
  }

  /// The mean of each channel.
  static func averagePool(
    _ context: OneDNNContext, _ shape: ActivationShape, input: OneDNNLayout, output: OneDNNLayout
  ) throws(ConvolutionEngineError) -> OneDNNDescription {
    let (window, none) = spatial(shape)
    return try make("an average pool") { handle, attributes in
      dnnl_pooling_forward_primitive_desc_create(
        &handle, context.engine, dnnl_forward_training, dnnl_pooling_avg_exclude_padding, input.handle,
        output.handle, window, window, none, none, none, attributes)
    }
  }

  /// The derivative of the mean of each channel.
  static func averagePoolGradient(
    _ context: OneDNNContext, _ shape: ActivationShape, inputGradient: OneDNNLayout,
    outputGradient: OneDNNLayout, forward: OneDNNDescription
  ) throws(ConvolutionEngineError) -> OneDNNDescription {
    let (window, none) = spatial(shape)
    return try make("the gradient of an average pool") { handle, attributes in
      dnnl_pooling_backward_primitive_desc_create(
        &handle, context.engine, dnnl_pooling_avg_exclude_padding, inputGradient.handle,
        outputGradient.handle, window, window, none, none, none, forward.handle, attributes)
    }
  }

  /// A window over all of an activation, with neither dilation nor padding.
  private static func spatial(_ shape: ActivationShape) -> (window: [Int64], none: [Int64]) {
    ([Int64(shape.height), Int64(shape.width)], [0, 0])
  }

  /// The same numbers in another layout.
  static func reorder(
    _ context: OneDNNContext, from source: OneDNNLayout, to target: OneDNNLayout
  ) throws(ConvolutionEngineError) -> OneDNNDescription {
    try make("a reorder") { handle, attributes in
      dnnl_reorder_primitive_desc_create(
        &handle, source.handle, context.engine, target.handle, context.engine, attributes)
    }
  }

  private static func make(
    _ operation: String, _ postOperations: [OneDNNPostOperation] = [],
    _ create: (_ handle: inout dnnl_primitive_desc_t?, _ attributes: dnnl_primitive_attr_t) -> dnnl_status_t
  ) throws(ConvolutionEngineError) -> OneDNNDescription {
    let attributes = try OneDNNAttributes(postOperations)
    var handle: dnnl_primitive_desc_t?
    let status = withExtendedLifetime(attributes) { create(&handle, attributes.handle) }
    try OneDNNContext.check(status, operation)
    guard let handle else { throw OneDNNContext.refusal(of: operation, "no handle") }
    return OneDNNDescription(handle)
  }
}
