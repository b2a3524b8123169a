import Foundation
import ReportDocuments
import Reporting
import Specifications

/// A document of a report, read as each of its kinds and written again.
struct DocumentInput {
  let bytes: [UInt8]

  func read() {
    readAgain(as: MetricsDocument.self)
    readAgain(as: PointsDocument.self)
    readAgain(as: ProvenanceDocument.self)
    readAgain(as: RunDocument.self)
    readAgain(as: ReportInputs.self)
    _ = SettingValue(stored: String(decoding: bytes.prefix(200), as: UTF8.self))
  }

  private func readAgain<Document: VersionedDocument>(as type: Document.Type) {
    guard let document = try? JSONDecoder().decode(type, from: Data(bytes)) else { return }
    guard let written = try? document.bytes() else { return }
    guard (try? JSONDecoder().decode(type, from: written)) == document else {
      fatalError("what was read is not what was written")
    }
  }
}
