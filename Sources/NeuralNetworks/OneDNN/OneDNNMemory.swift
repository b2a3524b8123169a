import COneDNN

/// Memory as oneDNN sees it: a layout and a place. The place belongs to somebody else.
final class OneDNNMemory {
  let layout: OneDNNLayout
  let handle: dnnl_memory_t

  init(
    _ context: OneDNNContext, _ layout: OneDNNLayout, at place: UnsafeMutableRawPointer
  ) throws(ConvolutionEngineError) {
    var handle: dnnl_memory_t?
    var descriptor = layout.descriptor
    try OneDNNContext.check(dnnl_memory_create(&handle, &descriptor, context.engine, place), "a memory")
    guard let handle else { throw .failed(operation: "a memory", reason: "no handle") }
    self.layout = layout
    self.handle = handle
  }

  /// Moves it to another place.
  func move(to place: UnsafeMutableRawPointer) { dnnl_memory_set_data_handle(handle, place) }

  deinit { dnnl_memory_destroy(handle) }
}
