/// Numbers in [−1/2, 1/2) from the finaliser of MurmurHash3 on `start`, `start` + 1, …: those of
/// `Oracles/make_resnet50_values.py`.
func hashedNumbers(from start: Int, count: Int) -> [Double] {
  (start..<start + count).map { index in
    var x = UInt32(truncatingIfNeeded: index + 1) &* 2_654_435_761
    x ^= x >> 16
    x = x &* 0x85EB_CA6B
    x ^= x >> 13
    x = x &* 0xC2B2_AE35
    x ^= x >> 16
    return Double(x) / 4_294_967_296 - 0.5
  }
}
