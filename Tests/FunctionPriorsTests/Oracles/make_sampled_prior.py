"""ln P(f) with the step by guided importance sampling, in NumPy and SciPy, for kernels of 300 and 1500 points.

    pip install "numpy<2" scipy
    python make_sampled_prior.py > sampled_prior.json

The guide is expectation propagation with damped parallel updates; the particles pass through the points in reverse order,
by the Cholesky factor of the guide's covariance as it is. Inputs and labels follow from the formulas below, which the test
repeats. The standard errors are those of the means over batches.
"""

import json

import numpy as np
import scipy
from arc_cosine import arc_cosine_kernel
from scipy.special import log_ndtr, ndtri_exp


def uniform(count, stream):
    """SplitMix64 of consecutive numbers (Steele et al. 2014), as numbers in [0, 1)."""
    with np.errstate(over="ignore"):
        z = (np.arange(count, dtype=np.uint64) + np.uint64(stream << 32) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return (z >> np.uint64(11)).astype(float) * 2.0**-53


def inputs(n, d=20):
    return uniform(n * d, 1).reshape(n, d)


def sites(k, y):
    """Expectation propagation; its log evidence is not needed."""
    n = len(y)
    s, v = np.full(n, 1e-3), np.zeros(n)
    for sweep in range(300):
        root = np.sqrt(s)
        b = np.eye(n) + root[:, None] * k * root[None, :]
        w = np.linalg.solve(np.linalg.cholesky(b), root[:, None] * k)
        covariance = k - w.T @ w
        variance, mean = np.diag(covariance), covariance @ v
        cavity = 1 / (1 / variance - s)
        cavity_mean = cavity * (mean / variance - v)
        z = y * cavity_mean / np.sqrt(cavity)
        ratio = np.exp(-0.5 * z * z - 0.5 * np.log(2 * np.pi) - log_ndtr(z))
        new_mean = cavity_mean + y * np.sqrt(cavity) * ratio
        new_variance = cavity * (1 - ratio * (z + ratio))
        s_new = np.maximum(1 / new_variance - 1 / cavity, 1e-8)
        v_new = new_mean / new_variance - cavity_mean / cavity
        change = np.abs(s_new - s).max() / s_new.max()
        s, v = s + 0.7 * (s_new - s), v + 0.7 * (v_new - v)
        if change < 1e-4:
            break
    return s, v


def log_probability(k, y, batches, size=2048, seed=5):
    s, v = sites(k, y)
    # Reverse order.
    k, y, s, v = k[::-1, ::-1], y[::-1], s[::-1], v[::-1]
    n = len(y)
    root = np.sqrt(s)
    factor = np.linalg.cholesky(np.eye(n) + root[:, None] * k * root[None, :])
    w = np.linalg.solve(factor, root[:, None] * k)
    covariance = k - w.T @ w
    mean = covariance @ v
    log_z = -np.log(np.diag(factor)).sum() + 0.5 * v @ mean
    lower = np.linalg.cholesky((covariance + covariance.T) / 2)
    rng = np.random.default_rng(seed)
    means = []
    for _ in range(batches):
        e, log_w = np.zeros((n, size)), np.full(size, log_z)
        for i in range(n):
            mu, sigma2 = mean[i] + lower[i, :i] @ e[:i], lower[i, i] ** 2
            variance = 1 / (1 / sigma2 - s[i])
            m = variance * (mu / sigma2 - v[i])
            a = y[i] * m / np.sqrt(variance)
            log_mass = log_ndtr(a)
            log_w += 0.5 * np.log(variance / sigma2) + 0.5 * m * m / variance - 0.5 * mu * mu / sigma2 + log_mass
            x = -ndtri_exp(np.log(rng.random(size)) + log_mass)
            e[i] = (m + y[i] * np.sqrt(variance) * x - mu) / lower[i, i]
        top = log_w.max()
        means.append((top, np.exp(log_w - top).mean()))
    top = max(t for t, _ in means)
    values = np.array([np.exp(t - top) * w for t, w in means])
    return float(top + np.log(values.mean())), float(values.std(ddof=1) / np.sqrt(batches) / values.mean())


cases = []
for n, batches in [(300, 20), (1500, 80)]:
    k = arc_cosine_kernel(inputs(n), layers=2)
    for name, labels in [("smooth", inputs(n)[:, 0] > 0.5), ("hashed", uniform(n, 2) < 0.5)]:
        value, error = log_probability(k, np.where(labels, 1.0, -1.0), batches)
        cases.append({"n": n, "labels": name, "logProbability": value, "standardError": error})
print(json.dumps({"source": f"numpy {np.__version__}, scipy {scipy.__version__}", "cases": cases}))
