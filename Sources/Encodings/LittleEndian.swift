/// Numbers as bytes, the lowest first, whatever the processor.
package enum LittleEndian {
  package static func bytes(of values: [Float]) -> [UInt8] {
    bytes(of: values, as: UInt32.self) { $0.bitPattern }
  }

  package static func bytes(of values: [Double]) -> [UInt8] {
    bytes(of: values, as: UInt64.self) { $0.bitPattern }
  }

  package static func floats(in bytes: ArraySlice<UInt8>) -> [Float] {
    values(in: bytes, as: UInt32.self) { Float(bitPattern: $0) }
  }

  package static func doubles(in bytes: ArraySlice<UInt8>) -> [Double] {
    values(in: bytes, as: UInt64.self) { Double(bitPattern: $0) }
  }

  private static func bytes<Value, Pattern: FixedWidthInteger>(
    of values: [Value], as type: Pattern.Type, pattern: (Value) -> Pattern
  ) -> [UInt8] {
    let width = MemoryLayout<Pattern>.size
    return [UInt8](unsafeUninitializedCapacity: width * values.count) { bytes, count in
      let raw = UnsafeMutableRawBufferPointer(bytes)
      for (index, value) in values.enumerated() {
        raw.storeBytes(of: pattern(value).littleEndian, toByteOffset: width * index, as: Pattern.self)
      }
      count = width * values.count
    }
  }

  private static func values<Value, Pattern: FixedWidthInteger>(
    in bytes: ArraySlice<UInt8>, as type: Pattern.Type, value: (Pattern) -> Value
  ) -> [Value] {
    let width = MemoryLayout<Pattern>.size
    return bytes.withUnsafeBytes { raw in
      (0..<raw.count / width).map {
        value(Pattern(littleEndian: raw.loadUnaligned(fromByteOffset: width * $0, as: Pattern.self)))
      }
    }
  }
}
