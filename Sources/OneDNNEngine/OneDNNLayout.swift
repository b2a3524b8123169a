import COneDNN
import NeuralNetworks

/// The shape and the order of a tensor in memory.
///
/// A class because it owns a handle.
final class OneDNNLayout: Equatable {
  let handle: const_dnnl_memory_desc_t

  /// A layout that a description shows, which outlives the description.
  init(copying shown: const_dnnl_memory_desc_t) {
    var handle: const_dnnl_memory_desc_t?
    let status = dnnl_memory_desc_clone(&handle, shown)
    guard let handle, status == dnnl_success else {
      preconditionFailure("expected memory for a layout, got \(status)")
    }
    self.handle = handle
  }

  private init(_ lengths: [Int], _ tag: dnnl_format_tag_t) {
    var handle: const_dnnl_memory_desc_t?
    let status = dnnl_memory_desc_create_with_tag(
      &handle, Int32(lengths.count), lengths.map(Int64.init), dnnl_f32, tag)
    guard let handle, status == dnnl_success else {
      preconditionFailure("expected a shape that has this layout, got \(lengths)")
    }
    self.handle = handle
  }

  deinit { dnnl_memory_desc_destroy(handle) }

  /// Activations `[n, C, H, W]` in blocks of channels.
  static func activation(_ shape: ActivationShape, count: Int, block: Int) -> OneDNNLayout {
    OneDNNLayout(
      [count, shape.channels, shape.height, shape.width], block == 16 ? dnnl_nChw16c : dnnl_nChw8c)
  }

  /// Images `[n, C, H, W]`, row-major.
  static func image(_ shape: ActivationShape, count: Int) -> OneDNNLayout {
    OneDNNLayout([count, shape.channels, shape.height, shape.width], dnnl_nchw)
  }

  /// Weights `[outputs, inputs, kernel, kernel]`, row-major.
  static func plainWeights(_ geometry: ConvolutionGeometry) -> OneDNNLayout { weights(geometry, dnnl_oihw) }

  /// Weights as the forward convolutions like them best: blocks of outputs outermost, a block of outputs
  /// innermost.
  static func forwardWeights(_ geometry: ConvolutionGeometry, ofImage: Bool, block: Int) -> OneDNNLayout {
    weights(
      geometry,
      block == 16
        ? (ofImage ? dnnl_Ohwi16o : dnnl_OIhw16i16o) : (ofImage ? dnnl_Ohwi8o : dnnl_OIhw8i8o))
  }

  /// Weights in whatever order the primitive that asks for them likes best.
  static func anyWeights(_ geometry: ConvolutionGeometry) -> OneDNNLayout {
    weights(geometry, dnnl_format_tag_any)
  }

  private static func weights(_ geometry: ConvolutionGeometry, _ tag: dnnl_format_tag_t) -> OneDNNLayout {
    OneDNNLayout([geometry.outputs, geometry.input.channels, geometry.kernel, geometry.kernel], tag)
  }

  /// `count` numbers in a row.
  static func vector(_ count: Int) -> OneDNNLayout { OneDNNLayout([count], dnnl_a) }

  /// The bytes that it takes.
  var byteCount: Int { dnnl_memory_desc_get_size(handle) }

  static func == (one: OneDNNLayout, other: OneDNNLayout) -> Bool {
    dnnl_memory_desc_equal(one.handle, other.handle) != 0
  }
}

/// Memory as oneDNN sees it: a layout and a place. The place belongs to somebody else.
final class OneDNNMemory {
  let layout: OneDNNLayout
  let handle: dnnl_memory_t

  init(
    _ context: OneDNNContext, _ layout: OneDNNLayout, at place: UnsafeMutableRawPointer
  ) throws(ConvolutionEngineError) {
    var handle: dnnl_memory_t?
    try OneDNNContext.check(
      dnnl_memory_create(&handle, layout.handle, context.engine, place), "a memory object")
    guard let handle else { throw OneDNNContext.refusal(of: "a memory object", "no handle") }
    self.layout = layout
    self.handle = handle
  }

  /// Moves it to another place.
  func move(to place: UnsafeMutableRawPointer) { dnnl_memory_set_data_handle(handle, place) }

  deinit { dnnl_memory_destroy(handle) }
}
