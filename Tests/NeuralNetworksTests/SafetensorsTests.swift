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

  @Test("tensors that are no network are refused with the reason")
  func notANetwork() {
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
  }
}
