package import Specifications

/// What the methods say of a measure that is none of the paper's; a report has those of its figures.
package struct MeasureNote: Sendable, Equatable {
  /// Which measure.
  package let kind: MeasureKind
  /// Its name at the head of the sentence.
  package let title: String
  /// The rest: what it is, and whose.
  package let definition: String

  private init(_ kind: MeasureKind, _ title: String, _ definition: String) {
    (self.kind, self.title, self.definition) = (kind, title, definition)
  }

  /// All of them, as the page has them one below the other.
  static let all = [
    MeasureNote(
      .hessianTrace, "The trace of the Hessian",
      "the sum of the Hessian’s eigenvalues, exactly and not by random probes (Hutchinson 1989; Yao et al. 2020)."
    ),
    MeasureNote(
      .samSharpness, "SAM’s sharpness",
      "L(w + ρ g/‖g‖₂) − L(w), how much the loss rises by a step of length ρ along its gradient g (Foret et al. 2021)."
    ),
    MeasureNote(
      .adaptiveSAMSharpness, "Adaptive SAM’s sharpness",
      "the same with the step ρ T²g/‖Tg‖₂, T the diagonal matrix of |w| + η (Kwon et al. 2021)."),
    MeasureNote(
      .adaptiveWorstSharpness, "Adaptive worst-case sharpness",
      "the largest rise of the loss where each parameter may move by the part ρ of itself (Andriushchenko et al. 2023), sought by Auto-PGD (Croce and Hein 2020)."
    ),
    MeasureNote(
      .adaptiveAverageSharpness, "Adaptive average-case sharpness",
      "the mean rise of the loss under normal noise whose deviation is the part ρ of each parameter (Andriushchenko et al. 2023), with its standard error."
    ),
    MeasureNote(
      .relativeFlatness, "Relative flatness",
      "the traces of the Hessian’s blocks of the last hidden layer, weighted by the products of the rows of its weights (Petzka et al. 2021). Larger is sharper."
    ),
    MeasureNote(
      .fisherRaoNorm, "The Fisher–Rao norm",
      "(depth + 1)² times the mean over S of the squared derivative of the loss by the logit times the logit (Liang et al. 2019)."
    ),
    MeasureNote(
      .pacBayesFlatness, "PAC-Bayes flatness",
      "1/σ², σ the deviation of the normal noise on all parameters that costs a tenth of the accuracy on S (Jiang et al. 2020). Larger is sharper."
    ),
    MeasureNote(
      .magnitudeAwarePACBayesFlatness, "Magnitude-aware PAC-Bayes flatness",
      "the same with noise of the deviation σ(|w| + η) (Jiang et al. 2020; Dziugaite et al. 2020)."),
    MeasureNote(
      .weightNorm, "The squared weight norm",
      "‖w‖₂² (Neyshabur et al. 2015)."),
    MeasureNote(
      .pathNorm, "The path norm",
      "the square root of the sum, over all paths from an input or a bias to the logit, of the product of the squared weights (Neyshabur et al. 2015)."
    ),
    MeasureNote(
      .margin, "The margin",
      "the tenth percentile over S of the logit with the sign of its label (Neyshabur et al. 2017; Jiang et al. 2020)."
    ),
    MeasureNote(
      .sampledPrior, "P(f) by sampling",
      "by the simulator of Geweke, Hajivassiliou and Keane (Hajivassiliou and Ruud 1994), guided by expectation propagation: unbiased, and with a standard error."
    ),
    MeasureNote(
      .marginalLikelihood, "The marginal likelihood",
      "P(S), the prior of the labels of S alone. With probability 0.95 over S, and 0.95 over functions that fit S drawn by the prior, the error of a function is at most ε with −ln(1 − ε) = (ln 1/P(S) + ln m + ln 1/0.05 + ln 1/0.05)/(m − 1), m = |S| (Valle-Pérez and Louis 2020). The bound on the error of one function f that fits S is (ln 1/P(f) + ln 1/0.05)/m (McAllester 1998; the paper’s eq. 4)."
    ),
  ]
}
