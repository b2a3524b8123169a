import DatasetDescriptions

extension DatasetError: CustomStringConvertible {
  /// What was wrong, where, and what to do.
  package var description: String { "\(fact): \(remedy)" }

  /// What to do where a file is damaged.
  private static let replaceFile = """
    delete the file and get it again (`plateau data fetch` gets the official ones, `plateau data verify` \
    checks them)
    """

  private var fact: String {
    switch self {
    case .notFound(let name, let searched, _):
      "no \(name.title) found; looked in \(searched.joined(separator: ", "))"
    case .missingFolder(let path, let namedBy):
      "the folder \(path), named by \(namedBy), does not exist"
    case .notAFolder(let path, let namedBy): "\(path), named by \(namedBy), is not a folder"
    case .missingFiles(let name, let folder, let present, let missing):
      """
      \(folder) has \(present.joined(separator: ", ")) of \(name.title) but lacks \
      \(missing.joined(separator: ", "))
      """
    case .otherDataset(let folder, let expected, let got):
      "\(folder) should hold \(expected.title), but the files in it are those of \(got.title)"
    case .cannotRead(let file, let reason): "\(file) cannot be read (\(reason))"
    case .notGzip(let file): "\(file) is not a gzip file: byte 0 is not the gzip signature 1f 8b"
    case .truncatedGzip(let file, let byte):
      "\(file) is cut short: its gzip stream breaks off at byte \(byte)"
    case .damagedGzip(let file, let byte, let reason):
      "\(file) is damaged: its gzip stream fails near byte \(byte) (\(reason))"
    case .trailingBytesAfterGzip(let file, let byte):
      "\(file) has something else after its gzip stream, from byte \(byte) on"
    case .wrongMagic(let file, let expected, let got):
      """
      \(file) is not the expected IDX file: bytes 0 to 3 are \(hex(got)) instead of \(hex(expected)) \
      (\(expected == 0x801 ? "labels" : "images"))
      """
    case .truncatedHeader(let file, let expected, let got):
      "\(file) is cut short: its header needs \(expected) bytes, and there are \(got)"
    case .impossibleDimensions(let file, let dimensions):
      """
      \(file) has a header that cannot be true: the dimensions from byte 4 on are \
      \(dimensions.map(String.init).joined(separator: " × "))
      """
    case .truncatedContents(let file, let expected, let got):
      "\(file) is cut short: its header promises \(expected) bytes, and they end at byte \(got)"
    case .trailingBytes(let file, let expected):
      "\(file) goes on after byte \(expected), where its header says it ends"
    case .wrongRecordLength(let file, let byteCount, let recordLength):
      "\(file) has \(byteCount) bytes, which is not one or more whole records of \(recordLength) bytes"
    case .labelOutOfRange(let file, let record, let byte, let label, let classCount):
      """
      \(file) has the label \(label) in record \(record) (byte \(byte)), which is not one of 0 to \
      \(classCount - 1)
      """
    case .countMismatch(let imageFile, let imageCount, let labelFile, let labelCount):
      "\(imageFile) has \(imageCount) images, but \(labelFile) has \(labelCount) labels"
    case .sizeMismatch(let trainFile, let train, let testFile, let test):
      "the images of \(trainFile) are \(size(train)) pixels, but those of \(testFile) \(size(test))"
    case .notEnoughImages(let numbers): numbers.fact
    case .taskDoesNotFit(let task, let name): "the task \(task.rawValue) is not defined for \(name.title)"
    case .channelMismatch(let name, let channels, let normalised):
      """
      the normalisation is of \(normalised) channel\(normalised == 1 ? "" : "s"), but an image of \
      \(name.title) has \(channels)
      """
    case .nothingToFetch(let name): "\(name.title): there is nothing to fetch"
    case .cannotDownload(let name, let reason, _, _): "\(name.title) cannot be downloaded (\(reason))"
    case .interrupted(let file, let keptIn):
      "the download of \(file) was stopped; \(keptIn) holds the bytes received"
    case .wrongDigest(let name, let address, let expected, let got):
      "\(name) from \(address) is not the official file: its SHA-256 is \(got) instead of \(expected)"
    case .existingFileDiffers(let file, let expected, let got):
      "\(file) is there already and is not the official one: its SHA-256 is \(got) instead of \(expected)"
    case .cannotWrite(let file, let reason): "\(file) cannot be written (\(reason))"
    case .cannotUnpack(let file, let reason): "\(file) cannot be unpacked (\(reason))"
    }
  }

