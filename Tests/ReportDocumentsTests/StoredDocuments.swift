/// Documents of reports of version 0.1.0 as its writer left them, cut down to a few entries. They must stay
/// readable, and to read one and to write it again must give its bytes.
enum StoredDocuments {
  static let metrics = #"""
    {
      "claims" : [
        {
          "condition" : null,
          "figure" : "fig2",
          "name" : "boolean-sharpness-follows-prior",
          "panel" : "a",
          "reason" : null,
          "rule" : "holds when the interval lies below −0.5",
          "statement" : "In the Boolean system flatness correlates with the prior of the function found.",
          "statistics" : [
            "fig2.a.log10-sampled-prior.log10-sharpness.spearman"
          ],
          "threshold" : -0.5,
          "verdict" : "undecided"
        },
        {
          "condition" : "step likelihood",
          "figure" : "fig3",
          "name" : "prior-is-tight",
          "panel" : "c",
          "reason" : "2 points: a correlation needs at least 3",
          "rule" : "holds when the interval lies below −0.5",
          "statement" : "The prior of the function found is tightly correlated with its generalization.",
          "statistics" : [
            "fig3.c.log10-prior-heaviside.generalization.pearson"
          ],
          "threshold" : 0.9,
          "verdict" : "not-judged"
        }
      ],
      "confidence" : 0.95,
      "plateauVersion" : "0.1.0",
      "profile" : "smoke",
      "schema" : "plateau-metrics/1",
      "seed" : 1,
      "statistics" : [
        {
          "claims" : [
            {
              "claim" : "boolean-sharpness-follows-prior",
              "verdict" : "undecided"
            }
          ],
          "figure" : "fig2",
          "id" : "fig2.a.log10-sampled-prior.log10-sharpness.spearman",
          "lower" : -0.8304658288594863,
          "n" : 8,
          "note" : null,
          "pValue" : 0.4123015873015873,
          "panel" : "a",
          "quantities" : "log₁₀ P(f) (sampled) against log₁₀ sharpness",
          "statistic" : "spearman",
          "title" : "Spearman ρ",
          "unmeasured" : null,
          "upper" : 0.9805806756909201,
          "value" : 0.33737388489831593
        },
        {
          "claims" : [
            {
              "claim" : "prior-is-tight",
              "verdict" : "not-judged"
            }
          ],
          "figure" : "fig3",
          "id" : "fig3.c.log10-prior-heaviside.generalization.pearson",
          "lower" : null,
          "n" : 2,
          "note" : null,
          "pValue" : null,
          "panel" : "c",
          "quantities" : "log₁₀ P(f) (step) against generalization (%)",
          "statistic" : "pearson",
          "title" : "Pearson r",
          "unmeasured" : "2 points: a correlation needs at least 3",
          "upper" : null,
          "value" : null
        },
        {
          "claims" : [

          ],
          "figure" : "fig2",
          "id" : "fig2.a.log10-sampled-prior.log10-sharpness.kendall",
          "lower" : null,
          "n" : 8,
          "note" : null,
          "pValue" : 0.5428571428571428,
          "panel" : "a",
          "quantities" : "log₁₀ P(f) (sampled) against log₁₀ sharpness",
          "statistic" : "kendall",
          "title" : "Kendall τ-b",
          "unmeasured" : null,
          "upper" : null,
          "value" : 0.22237479499833035
        }
      ]
    }

    """#

  static let provenance = #"""
    {
      "command" : "plateau report --profile smoke",
      "environment" : {
        "BLAS kernels of the runs" : "Haswell",
        "BLAS library of the runs" : "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH NO_AFFINITY Haswell MAX_THREADS=64",
        "Processor family of the runs" : "x86_64",
        "Swift of the runs" : "6.3",
        "plateau of the runs" : "0.1.0"
      },
      "figures" : {
        "fig1" : {
          "command" : "plateau report --profile smoke --figures 1",
          "data" : [

          ],
          "label" : "Figure 1",
          "missingPanels" : [

          ],
          "notes" : [

          ],
          "replayClass" : "bitwise",
          "revisions" : {

          },
          "runs" : [

          ],
          "seeds" : [
            1
          ],
          "settings" : [

          ],
          "work" : {

          }
        },
        "fig3" : {
          "command" : "plateau report --profile smoke --figures 3",
          "data" : [
            {
              "name" : "mnist",
              "sha256" : "64129d4fcbf2d37234219c3ac364b434fe0e30b11e21d691a1edc8d342e83e2e"
            }
          ],
          "label" : "Figure 3",
          "missingPanels" : [
            {
              "panel" : "b",
              "reason" : "not available yet"
            }
          ],
          "notes" : [
            "One of the 14 runs did not converge."
          ],
          "replayClass" : "statistical",
          "revisions" : {
            "Monte-Carlo kernel" : "1",
            "prior" : "2",
            "sharpness" : "2",
            "training" : "1"
          },
          "runs" : [
            {
              "key" : "ab6f26bb9f5a6f14fa9eb902f767441a10abbde87fd4100ea7607620af998f6b",
              "label" : "SGD, |A| = 0, sample 0",
              "replayClass" : "bitwise"
            }
          ],
          "seeds" : [
            1
          ],
          "settings" : [
            {
              "paperValue" : "500",
              "path" : "fcn-mnist.dataset.train",
              "sources" : [
                "O"
              ],
              "value" : "60"
            },
            {
              "paperValue" : null,
              "path" : "fcn-mnist.dataset.name",
              "sources" : [
                "P"
              ],
              "value" : "mnist"
            }
          ],
          "work" : {
            "epochs of training" : "1 960",
            "priors" : "28",
            "sharpness measurements" : "14",
            "trainings" : "14"
          }
        }
      },
      "plateauVersion" : "0.1.0",
      "profile" : "smoke",
      "schema" : "plateau-provenance/1",
      "seed" : 1
    }

    """#

  static let run = #"""
    {
      "durationInSeconds" : 72.12077593803406,
      "finished" : "2026-11-28T12:04:45Z",
      "host" : "a-host",
      "other" : {
        "jobs" : "2",
        "runs executed" : "73",
        "runs from the store" : "0"
      },
      "paths" : {
        "data" : "data",
        "output" : "report",
        "store" : "store"
      },
      "schema" : "plateau-run/1",
      "secondsByFigure" : {
        "fig2" : 1.077507049,
        "fig3" : 28.681356489
      },
      "siteDigest" : "87aba8614b91fc5dde012ba570bdaa6103ea72db0bead978cce55d4aa21de65c",
      "started" : "2026-11-28T12:03:33Z",
      "versions" : {
        "BLAS kernels" : "Haswell",
        "BLAS library" : "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH NO_AFFINITY Haswell MAX_THREADS=64",
        "system" : "Debian GNU/Linux 12 (bookworm)"
      }
    }

    """#

  static let points = #"""
    {
      "figures" : {
        "fig3" : [
          {
            "panel" : "a",
            "points" : [
              {
                "isConverged" : true,
                "label" : "SGD, |A| = 50, sample 2",
                "run" : "ab6f",
                "x" : -87.25,
                "y" : 90
              }
            ],
            "quantities" : "log₁₀ P(f) (step) against generalization (%)",
            "title" : "FCN on MNIST",
            "xLabel" : "log<sub>10</sub> <i>P</i>(<i>f</i>)",
            "yLabel" : "Generalization (%)"
          }
        ]
      },
      "schema" : "plateau-points/1"
    }

    """#
}
