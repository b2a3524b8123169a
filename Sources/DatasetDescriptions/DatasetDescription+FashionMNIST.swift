extension DatasetDescription {
  /// Articles of clothing (Xiao, Rasul & Vollgraf 2017).
  ///
  /// The digests of the packed files belong to the MD5 sums that its authors print in their README; those of
  /// the contents are also those of Debian's package `dataset-fashion-mnist`, which packs the same contents
  /// without name and time.
  static let fashionMNIST = DatasetDescription(
    name: .fashionMNIST, title: "Fashion-MNIST", image: ImageShape(channels: 1, height: 28, width: 28),
    classNames: [
      "T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag",
      "ankle boot",
    ],
    tasks: [.classes0to4Versus5to9],
    attribution: Attribution(
      makers: "Fashion-MNIST, by H. Xiao, K. Rasul and R. Vollgraf (2017)", licence: .stated("MIT licence"),
      remark: nil),
    supply: .files(
      DatasetFiles(
        format: .idx, folders: ["fashion-mnist", "FashionMNIST/raw"], fetchFolder: "fashion-mnist",
        official: OfficialFile.gzipped(
          in: [
            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
            "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/",
          ],
          [
            (
              "train-images-idx3-ubyte", "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
              "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"
            ),
            (
              "train-labels-idx1-ubyte", "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
              "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"
            ),
            (
              "t10k-images-idx3-ubyte", "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
              "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"
            ),
            (
              "t10k-labels-idx1-ubyte", "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
              "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"
            ),
          ]),
        isArchived: false, builtInFolder: nil)),
    standsInFor: nil)
}
