import Foundation
import Synchronization

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// One transfer over HTTP that appends to a file as bytes arrive, so that a transfer that breaks off can be
/// gone on with later.
final class Download: NSObject, URLSessionDataDelegate {
  /// How a transfer ended.
  enum Outcome: Sendable {
    /// All bytes that the server announced are in the file.
    case complete
    /// The server will not go on from where the file ends.
    case rangeRefused
    /// The server, or the network, failed; what has come so far is in the file.
    case failed(reason: String)
    /// The file cannot be written.
    case cannotWrite(reason: String)
    /// The task was cancelled; what has come so far is in the file.
    case cancelled
  }

  fileprivate struct State {
    var file: FileHandle?
    var received = 0
    var total: Int?
    var verdict: Outcome?
    var continuation: CheckedContinuation<Outcome, Never>?
    /// How the transfer ended, where it did before anyone waited for it.
    var early: Outcome?
  }

  private let state = Mutex(State())
  private let start: Int
  private let progress: @Sendable (_ bytesReceived: Int, _ total: Int?) -> Void

  /// Downloads `address` into the file at `path`, from where that file ends.
  ///
  /// Fails when `patience` seconds pass without a byte, connecting included.
  static func run(
    _ address: URL, to path: String, patience: Double,
    progress: @escaping @Sendable (_ bytesReceived: Int, _ total: Int?) -> Void
  ) async -> Outcome {
    if Task.isCancelled { return .cancelled }
    if !FileManager.default.fileExists(atPath: path) {
      guard FileManager.default.createFile(atPath: path, contents: nil) else {
        return .cannotWrite(reason: "it cannot be created")
      }
    }
    do {
      let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
      defer {
        // By name: a program that another thread starts just now has the file open for a moment as well.
        flock(file.fileDescriptor, LOCK_UN)
        try? file.close()
      }
      // Two that append to one file would spoil it for each other.
      if flock(file.fileDescriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
        return .cannotWrite(reason: "another process is downloading it")
      }
      let start = Int(try file.seekToEnd())
      let download = Download(start: start, file: file, progress: progress)
      return await download.transfer(address, patience: patience)
    } catch {
      return .cannotWrite(reason: error.localizedDescription)
    }
  }

  private init(
    start: Int, file: FileHandle,
    progress: @escaping @Sendable (_ bytesReceived: Int, _ total: Int?) -> Void
  ) {
    self.start = start
    self.progress = progress
    super.init()
    state.withLock {
      $0.file = file
      $0.received = start
    }
  }

  private func transfer(_ address: URL, patience: Double) async -> Outcome {
    let configuration = URLSessionConfiguration.ephemeral
    configuration.timeoutIntervalForRequest = patience
    configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
    let session = URLSession(configuration: configuration, delegate: self, delegateQueue: nil)
    defer { session.finishTasksAndInvalidate() }
    var request = URLRequest(url: address)
    request.timeoutInterval = patience
    // The digest is that of the bytes as published, so they must not be packed for the way.
    request.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
    if start > 0 { request.setValue("bytes=\(start)-", forHTTPHeaderField: "Range") }
    let task = session.dataTask(with: request)
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let early = state.withLock { state in
          if state.early == nil { state.continuation = continuation }
          return state.early
        }
        if let early { continuation.resume(returning: early) } else { task.resume() }
      }
    } onCancel: {
      task.cancel()
    }
  }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
  ) {
    let status = (response as? HTTPURLResponse)?.statusCode ?? 0
    let length = response.expectedContentLength
    state.withLock { state in
      switch status {
      case 206 where start > 0:
        state.total = length < 0 ? nil : start + Int(length)
      case 200:
        // The server sends the file from its beginning, whatever was asked for.
        do {
          try state.file?.truncate(atOffset: 0)
          state.received = 0
          state.total = length < 0 ? nil : Int(length)
        } catch {
          state.verdict = .cannotWrite(reason: error.localizedDescription)
        }
      case 416: state.verdict = .rangeRefused
      default: state.verdict = .failed(reason: "HTTP status \(status)")
      }
    }
    completionHandler(state.withLock { $0.verdict == nil } ? .allow : .cancel)
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    let news: (received: Int, total: Int?)? = state.withLock { state in
      guard state.verdict == nil else { return nil }
      do {
        try state.file?.write(contentsOf: data)
        state.received += data.count
        return (state.received, state.total)
      } catch {
        state.verdict = .cannotWrite(reason: error.localizedDescription)
        dataTask.cancel()
        return nil
      }
    }
    if let news { progress(news.received, news.total) }
  }

  func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
    let (continuation, outcome) = state.withLock { state in
      let outcome = state.outcome(error)
      if state.continuation == nil { state.early = outcome }
      defer { state.continuation = nil }
      return (state.continuation, outcome)
    }
    continuation?.resume(returning: outcome)
  }
}

extension Download.State {
  fileprivate func outcome(_ error: (any Error)?) -> Download.Outcome {
    if let verdict { return verdict }
    if let error {
      return (error as? URLError)?.code == .cancelled
        ? .cancelled : .failed(reason: error.localizedDescription)
    }
    if let total, received < total {
      return .failed(reason: "the connection ended at byte \(received) of \(total)")
    }
    return .complete
  }
}
