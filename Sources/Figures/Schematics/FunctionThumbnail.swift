import Foundation
import Plotting

/// A small picture of one function of one input, seen in one of four ways.
struct FunctionThumbnail {
  /// The four ways, each made from the one before.
  enum Kind { case latent, squashed, thresholded, restricted }

  let kind: Kind

  /// The inputs of the training set S, as parts of the domain.
  private static let trainingInputs = [0.06, 0.185, 0.435, 0.56, 0.81]
  /// The inputs of the test set E.
  private static let testInputs = [0.31, 0.685, 0.935]
  static let trainingColour = Colour.blue
  static let testColour = Colour.vermillion
  /// The range of the latent function that the picture shows.
  private static let reach = 4.2

  static func latent(_ u: Double) -> Double {
    2.7 * sin(2 * .pi * 1.42 * (u - 0.12)) + 0.9 * sin(2 * .pi * (3.1 * u + 0.3))
  }

  static func probability(_ u: Double) -> Double { 1 / (1 + exp(-latent(u))) }

  static func label(_ u: Double) -> Int { probability(u) >= 0.5 ? 1 : 0 }

  func draw(in frame: Rectangle, on canvas: Canvas) {
    let bits = kind == .restricted ? 14.0 : 0
    let area = Rectangle(
      x: frame.minX + 11, y: frame.minY, width: frame.width - 11, height: frame.height - bits)
    drawAxes(in: area, canvas)
    switch kind {
    case .latent: drawCurve(in: area, canvas) { 0.5 + Self.latent($0) / (2 * Self.reach) }
    case .squashed: drawCurve(in: area, canvas) { Self.level(Self.probability($0)) }
    case .thresholded: drawSteps(in: area, canvas)
    case .restricted: drawSamples(in: area, canvas)
    }
  }

  /// The height, as a part of the picture's, of a number between 0 and 1.
  private static func level(_ value: Double) -> Double { 0.1 + 0.8 * value }

  private func place(_ u: Double, _ height: Double, _ area: Rectangle) -> Point {
    Point(area.minX + u * area.width, area.maxY - height * area.height)
  }

  private func drawAxes(in area: Rectangle, _ canvas: Canvas) {
    let line = Stroke(.grey, width: 0.7)
    canvas.stroke(Path(through: [place(0, 0, area), place(0, 1, area)]), with: line)
    let marks: [(height: Double, name: String)] =
      switch kind {
      case .latent: [(0.5, "0")]
      case .squashed: [(Self.level(0), "0"), (Self.level(0.5), "½"), (Self.level(1), "1")]
      case .thresholded, .restricted: [(Self.level(0), "0"), (Self.level(1), "1")]
      }
    for mark in marks {
      canvas.stroke(
        Path(through: [place(0, mark.height, area), place(1, mark.height, area)]),
        with: Stroke(Colour(hex: 0xBBBBBB), width: 0.6, dash: [2, 2]))
      let end = place(0, mark.height, area)
      canvas.draw(
        Text(mark.name, size: 7, colour: .grey), at: Point(end.x - 3, end.y), anchor: Anchor(.right, .middle))
    }
  }

  private func drawCurve(in area: Rectangle, _ canvas: Canvas, _ height: (Double) -> Double) {
    let points = (0...80).map { i in place(Double(i) / 80, height(Double(i) / 80), area) }
    canvas.stroke(Path(smoothThrough: points), with: Stroke(.black, width: 1.5, isRound: true))
  }

  private func drawSteps(in area: Rectangle, _ canvas: Canvas) {
    var path = Path()
    let count = 1000
    var previous = Self.label(0)
    path.move(to: place(0, Self.level(Double(previous)), area))
    for i in 1...count {
      let u = Double(i) / Double(count)
      let label = Self.label(u)
      if label != previous {
        path.line(to: place(u, Self.level(Double(previous)), area))
        path.line(to: place(u, Self.level(Double(label)), area))
        previous = label
      }
    }
    path.line(to: place(1, Self.level(Double(previous)), area))
    canvas.stroke(path, with: Stroke(.black, width: 1.5))
  }

  private func drawSamples(in area: Rectangle, _ canvas: Canvas) {
    let samples =
      Self.trainingInputs.map { (u: $0, colour: Self.trainingColour) }
      + Self.testInputs.map { (u: $0, colour: Self.testColour) }
    for sample in samples {
      let label = Self.label(sample.u)
      let dot = place(sample.u, Self.level(Double(label)), area)
      let foot = place(sample.u, 0, area)
      canvas.stroke(
        Path(through: [Point(dot.x, dot.y + 3), foot]),
        with: Stroke(sample.colour.withOpacity(0.5), width: 0.6))
      canvas.fill(Path(circleAt: dot, radius: 2.4), with: sample.colour)
      canvas.draw(
        Text("\(label)", size: 8.5, isBold: true, colour: sample.colour), at: Point(foot.x, foot.y + 11),
        anchor: Anchor(.centre, .baseline))
    }
  }
}
