import Specifications

/// The works that the report's methods rest on.
enum Bibliography {
  /// Those of every report, and those of the measures that it has.
  static func references(for measures: Set<MeasureKind>) -> [Reference] {
    works.filter { $0.measures.isEmpty || !measures.isDisjoint(with: $0.measures) }
  }

  /// The paper whose experiments these are.
  static let paper = CitedWork(
    label: "The paper", kind: .article, key: "zhang2021flatness",
    title: "Why flatness does and does not correlate with generalization for deep neural networks",
    authors: [
      .person(given: "Shuofeng", family: "Zhang"), .person(given: "Isaac", family: "Reid"),
      .person(given: "Guillermo", family: "Valle Pérez"), .person(given: "Ard", family: "Louis"),
    ], year: 2021, arXiv: "2103.06219")

  private static let works = [
    Reference(text: paper.text, address: paper.address),
    Reference(
      text:
        "D. G. Anderson. Iterative procedures for nonlinear integral equations. Journal of the ACM 12, 1965."
    ),
    Reference(
      text:
        "M. Andriushchenko, F. Croce, M. Müller, M. Hein and N. Flammarion. A modern look at the relationship between sharpness and generalization. ICML, 2023.",
      address: "https://arxiv.org/abs/2302.07011",
      measures: [.adaptiveWorstSharpness, .adaptiveAverageSharpness]),
    Reference(
      text:
        "D. G. Bonett and T. A. Wright. Sample size requirements for estimating Pearson, Kendall and Spearman correlations. Psychometrika 65, 23–28, 2000."
    ),
    Reference(
      text:
        "R. H. Byrd, P. Lu, J. Nocedal and C. Zhu. A limited memory algorithm for bound constrained optimization. SIAM Journal on Scientific Computing 16, 1995."
    ),
    Reference(
      text:
        "P. Chaudhari, A. Choromanska, S. Soatto, Y. LeCun, C. Baldassi, C. Borgs, J. Chayes, L. Sagun and R. Zecchina. Entropy-SGD: biasing gradient descent into wide valleys. 2016.",
      address: "https://arxiv.org/abs/1611.01838"),
    Reference(
      text:
        "Y. Cho and L. Saul. Kernel methods for deep learning. Advances in Neural Information Processing Systems 22, 2009."
    ),
    Reference(
      text:
        "F. Croce and M. Hein. Reliable evaluation of adversarial robustness with an ensemble of diverse parameter-free attacks. ICML, 2020.",
      address: "https://arxiv.org/abs/2003.01690",
      measures: [.adaptiveWorstSharpness]),
    Reference(
      text:
        "L. Dinh, R. Pascanu, S. Bengio and Y. Bengio. Sharp minima can generalize for deep nets. 2017.",
      address: "https://arxiv.org/abs/1703.04933"),
    Reference(
      text:
        "K. Dingle, C. Q. Camargo and A. A. Louis. Input–output maps are strongly biased towards simple outputs. Nature Communications 9, 2018."
    ),
    Reference(
      text:
        "J. Duchi, E. Hazan and Y. Singer. Adaptive subgradient methods for online learning and stochastic optimization. Journal of Machine Learning Research 12, 2011."
    ),
    Reference(
      text:
        "G. K. Dziugaite, A. Drouin, B. Neal, N. Rajkumar, E. Caballero, L. Wang, I. Mitliagkas and D. M. Roy. In search of robust measures of generalization. Advances in Neural Information Processing Systems 33, 2020.",
      address: "https://arxiv.org/abs/2010.11924",
      measures: [.magnitudeAwarePACBayesFlatness]),
    Reference(
      text: "B. Efron and R. J. Tibshirani. An Introduction to the Bootstrap. Chapman & Hall, 1993."),
    Reference(
      text:
        "R. A. Fisher. On the “probable error” of a coefficient of correlation deduced from a small sample. Metron 1, 1921."
    ),
    Reference(
      text:
        "P. Foret, A. Kleiner, H. Mobahi and B. Neyshabur. Sharpness-aware minimization for efficiently improving generalization. ICLR, 2021.",
      address: "https://arxiv.org/abs/2010.01412",
      measures: [.samSharpness]),
    Reference(
      text:
        "M. van Gerven, B. Cseke, R. Oostenveld and T. Heskes. Bayesian source localization with the multivariate Laplace prior. Advances in Neural Information Processing Systems 22, 2009."
    ),
    Reference(
      text:
        "V. A. Hajivassiliou and P. A. Ruud. Classical estimation methods for LDV models using simulation. Handbook of Econometrics 4, 1994.",
      measures: [.sampledPrior]),
    Reference(
      text: "K. He, X. Zhang, S. Ren and J. Sun. Delving deep into rectifiers. ICCV, 2015.",
      address: "https://arxiv.org/abs/1502.01852"),
    Reference(
      text:
        "M. F. Hutchinson. A stochastic estimator of the trace of the influence matrix for Laplacian smoothing splines. Communications in Statistics – Simulation and Computation 18, 1989.",
      measures: [.hessianTrace]),
    Reference(
      text:
        "Y. Jiang, B. Neyshabur, H. Mobahi, D. Krishnan and S. Bengio. Fantastic generalization measures and where to find them. ICLR, 2020.",
      address: "https://arxiv.org/abs/1912.02178",
      measures: [.pacBayesFlatness, .magnitudeAwarePACBayesFlatness, .margin]),
    Reference(
      text:
        "N. S. Keskar, D. Mudigere, J. Nocedal, M. Smelyanskiy and P. T. P. Tang. On large-batch training for deep learning: generalization gap and sharp minima. 2016.",
      address: "https://arxiv.org/abs/1609.04836"),
    Reference(
      text:
        "D. P. Kingma and J. Ba. Adam: a method for stochastic optimization. 2014.",
      address: "https://arxiv.org/abs/1412.6980"),
    Reference(
      text:
        "J. Kwon, J. Kim, H. Park and I. K. Choi. ASAM: adaptive sharpness-aware minimization for scale-invariant learning of deep neural networks. ICML, 2021.",
      address: "https://arxiv.org/abs/2102.11600",
      measures: [.adaptiveSAMSharpness]),
    Reference(
      text:
        "Y. LeCun, L. Bottou, Y. Bengio and P. Haffner. Gradient-based learning applied to document recognition. Proceedings of the IEEE 86, 1998."
    ),
    Reference(
      text:
        "J. Lee, Y. Bahri, R. Novak, S. Schoenholz, J. Pennington and J. Sohl-Dickstein. Deep neural networks as Gaussian processes. 2017.",
      address: "https://arxiv.org/abs/1711.00165"),
    Reference(
      text:
        "A. Lempel and J. Ziv. On the complexity of finite sequences. IEEE Transactions on Information Theory 22, 1976."
    ),
    Reference(
      text:
        "T. Liang, T. Poggio, A. Rakhlin and J. Stokes. Fisher–Rao metric, geometry, and complexity of neural networks. AISTATS, 2019.",
      address: "https://arxiv.org/abs/1711.01530",
      measures: [.fisherRaoNorm]),
    Reference(
      text:
        "D. A. McAllester. Some PAC-Bayesian theorems. COLT, 1998.",
      measures: [.marginalLikelihood]),
    Reference(
      text: "T. Minka. Expectation propagation for approximate Bayesian inference. UAI, 2001.",
      address: "https://arxiv.org/abs/1301.2294"),
    Reference(
      text:
        "B. Neyshabur, R. Tomioka and N. Srebro. Norm-based capacity control in neural networks. COLT, 2015.",
      address: "https://arxiv.org/abs/1503.00036",
      measures: [.weightNorm, .pathNorm]),
    Reference(
      text:
        "B. Neyshabur, S. Bhojanapalli, D. McAllester and N. Srebro. Exploring generalization in deep learning. Advances in Neural Information Processing Systems 30, 2017.",
      address: "https://arxiv.org/abs/1706.08947",
      measures: [.margin]),
    Reference(
      text:
        "B. A. Pearlmutter. Fast exact multiplication by the Hessian. Neural Computation 6, 1994."
    ),
    Reference(
      text:
        "H. Petzka, M. Kamp, L. Adilova, C. Sminchisescu and M. Boley. Relative flatness and generalization. Advances in Neural Information Processing Systems 34, 2021.",
      address: "https://arxiv.org/abs/2001.00939",
      measures: [.relativeFlatness]),
    Reference(
      text:
        "C. E. Rasmussen and C. K. I. Williams. Gaussian Processes for Machine Learning. MIT Press, 2006.",
      address: "https://gaussianprocess.org/gpml/"),
    Reference(
      text:
        "J. K. Salmon, M. A. Moraes, R. O. Dror and D. E. Shaw. Parallel random numbers: as easy as 1, 2, 3. SC, 2011."
    ),
    Reference(
      text:
        "T. Tieleman and G. Hinton. Lecture 6.5, RMSProp. Coursera, 2012."
    ),
    Reference(
      text:
        "G. Valle-Pérez, C. Q. Camargo and A. A. Louis. Deep learning generalizes because the parameter-function map is biased towards simple functions. 2018.",
      address: "https://arxiv.org/abs/1805.08522"),
    Reference(
      text:
        "G. Valle-Pérez and A. A. Louis. Generalization bounds for deep learning. 2020.",
      address: "https://arxiv.org/abs/2012.04115",
      measures: [.marginalLikelihood]),
    Reference(
      text:
        "K. Wu and H. Simon. Thick-restart Lanczos method for large symmetric eigenvalue problems. SIAM Journal on Matrix Analysis and Applications 22, 2000."
    ),
    Reference(
      text:
        "L. Wu, Z. Zhu and W. E. Towards understanding generalization of deep learning: perspective of loss landscapes. 2017.",
      address: "https://arxiv.org/abs/1706.10239"),
    Reference(
      text:
        "Z. Yao, A. Gholami, K. Keutzer and M. W. Mahoney. PyHessian: neural networks through the lens of the Hessian. IEEE Big Data, 2020.",
      address: "https://arxiv.org/abs/1912.07145",
      measures: [.hessianTrace]),
  ]
}
