/// The layout of a bundle: a BagIt 1.0 bag (RFC 8493) whose payload is the report's site, itself an
/// RO-Crate, with the stored runs in `store/` beside it.
enum BagLayout {
  static let declarationFile = "bagit.txt"
  static let declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
  static let infoFile = "bag-info.txt"
  static let fetchFile = "fetch.txt"
  static let payload = "data/"
  /// Below the payload: the runs and samples, as a store has them.
  static let store = "store"
  /// A tag file larger than this is refused.
  static let largestTagFile = 64 << 20
}
