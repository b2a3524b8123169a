package import DatasetDescriptions

/// What can go wrong with data: each case says what was found and where, and its description what to do.
package enum DatasetError: Error, Equatable, Sendable {
  // Looking

  /// No data root has the data set; `searched` are the folders looked in, `fetchFolder` is where its files
  /// go.
  case notFound(DatasetName, searched: [String], fetchFolder: String)
  /// The folder named by `--data` or `PLATEAU_DATA` does not exist.
  case missingFolder(path: String, namedBy: String)
  /// What `--data` or `PLATEAU_DATA` names is no folder.
  case notAFolder(path: String, namedBy: String)
  /// Files of a data set are there, but not the ones they are useless without.
  case missingFiles(DatasetName, folder: String, present: [String], missing: [String])
  /// The files have the right names but hold another data set.
  case otherDataset(folder: String, expected: DatasetName, got: DatasetName)

  // Reading

  /// The system cannot read the file.
  case cannotRead(file: String, reason: String)
  /// The name ends in `.gz`, but the file does not begin as gzip does.
  case notGzip(file: String)
  /// The packed stream ends early, at this byte of the file.
  case truncatedGzip(file: String, byte: Int)
  /// The packed stream is damaged near this byte of the file: zlib says how.
  case damagedGzip(file: String, byte: Int, reason: String)
  /// Something else follows the packed stream, from this byte of the file on.
  case trailingBytesAfterGzip(file: String, byte: Int)
  /// The first four bytes are not those of the expected kind of IDX file.
  case wrongMagic(file: String, expected: UInt32, got: UInt32)
  /// The file ends within its header; lengths in bytes.
  case truncatedHeader(file: String, expected: Int, got: Int)
  /// The header's dimensions are zero, or their product is more than any such file holds.
  case impossibleDimensions(file: String, dimensions: [Int])
  /// The file holds fewer bytes than its header promises; lengths in bytes, unpacked, header included.
  case truncatedContents(file: String, expected: Int, got: Int)
  /// The file goes on after the `expected` bytes that its header promises.
  case trailingBytes(file: String, expected: Int)
  /// The file is not a whole number of records.
  case wrongRecordLength(file: String, byteCount: Int, recordLength: Int)
  /// The label of a record (counted from 0, at this byte of the unpacked file) is not below `classCount`.
  case labelOutOfRange(file: String, record: Int, byte: Int, label: UInt8, classCount: Int)
  /// Images and labels that belong together differ in number.
  case countMismatch(imageFile: String, imageCount: Int, labelFile: String, labelCount: Int)
  /// The images of the two parts differ in size; each `[height, width]`.
  case sizeMismatch(trainFile: String, train: [Int], testFile: String, test: [Int])

  // Using

  /// The data set has fewer images than asked for.
  case notEnoughImages(NotEnoughImages)
  /// The task is not defined for this data set.
  case taskDoesNotFit(BinaryTask, DatasetName)
  /// A normalisation for so many channels, and images of another number.
  case channelMismatch(DatasetName, channels: Int, normalised: Int)

  // Fetching

  /// The data set is no files: the program draws it.
  case nothingToFetch(DatasetName)
  /// Nothing may be, or can be, downloaded: the files have to be put in place by hand.
  case cannotDownload(DatasetName, reason: String, files: [OfficialFile], folder: String)
  /// The transfer of a file was stopped; what had come is in the file `keptIn`.
  case interrupted(file: String, keptIn: String)
  /// What was downloaded is not the official file; nothing of it was kept.
  case wrongDigest(name: String, address: String, expected: String, got: String)
  /// A file of this name is there already and is not the official one.
  case existingFileDiffers(file: String, expected: String, got: String)
  /// The system cannot write the file.
  case cannotWrite(file: String, reason: String)
  /// The downloaded archive is right but could not be unpacked.
  case cannotUnpack(file: String, reason: String)
}

/// How many images a split asks for, and how many there are.
package struct NotEnoughImages: Equatable, Sendable {
  /// The summary of the data set.
  package var dataset: String
  /// Images asked for in the training set S.
  package var training: Int
  /// Images asked for in the attack pool.
  package var attackPool: Int
  /// Images asked for in the test set E.
  package var test: Int
  /// Images in the train part.
  package var availableInTrainPart: Int
  /// Images in the test part; nil where there is none, and E comes from the end of the train part.
  package var availableInTestPart: Int?
}
