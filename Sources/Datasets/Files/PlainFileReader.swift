import Foundation

/// A file read as it is.
final class PlainFileReader: ByteSource {
  let path: String
  let possibleByteCount: Int
  private let handle: FileHandle

  init(path: String) throws(DatasetError) {
    self.path = path
    do {
      let attributes = try FileManager.default.attributesOfItem(
        atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
      if attributes[.type] as? FileAttributeType == .typeDirectory {
        throw DatasetError.cannotRead(file: path, reason: "it is a folder")
      }
      possibleByteCount = (attributes[.size] as? NSNumber)?.intValue ?? 0
      handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    } catch let error as DatasetError {
      throw error
    } catch {
      throw .cannotRead(file: path, reason: error.localizedDescription)
    }
  }

  deinit { try? handle.close() }

  func read(upTo count: Int) throws(DatasetError) -> [UInt8] {
    var bytes: [UInt8] = []
    do {
      while bytes.count < count {
        guard let piece = try handle.read(upToCount: count - bytes.count), !piece.isEmpty else { break }
        bytes.append(contentsOf: piece)
      }
    } catch {
      throw .cannotRead(file: path, reason: error.localizedDescription)
    }
    return bytes
  }
}
