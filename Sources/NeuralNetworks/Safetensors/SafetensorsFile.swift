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
    if !metadata.isEmpty { header["__metadata__"] = metadata }
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

  /// Reads a file.
  ///
  /// - Throws: ``SafetensorsError`` for a file that is cut short, whose header is not JSON, or whose
  ///   shapes, types and byte ranges do not agree.
  package init(path: String) throws(SafetensorsError) {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      // Foundation's own words for this name no cause.
      let isThere = FileManager.default.fileExists(atPath: path)
      throw .cannotRead(
        path: path,
        reason: isThere ? "it is a folder, or you may not read it" : "there is no such file")
    }
    try self.init(bytes: [UInt8](data), path: path)
  }

  /// Reads a file's bytes; `path` is named in errors.
  package init(bytes: [UInt8], path: String) throws(SafetensorsError) {
    guard bytes.count >= 8 else { throw .truncated(path: path, size: bytes.count, needed: 8) }
    let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[$1]) << (8 * UInt64($1)) }
    guard length <= UInt64(Self.largestHeader) else {
      throw .badHeader(path: path, reason: "its first 8 bytes give a header of \(length) bytes")
    }
    let bodyStart = 8 + Int(length)
    guard bytes.count >= bodyStart else { throw .truncated(path: path, size: bytes.count, needed: bodyStart) }
    let json = try? JSONSerialization.jsonObject(with: Data(bytes[8..<bodyStart]))
    guard let header = json as? [String: Any] else {
      throw .badHeader(path: path, reason: "its header is not a JSON object")
    }
    var tensors: [String: Tensor] = [:]
    for (name, value) in header where name != "__metadata__" {
      let entry = try TensorEntry(value, name: name, path: path)
      guard bytes.count >= bodyStart + entry.end else {
        throw .truncated(path: path, size: bytes.count, needed: bodyStart + entry.end)
      }
      tensors[name] = Tensor(
        shape: entry.shape,
        elements: entry.type.decode(bytes[(bodyStart + entry.start)..<(bodyStart + entry.end)]))
    }
    self.init(tensors: tensors, metadata: header["__metadata__"] as? [String: String] ?? [:])
  }
}
