/// The contents of a file, to be read from beginning to end: as they are, or out of gzip.
package protocol ByteSource {
  /// The path, for error messages.
  var path: String { get }
  /// No more than this many bytes can come out in all; what a header promises is held against it before
  /// memory is set aside.
  var possibleByteCount: Int { get }
  /// The next bytes, at most `count`; fewer than that, or none, at the end only.
  func read(upTo count: Int) throws(DatasetError) -> [UInt8]
}

/// Opens a file: one whose name ends in `.gz` is unpacked on the way.
func openContents(of path: String) throws(DatasetError) -> any ByteSource {
  path.hasSuffix(".gz") ? try GzipFileReader(path: path) : try PlainFileReader(path: path)
}
