package import DatasetDescriptions
import Encodings
import Foundation

/// Downloads the official files of a data set, and puts them where a library finds them.
///
/// A file is downloaded to `NAME.part`, resumed where an earlier attempt broke off, and renamed to `NAME`
/// only when its SHA-256 is the pinned one: a file under its final name is whole and official. The addresses
/// of a file are tried in turn. Cancelling the task stops the transfer and keeps the bytes received.
package struct DatasetFetcher: Sendable {
  /// Called as bytes arrive, with the file, the bytes received, and its size if the server states it.
  package typealias Progress = @Sendable (_ file: String, _ bytesReceived: Int, _ total: Int?) -> Void

  /// The data root into which files are fetched.
  package let root: String
  /// Whether nothing may be downloaded.
  package let isOffline: Bool
  private let patience: Double
  private let files: @Sendable (DatasetName) -> [OfficialFile]

  /// A fetcher into the data root `root` (such as `DataRoots.fetchFolder`), which is created if needed.
  ///
  /// It gives up on an address after 10 seconds without a byte. With `offline` every fetch fails at once,
  /// with an error that says which files to put where by hand.
  package init(root: String, offline: Bool = false) {
    self.init(root: root, offline: offline, patience: 10) { $0.facts.files?.official ?? [] }
  }

  /// A fetcher with other files than the official ones.
  init(
    root: String, offline: Bool, patience: Double,
    files: @escaping @Sendable (DatasetName) -> [OfficialFile]
  ) {
    self.root = root
    self.isOffline = offline
    self.patience = patience
    self.files = files
  }

  /// The folder into which the files of a data set go.
  package func folder(of name: DatasetName) -> String { root + "/" + (name.facts.files?.fetchFolder ?? "") }

  /// Fetches the files of a data set that are missing, and returns the paths of all of them.
  ///
  /// Throws `DatasetError.nothingToFetch`, `.cannotDownload`, `.interrupted`, `.wrongDigest`,
  /// `.existingFileDiffers`, `.cannotWrite` or `.cannotUnpack`.
  package func fetch(
    _ name: DatasetName, progress: @escaping Progress = { _, _, _ in }
  ) async throws(DatasetError) -> [String] {
    if files(name).isEmpty { throw .nothingToFetch(name) }
    if name.facts.files?.isArchived == true { return try await fetchArchive(name, progress) }
    var deadServers: Set<String> = []
    var paths: [String] = []
    for file in files(name) {
      let path = folder(of: name) + "/" + file.name
      try await fetch(file, of: name, to: path, deadServers: &deadServers, progress)
      paths.append(path)
    }
    return paths
  }

  /// Fetches the archive of a data set, unpacks it and removes it.
  private func fetchArchive(
    _ name: DatasetName, _ progress: @escaping Progress
  ) async throws(DatasetError) -> [String] {
    if let location = DatasetLocation(name, in: folder(of: name)) {
      if let incompleteness = location.incompleteness { throw incompleteness }
      return location.files
    }
    for file in files(name) {
      var deadServers: Set<String> = []
      let path = root + "/" + file.name
      try await fetch(file, of: name, to: path, deadServers: &deadServers, progress)
      try TarArchive.unpack(
        path, folder: name.facts.files?.fetchFolder ?? "", into: root)
      try? FileManager.default.removeItem(atPath: path)
    }
    return DatasetLocation(name, in: folder(of: name))?.files ?? []
  }

  /// Fetches one file to `path`.
  private func fetch(
    _ file: OfficialFile, of name: DatasetName, to path: String, deadServers: inout Set<String>,
    _ progress: @escaping Progress
  ) async throws(DatasetError) {
    for place in [path, path + ".part"] { try checkWritable(place) }
    if FileManager.default.fileExists(atPath: path) {
      let digest = try SHA256.hex(ofFile: path)
      guard digest == file.sha256 else {
        throw .existingFileDiffers(file: path, expected: file.sha256, got: digest)
      }
      return
    }
    let handFolder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    guard !isOffline else {
      throw .cannotDownload(name, reason: "--offline", files: files(name), folder: handFolder)
    }
    try makeFolder(handFolder)
    var reasons: [String] = []
    var mistaken: DatasetError?
    for address in file.addresses {
      guard let url = URL(string: address), let host = url.host else { continue }
      let server = host + (url.port.map { ":\($0)" } ?? "")
      if deadServers.contains(server) { continue }
      switch try await attempt(url, file, path, progress) {
      case .done: return
      case .wrongDigest(let got):
        mistaken = .wrongDigest(name: file.name, address: address, expected: file.sha256, got: got)
      case .failed(let reason):
        reasons.append("\(server): \(reason)")
        deadServers.insert(server)
      }
    }
    if let mistaken { throw mistaken }
    throw .cannotDownload(
      name, reason: reasons.joined(separator: "; "), files: files(name), folder: handFolder)
  }

  private enum Attempt {
    case done
    case wrongDigest(got: String)
    case failed(reason: String)
  }

  /// Downloads from one address, checks, and renames.
  private func attempt(
    _ url: URL, _ file: OfficialFile, _ path: String, _ progress: @escaping Progress
  ) async throws(DatasetError) -> Attempt {
    let partial = path + ".part"
    // What an earlier attempt left may be whole, or of no use: then the server sends the whole file once
    // more.
    for isSecondTry in [false, true] {
      let isResumed = FileManager.default.fileExists(atPath: partial)
      let isWhole = isResumed ? try SHA256.hex(ofFile: partial) == file.sha256 : false
      if !isWhole {
        let outcome = await Download.run(url, to: partial, patience: patience) { received, total in
          progress(file.name, received, total)
        }
        switch outcome {
        case .complete: break
        case .rangeRefused where !isSecondTry:
          try remove(partial)
          continue
        case .rangeRefused: return .failed(reason: "HTTP status 416")
        case .failed(let reason):
          if try PlainFileReader(path: partial).possibleByteCount == 0 { try remove(partial) }
          return .failed(reason: reason)
        case .cannotWrite(let reason): throw .cannotWrite(file: partial, reason: reason)
        case .cancelled: throw .interrupted(file: file.name, keptIn: partial)
        }
      }
      let digest = try SHA256.hex(ofFile: partial)
      if digest == file.sha256 {
        try move(partial, to: path)
        return .done
      }
      try remove(partial)
      if !isResumed { return .wrongDigest(got: digest) }
    }
    return .failed(reason: "two attempts gave different files")
  }
}

extension DatasetFetcher {
  /// Checks that a path is free or that of a regular file: reading a pipe would never end, and a device holds no
  /// file.
  private func checkWritable(_ path: String) throws(DatasetError) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG else { return }
    throw .cannotWrite(file: path, reason: "it is there and is no regular file")
  }

  private func makeFolder(_ folder: String) throws(DatasetError) {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw .cannotWrite(file: folder, reason: error.localizedDescription)
    }
  }

  private func move(_ source: String, to target: String) throws(DatasetError) {
    do {
      try FileManager.default.moveItem(atPath: source, toPath: target)
    } catch {
      throw .cannotWrite(file: target, reason: error.localizedDescription)
    }
  }

  private func remove(_ file: String) throws(DatasetError) {
    do {
      try FileManager.default.removeItem(atPath: file)
    } catch {
      throw .cannotWrite(file: file, reason: error.localizedDescription)
    }
  }
}
