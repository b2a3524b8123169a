import Crypto
import Foundation

/// The SHA-256 of `data` in lower-case hexadecimal.
func sha256Text(_ data: Data) -> String {
  SHA256.hash(data: data).map { byte in
    let text = String(byte, radix: 16)
    return byte < 16 ? "0" + text : text
  }.joined()
}
