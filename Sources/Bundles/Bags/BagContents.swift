import Encodings

/// The files of a bag with their digests, as they were read.
struct BagContents {
  private var digests: [String: [DigestAlgorithm: String]] = [:]
  private var texts: [String: String] = [:]
  /// The bytes of the payload's files.
  private(set) var payloadBytes = 0

  /// The paths of the payload's files.
  var payload: [String] { digests.keys.filter { $0.hasPrefix(BagLayout.payload) } }

  /// Adds one file; returns false if it was added before.
  mutating func add(
    _ file: String, digests found: [DigestAlgorithm: String], bytes: Int, text: [UInt8]?
  ) -> Bool {
    guard digests.updateValue(found, forKey: file) == nil else { return false }
    if let text { texts[file] = String(decoding: text, as: UTF8.self) } else { payloadBytes += bytes }
    return true
  }

  /// The text of a file outside the payload.
  func text(_ file: String) -> String? { texts[file] }

  /// Every contradiction between files and manifests, sorted.
  var problems: [String] {
    var problems: Set<String> = []
    for algorithm in DigestAlgorithm.allCases {
      compare(algorithm.payloadFile, algorithm, with: Set(payload), &problems)
      let tags = Set(texts.keys.filter { !$0.hasPrefix("tagmanifest-") })
      compare(algorithm.tagFile, algorithm, with: tags, &problems)
    }
    let oxum = "\(payloadBytes).\(payload.count)"
    if let info = texts[BagLayout.infoFile],
      BagText.values(of: "Payload-Oxum", in: info).contains(where: { $0 != oxum })
    {
      problems.insert("\(BagLayout.infoFile): its Payload-Oxum is not that of the payload")
    }
    if let text = texts[BagLayout.fetchFile] { checkFetched(text, &problems) }
    return problems.sorted()
  }

  /// Every file that is to be fetched must stand in every manifest of the payload; that it is not here is found
  /// there.
  private func checkFetched(_ text: String, _ problems: inout Set<String>) {
    guard let paths = BagText.fetched(text) else {
      problems.insert("\(BagLayout.fetchFile): damaged (a line is not an address, a length and a path)")
      return
    }
    for algorithm in DigestAlgorithm.allCases {
      let listed = texts[algorithm.payloadFile].flatMap { BagManifest.digests($0) } ?? [:]
      for path in paths where listed[path] == nil {
        problems.insert("\(BagLayout.fetchFile): names '\(path)', which is in no \(algorithm.payloadFile)")
      }
    }
  }

  private func compare(
    _ manifest: String, _ algorithm: DigestAlgorithm, with files: Set<String>,
    _ problems: inout Set<String>
  ) {
    guard let text = texts[manifest] else {
      problems.insert("\(manifest): missing")
      return
    }
    guard let listed = BagManifest.digests(text) else {
      problems.insert("\(manifest): damaged (a line is not a digest and a path)")
      return
    }
    for (file, digest) in listed {
      if let found = digests[file]?[algorithm] {
        if found != digest { problems.insert("\(file): damaged") }
      } else {
        problems.insert("\(file): missing")
      }
    }
    for file in files where listed[file] == nil {
      problems.insert("\(file): extra, in no \(manifest)")
    }
  }
}
