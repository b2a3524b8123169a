import Foundation
package import RandomStreams

/// The slow plain version of the normals in groups: the same random words, all arithmetic in Float64.
package enum PlainNormals {
  /// The 64 normals of group `group` of the key's stream, by Box and Muller.
  package static func group(_ group: Int, of key: RandomKey) -> [Double] {
    var normals = [Double](repeating: 0, count: 64)
    for lane in 0..<16 {
      let block = 16 * group + lane
      let words = Philox.block(
        counter: SIMD4(
          UInt32(truncatingIfNeeded: block), UInt32(truncatingIfNeeded: block >> 32), key.upperCounter[0],
          key.upperCounter[1]), key: key.key)
      for half in 0..<2 {
        let u = (Double(words[2 * half] >> 1) + 0.5) / 0x1p31
        let turn = Double(words[2 * half + 1]) / 0x1p32
        let radius = (-2 * log(u)).squareRoot()
        normals[32 * half + lane] = radius * cos(2 * .pi * turn)
        normals[32 * half + 16 + lane] = radius * sin(2 * .pi * turn)
      }
    }
    return normals
  }
}
