import Datasets
import Foundation
import Specifications
import Testing
import Workflow

/// What a user's own files do to a run, sound or damaged.
@Suite("Data files", .ofPrograms)
struct DataTests {
  private let program: Program
  private let count = 300

  init() throws { program = try Program() }

  private var labels: [UInt8] { (0..<count).map { UInt8($0 % 10) } }
  /// Images of 4 × 4 pixels that all differ.
  private var pixels: [UInt8] {
    (0..<count).flatMap { image in
      (0..<16).map { pixel in
        let value: Int = image * 37 + pixel * pixel * 11 + image * pixel * 5
        return UInt8(value % 256)
      }
    }
  }

  private func write(labels: [UInt8]? = nil, images: [UInt8]? = nil, suffix: String = "") throws {
    try program.write(
      labels ?? SampleFiles.idx(dimensions: [UInt32(count)], body: self.labels),
      to: "images/train-labels-idx1-ubyte")
    try program.write(
      images ?? SampleFiles.idx(dimensions: [UInt32(count), 4, 4], body: pixels),
      to: "images/train-images-idx3-ubyte" + suffix)
  }

  @Test("sound files are used in place of the built-in images, named by --data or PLATEAU_DATA")
  func sound() throws {
    try write()
    let option = try program.run("plan", "--profile", "smoke", "--figures", "S5", "--data", "images")
    #expect(option.status == 0, "\(option.errors)")
    #expect(option.output.contains("300 images"))
    let variable = try program.run(
      "plan", "--profile", "smoke", "--figures", "S5", environment: ["PLATEAU_DATA": "images"])
    // All but the estimated times.
    #expect(variable.output.split(separator: "\n").last == option.output.split(separator: "\n").last)
  }

  enum Damage: String, CaseIterable {
    case truncatedGzip, notGzip, wrongMagic, lyingDimensions, overflowingDimensions, zeroDimensions, mismatch
    case labelOutOfRange, trailingBytes, emptyFile, missingLabels
  }

  @Test(
    "a damaged file is an error with its name, status 2, and never a reason for other images",
    arguments: Damage.allCases)
  func damage(_ damage: Damage) throws {
    let images = SampleFiles.idx(dimensions: [UInt32(count), 4, 4], body: pixels)
    var named = "train-images-idx3-ubyte"
    switch damage {
    case .truncatedGzip:
      let builtIn = Program.repository + "/Sources/Datasets/BuiltIn/mnist-5k/train-images-idx3-ubyte.gz"
      try write(
        images: Array(try Data(contentsOf: URL(fileURLWithPath: builtIn)).prefix(50_000)), suffix: ".gz")
      named += ".gz"
    case .notGzip:
      try write(images: images, suffix: ".gz")
      named += ".gz"
    case .wrongMagic: try write(images: [0x4d, 0x5a, 0x90, 0] + images.dropFirst(4))
    case .lyingDimensions: try write(images: SampleFiles.idx(dimensions: [301, 4, 4], body: pixels))
    case .overflowingDimensions:
      try write(images: SampleFiles.idx(dimensions: [.max, .max, .max], body: pixels))
    case .zeroDimensions: try write(images: SampleFiles.idx(dimensions: [300, 0, 4], body: []))
    case .mismatch: try write(images: SampleFiles.idx(dimensions: [299, 4, 4], body: pixels.dropLast(16)))
    case .labelOutOfRange:
      named = "train-labels-idx1-ubyte"
      try write(labels: SampleFiles.idx(dimensions: [300], body: labels.dropLast() + [10]))
    case .trailingBytes: try write(images: images + [0])
    case .emptyFile: try write(images: [])
    case .missingLabels:
      try program.write(images, to: "images/train-images-idx3-ubyte")
      named = "train-labels-idx1-ubyte"
    }
    for option in ["images", nil] {
      // By name, or where the program looks of itself.
      if option == nil {
        try FileManager.default.moveItem(atPath: program.path("images"), toPath: program.path("data"))
      }
      let places = WorkPlaces(
        project: ProjectFolder(home: Program.repository, currentFolder: program.folder),
        images: DataRoots(
          dataOption: option, environment: [:], currentDirectory: program.folder,
          homeDirectory: program.folder))
      let request = WorkRequest(profile: .smoke, chosenFigures: "S5", store: program.path("store"))
      let error = #expect(throws: DatasetError.self) { try Workload(request, in: places) }
      #expect(error?.description.contains(named) == true)
      #expect(program.files(in: "store").isEmpty)
    }
    let roots = DataRoots(
      dataOption: nil, environment: [:], currentDirectory: program.folder, homeDirectory: program.folder)
    let isDamaged = try DatasetLibrary(roots: roots).verify([.mnist]).contains {
      if case .damaged = $0.outcome { true } else { false }
    }
    #expect(isDamaged)

    // Exit code and streams are the same for every kind of damage.
    guard damage == .truncatedGzip || damage == .missingLabels || damage == .wrongMagic else { return }
    let outcome = try program.run("run", "--profile", "smoke", "--figures", "S5")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(named), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
    let verify = try program.run("data", "verify")
    #expect(verify.status == 1 && verify.output.contains("DAMAGED"), "\(verify.output)")
  }

