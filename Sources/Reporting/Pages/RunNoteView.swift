/// A run that did not end as it should, as printed.
struct RunNoteView {
  let place: FigureLabels.Link
  let run: String
  let ending: String
  let detail: String

  init(_ note: RunNote, labels: FigureLabels) {
    place = labels.link(note.figure)
    run = note.run
    ending = note.kind.rawValue
    detail = note.detail
  }
}
