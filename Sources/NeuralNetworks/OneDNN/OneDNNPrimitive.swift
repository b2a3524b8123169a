import COneDNN

/// An operation with its arguments, ready to run as often as wanted.
///
/// A class because it owns a handle; it keeps its arguments alive.
final class OneDNNPrimitive {
  private let handle: dnnl_primitive_t
  private let context: OneDNNContext
  private let memories: [OneDNNMemory]
  private let arguments: [dnnl_exec_arg_t]

  /// - Parameter arguments: memories by their role, such as `DNNL_ARG_SRC`.
  init(
    _ context: OneDNNContext, _ description: OneDNNDescription, _ scratchpad: OneDNNScratchpad,
    _ arguments: [(role: Int32, memory: OneDNNMemory)]
  ) throws(ConvolutionEngineError) {
    var handle: dnnl_primitive_t?
    try OneDNNContext.check(
      dnnl_primitive_create(&handle, description.handle), "a primitive (\(description.implementation))")
    guard let handle else { throw .failed(operation: "a primitive", reason: "no handle") }
    self.handle = handle
    self.context = context
    var all = arguments
    if let memory = try scratchpad.memory(for: description, context) {
      all.append((DNNL_ARG_SCRATCHPAD, memory))
    }
    memories = all.map(\.memory)
    self.arguments = all.map { dnnl_exec_arg_t(arg: $0.role, memory: $0.memory.handle) }
  }

  func run() {
    let status = dnnl_primitive_execute(handle, context.stream, Int32(arguments.count), arguments)
    precondition(status == dnnl_success, "expected a primitive that runs, got \(status)")
  }

  deinit { dnnl_primitive_destroy(handle) }
}
