package import DatasetDescriptions
import Encodings

/// What a full reading of one file showed: a line of `plateau data verify`.
package struct VerificationResult: Sendable, Equatable {
  /// What was found.
  package enum Outcome: Sendable, Equatable {
    /// Its contents are those that the authors of the data set published.
    case official
    /// It can be read to its end, but its contents, or their order, are others; the digest of the file.
    case readableButNotOfficial(sha256: String)
    /// Its contents are those of another official file, by its name: as of MNIST's t10k part under the names of the
    /// train part.
    case otherOfficialFile(String)
    /// It can be read to its end. No official digest of single files exists, only of their archive, which was
    /// checked if `plateau data fetch` got it.
    case noOfficialDigest(sha256: String)
    /// It cannot be used.
    case damaged(DatasetError)
  }

  /// The data set it belongs to.
  package let name: DatasetName
  /// The file, by path; the folder where what is wrong is a missing file.
  package let file: String
  /// What was found.
  package let outcome: Outcome
}

extension DatasetLibrary {
  /// Reads every file of these data sets, by default of all, found in the roots to its end.
  package func verify(_ names: [DatasetName] = DatasetName.allCases) -> [VerificationResult] {
    names.flatMap { name in locations(of: name).flatMap { $0.verify() } }
  }
}

extension DatasetLocation {
  fileprivate func verify() -> [VerificationResult] {
    var results = files.map { VerificationResult(name: name, file: $0, outcome: outcome(of: $0)) }
    if let incompleteness {
      results.append(VerificationResult(name: name, file: folder, outcome: .damaged(incompleteness)))
    }
    // Each file may be sound and the pair not.
    let isSound = !results.contains { if case .damaged = $0.outcome { true } else { false } }
    if isSound {
      do throws(DatasetError) {
        _ = try load()
      } catch {
        results.append(VerificationResult(name: name, file: folder, outcome: .damaged(error)))
      }
    }
    return results
  }

  private func outcome(of file: String) -> VerificationResult.Outcome {
    do throws(DatasetError) {
      guard let content = try format.contentDigest(file, classCount: classCount) else {
        return .noOfficialDigest(sha256: try SHA256.hex(ofFile: file))
      }
      if let official = name.facts.files?.official.first(where: { $0.contentSHA256 == content })?.name {
        return isOfficialName(official, of: file) ? .official : .otherOfficialFile(official)
      }
      return .readableButNotOfficial(sha256: try SHA256.hex(ofFile: file))
    } catch {
      return .damaged(error)
    }
  }

  /// Whether `official` is the name, packed, under which what `file` is named for was published.
  func isOfficialName(_ official: String, of file: String) -> Bool {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    let spellings = DatasetPart.allCases.flatMap { format.fileNames(of: $0) }
      .map { $0.flatMap { [$0, $0 + ".gz"] } }
    return spellings.first { $0.contains(name) }?.contains(official) == true
  }
}
