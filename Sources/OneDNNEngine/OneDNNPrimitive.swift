import COneDNN
import LinearAlgebra
import NeuralNetworks

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
    guard let handle else { throw OneDNNContext.refusal(of: "a primitive", "no handle") }
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

/// The working memory that all primitives of an engine share, as large as the largest one's.
final class OneDNNScratchpad {
  private var memory = AlignedFloats(count: 0)
  private var users: [OneDNNMemory] = []

  /// The scratchpad of a primitive; nil where it needs none.
  func memory(
    for description: OneDNNDescription, _ context: OneDNNContext
  ) throws(ConvolutionEngineError) -> OneDNNMemory? {
    let layout = description.scratchpadLayout
    guard layout.byteCount > 0 else { return nil }
    let count = (layout.byteCount + 3) / 4
    if count > memory.buffer.count {
      memory = AlignedFloats(count: count)
      for user in users { user.move(to: memory.start) }
    }
    let user = try OneDNNMemory(context, layout, at: memory.start)
    users.append(user)
    return user
  }
}
