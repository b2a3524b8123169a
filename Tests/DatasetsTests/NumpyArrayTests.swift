import Foundation
import Testing

@testable import Datasets

@Suite struct NumpyArrayTests {
  /// A version-1 file by hand.
  func file(_ type: String, order: String = "False", shape: String, bytes: [UInt8]) -> [UInt8] {
    let header = Array("{'descr': '\(type)', 'fortran_order': \(order), 'shape': \(shape), }\n".utf8)
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.count), 0] + header + bytes
  }

  @Test("what is written is read back")
  func roundTrip() throws {
    let elements: [Float] = [0, -1.5, .pi, 1e-30, 7, 8]
    let array = try NumpyArray(bytes: [UInt8](NumpyArray.encoded(elements, shape: [2, 3])), path: "x.npy")
    #expect(array.shape == [2, 3])
    #expect(array.elements == elements.map(Double.init))
  }

  @Test("integers, bools, either byte order and column-major order are understood")
  func types() throws {
    let signed = try NumpyArray(bytes: file("|i1", shape: "(3,)", bytes: [255, 1, 128]), path: "y")
    #expect(signed.elements == [-1, 1, -128])
    let big = try NumpyArray(bytes: file(">u2", shape: "(2,)", bytes: [1, 2, 255, 255]), path: "y")
    #expect(big.elements == [258, 65535])
    let bools = try NumpyArray(bytes: file("|b1", shape: "(2,)", bytes: [0, 1]), path: "y")
    #expect(bools.elements == [0, 1])
    let columns = try NumpyArray(
      bytes: file("|u1", order: "True", shape: "(2, 3)", bytes: [1, 4, 2, 5, 3, 6]), path: "y")
    #expect(columns.elements == [1, 2, 3, 4, 5, 6])
    let half = try NumpyArray(bytes: file("<f4", shape: "(1,)", bytes: [0, 0, 0, 63]), path: "y")
    #expect(half.elements == [0.5])
  }

  /// A version-1 file of the four numbers 1, 0, 0, 1 with a header as it stands.
  private func file(header: String) -> [UInt8] {
    let header = Array(header.utf8)
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.count), 0] + header
      + [1.0, 0, 0, 1].flatMap { number in withUnsafeBytes(of: number.bitPattern.littleEndian) { Array($0) } }
  }

  @Test(
    "headers as NumPy reads them, which other writers than numpy.save make",
    arguments: [
      "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }\n",
      #"{"descr": "<f8", "fortran_order": False, "shape": (2, 2)}"#,
      "{'descr': '<f8', 'fortran_order': False, 'shape': (2L, 2L)}",
      "{'shape':(2,2,),'fortran_order':False,'descr':'<f8'}",
      "{u'descr': u'<f8', 'fortran_order': True, 'shape': (2, 2)}",
      "{ 'descr' : 'float64' , 'fortran_order' : False ,\n 'shape' : ( 2 , 2 ) }",
      "{'descr': ('f8'), 'fortran_order': False, 'shape': (2, 2)}  \n\n",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (0x2, 0X2)}",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (0o2, 0b1_0)}",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (+2, 0x2L)}",
      "{'descr': '<f8', 'fortran_order': False, # it's\n 'shape': (2, 2)}",
      "# x\n{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2)} # é\n\n # y",
      "{'''descr''': \"\"\"<f8\"\"\", 'fortran_order': False, 'shape': ((2), 2)}",
      #"{r'descr': 'f' "8", 'fortran_' "order": False, 'shape': (2, 2)}"#,
      "({'descr': 'double', \\\n'fortran_order': False,\u{C}\r 'shape': (2, 2)})",
      "{'descr': '<f4', 'descr': '=d', 'fortran_order': False, 'shape': (2, 2)}",
    ])
  func headers(header: String) throws {
    let array = try NumpyArray(bytes: file(header: header), path: "x")
    #expect(array.shape == [2, 2] && array.elements == [1, 0, 0, 1])
  }

  @Test(
    "headers that NumPy refuses",
    arguments: [
      "{'descr': '<f8', 'fortran_order': 1, 'shape': (2, 2)}",
      "{'descr': '<f8', 'fortran_order': None, 'shape': (2, 2)}",
      "{'descr': '<f8', 'fortran_order': False, 'shape': [2, 2]}",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (4)}",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), 'x': 1}",
      "{'descr': '<f8', 'shape': (2, 2)}",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (-2, -2)}",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (2 2)}",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2)} x",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2)",
      "{'descr': [('a', '<f4'), ('b', '<f4')], 'fortran_order': False, 'shape': (2, 2)}", "((((((((((((",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (02, 2)}",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (0_2, 2)}",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (2_, 2)}",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (2l, 2)}",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (2.0, 2)}",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (True, 2)}",
      "{'descr': b'<f8', 'fortran_order': False, 'shape': (2, 2)}",
      "{'descr': '<float64', 'fortran_order': False, 'shape': (2, 2)}",
      "{'descr': '<f8',\u{B} 'fortran_order': False, 'shape': (2, 2)}",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2)}\0",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2)}\n{}",
      "{'descr': '''<f8', 'fortran_order': False, 'shape': (2, 2)}",
    ])
  func badHeaders(header: String) {
    #expect(throws: NumpyArrayError.self) { try NumpyArray(bytes: file(header: header), path: "x") }
  }

  @Test(
    "a version of the format that there is not is refused", arguments: [(0, 0), (1, 1), (4, 0), (255, 255)])
  func versions(major: UInt8, minor: UInt8) {
    var bytes = file(header: "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2)}")
    bytes.replaceSubrange(6..<8, with: [major, minor])
    #expect(throws: NumpyArrayError.self) { try NumpyArray(bytes: bytes, path: "x") }
  }

  @Test("labels of 0/1 and of −1/+1 mean the same; anything else is refused with its place")
  func labels() throws {
    #expect(
      try NumpyArray(bytes: file("|i1", shape: "(2,)", bytes: [255, 1]), path: "y").labels(path: "y") == [
        0, 1,
      ])
    #expect(
      try NumpyArray(bytes: file("|u1", shape: "(2,)", bytes: [0, 1]), path: "y").labels(path: "y") == [0, 1])
    #expect(throws: NumpyArrayError.badLabel(path: "y", index: 1, value: 2)) {
      try NumpyArray(bytes: file("|u1", shape: "(2,)", bytes: [0, 2]), path: "y").labels(path: "y")
    }
    #expect(throws: NumpyArrayError.badLabel(path: "y", index: 0, value: 0)) {
      try NumpyArray(bytes: file("|i1", shape: "(3,)", bytes: [0, 255, 1]), path: "y").labels(path: "y")
    }
  }

  @Test("what lies behind the elements is passed over, as by numpy.load: one array may follow another")
  func bytesBehind() throws {
    let first = file("|u1", shape: "(2,)", bytes: [3, 4])
    #expect(try NumpyArray(bytes: first + first, path: "x").elements == [3, 4])
  }

  @Test("damaged files are refused")
  func damage() {
    let good = file("<f8", shape: "(2,)", bytes: [UInt8](repeating: 0, count: 16))
    for length in 0..<good.count {
      #expect(throws: NumpyArrayError.self) { try NumpyArray(bytes: Array(good[..<length]), path: "x") }
    }
    #expect(throws: NumpyArrayError.wrongSize(path: "x", expected: 16, got: 15)) {
      try NumpyArray(bytes: Array(good.dropLast()), path: "x")
    }
    #expect(throws: NumpyArrayError.unsupportedType(path: "x", type: "'|O'")) {
      try NumpyArray(bytes: file("|O", shape: "(1,)", bytes: []), path: "x")
    }
    #expect(throws: NumpyArrayError.self) {
      try NumpyArray(bytes: file("<f8", shape: "(4611686018427387904, 4)", bytes: []), path: "x")
    }
    #expect(throws: NumpyArrayError.notFinite(path: "x", index: 1)) {
      let nan = withUnsafeBytes(of: Double.nan.bitPattern.littleEndian) { Array($0) }
      return try NumpyArray(
        bytes: file("<f8", shape: "(1, 2)", bytes: [UInt8](repeating: 0, count: 8) + nan), path: "x"
      ).inputs(path: "x")
    }
  }
}
