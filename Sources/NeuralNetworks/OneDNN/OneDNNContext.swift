import COneDNN

/// oneDNN's handles of the CPU and of its queue.
///
/// A class because it owns them.
final class OneDNNContext {
  let engine: dnnl_engine_t
  let stream: dnnl_stream_t

  init() throws(ConvolutionEngineError) {
    var engine: dnnl_engine_t?
    var stream: dnnl_stream_t?
    try Self.check(dnnl_engine_create(&engine, dnnl_cpu, 0), "its start")
    try Self.check(dnnl_stream_create(&stream, engine, dnnl_stream_default_flags.rawValue), "its start")
    guard let engine, let stream else { throw .failed(operation: "its start", reason: "no engine") }
    self.engine = engine
    self.stream = stream
  }

  deinit {
    dnnl_stream_destroy(stream)
    dnnl_engine_destroy(engine)
  }

  /// How many channels lie side by side in the layout whose kernels are fastest on this processor: a vector
  /// of Float32.
  static var channelBlock: Int {
    [
      dnnl_cpu_isa_avx512_core, dnnl_cpu_isa_avx512_core_vnni, dnnl_cpu_isa_avx512_core_bf16,
      dnnl_cpu_isa_avx512_core_amx,
    ]
    .contains(dnnl_get_effective_cpu_isa()) ? 16 : 8
  }

  static func check(_ status: dnnl_status_t, _ operation: String) throws(ConvolutionEngineError) {
    switch status {
    case dnnl_success: return
    case dnnl_out_of_memory: throw .failed(operation: operation, reason: "out of memory")
    case dnnl_unimplemented:
      throw .failed(
        operation: operation, reason: "this processor or this build of oneDNN has no kernel for it")
    default: throw .failed(operation: operation, reason: String(cString: dnnl_status2str(status)))
    }
  }
}
