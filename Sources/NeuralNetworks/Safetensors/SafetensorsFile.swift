import Encodings
package import Foundation

/// A safetensors file in memory: named Float32 tensors and a text-to-text metadata table.
///
/// Format (huggingface/safetensors, "Format"): 8 bytes of little-endian header length N; N bytes of JSON that
/// map a name to `dtype`, `shape` and `data_offsets`; the tensors' bytes, little-endian, without gaps. F64
/// and I64 are read and rounded to Float32; only F32 is written.
package struct SafetensorsFile: Sendable, Equatable {
  /// One tensor, row-major.
  package struct Tensor: Sendable, Equatable {
    /// The lengths of the axes, first to last.
    package let shape: [Int]
    /// All elements, the last axis running fastest.
    package let elements: [Float]

    /// A tensor; the elements are as many as the shape says.
    package init(shape: [Int], elements: [Float]) {
      precondition(shape.reduce(1, *) == elements.count, "expected \(shape) elements, got \(elements.count)")
      self.shape = shape
      self.elements = elements
    }
  }
  /// The tensors by name.
  package var tensors: [String: Tensor]
  /// Free text by key.
  package var metadata: [String: String]

  /// A file of these tensors.
  package init(tensors: [String: Tensor], metadata: [String: String] = [:]) {
    self.tensors = tensors
    self.metadata = metadata
  }

  /// The largest header that is read, the format's own limit: 100 MB.
  private static let largestHeader = 100_000_000

  /// The file's bytes. Tensors and header keys come in the order of their names, so equal contents give equal
  /// bytes.
  package func encoded() throws -> Data {
    var header: [String: Any] = [:]
    if !metadata.isEmpty { header[Self.metadataKey] = metadata }
    var offset = 0
    let names = tensors.keys.sorted()
    for name in names {
      guard let tensor = tensors[name] else { continue }
      let end = offset + 4 * tensor.elements.count
      header[name] = ["dtype": "F32", "shape": tensor.shape, "data_offsets": [offset, end]] as [String: Any]
      offset = end
    }
    var text = try JSONSerialization.data(
      withJSONObject: header, options: [.sortedKeys, .withoutEscapingSlashes])
    while text.count % 8 != 0 { text.append(UInt8(ascii: " ")) }
    var file = Data()
    file.reserveCapacity(8 + text.count + offset)
    withUnsafeBytes(of: UInt64(text.count).littleEndian) { file.append(contentsOf: $0) }
    file.append(text)
    for name in names {
      for element in tensors[name]?.elements ?? [] {
        withUnsafeBytes(of: element.bitPattern.littleEndian) { file.append(contentsOf: $0) }
      }
    }
    return file
  }

  /// Writes the file under a temporary name, then renames it.
  package func write(to path: String) throws(SafetensorsError) {
    do {
      try encoded().write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw .cannotWrite(path: path, reason: error.localizedDescription)
    }
  }

  /// Reads a file, which may be a pipe.
  ///
  /// - Throws: ``SafetensorsError`` for a file that cannot be read, and what ``init(bytes:path:)`` throws.
  package init(path: String) throws(SafetensorsError) {
    let bytes: [UInt8]
    do throws(FileContents.Unreadable) {
      bytes = try FileContents.bytes(path)
    } catch {
      throw .cannotRead(path: path, reason: error.reason)
    }
    try self.init(bytes: bytes, path: path)
  }

  /// Reads a file's bytes; `path` is named in errors.
  ///
  /// Whatever the format's own library refuses is refused, and a name that is there twice.
  ///
  /// - Throws: ``SafetensorsError`` for a file that is cut short, whose header is not the format's, whose shapes,
  ///   types and byte ranges do not agree, or whose ranges do not cover all bytes once.
  package init(bytes: [UInt8], path: String) throws(SafetensorsError) {
    guard bytes.count >= 8 else { throw .truncated(path: path, size: bytes.count, needed: 8) }
    guard !bytes.starts(with: Array("PK\u{3}\u{4}".utf8)) else {
      throw .badHeader(
        path: path,
        reason:
          "it is a zip archive, as PyTorch's own files are: write it with save_file of safetensors.torch")
    }
    let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[$1]) << (8 * UInt64($1)) }
    guard length <= UInt64(Self.largestHeader) else {
      throw .badHeader(path: path, reason: "its first 8 bytes give a header of \(length) bytes")
    }
    let bodyStart = 8 + Int(length)
    guard bytes.count >= bodyStart else { throw .truncated(path: path, size: bytes.count, needed: bodyStart) }
    var header = try Self.header(bytes[8..<bodyStart], path: path)
    metadata = try Self.metadata(header.removeValue(forKey: Self.metadataKey), path: path)
    var entries: [TensorEntry] = []
    for (name, value) in header { entries.append(try TensorEntry(value, name: name, path: path)) }
    try TensorEntry.checkCover(of: entries, bytes: bytes.count - bodyStart, from: bodyStart, path: path)
    tensors = Dictionary(
      uniqueKeysWithValues: entries.map { entry in
        let range = (bodyStart + entry.start)..<(bodyStart + entry.end)
        return (entry.name, Tensor(shape: entry.shape, elements: entry.type.decode(bytes[range])))
      })
  }

  private static let metadataKey = "__metadata__"

  private static func header(
    _ bytes: ArraySlice<UInt8>, path: String
  ) throws(SafetensorsError) -> [String: HeaderReader.Value] {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw .badHeader(path: path, reason: "its header is not UTF-8 text")
    }
    do throws(HeaderReader.Unreadable) {
      guard case .object(let header) = try HeaderReader.value(bytes) else {
        throw HeaderReader.Unreadable(problem: "it is not a JSON object", byte: 0)
      }
      return header
    } catch {
      throw .badHeader(
        path: path, reason: "its header cannot be read at byte \(8 + error.byte): \(error.problem)")
    }
  }

  private static func metadata(
    _ value: HeaderReader.Value?, path: String
  ) throws(SafetensorsError) -> [String: String] {
    if value == nil || value == .word("null") { return [:] }
    guard case .object(let members) = value else {
      throw .badHeader(path: path, reason: "its \(metadataKey) is not an object")
    }
    var metadata: [String: String] = [:]
    for (key, value) in members {
      guard case .text(let text) = value else {
        throw .badHeader(path: path, reason: "its \(metadataKey) has something else than text as '\(key)'")
      }
      metadata[key] = text
    }
    return metadata
  }
}
