import Foundation
import RandomStreams
import Testing

@testable import NeuralNetworks

@Suite struct SafetensorsTests {
  static let network = FullyConnectedNetwork(
    initialising: FullyConnectedShape(inputs: 5, hidden: [4, 3]), biasStandardDeviation: 1,
    key: RandomKey(seed: 2))

  @Test("a network comes back from its file bit for bit, with its metadata")
  func roundTrip() throws {
    let file = Self.network.safetensors(metadata: ["spec": "{\"a\":1}"])
    let bytes = [UInt8](try file.encoded())
    let read = try SafetensorsFile(bytes: bytes, path: "w")
    #expect(read == file)
    #expect(try FullyConnectedNetwork(read, path: "w") == Self.network)
    #expect(read.metadata["spec"] == "{\"a\":1}")
  }

  @Test("a file cut anywhere is refused")
  func cutShort() throws {
    let bytes = [UInt8](try Self.network.safetensors(metadata: [:]).encoded())
    for length in 0..<bytes.count {
      #expect(throws: SafetensorsError.self) {
        try SafetensorsFile(bytes: Array(bytes[..<length]), path: "w")
      }
    }
  }

  @Test(
    "headers that lie are refused",
    arguments: [
      #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#,
      #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}"#,
      #"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[8,4]}}"#,
      #"{"a":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}"#,
      #"{"a":{"shape":[2]}}"#, #"[1]"#, #"{"#,
    ])
  func lies(header: String) {
    var bytes = [UInt8]()
    withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { bytes.append(contentsOf: $0) }
    bytes += Array(header.utf8) + [UInt8](repeating: 0, count: 64)
    #expect(throws: SafetensorsError.self) { try SafetensorsFile(bytes: bytes, path: "w") }
  }

  private static let a = #""a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}"#
  private static let b = #""b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}"#
  /// Headers over 8 bytes of tensors, as safetensors 0.8.0 for Python reads them.
  static let soundHeaders = [
    "{\(a),\(b)}", "{\(b),\(a)}", " {\(a),\n\(b)} \t", #"{"__metadata__":{"k":"v"},\#(a),\#(b)}"#,
    #"{"__metadata__":null,\#(a),\#(b)}"#,
    #"{\#(a),\#(b),"z":{"dtype":"F32","shape":[0,3],"data_offsets":[4,4]}}"#,
    #"{"a":{"dtype":"F32","x":[1.5e3,{}],"shape":[],"data_offsets":[0,4]},\#(b)}"#,
    #"{"\u00e9\ud83d\ude00\/":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}"#,
  ]
  /// Headers that it refuses, and those with a name twice, of which it takes the last.
  static let unsoundHeaders = [
    "", "{", "[]", "1", "{\(a),\(b),}", "{\(a),\(b)}{}", "{\(a),\(b)}\0", "\u{FEFF}{\(a),\(b)}",
    "{/**/\(a),\(b)}",
    "{\(a),\(a),\(b)}", #"{\#(a),"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
    #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},\#(a),\#(b)}"#,
    #"{\#(a),"\u0061":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
    #"{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]},\#(b)}"#,
    #"{"__metadata__":{},"__metadata__":{},\#(a),\#(b)}"#, #"{"__metadata__":{"k":1},\#(a),\#(b)}"#,
    #"{"__metadata__":[],\#(a),\#(b)}"#, "{\(a)}", "{\(b)}", "{}",
    #"{\#(a),"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
    #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},\#(b)}"#,
    #"{\#(a),\#(b),"z":{"dtype":"F32","shape":[0],"data_offsets":[2,2]}}"#,
    #"{\#(a),\#(b),"c":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}"#,
    #"{"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]},\#(b)}"#,
    #"{"a":{"dtype":"F32","shape":[true],"data_offsets":[0,4]},\#(b)}"#,
    #"{"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]},\#(b)}"#,
    #"{"a":{"dtype":"F32","shape":[01],"data_offsets":[0,4]},\#(b)}"#,
    #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[-0,4]},\#(b)}"#,
    #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]},\#(b)}"#,
    #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]},\#(b)}"#,
    #"{"a":{"dtype":"f32","shape":[1],"data_offsets":[0,4]},\#(b)}"#,
    #"{"a":{"dtype":"F32","x":NaN,"shape":[1],"data_offsets":[0,4]},\#(b)}"#,
    #"{"a":{"dtype":"F32","x":1e999,"shape":[1],"data_offsets":[0,4]},\#(b)}"#,
    #"{\#(a),\#(b),"z":{"dtype":"F32","shape":[4611686018427387904,8,0],"data_offsets":[8,8]}}"#,
    #"{"\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},\#(b)}"#,
    "{\"\u{1}\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\(b)}",
    #"{"a":{"dtype":"F32","x":\#(String(repeating: "[", count: 200))\#(String(repeating: "]", count: 200)),"shape":[1],"data_offsets":[0,4]},\#(b)}"#,
  ]

  private func file(header: [UInt8], length: UInt64? = nil) -> [UInt8] {
    withUnsafeBytes(of: (length ?? UInt64(header.count)).littleEndian) { Array($0) } + header
      + [0, 0, 128, 63, 0, 0, 0, 64]
  }

  @Test("what the format's library reads is read", arguments: soundHeaders)
  func sound(header: String) throws {
    let file = try SafetensorsFile(bytes: file(header: Array(header.utf8)), path: "w")
    if let a = file.tensors["a"], let b = file.tensors["b"] {
      #expect(a.elements == [1] && b.elements == [2])
    } else {
      #expect(file.tensors["é😀/"]?.shape == [1])
    }
  }

  @Test(
    "what the format's library refuses is refused, and a name that is there twice", arguments: unsoundHeaders)
  func unsound(header: String) {
    #expect(throws: SafetensorsError.self) {
      try SafetensorsFile(bytes: file(header: Array(header.utf8)), path: "w")
    }
  }

  @Test("a header that is not UTF-8, or of another length than the file says, is refused")
  func headerBytes() {
    let header = Array("{\(Self.a),\(Self.b)}".utf8)
    let broken = header.map { $0 == UInt8(ascii: "a") ? 0xff : $0 }
    #expect(throws: SafetensorsError.self) { try SafetensorsFile(bytes: file(header: broken), path: "w") }
    for length: UInt64 in [0, 5, 10_000, 100_000_001, 1 << 63, .max] {
      #expect(throws: SafetensorsError.self) {
        try SafetensorsFile(bytes: file(header: header, length: length), path: "w")
      }
    }
  }

  @Test("tensors that are no network are refused with the reason")
  func notANetwork() throws {
    let good = Self.network.safetensors(metadata: [:])
    var missing = good
    missing.tensors["layers.1.bias"] = nil
    var extra = good
    extra.tensors["batchnorm"] = .init(shape: [1], elements: [0])
    var poisoned = good
    poisoned.tensors["layers.2.bias"] = .init(shape: [1], elements: [.nan])
    for file in [missing, extra, poisoned, SafetensorsFile(tensors: [:])] {
      #expect(throws: SafetensorsError.self) { try FullyConnectedNetwork(file, path: "w") }
    }
    // As torch.save of a whole model names them, and as [in, out].
    var named = good
    named.tensors["0.weight"] = named.tensors.removeValue(forKey: "layers.0.weight")
    var transposed = good
    transposed.tensors["layers.0.weight"] = try #require(good.tensors["layers.0.weight"]).turned
    for (file, words) in [
      (named, "it holds 0.weight, layers.0.bias, layers.1.bias, layers.1.weight, …: rename them"),
      (
        transposed,
        "layers.0.bias has shape [4], but layers.0.weight is [5, 4], [out, in]: is the weight transposed?"
      ),
    ] {
      let error = #expect(throws: SafetensorsError.self) { try FullyConnectedNetwork(file, path: "w") }
      #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }
  }
}

extension SafetensorsFile.Tensor {
  /// The same numbers under the shape the other way round.
  fileprivate var turned: Self { Self(shape: shape.reversed(), elements: elements) }
}
