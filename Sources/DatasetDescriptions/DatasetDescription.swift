/// What is known of a data set before any of its files is read: one static value for each
/// (`DatasetDescription+MNIST.swift` and its neighbours).
package struct DatasetDescription: Sendable {
  /// The name that commands and specs use.
  package let name: DatasetName
  /// The name as its authors write it, for reports.
  package let title: String
  /// The shape of each image.
  package let image: ImageShape
  /// The names of the classes, for reports; class k is the label k of the files.
  package let classNames: [String]
  /// The two-class problems that are defined for it.
  package let tasks: [BinaryTask]
  /// Who made it, and under which licence.
  package let attribution: Attribution
  /// Where its images come from.
  package let supply: Supply
  /// The data set that it replaces where that is not found; no claim of the paper is judged on a stand-in.
  package let standsInFor: DatasetName?

  /// Who made a data set, and under which licence it is offered, as sentences for reports.
  package struct Attribution: Sendable {
    /// The licence of the images.
    package enum Licence: Sendable, Equatable {
      /// As its authors name it, such as "MIT licence".
      case stated(String)
      /// Its authors state none.
      case notStated
      /// The program makes the images: they are under its own licence.
      case ofThisProgram
    }
    /// What it is and who made it, without a full stop.
    package let makers: String
    package let licence: Licence
    /// One sentence more; nil if there is nothing to add.
    package let remark: String?

    /// Makers, licence and remark in sentences.
    package var statement: String {
      let licence = if case .stated(let licence) = licence { "; \(licence)" } else { "" }
      return "\(makers)\(licence)." + (remark.map { " \($0)" } ?? "")
    }
  }

  /// Where the images of a data set come from.
  package enum Supply: Sendable {
    /// Files that its authors published.
    case files(DatasetFiles)
    /// The program draws them.
    case drawn
  }

  /// The files of the data set; nil if the program draws it.
  package var files: DatasetFiles? {
    if case .files(let files) = supply { files } else { nil }
  }

  /// Whether a task passes over the images of some classes. Then a summary names the classes that are there.
  package var hasPartialTask: Bool {
    tasks.contains { task in classNames.indices.contains { !task.contains(UInt8($0)) } }
  }
}

/// The shape of an image, in pixels, and its channels: 1 for grey, 3 for red, green, blue.
package struct ImageShape: Hashable, Sendable, CustomStringConvertible {
  package let channels: Int
  package let height: Int
  package let width: Int

  /// A shape from its three lengths.
  package init(channels: Int, height: Int, width: Int) {
    self.channels = channels
    self.height = height
    self.width = width
  }

  /// The number of values of one image, channels · height · width.
  package var valueCount: Int { channels * height * width }

  /// Such as "3 channels of 32 × 32".
  package var description: String {
    "\(channels) channel\(channels == 1 ? "" : "s") of \(height) × \(width)"
  }
}
