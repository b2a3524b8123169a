package import DatasetDescriptions
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
      switch name.facts.supply {
      case .drawn: return [drawnEntry(name)]
      case .files(let files) where files.builtInFolder != nil:
        return found + [builtInEntry(name, isUsed: found.isEmpty)]
      case .files: if !found.isEmpty { return found }
      }
      return [
        DatasetEntry(
          name: name, place: .nowhere, files: [], packing: nil, parts: [], isUsed: false, problem: nil)
      ]
    }
  }

  /// Not in use by itself: only in place of the data set that it stands in for.
  private func drawnEntry(_ name: DatasetName) -> DatasetEntry {
    DatasetEntry(
      name: name, place: .drawn, files: [], packing: nil,
      parts: [DatasetEntry.Part(part: .train, count: DrawnShapes.count)], isUsed: false, problem: nil)
  }

  private func builtInEntry(_ name: DatasetName, isUsed: Bool) -> DatasetEntry {
    var parts: [DatasetEntry.Part] = []
    var problem: DatasetError?
    do throws(DatasetError) {
      if let images = try BuiltInImages.images(of: name) {
        parts = [DatasetEntry.Part(part: .train, count: images.train.count)]
      }
    } catch {
      problem = error
    }
    return DatasetEntry(
      name: name, place: .builtIn, files: [], packing: nil, parts: parts, isUsed: isUsed, problem: problem)
  }
}

extension DatasetLocation {
  fileprivate func entry(isUsed: Bool) -> DatasetEntry {
    var counts: [DatasetEntry.Part] = []
    var problem = incompleteness
    for part in parts {
      do throws(DatasetError) {
        let count = try format.count(part.files, classCount: classCount)
        counts.append(DatasetEntry.Part(part: part.part, count: count))
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
}
