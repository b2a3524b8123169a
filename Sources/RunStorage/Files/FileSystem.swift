#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The few calls to the operating system that the store is made of, with errors that carry the path.
package enum FileSystem {
  /// Calls `body` until it is not interrupted by a signal; throws where it returns a negative number.
  @discardableResult
  package static func call(
    _ operation: String, _ path: String, _ body: () -> Int
  ) throws(StorageError) -> Int {
    while true {
      let result = body()
      if result >= 0 { return result }
      let code = errno
      if code != EINTR { throw .system(operation: operation, path: path, code: code) }
    }
  }

  /// The bytes of a file; nil where there is none.
  static func contents(of path: String) throws(StorageError) -> [UInt8]? {
    while true {
      do {
        return try bytes(of: path)
      } catch {
        // NFS: another machine replaced the file while it was read.
        guard case .system(_, _, ESTALE) = error else { throw error }
      }
    }
  }

  /// The bytes of a file that another machine may have made a moment ago, somewhere below `folder`; nil where
  /// there is none.
  static func contents(of path: String, afreshBelow folder: String) throws(StorageError) -> [UInt8]? {
    if let bytes = try contents(of: path) { return bytes }
    var place = folder
    for name in path.dropFirst(folder.count).split(separator: "/") {
      seeNames(in: place)
      place += "/\(name)"
    }
    return try contents(of: path)
  }

  /// Sees names that another machine has added to a folder: NFS remembers for up to a minute that a name was
  /// not there, unless the folder is opened.
  static func seeNames(in folder: String) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if descriptor >= 0 { close(descriptor) }
  }

  private static func bytes(of path: String) throws(StorageError) -> [UInt8]? {
    let descriptor: Int32
    do {
      descriptor = try Int32(call("open", path) { Int(open(path, O_RDONLY | O_CLOEXEC)) })
    } catch {
      if case .system(_, _, ENOENT) = error { return nil }
      throw error
    }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try call("read", path) {
        buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
  }

  /// Writes all bytes to an open file, by the system call `write` or what a test puts in its place.
  package static func fill(
    _ descriptor: Int32, _ path: String, _ bytes: [UInt8],
    by writeBytes: (Int32, UnsafeRawPointer, Int) -> Int = { write($0, $1, $2) }
  ) throws(StorageError) {
    var written = 0
    while written < bytes.count {
      written += try call("write", path) {
        bytes[written...].withUnsafeBytes { rest in
          rest.baseAddress.map { writeBytes(descriptor, $0, rest.count) } ?? 0
        }
      }
    }
  }

  /// Writes a new file. Unlike ``DurableFile`` it may stay half-written, in a folder that is removed then.
  package static func create(_ bytes: [UInt8], at path: String) throws(StorageError) {
    let descriptor = try Int32(
      call("create", path) { Int(open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)) })
    defer { close(descriptor) }
    try fill(descriptor, path, bytes)
  }

  /// Writes over the beginning of a file that is there; whoever opens it afterwards, on any machine, reads it.
  static func rewrite(_ path: String, with bytes: [UInt8]) throws(StorageError) {
    let descriptor = try Int32(call("open", path) { Int(open(path, O_WRONLY | O_CLOEXEC)) })
    do throws(StorageError) {
      try fill(descriptor, path, bytes)
    } catch {
      close(descriptor)
      throw error
    }
    // Here network file systems send what was written.
    guard close(descriptor) == 0 || errno == EINTR else {
      throw .system(operation: "write", path: path, code: errno)
    }
  }

  /// Adds to the end of a file, which is made where there is none.
  package static func append(_ bytes: [UInt8], to path: String) throws(StorageError) {
    let descriptor = try Int32(
      call("open", path) { Int(open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)) })
    defer { close(descriptor) }
    try fill(descriptor, path, bytes)
  }

  /// Makes a folder and those above it, and makes them last.
  package static func makeFolder(_ path: String) throws(StorageError) {
    var status = stat()
    if stat(path, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFDIR else {
        throw .system(operation: "make the folder", path: path, code: ENOTDIR)
      }
      return
    }
    let parent = self.parent(of: path)
    if parent != path { try makeFolder(parent) }
    if mkdir(path, 0o777) != 0, errno != EEXIST {
      throw .system(operation: "make the folder", path: path, code: errno)
    }
    try synchronise(folder: parent)
  }

  /// Makes the names in a folder last.
  static func synchronise(folder: String) throws(StorageError) {
    let descriptor = try Int32(
      call("open the folder", folder) { Int(open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) })
    defer { close(descriptor) }
    do {
      try call("synchronise", folder) { Int(fsync(descriptor)) }
    } catch {
      // Some network file systems have no such call for folders; the file itself is safe there.
      if case .system(_, _, EINVAL) = error { return }
      throw error
    }
  }

  /// Moves a damaged file to `folder` under the first free name after `name`; gives its path there, or nil
  /// where another process has moved it already.
  static func setAside(
    _ path: String, name: String, in folder: String
  ) throws(StorageError) -> String? {
    try makeFolder(folder)
    var number = 1
    while access("\(folder)/\(name).damaged-\(number)", F_OK) == 0 { number += 1 }
    let target = "\(folder)/\(name).damaged-\(number)"
    do {
      try call("set aside the damaged file", path) { Int(rename(path, target)) }
    } catch {
      if case .system(_, _, ENOENT) = error { return nil }
      throw error
    }
    return target
  }

  /// Gives a file that was set aside its name back, unless another has it by now.
  static func putBack(_ aside: String, to path: String) throws(StorageError) {
    do {
      try call("put back", path) { Int(link(aside, path)) }
    } catch {
      guard case .system(_, _, EEXIST) = error else { throw error }
    }
    unlink(aside)
  }

  /// Whether the open file is the one that `path` names.
  static func isSame(_ descriptor: Int32, _ path: String) -> Bool {
    var (opened, named) = (stat(), stat())
    return fstat(descriptor, &opened) == 0 && lstat(path, &named) == 0
      && opened.st_dev == named.st_dev && opened.st_ino == named.st_ino
  }

  /// Seconds since a file was changed; nil where there is none.
  static func age(of path: String) -> Int? {
    var status = stat()
    return lstat(path, &status) == 0 ? time(nil) - status.st_mtim.tv_sec : nil
  }

  /// Removes the files of a folder, and the folder; nothing where there is none.
  static func removeFiles(in folder: String) throws(StorageError) {
    for name in names(in: folder) {
      let path = "\(folder)/\(name)"
      if unlink(path) != 0, errno != ENOENT {
        throw .system(operation: "remove", path: path, code: errno)
      }
    }
    if rmdir(folder) != 0, errno != ENOENT {
      throw .system(operation: "remove the folder", path: folder, code: errno)
    }
  }

  /// The names in a folder, sorted; none where there is no such folder.
  static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// The folder that a path lies in.
  package static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
