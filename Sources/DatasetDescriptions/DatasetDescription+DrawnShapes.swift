extension DatasetDescription {
  /// Simple pictures of cars and cats that the program draws: a stand-in for CIFAR-10, with its classes.
  static let drawnShapes = DatasetDescription(
    name: .drawnShapes, title: "stand-in images, not CIFAR-10",
    image: ImageShape(channels: 3, height: 32, width: 32), classNames: cifar10.classNames,
    tasks: [.automobileVersusCat],
    attribution: Attribution(
      makers: "Drawn by plateau where CIFAR-10 is not found: stand-in images, not CIFAR-10",
      licence: .ofThisProgram, remark: "No claim of the paper is judged on them."),
    supply: .drawn, standsInFor: .cifar10)
}
