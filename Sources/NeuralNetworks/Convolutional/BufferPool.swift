/// Hands out numbered buffers while a pass is planned; what is given back is handed out again.
struct BufferPool {
  /// How many numbers of each image a buffer must hold.
  private(set) var sizes: [Int] = []
  private var users: [Int] = []

  /// A buffer for `size` numbers an image, with one user: the free one whose size is nearest, or a new one.
  mutating func take(_ size: Int) -> Int {
    let free = sizes.indices.filter { users[$0] == 0 }
    guard let buffer = free.min(by: { abs(sizes[$0] - size) < abs(sizes[$1] - size) }) else {
      sizes.append(size)
      users.append(1)
      return sizes.count - 1
    }
    sizes[buffer] = max(sizes[buffer], size)
    users[buffer] = 1
    return buffer
  }

  /// One more user of a buffer.
  mutating func share(_ buffer: Int) { users[buffer] += 1 }

  /// One user less.
  mutating func giveBack(_ buffer: Int) {
    precondition(users[buffer] > 0, "expected a buffer in use, got \(buffer)")
    users[buffer] -= 1
  }

  /// Whether it has one user only, who may overwrite it.
  func isAlone(_ buffer: Int) -> Bool { users[buffer] == 1 }
}
