import Encodings
import Planning

@testable import Clusters

/// Items of work for tests.
enum SampleWork {
  static func key(_ number: Int) -> ContentKey {
    guard let key = ContentKey(SHA256.hex(ofText: "\(number)")) else {
      preconditionFailure("expected 64 hexadecimal digits")
    }
    return key
  }

  static func run(
    _ number: Int, seconds: Double = 60, resources: ResourceClass = .core, needs: ContentKey? = nil,
    megabytes: Int = 400
  ) -> WorkItem {
    WorkItem(
      kind: .run, key: key(number), position: number, needs: needs, resources: resources, seconds: seconds,
      megabytes: megabytes, measurements: ["prior/heaviside/0123456789abcdef", "sharpness/mnist-fcn/00ff"],
      label: "fcn mnist sgd, |A| = \(number), sample 0")
  }

  static func part(_ number: Int, _ part: Range<Int>, seconds: Double = 600) -> WorkItem {
    WorkItem(
      kind: .samplePart, key: key(number), position: 0, part: part, resources: .core, seconds: seconds,
      megabytes: 1300, label: "sample of 1000 networks of 7 Boolean variables")
  }

  static func sample(_ number: Int, seconds: Double = 60) -> WorkItem {
    WorkItem(
      kind: .sample, key: key(number), position: 0, resources: .core, seconds: seconds, megabytes: 1300,
      label: "sample of 1000 networks of 7 Boolean variables")
  }
}
