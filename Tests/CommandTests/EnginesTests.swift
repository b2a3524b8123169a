import Foundation
import Testing

@Suite("plateau engines", .ofPrograms)
struct EnginesTests {
  private let program: Program

  init() throws { program = try Program() }

  private struct List: Decodable {
    struct Engine: Decodable {
      let name: String
      let isDefault: Bool
      let description: String?
      let problem: String?
    }
    let engines: [Engine]
  }

  @Test("lists what is here, what is not and why, and which is taken")
  func list() throws {
    let plugin = program.path("none.so")
    let environment = ["PLATEAU_TORCH_ENGINE": plugin]
    let outcome = try program.run("engines", environment: environment)
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines[0].hasPrefix("* onednn\toneDNN ") && lines[1] == "  torch\tnot to be had")
    #expect(lines[2].contains("there is no plug-in at \(plugin)") && lines[2].contains("make engine-torch"))
    let json = try program.run("engines", "--json", environment: environment)
    let engines = try JSONDecoder().decode(List.self, from: Data(json.output.utf8)).engines
    #expect(engines.map(\.name) == ["onednn", "torch"] && engines.map(\.isDefault) == [true, false])
    #expect(engines[0].problem == nil && engines[0].description?.hasPrefix("oneDNN") == true)
    #expect(engines[1].description == nil && engines[1].problem?.contains(plugin) == true)
  }

  @Test("--check tells every comparison, and --engine one that is not there with the way out")
  func check() throws {
    let outcome = try program.run("engines", "--check")
    #expect(outcome.status == 0, "\(outcome.output)")
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count > 30 && lines.allSatisfy { $0.hasPrefix("ok ") })
    let missing = try program.run(
      "engines", "--check", "--engine", "torch",
      environment: ["PLATEAU_TORCH_ENGINE": program.path("none.so")])
    #expect(missing.status == 2 && missing.output.isEmpty && missing.errors.contains("make engine-torch"))
  }

  @Test("--speed leaves out what its time has no room for, and says so")
  func speed() throws {
    let call = [
      "engines", "--speed", "--images", "5", "--batch", "4", "--seconds", "1e-9", "--engine", "onednn",
    ]
    let text = try program.start(call).outcome()
    #expect(text.status == 0, "\(text.errors)")
    #expect(text.output.contains("steps of 4 images") && text.output.contains("over 7 images"))
    #expect(text.output.split(separator: "\n").allSatisfy { $0.hasSuffix("no time left") })
    let json = try program.start(call + ["--json"]).outcome()
    let answer = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    #expect(answer.map { Set($0.keys) } == ["batch", "engine", "images", "points"])
  }
}
