"""Correlations and p-values by SciPy, for stored data.

    pip install numpy scipy mpmath
    python make_scipy_values.py > scipy_correlations.json

Up to nine points, `spearmanExactP` and `kendallExactP` are SciPy's permutation tests over all pairings.

The p-values of Pearson's and Spearman's coefficients are recomputed from SciPy's coefficient by mpmath's incomplete beta
function at 50 digits, since SciPy's own are good to about 1e-10 only in the far tails; the script stops where the two differ by more than that
leaves room for.
"""

import json

import mpmath as mp
import numpy as np
import scipy
from scipy import stats

mp.mp.dps = 50


def p_value(r, n):
    r = mp.mpf(float(r))
    return float(mp.betainc(mp.mpf(n - 2) / 2, mp.mpf(1) / 2, 0, 1 - r * r, regularized=True))


def exact_p(coefficient, x, y):
    """The share of all pairings whose |coefficient| is at least that of the data."""
    result = stats.permutation_test(
        (y,), lambda y: abs(coefficient(x, y).statistic), permutation_type="pairings", alternative="greater", n_resamples=np.inf,
        vectorized=False)
    return float(result.pvalue)


def case(name, x, y):
    x, y = np.asarray(x, float), np.asarray(y, float)
    n = len(x)
    pearson, spearman = stats.pearsonr(x, y), stats.spearmanr(x, y)
    kendall = stats.kendalltau(x, y, method="asymptotic")
    interval = pearson.confidence_interval(0.95)
    for result in (pearson, spearman):
        assert np.isclose(result.pvalue, p_value(result.statistic, n), rtol=1e-6, atol=0), (name, result)
    exact = {}
    if n <= 9:
        exact = {"spearmanExactP": exact_p(stats.spearmanr, x, y), "kendallExactP": exact_p(stats.kendalltau, x, y)}
    return {
        **exact,
        "name": name,
        "x": x.tolist(),
        "y": y.tolist(),
        "pearson": float(pearson.statistic),
        "pearsonP": p_value(pearson.statistic, n),
        "pearsonLower": float(interval.low),
        "pearsonUpper": float(interval.high),
        "spearman": float(spearman.statistic),
        "spearmanP": p_value(spearman.statistic, n),
        "kendall": float(kendall.statistic),
        "kendallP": float(kendall.pvalue),
    }


rng = np.random.default_rng(11)
x55 = rng.standard_normal(55)
cases = [
    case("three points", [1, 2, 4], [2, 1, 5]),
    case("four points", [1, 2, 3, 4], [1.5, 0.5, 2, 1]),
    case("weak", x55, 0.1 * x55 + rng.standard_normal(55)),
    case("strong", x55, -2 * x55 + 0.3 * rng.standard_normal(55)),
    case("a tiny p-value", x55, x55 + 0.03 * rng.standard_normal(55)),
    case("ties in both", rng.integers(0, 4, 40), rng.integers(0, 6, 40)),
    case("ties and a trend", np.repeat(np.arange(11) * 50, 5), -np.round(np.repeat(np.arange(11), 5) + rng.normal(0, 2, 55))),
    case("far from zero", 1e6 + rng.standard_normal(20), 1e-8 * rng.standard_normal(20)),
    case("four in order", [1, 2, 3, 4], [1, 4, 9, 16.5]),
    case("five, two tied", [3, 1, 4, 1, 5], [2, 7, 1, 8, 2.5]),
    case("six, ties in both", [0, 0, 1, 1, 2, 2], [1, 0, 1, 2, 2, 2]),
    case("seven, one of another kind", [0, 0, 0, 0, 0, 0, 1], [1, 2, 2, 3, 4, 5, 0]),
    case("eight", rng.standard_normal(8), rng.standard_normal(8)),
    case("ten, no longer exact", np.arange(10), [1, 0, 2, 4, 3, 5, 9, 7, 8, 6]),
]
beta = []
for a, b, x in [(0.5, 0.5, 0.3), (26.5, 0.5, 0.01), (26.5, 0.5, 0.5), (26.5, 0.5, 0.99), (500, 0.5, 0.7), (1, 0.5, 1e-9), (3.5, 2.25, 0.6)]:
    beta.append({"a": a, "b": b, "x": x, "value": float(mp.betainc(a, b, 0, mp.mpf(x), regularized=True))})
print(json.dumps({"source": f"SciPy {scipy.__version__}, mpmath {mp.__version__}", "cases": cases, "beta": beta}, indent=1))
