import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A web server on 127.0.0.1 for the tests: files by path, with `Range`; it can break off a transfer.
final class TestHTTPServer: Sendable {
  struct State {
    var files: [String: [UInt8]] = [:]
    /// After this many bytes of a body the connection is closed, once.
    var breakOffAfter: Int?
    /// Whether `Range` is understood.
    var understandsRange = true
    /// The `Range` header (or "") of each request, by path, in order.
    var requests: [String] = []
  }

  let state = Mutex(State())
  let port: UInt16
  private let listener: Int32
  private let isSilent: Bool

  /// A server; a silent one lets clients connect and never answers.
  init(isSilent: Bool = false) throws {
    #if canImport(Glibc)
      let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let listener = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        bind(listener, generic, length) == 0 && listen(listener, 8) == 0
          && getsockname(listener, generic, &length) == 0
      }
    }
    guard isBound else { throw POSIXError(.EADDRNOTAVAIL) }
    self.listener = listener
    self.isSilent = isSilent
    port = UInt16(bigEndian: address.sin_port)
    if !isSilent { Thread.detachNewThread { [self] in serve() } }
  }

  func address(_ path: String) -> String { "http://127.0.0.1:\(port)/\(path)" }

  /// Stops listening; a connection to it is then refused.
  ///
  /// The thread that serves closes the descriptor itself: a number that is free again may be another server's
  /// by the time it asks for the next connection, and it would answer that server's clients.
  func close() {
    shutdown(listener, Int32(SHUT_RDWR))
    if isSilent { Self.close(listener) }
  }

  private static func close(_ descriptor: Int32) {
    #if canImport(Glibc)
      _ = Glibc.close(descriptor)
    #else
      _ = Darwin.close(descriptor)
    #endif
  }

  /// How many clients of a silent server have connected since it was last asked.
  func waitingClients() -> Int {
    _ = fcntl(listener, F_SETFL, O_NONBLOCK)
    var count = 0
    while accept(listener, nil, nil) >= 0 { count += 1 }
    return count
  }

  private func serve() {
    while true {
      let connection = accept(listener, nil, nil)
      if connection < 0 { return Self.close(listener) }
      answer(connection)
      shutdown(connection, Int32(SHUT_RDWR))
      Self.close(connection)
    }
  }

  private func answer(_ connection: Int32) {
    var request = ""
    var buffer = [UInt8](repeating: 0, count: 4096)
    while !request.contains("\r\n\r\n") {
      let count = recv(connection, &buffer, buffer.count, 0)
      if count <= 0 { return }
      request += String(decoding: buffer[..<count], as: UTF8.self)
    }
    let lines = request.split(separator: "\r\n")
    let path = String(lines[0].split(separator: " ")[1].dropFirst())
    let range = lines.first { $0.lowercased().hasPrefix("range:") }
    let start = range.flatMap { Int($0.filter(\.isNumber)) }
    let (reply, body) = state.withLock { state -> (String, [UInt8]) in
      state.requests.append("\(path) \(start.map(String.init) ?? "-")")
      guard let file = state.files[path] else {
        return ("404 Not Found\r\nContent-Length: 4", Array("none".utf8))
      }
      var (status, body) = ("200 OK", file)
      if let start, state.understandsRange {
        if start >= file.count { return ("416 Range Not Satisfiable\r\nContent-Length: 0", []) }
        status = "206 Partial Content\r\nContent-Range: bytes \(start)-\(file.count - 1)/\(file.count)"
        body = Array(file[start...])
      }
      let header = "\(status)\r\nContent-Length: \(body.count)"
      if let limit = state.breakOffAfter {
        state.breakOffAfter = nil
        body = Array(body.prefix(limit))
      }
      return (header, body)
    }
    send(Array("HTTP/1.1 \(reply)\r\nConnection: close\r\n\r\n".utf8) + body, over: connection)
  }

  private func send(_ bytes: [UInt8], over connection: Int32) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { buffer in
        #if canImport(Glibc)
          Glibc.send(connection, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
        #else
          Darwin.send(connection, buffer.baseAddress, buffer.count, 0)
        #endif
      }
      if count <= 0 { return }
      sent += count
    }
  }
}
