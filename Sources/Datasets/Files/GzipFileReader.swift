import CZlib

/// A gzip file (RFC 1952) unpacked while it is read, so that memory holds only what the caller asks for.
///
/// Members that follow one another are unpacked one after another, as RFC 1952 §2.2 says; anything else after
/// the last member is an error, and so is a stream that ends early or whose CRC-32 or length is wrong.
package final class GzipFileReader: ByteSource {
  private static let inputCapacity = 1 << 16

  package let path: String
  package let possibleByteCount: Int
  private let file: PlainFileReader
  // zlib keeps a pointer back to the stream, so it must not move; the input must outlive each call.
  private let stream: UnsafeMutablePointer<z_stream>
  private let input: UnsafeMutablePointer<UInt8>
  private var bytesRead = 0
  private var isFinished = false

  /// The place in the packed file up to which it has been unpacked.
  private var position: Int { bytesRead - Int(stream.pointee.avail_in) }

  /// Opens a file; throws where it does not begin as gzip does.
  package init(path: String) throws(DatasetError) {
    self.path = path
    file = try PlainFileReader(path: path)
    // Deflate packs at most 1032 to 1 (zlib technical details, "Maximum Compression Factor").
    let (possible, overflow) = file.possibleByteCount.multipliedReportingOverflow(by: 1032)
    possibleByteCount = overflow ? Int.max : possible
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    input = .allocate(capacity: Self.inputCapacity)
    guard plateau_inflate_init_gzip(stream) == Z_OK else {
      throw .cannotRead(file: path, reason: "zlib could not set aside its memory")
    }
    try fill()
    guard bytesRead >= 2, input[0] == 0x1f, input[1] == 0x8b else { throw .notGzip(file: path) }
  }

  deinit {
    inflateEnd(stream)
    stream.deinitialize(count: 1)
    stream.deallocate()
    input.deallocate()
  }

  package func read(upTo count: Int) throws(DatasetError) -> [UInt8] {
    guard count > 0, !isFinished else { return [] }
    var output = [UInt8](repeating: 0, count: count)
    var produced = 0
    while produced < count, !isFinished {
      try fill()
      let available = count - produced
      let room = UInt32(clamping: available)
      stream.pointee.avail_out = room
      let status = output.withUnsafeMutableBufferPointer { buffer in
        stream.pointee.next_out = buffer.baseAddress.map { $0 + produced }
        return inflate(stream, Z_NO_FLUSH)
      }
      produced += Int(room - stream.pointee.avail_out)
      switch status {
      case Z_OK: break
      case Z_STREAM_END: try startNextMember()
      case Z_BUF_ERROR: throw .truncatedGzip(file: path, byte: position)
      case Z_MEM_ERROR: throw .cannotRead(file: path, reason: "zlib could not set aside its memory")
      default:
        let reason = stream.pointee.msg.map { String(cString: $0) } ?? "zlib status \(status)"
        throw .damagedGzip(file: path, byte: position, reason: reason)
      }
    }
    output.removeLast(count - produced)
    return output
  }

  /// Reads the next piece of the file where none is left; leaves nothing at the end of the file.
  private func fill() throws(DatasetError) {
    guard stream.pointee.avail_in == 0 else { return }
    let piece = try file.read(upTo: Self.inputCapacity)
    input.update(from: piece, count: piece.count)
    stream.pointee.next_in = input
    stream.pointee.avail_in = UInt32(piece.count)
    bytesRead += piece.count
  }

  /// After the end of one member: another begins, or the file ends.
  private func startNextMember() throws(DatasetError) {
    try fill()
    guard stream.pointee.avail_in > 0 else {
      isFinished = true
      return
    }
    guard let next = stream.pointee.next_in, next[0] == 0x1f else {
      throw .trailingBytesAfterGzip(file: path, byte: position)
    }
    inflateReset(stream)
  }
}
