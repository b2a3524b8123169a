import Foundation

/// What libFuzzer calls with each input: the reader that `PLATEAU_FUZZ_READER` names reads it.
///
/// An input that is refused is as good as one that is read; a trap, an endless loop and memory without bounds are
/// what is looked for.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  reader.read(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

private let reader: Reader = {
  let name = ProcessInfo.processInfo.environment["PLATEAU_FUZZ_READER"] ?? ""
  guard let reader = Reader(rawValue: name) else {
    fatalError("PLATEAU_FUZZ_READER is '\(name)'; it must be one of \(Reader.allCases.map(\.rawValue))")
  }
  return reader
}()
