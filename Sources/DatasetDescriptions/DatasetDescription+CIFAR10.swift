extension DatasetDescription {
  /// Photographs of ten kinds of things (Krizhevsky 2009).
  static let cifar10 = DatasetDescription(
    name: .cifar10, title: "CIFAR-10", image: ImageShape(channels: 3, height: 32, width: 32),
    classNames: [
      "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
    ],
    tasks: [.automobileVersusCat],
    attribution: Attribution(
      makers: "CIFAR-10, by A. Krizhevsky (2009)", licence: .notStated, remark: nil),
    supply: .files(
      DatasetFiles(
        format: .cifarBinary, folders: ["cifar-10-batches-bin", "cifar-10-car-cat", ""],
        fetchFolder: "cifar-10-batches-bin",
        official: [
          OfficialFile(
            name: "cifar-10-binary.tar.gz",
            sha256: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd", contentSHA256: nil,
            addresses: ["https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"])
        ],
        isArchived: true, builtInFolder: nil)),
    standsInFor: nil)
}
