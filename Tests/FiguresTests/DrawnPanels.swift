import Foundation
import Plotting
import Testing

@testable import Figures

/// The plot of one panel of a figure's chart.
func plot(_ result: FigureResult, panel: Int) throws -> Plot {
  let chart = try #require(result.picture as? Chart)
  guard case .plot(let plot) = chart.panels[panel].content else { throw CocoaError(.featureUnsupported) }
  return plot
}

/// The scatter layers of a plot, in drawing order.
func series(_ plot: Plot) -> [ScatterSeries] {
  plot.layers.compactMap { if case .scatter(let series) = $0 { series } else { nil } }
}
