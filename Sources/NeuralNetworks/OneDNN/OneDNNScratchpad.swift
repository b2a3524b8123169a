import COneDNN
import LinearAlgebra

/// The working memory that all primitives of an engine share, as large as the largest one's.
final class OneDNNScratchpad {
  private var memory = AlignedFloats(count: 0)
  private var users: [OneDNNMemory] = []

  /// The scratchpad of a primitive; nil where it needs none.
  func memory(
    for description: OneDNNDescription, _ context: OneDNNContext
  ) throws(ConvolutionEngineError) -> OneDNNMemory? {
    let layout = description.layout(dnnl_query_scratchpad_md)
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