  @Test("too few images end with status 2 and the numbers")
  func tooFew() throws {
    try write()
    let outcome = try program.run("plan", "--profile", "quick", "--figures", "S5", "--data", "images")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("1500"))
    #expect(outcome.errors.contains("300"))
  }

  @Test(
    "a folder that was named and is not there ends with status 2",
    arguments: ["plan", "data list", "data verify"])
  func missingFolder(command: String) throws {
    let words = command.split(separator: " ").map(String.init)
    let option = try program.start(words + ["--data", "nowhere"]).outcome()
    #expect(option.status == 2)
    #expect(option.errors.contains("nowhere"))
    #expect(option.errors.contains("--data"))
    let variable = try program.start(words, environment: ["PLATEAU_DATA": "nowhere"]).outcome()
    #expect(variable.status == 2)
    #expect(variable.errors.contains("PLATEAU_DATA"))
  }

  @Test("data list shows what is used, and data verify that it is not what was published")
  func list() throws {
    try write()
    let list = try program.run("data", "list", "--data", "images")
    #expect(list.status == 0)
    #expect(list.output.contains("* mnist\t\(program.path("images")) (train 300, plain)"), "\(list.output)")
    #expect(list.output.contains("built in"))
    #expect(list.output.contains("plateau data fetch cifar10") || list.output.contains("* cifar10"))
    #expect(try program.run("data", "--data", "images").output == list.output)
    let verify = try program.run("data", "verify", "--data", "images")
    #expect(verify.status == 1)
    #expect(verify.output.contains("ALTERED"), "\(verify.output)")
    #expect(verify.output.contains("not the published contents"))
  }

  @Test("data verify ends with status 1 where there is nothing to verify")
  func nothingToVerify() throws {
    try program.write("none".utf8, to: "images/notes.txt")
    let verify = try program.run("data", "verify", "--data", "images")
    // Debian's package of Fashion-MNIST is looked at wherever it is installed.
    if FileManager.default.fileExists(atPath: "/usr/share/datasets") {
      #expect(verify.output.split(separator: "\n").allSatisfy { $0.contains("/usr/share/datasets/") })
    } else {
      #expect(verify.status == 1)
      #expect(verify.output.contains("no data files found in \(program.path("images"))"))
    }
  }

  @Test(
    "a file where a folder is named ends with status 2 and says so, whatever the figures need",
    arguments: ["plan --figures 1", "data list", "data verify", "data fetch mnist --offline"])
  func fileForFolder(command: String) throws {
    try program.write("none".utf8, to: "images")
    let words = command.split(separator: " ").map(String.init)
    let option = try program.start(words + ["--data", "images"]).outcome()
    #expect(option.status == 2)
    #expect(option.errors.contains("images, named by --data, is not a folder"), "\(option.errors)")
    let variable = try program.start(words, environment: ["PLATEAU_DATA": "images"]).outcome()
    #expect(variable.status == 2)
    #expect(variable.errors.contains("images, named by PLATEAU_DATA, is not a folder"))
  }

  @Test("offline, fetch ends at once with status 2 and says what to put where")
  func offline() throws {
    let outcome = try program.run("data", "fetch", "mnist", "--offline", "--data", "my data")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(program.path("my data/mnist")))
    for part in [
      "train-images-idx3-ubyte.gz", "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
    ] {
      #expect(outcome.errors.contains(part))
    }
    #expect(program.files(in: "my data").isEmpty)
  }
}