  private var remedy: String {
    switch self {
    case .notFound(let name, _, let fetchFolder):
      "run `plateau data fetch \(name.rawValue)`, or put its files by hand in \(fetchFolder)"
    case .missingFolder(_, let namedBy): "correct or remove \(namedBy), or make the folder"
    case .notAFolder(_, let namedBy): "name the folder that the files lie in with \(namedBy)"
    case .missingFiles: "put the missing files beside the others, gzipped or plain, or remove the others"
    case .otherDataset(_, _, let got):
      "move them into a folder named \(got.facts.files?.fetchFolder ?? got.rawValue) under the data root"
    case .cannotRead: "check that the file exists and that you may read it"
    case .notGzip: "if it is not packed, take .gz off its name; otherwise \(Self.replaceFile)"
    case .wrongMagic(_, _, let got) where got >> 16 == 0x1f8b:
      "the file is packed with gzip: add .gz to its name"
    case .truncatedGzip, .damagedGzip, .trailingBytesAfterGzip, .wrongMagic, .truncatedHeader,
      .impossibleDimensions, .truncatedContents, .trailingBytes, .wrongRecordLength, .labelOutOfRange:
      Self.replaceFile
    case .countMismatch: "one of the two does not belong to the other; delete both and get them again"
    case .sizeMismatch: "the two parts do not belong to one data set; delete the wrong one and get it again"
    case .notEnoughImages: "ask for fewer images, or fetch the full data set with `plateau data fetch`"
    case .taskDoesNotFit(_, let name):
      "choose \(name.facts.tasks.map(\.rawValue).joined(separator: " or "))"
    case .channelMismatch: "give one mean and one standard deviation for each channel"
    case .nothingToFetch: "the program draws these images itself"
    case .interrupted: "run the same command again to resume it"
    case .cannotDownload(let name, _, let files, let folder):
      """
      put by hand in \(folder) \
      \(name.facts.files?.isArchived == true ? "this archive, which the next `plateau data fetch` unpacks" : "these files"):
      \(files.map { "  \($0.name)  SHA-256 \($0.sha256)\n    from \($0.addresses.joined(separator: " or "))" }
        .joined(separator: "\n"))
      """
    case .wrongDigest:
      "nothing of it was kept; try again later or from another network, or put the file there by hand"
    case .existingFileDiffers: "move it away, then fetch again"
    case .cannotWrite: "check that the folder can be written to and that the disk has room"
    case .cannotUnpack: "unpack it by hand with `tar -xzf`; it needs the programs tar and gzip"
    }
  }

  private func hex(_ word: UInt32) -> String {
    let digits = String(word, radix: 16)
    return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
  }

  private func size(_ dimensions: [Int]) -> String {
    dimensions.map(String.init).joined(separator: " × ")
  }
}

extension NotEnoughImages {
  fileprivate var fact: String {
    if let availableInTestPart {
      return """
        \(dataset) does not have enough images: asked for \(training) to train on and \(attackPool) to \
        attack with, of \(availableInTrainPart) in the train part, and \(test) to test on, of \
        \(availableInTestPart) in the test part
        """
    }
    return """
      \(dataset) does not have enough images: asked for \(training) to train on, \(attackPool) to attack \
      with and \(test) to test on, \(training + attackPool + test) in all, of \(availableInTrainPart)
      """
  }
}
