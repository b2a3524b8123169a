import COneDNN
import NeuralNetworks

/// A primitive described, not yet made: oneDNN has chosen an implementation and the layouts it wants.
///
/// The one file that knows the operation descriptors of oneDNN 2, which version 3 no longer has. A class
/// because it owns a handle.
final class OneDNNDescription {
  let handle: dnnl_primitive_desc_t

  private init(_ handle: dnnl_primitive_desc_t) { self.handle = handle }

  deinit { dnnl_primitive_desc_destroy(handle) }

  /// The layout of an argument, such as `dnnl_query_weights_md`.
  func layout(_ query: dnnl_query_t) -> OneDNNLayout {
    OneDNNLayout(dnnl_primitive_desc_query_md(handle, query, 0).pointee)
  }

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
    var descriptor = dnnl_convolution_desc_t()
    var (source, filter, target) = (input.descriptor, weights.descriptor, output.descriptor)
    let (strides, padding) = spatial(geometry)
    let status: dnnl_status_t
    if var bias = bias?.descriptor {
      status = dnnl_convolution_forward_desc_init(
        &descriptor, dnnl_forward_inference, dnnl_convolution_direct, &source, &filter, &bias, &target,
        strides,
        padding, padding)
    } else {
      status = dnnl_convolution_forward_desc_init(
        &descriptor, dnnl_forward_training, dnnl_convolution_direct, &source, &filter, nil, &target, strides,
        padding, padding)
    }
    try OneDNNContext.check(status, "a convolution")
    return try make(context, &descriptor, postOperations: postOperations, "a convolution")
  }

  /// The derivative by the input of `forward`.
  static func convolutionInputGradient(
    _ context: OneDNNContext, _ geometry: ConvolutionGeometry, inputGradient: OneDNNLayout,
    weights: OneDNNLayout,
    outputGradient: OneDNNLayout, forward: OneDNNDescription
  ) throws(ConvolutionEngineError) -> OneDNNDescription {
    var descriptor = dnnl_convolution_desc_t()
    var (source, filter, target) = (
      inputGradient.descriptor, weights.descriptor, outputGradient.descriptor
    )
    let (strides, padding) = spatial(geometry)
    try OneDNNContext.check(
      dnnl_convolution_backward_data_desc_init(
        &descriptor, dnnl_convolution_direct, &source, &filter, &target, strides, padding, padding),
      "the gradient of a convolution")
    return try make(context, &descriptor, forward: forward, "the gradient of a convolution")
  }

  /// The gradient of the weights of `forward`.
  static func convolutionWeightGradient(
    _ context: OneDNNContext, _ geometry: ConvolutionGeometry, input: OneDNNLayout,
    weightGradient: OneDNNLayout,
    outputGradient: OneDNNLayout, forward: OneDNNDescription
  ) throws(ConvolutionEngineError) -> OneDNNDescription {
    var descriptor = dnnl_convolution_desc_t()
    var (source, filter, target) = (
      input.descriptor, weightGradient.descriptor, outputGradient.descriptor
    )
    let (strides, padding) = spatial(geometry)
    try OneDNNContext.check(
      dnnl_convolution_backward_weights_desc_init(
        &descriptor, dnnl_convolution_direct, &source, &filter, nil, &target, strides, padding, padding),
      "the gradient of a convolution's weights")
    return try make(context, &descriptor, forward: forward, "the gradient of a convolution's weights")
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
    var descriptor = dnnl_batch_normalization_desc_t()
    var layout = activation.descriptor
    try OneDNNContext.check(
      dnnl_batch_normalization_forward_desc_init(
        &descriptor, dnnl_forward_training, &layout, NormalisationMode.epsilon, flags(mode, rectified)),
      "a batch norm")
    return try make(context, &descriptor, "a batch norm")
  }

  /// The derivatives of `forward` by its input, γ and β.
  static func normalisationGradient(
    _ context: OneDNNContext, _ activation: OneDNNLayout, mode: NormalisationMode, rectified: Bool,
    forward: OneDNNDescription
  ) throws(ConvolutionEngineError) -> OneDNNDescription {
    var descriptor = dnnl_batch_normalization_desc_t()
    var layout = activation.descriptor
    var gradient = layout
    try OneDNNContext.check(
      dnnl_batch_normalization_backward_desc_init(
        &descriptor, dnnl_backward, &gradient, &layout, NormalisationMode.epsilon, flags(mode, rectified)),
      "the gradient of a batch norm")
    return try make(context, &descriptor, forward: forward, "the gradient of a batch norm")
  }

  private static func flags(_ mode: NormalisationMode, _ rectified: Bool) -> UInt32 {
    dnnl_use_scaleshift.rawValue | (mode == .evaluation ? dnnl_use_global_stats.rawValue : 0)
      | (rectified ? dnnl_fuse_norm_relu.rawValue : 0)
  }

  // MARK: - Sums, rectification, pooling, reordering

  /// one ← one + other, and then max(0, ·) if `rectified`; all of one layout.
  static func sum(
    _ context: OneDNNContext, _ layout: OneDNNLayout, rectified: Bool
  ) throws(ConvolutionEngineError) -> OneDNNDescription {
    var descriptor = dnnl_binary_desc_t()
    var (one, other, target) = (layout.descriptor, layout.descriptor, layout.descriptor)
    try OneDNNContext.check(
      dnnl_binary_desc_init(&descriptor, dnnl_binary_add, &one, &other, &target), "a sum")
    return try make(context, &descriptor, postOperations: rectified ? [.rectify] : [], "a sum")
  }

  /// gradient ← gradient where the rectified output is positive, else 0.
  static func rectificationGradient(
    _ context: OneDNNContext, _ layout: OneDNNLayout
  ) throws(ConvolutionEngineError) -> OneDNNDescription {
    var (descriptor, hint) = (dnnl_eltwise_desc_t(), dnnl_eltwise_desc_t())
    var (gradient, data) = (layout.descriptor, layout.descriptor)
    try OneDNNContext.check(
      dnnl_eltwise_forward_desc_init(
        &hint, dnnl_forward_training, dnnl_eltwise_relu_use_dst_for_bwd, &data, 0, 0), "a rectification")
    let forward = try make(context, &hint, "a rectification")
    try OneDNNContext.check(
      dnnl_eltwise_backward_desc_init(&descriptor, dnnl_eltwise_relu_use_dst_for_bwd, &gradient, &data, 0, 0),
      "the gradient of a rectification")
    return try make(context, &descriptor, forward: forward, "the gradient of a rectification")
  }

  /// The mean of each channel.
  static func averagePool(
    _ context: OneDNNContext, _ shape: ActivationShape, input: OneDNNLayout, output: OneDNNLayout
  ) throws(ConvolutionEngineError) -> OneDNNDescription {
    var descriptor = dnnl_pooling_desc_t()
    var (source, target) = (input.descriptor, output.descriptor)
    let (window, none) = ([Int64(shape.height), Int64(shape.width)], [Int64(0), 0])
    try OneDNNContext.check(
      dnnl_pooling_forward_desc_init(
        &descriptor, dnnl_forward_training, dnnl_pooling_avg_exclude_padding, &source, &target, window,
        window,
        none, none),
      "an average pool")
    return try make(context, &descriptor, "an average pool")
  }

  /// The derivative of the mean of each channel.
  static func averagePoolGradient(
    _ context: OneDNNContext, _ shape: ActivationShape, inputGradient: OneDNNLayout,
    outputGradient: OneDNNLayout,
    forward: OneDNNDescription
  ) throws(ConvolutionEngineError) -> OneDNNDescription {
    var descriptor = dnnl_pooling_desc_t()
    var (source, target) = (inputGradient.descriptor, outputGradient.descriptor)
    let (window, none) = ([Int64(shape.height), Int64(shape.width)], [Int64(0), 0])
    try OneDNNContext.check(
      dnnl_pooling_backward_desc_init(
        &descriptor, dnnl_pooling_avg_exclude_padding, &source, &target, window, window, none, none),
      "the gradient of an average pool")
    return try make(context, &descriptor, forward: forward, "the gradient of an average pool")
  }

  /// The same numbers in another layout.
  static func reorder(
    _ context: OneDNNContext, from source: OneDNNLayout, to target: OneDNNLayout
  ) throws(ConvolutionEngineError) -> OneDNNDescription {
    var (from, to) = (source.descriptor, target.descriptor)
    let attributes = try OneDNNAttributes([])
    var handle: dnnl_primitive_desc_t?
    try OneDNNContext.check(
      dnnl_reorder_primitive_desc_create(
        &handle, &from, context.engine, &to, context.engine, attributes.handle),
      "a reorder")
    guard let handle else { throw OneDNNContext.refusal(of: "a reorder", "no handle") }
    return OneDNNDescription(handle)
  }

  private static func make<Descriptor>(
    _ context: OneDNNContext, _ descriptor: inout Descriptor, postOperations: [OneDNNPostOperation] = [],
    forward: OneDNNDescription? = nil, _ operation: String
  ) throws(ConvolutionEngineError) -> OneDNNDescription {
    let attributes = try OneDNNAttributes(postOperations)
    var handle: dnnl_primitive_desc_t?
    let status = withUnsafeMutablePointer(to: &descriptor) { descriptor in
      dnnl_primitive_desc_create(&handle, descriptor, attributes.handle, context.engine, forward?.handle)
    }
    try OneDNNContext.check(status, operation)
    guard let handle else { throw OneDNNContext.refusal(of: operation, "no handle") }
    return OneDNNDescription(handle)
  }
}
