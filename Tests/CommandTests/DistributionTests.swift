import Foundation
import Testing

/// The program, moved away from its build: alone, and as `make dist` lays it out.
@Suite("A program that was moved", .ofPrograms)
struct DistributionTests {
  private let program: Program
  private let files = FileManager.default

  init() throws {
    program = try Program()
    try files.createDirectory(atPath: program.path("plateau-1/bin"), withIntermediateDirectories: true)
    try files.copyItem(atPath: Program.executable, toPath: program.path("plateau-1/bin/plateau"))
  }

  /// Calls the moved program in a folder of its own, after the commands `prelude`.
  private func call(_ line: String, after prelude: String) throws -> Program.Outcome {
    let command = "mkdir -p work && cd work\n\(prelude)\nexec ../plateau-1/bin/plateau \"$@\""
    return try program.start(line.split(separator: " ").map(String.init), after: command).outcome()
  }

  /// Puts a file or folder of the repository, or of the system, into the shared folder.
  private func share(_ path: String, as name: String) throws {
    let place = URL(fileURLWithPath: program.path("plateau-1/share/plateau/\(name)"))
    try files.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try files.copyItem(atPath: path, toPath: place.path)
  }

  @Test("without what lies beside it, it names what it lacks and where it should be, with status 2")
  func alone() throws {
    let images = try call("plan --profile smoke --figures 5", after: "")
    #expect(images.status == 2 && images.output.isEmpty, "\(images.errors)")
    #expect(
      images.errors.contains("plateau-1/bin/plateau_Datasets.resources/BuiltIn/mnist-5k"), "\(images.errors)")
    #expect(images.errors.contains("the built-in images do not lie beside the program"), "\(images.errors)")

    let specs = try call("figures", after: "unset PLATEAU_HOME")
    #expect(specs.status == 2)
    #expect(specs.errors.contains("set PLATEAU_HOME"), "\(specs.errors)")
  }

  @Test(
    "a distribution builds the engine on libtorch by what lies in it, and looks for it beside the program")
  func pluginSource() throws {
    try share("\(Program.repository)/Plugins/TorchEngine", as: "engine-torch")
    let outcome = try call("engines", after: "")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let build = "plateau-1/share/plateau/engine-torch/build.sh"
    #expect(
      outcome.output.contains("\(build) \(program.path("plateau-1/bin/libplateau-torch.so"))"),
      "\(outcome.output)")
    #expect(files.isExecutableFile(atPath: program.path(build)))
  }

  @Test(
    "as a distribution lays it out, it finds its specs, templates, images and fonts, wherever it is called")
  func complete() throws {
    for folder in ["figures", "report-templates"] { try share("\(Program.repository)/\(folder)", as: folder) }
    try share("\(Program.repository)/Sources/Datasets/BuiltIn", as: "BuiltIn")
    try program.write(Array("<fontconfig/>".utf8), to: "no-fonts.conf")
    let system = "unset PLATEAU_HOME; export FONTCONFIG_FILE='\(program.path("no-fonts.conf"))'"
    let report = "report --profile smoke --figures 1,S5"
    let withoutFonts = try call(report, after: system)
    #expect(withoutFonts.status == 2 && withoutFonts.errors.contains("DejaVu Sans"), "\(withoutFonts.errors)")

    try program.write(
      Array(#"<fontconfig><dir prefix="relative">.</dir></fontconfig>"#.utf8),
      to: "plateau-1/share/plateau/fonts/fonts.conf")
    for face in ["", "-Bold", "-Oblique"] {
      try share("/usr/share/fonts/truetype/dejavu/DejaVuSans\(face).ttf", as: "fonts/DejaVuSans\(face).ttf")
    }
    let outcome = try call(report, after: system)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(program.files(in: "work/report").contains("index.html"))
  }
}
