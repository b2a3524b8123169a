import Foundation

/// One place where a data set was found, or the fact that it was found nowhere: a line of `plateau data
/// list`.
package struct DatasetEntry: Sendable, Equatable {
  /// Where the data set is.
  package enum Place: Sendable, Equatable {
    /// A folder, by path.
    case folder(String)
    /// In the package itself.
    case builtIn
    /// Drawn by the program where it is wanted.
    case drawn
    /// In none of the folders searched.
    case nowhere
  }

  /// How the files are stored.
  package enum Packing: String, Sendable {
    /// As they are.
    case plain
    /// Packed with gzip.
    case gzip
    /// Some of them packed.
    case mixed
  }

  /// A part of a data set and the number of its images.
  package struct Part: Sendable, Equatable {
    /// Which part.
    package let part: DatasetPart
    /// The number of its images, as the headers state it.
    package let count: Int
  }

  /// Which data set.
  package let name: DatasetName
  /// Where it is.
  package let place: Place
  /// The names of its files there.
  package let files: [String]
  /// How they are stored; nil without files.
  package let packing: Packing?
  /// The complete parts.
  package let parts: [Part]
  /// Whether this is the place from which it would be loaded.
  package let isUsed: Bool
  /// What would keep it from being loaded, as far as headers show; `plateau data verify` reads everything.
  package let problem: DatasetError?
}

extension DatasetLibrary {
  /// What is where: for every data set each place that has it, the one in use first.
  package func inventory() -> [DatasetEntry] {
    DatasetName.allCases.flatMap { name -> [DatasetEntry] in
      let found = locations(of: name).enumerated().map { index, location in
        location.entry(isUsed: index == 0)
      }
      if name == .drawnShapes { return [drawnEntry] }
      if name == .mnist { return found + [builtInEntry(isUsed: found.isEmpty)] }
      if !found.isEmpty { return found }
      return [
        DatasetEntry(
          name: name, place: .nowhere, files: [], packing: nil, parts: [], isUsed: false, problem: nil)
      ]
    }
  }

  /// Not in use by itself: only in place of CIFAR-10.
  private var drawnEntry: DatasetEntry {
    DatasetEntry(
      name: .drawnShapes, place: .drawn, files: [], packing: nil,
      parts: [DatasetEntry.Part(part: .train, count: DrawnShapes.count)], isUsed: false, problem: nil)
  }

  private func builtInEntry(isUsed: Bool) -> DatasetEntry {
    var parts: [DatasetEntry.Part] = []
    var problem: DatasetError?
    do throws(DatasetError) {
      parts = [DatasetEntry.Part(part: .train, count: try BuiltInImages.mnist().train.count)]
    } catch {
      problem = error
    }
    return DatasetEntry(
      name: .mnist, place: .builtIn, files: [], packing: nil, parts: parts, isUsed: isUsed, problem: problem)
  }
}

extension DatasetLocation {
  fileprivate func entry(isUsed: Bool) -> DatasetEntry {
    var counts: [DatasetEntry.Part] = []
    var problem = incompleteness
    for files in parts {
      do throws(DatasetError) {
        counts.append(DatasetEntry.Part(part: files.part, count: try count(of: files)))
      } catch {
        problem = problem ?? error
      }
    }
    let packed = files.filter { $0.hasSuffix(".gz") }.count
    return DatasetEntry(
      name: name, place: .folder(folder), files: files.map { URL(fileURLWithPath: $0).lastPathComponent },
      packing: packed == 0 ? .plain : packed == files.count ? .gzip : .mixed, parts: counts, isUsed: isUsed,
      problem: problem)
  }

  private func count(of files: PartFiles) throws(DatasetError) -> Int {
    guard let imageFile = files.images.first, let labelFile = files.labels.first else {
      var count = 0
      for file in files.images { count += try CIFARReader.recordCount(file) }
      return count
    }
    let imageCount = try IDXReader.header(imageFile, dimensionCount: 3).dimensions[0]
    let labelCount = try IDXReader.header(labelFile, dimensionCount: 1).dimensions[0]
    guard imageCount == labelCount else {
      throw .countMismatch(
        imageFile: imageFile, imageCount: imageCount, labelFile: labelFile, labelCount: labelCount)
    }
    return imageCount
  }
}
