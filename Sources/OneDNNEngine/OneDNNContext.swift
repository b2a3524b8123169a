import COneDNN
import NeuralNetworks

/// oneDNN's handles of the CPU and of its queue.
///
/// A class because it owns them.
final class OneDNNContext {
  let engine: dnnl_engine_t
  let stream: dnnl_stream_t

  init() throws(ConvolutionEngineError) {
    var engine: dnnl_engine_t?
    var stream: dnnl_stream_t?
    try Self.check(dnnl_engine_create(&engine, dnnl_cpu, 0), "a CPU engine")
    try Self.check(dnnl_stream_create(&stream, engine, dnnl_stream_default_flags.rawValue), "a stream")
    guard let engine, let stream else { throw Self.refusal(of: "a CPU engine", "no handle") }
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
    // One bit for each set of instructions, those that it includes among them.
    let avx512 = dnnl_cpu_isa_avx512_core.rawValue
    return dnnl_get_effective_cpu_isa().rawValue & avx512 == avx512 ? 16 : 8
  }

  /// The error where oneDNN refuses an operation.
  static func refusal(of operation: String, _ reason: String) -> ConvolutionEngineError {
    .refused(
      library: "oneDNN", operation: operation, reason: reason,
      remedy: """
        With too little memory, ask for a smaller batch; otherwise check that libdnnl-dev is Debian 12's (2.6) or Debian 13's (3.7)
        """)
  }

  static func check(_ status: dnnl_status_t, _ operation: String) throws(ConvolutionEngineError) {
    switch status {
    case dnnl_success: return
    case dnnl_out_of_memory: throw refusal(of: operation, "out of memory")
    case dnnl_unimplemented:
      throw refusal(of: operation, "this processor or this build of oneDNN has no kernel for it")
    default: throw refusal(of: operation, String(cString: dnnl_status2str(status)))
    }
  }
}
