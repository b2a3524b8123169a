import Foundation
package import Plotting

/// Figure S1: what “the function of a network” may mean. The pre-activation f (definition C.1), squashed
/// to a probability σ∘f (C.2), thresholded to a class τ∘σ∘f (C.3), and restricted to the inputs that
/// are looked at, S ∪ E (C.4), which makes it a string of bits.
///
/// Drawn from the paper's appendix C, not from its picture.
package struct FunctionInterpretationSchematic: Picture, Equatable {
  /// The drawing.
  package init() {}

  /// In points.
  package var size: PictureSize { PictureSize(width: 566, height: 172) }

  private static let box = PictureSize(width: 112, height: 84)
  private static let gap = 34.0
  private static let left = 8.0
  private static let top = 40.0

  private struct Step {
    var kind: FunctionThumbnail.Kind
    var symbol: String
    var map: String
    var meaning: String
    var definition: String
  }

  private static let steps = [
    Step(
      kind: .latent, symbol: "<i>f</i>", map: "<i>X</i> → ℝ", meaning: "pre-activation\n(latent function)",
      definition: "Definition C.1"),
    Step(
      kind: .squashed, symbol: "<i>σ</i> ∘ <i>f</i>", map: "<i>X</i> → (0, 1)",
      meaning: "probability of\nlabel 1", definition: "Definition C.2"),
    Step(
      kind: .thresholded, symbol: "<i>τ</i> ∘ <i>σ</i> ∘ <i>f</i>", map: "<i>X</i> → {0, 1}",
      meaning: "predicted label", definition: "Definition C.3"),
    Step(
      kind: .restricted, symbol: "(<i>τ</i> ∘ <i>σ</i> ∘ <i>f</i>)|<sub><i>S</i>∪<i>E</i></sub>",
      map: "<i>S</i> ∪ <i>E</i> → {0, 1}", meaning: "one bit for each input",
      definition: "Definition C.4"),
  ]

  private static let operations = [
    (symbol: "<i>σ</i>", name: "squash"), (symbol: "<i>τ</i>", name: "cut at ½"),
    (symbol: "|<sub><i>S</i>∪<i>E</i></sub>", name: "restrict"),
  ]

  /// Draws the diagram.
  package func draw(on canvas: Canvas) {
    for (index, step) in Self.steps.enumerated() {
      let frame = Rectangle(
        x: Self.left + Double(index) * (Self.box.width + Self.gap), y: Self.top, width: Self.box.width,
        height: Self.box.height)
      draw(step, in: frame, canvas)
      if index < Self.operations.count { draw(Self.operations[index], after: frame, canvas) }
    }
  }

  private func draw(_ step: Step, in frame: Rectangle, _ canvas: Canvas) {
    let outline = Path(frame, cornerRadius: 5)
    canvas.fill(outline, with: Colour(hex: 0xFAFAFA))
    canvas.stroke(outline, with: Stroke(Colour(hex: 0x8C8C8C), width: 0.8))
    let centre = frame.centre.x
    canvas.draw(
      Text(step.symbol, size: 11), at: Point(centre, frame.minY - 21), anchor: Anchor(.centre, .baseline))
    canvas.draw(
      Text(step.map, size: 8.5, colour: .grey), at: Point(centre, frame.minY - 7),
      anchor: Anchor(.centre, .baseline))
    FunctionThumbnail(kind: step.kind).draw(in: frame.inset(by: 8), on: canvas)
    canvas.draw(
      Text(step.meaning, size: 8.5, alignment: .centre), at: Point(centre, frame.maxY + 6),
      anchor: Anchor(.centre, .top))
    if step.kind == .restricted { drawKey(centre: Point(centre, frame.maxY + 26), canvas) }
    canvas.draw(
      Text(step.definition, size: 7, colour: .grey), at: Point(centre, frame.maxY + 42),
      anchor: Anchor(.centre, .baseline))
  }

  /// Which dots are training inputs and which are test inputs.
  private func drawKey(centre: Point, _ canvas: Canvas) {
    let entries = [
      (text: Text("<i>S</i> (training)", size: 8.5), colour: FunctionThumbnail.trainingColour),
      (text: Text("<i>E</i> (test)", size: 8.5), colour: FunctionThumbnail.testColour),
    ]
    let (dot, gap) = (7.0, 8.0)
    let widths = entries.map { canvas.measure($0.text).width + dot }
    var x = centre.x - (widths.reduce(0, +) + gap) / 2
    for (entry, width) in zip(entries, widths) {
      canvas.fill(Path(circleAt: Point(x + 2.4, centre.y), radius: 2.4), with: entry.colour)
      canvas.draw(entry.text, at: Point(x + dot, centre.y), anchor: Anchor(.left, .middle))
      x += width + gap
    }
  }

  private func draw(
    _ operation: (symbol: String, name: String), after frame: Rectangle, _ canvas: Canvas
  ) {
    let y = frame.centre.y
    Arrow(
      from: Point(frame.maxX + 4, y), to: Point(frame.maxX + Self.gap - 4, y),
      stroke: Stroke(.black, width: 1.1), head: 6
    ).draw(on: canvas)
    let x = frame.maxX + Self.gap / 2
    canvas.draw(Text(operation.symbol, size: 10), at: Point(x, y - 7), anchor: Anchor(.centre, .baseline))
    canvas.draw(
      Text(operation.name, size: 7, colour: .grey), at: Point(x, y + 6), anchor: Anchor(.centre, .top))
  }
}
