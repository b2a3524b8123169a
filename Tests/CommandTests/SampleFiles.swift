import Foundation

/// Small files as other programs write them, made here without the code under test.
enum SampleFiles {
  /// A `.npy` file (version 1) of Float64.
  static func npy(_ elements: [Double], shape: [Int]) -> Data {
    npy(type: "<f8", shape: shape, body: elements.flatMap { littleEndian($0.bitPattern) })
  }

  /// A `.npy` file of labels, one signed byte each.
  static func npy(labels: [Int8]) -> Data {
    npy(type: "|i1", shape: [labels.count], body: labels.map { UInt8(bitPattern: $0) })
  }

  private static func npy(type: String, shape: [Int], body: [UInt8]) -> Data {
    let dimensions = shape.map { "\($0)," }.joined(separator: " ")
    var header = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(dimensions)), }"
    while (header.utf8.count + 11) % 64 != 0 { header += " " }
    header += "\n"
    return Data(
      [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count % 256), UInt8(header.utf8.count / 256)]
        + Array(header.utf8) + body)
  }

  /// A safetensors file of Float32 tensors.
  static func safetensors(_ tensors: [(name: String, shape: [Int], elements: [Float])]) -> Data {
    var entries: [String] = []
    var body: [UInt8] = []
    for tensor in tensors {
      let start = body.count
      body += tensor.elements.flatMap { littleEndian($0.bitPattern) }
      entries.append(
        "\"\(tensor.name)\":{\"dtype\":\"F32\",\"shape\":\(tensor.shape),\"data_offsets\":[\(start),\(body.count)]}"
      )
    }
    let header = Array("{\(entries.joined(separator: ","))}".utf8)
    return Data(littleEndian(UInt64(header.count)) + header + body)
  }

  /// An IDX file with dimensions as they are told, true or not.
  static func idx(dimensions: [UInt32], body: [UInt8]) -> [UInt8] {
    [0, 0, 8, UInt8(dimensions.count)]
      + dimensions.flatMap { value in [24, 16, 8, 0].map { UInt8(value >> $0 & 255) } }
      + body
  }

  private static func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }
}
