import Encodings
import TestSupport
import Testing

@testable import Datasets

@Suite("Drawn images")
struct DrawnShapesTests {
  private static let dataset = DrawnShapes.dataset

  @Test("every machine and every call draws the same images")
  func deterministic() {
    // Stored from the first version; it stands in the keys of runs.
    #expect(
      Self.dataset.digest == "8844b199b2ca1cad3c8aabc5ecc6857d495cd26c9a93d719502968affc354417")
    #expect(DrawnShapes.pixels(17) == Array(Self.dataset.train.image(17)))
  }

  @Test(
    "half of them are automobiles and half cats, all of them different, under a name that says what they are not"
  )
  func balance() {
    let images = Self.dataset.train
    #expect(images.count == 2400 && images.channels == 3 && images.height == 32 && images.width == 32)
    #expect(images.labels.count { $0 == 1 } == 1200 && images.labels.count { $0 == 3 } == 1200)
    #expect(Set((0..<images.count).map { SHA256.hex(of: images.image($0)) }).count == images.count)
    #expect(Self.dataset.summary == "stand-in images, not CIFAR-10 (2 400 drawn images)")
  }

  @Test("the mean colour of an image does not tell the classes apart")
  func meanColour() {
    let images = Self.dataset.train
    // Of 400 images the means of the two halves differ by no more than three standard errors: 3 √(2/200) σ,
    // with σ ≤ 50 for the mean of an image.
    func mean(_ first: Int) -> Double {
      let sums = stride(from: first, to: 400, by: 2).map { index in
        images.image(index).withUnsafeBufferPointer { pixels in
          stride(from: 0, to: 3072, by: 16).reduce(0) { $0 + Int(pixels[$1]) }
        }
      }
      return Double(sums.reduce(0, +)) / Double(200 * 192)
    }
    #expect(abs(mean(0) - mean(1)) < 15)
  }

  @Test("a library has them wherever it looks, and they are listed as drawn")
  func library() throws {
    let folder = try TemporaryFolder()
    let library = DatasetsTests.library(root: folder.path)
    #expect(try library.load(.drawnShapes).origin == .drawn)
    let entry = library.inventory().first { $0.name == .drawnShapes }
    #expect(entry?.place == .drawn && entry?.isUsed == false && entry?.parts.first?.count == 2400)
  }

  @Test(
    "an ellipse and a polygon are filled where their centres' inequalities say, whatever the box around them")
  func shapes() {
    let shapes: [ShapePicture.Shape] = [
      .ellipse(.init(x: 100, y: 90), halfWidth: 61, halfHeight: 33),
      .polygon([.init(x: 20, y: 200), .init(x: 250, y: 180), .init(x: 130, y: -20)]),
    ]
    for shape in shapes {
      var picture = ShapePicture(from: .init(0, 0, 0), to: .init(0, 0, 0), spots: [])
      picture.fill(shape, with: .init(255, 255, 255))
      var random = DrawingRandom(number: 0)
      let pixels = picture.pixels(noise: 0, &random)
      let expected = (0..<1024).map { place in
        shape.contains(.init(x: 8 * (place % 32) + 4, y: 8 * (place / 32) + 4)) ? UInt8(255) : 0
      }
      #expect(pixels == expected + expected + expected)
      #expect(expected.contains(255) && expected.contains(0))
    }
  }
}
