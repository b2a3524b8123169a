"""Counts of Boolean functions by an independent sampler, and exact probabilities for one hidden unit.

    pip install numpy==2.3.5 && python make_boolean_counts.py > boolean_counts.json

"sampled": networks 7 - 40 - 40 - 1 with weights N(0, 1/fan_in) and biases N(0, 0.01), drawn by NumPy's PCG64 in
float64; how many of them expressed each of the named functions, and how many any other. Bit i of a function's text is
the output on input i, whose coordinates are its binary digits, the first one highest.

"exact": n - 1 - 1 networks. Given the hidden unit's weights and bias the logits v h(x) + c are linear in the two
Gaussian numbers v and c, so every function is a sector of the plane; the average over the hidden unit's parameters is
a sum over a grid of equally likely values (midpoints of quantiles).
"""
import itertools
import json
import math

import numpy as np

VARIABLES, WIDTH, NETWORKS, BATCH = 7, 40, 400_000, 1000


def inputs(n):
    return np.array(list(itertools.product([0.0, 1.0], repeat=n)))


def sampled():
    rng = np.random.default_rng(20211)
    x = inputs(VARIABLES)
    counts = {}
    for _ in range(NETWORKS // BATCH):
        h = x
        for fan_in, units in ((VARIABLES, WIDTH), (WIDTH, WIDTH)):
            w = rng.standard_normal((BATCH, fan_in, units)) / math.sqrt(fan_in)
            b = 0.1 * rng.standard_normal((BATCH, 1, units))
            h = np.maximum(h @ w + b, 0)
        v = rng.standard_normal((BATCH, WIDTH, 1)) / math.sqrt(WIDTH)
        logits = (h @ v)[:, :, 0] + 0.1 * rng.standard_normal((BATCH, 1))
        for row in np.packbits(logits >= 0, axis=1):
            text = row.tobytes().hex()
            counts[text] = counts.get(text, 0) + 1
    named = dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:18])
    return {"networks": NETWORKS, "counts": named}


def normal_quantiles(count, deviation):
    from statistics import NormalDist

    return np.array([NormalDist(0, deviation).inv_cdf((i + 0.5) / count) for i in range(count)])


def exact(n, weight_variance, bias_variance, steps):
    """P(f) by the text of f, for n - 1 - 1."""
    x = inputs(n)
    grids = [normal_quantiles(steps, math.sqrt(weight_variance / n))] * n
    grids.append(normal_quantiles(steps, math.sqrt(bias_variance)))
    mesh = np.stack([g.ravel() for g in np.meshgrid(*grids, indexing="ij")], axis=1)
    hidden = np.maximum(mesh[:, :n] @ x.T + mesh[:, n:], 0)
    # Input i is 1 where the unit vector at angle t makes v h_i + c >= 0: |t - theta_i| <= 90 degrees.
    theta = np.arctan2(math.sqrt(bias_variance), math.sqrt(weight_variance) * hidden)
    edges = np.sort(np.concatenate([theta - math.pi / 2, theta + math.pi / 2], axis=1), axis=1)
    probabilities = {}
    ends = np.concatenate([edges[:, 1:], edges[:, :1] + 2 * math.pi], axis=1)
    for left, right in zip(edges.T, ends.T):
        middle = (left + right) / 2
        bits = np.cos(middle[:, None] - theta) >= 0
        codes = bits @ (1 << np.arange(bits.shape[1])[::-1])
        sums = np.bincount(codes, weights=(right - left) / (2 * math.pi), minlength=1 << bits.shape[1])
        for code, total in enumerate(sums):
            if total > 0:
                text = format(code, f"0{bits.shape[1]}b")
                probabilities[text] = probabilities.get(text, 0) + total / len(mesh)
    return {
        "variables": n, "weightVariance": weight_variance, "biasVariance": bias_variance,
        "probabilities": {k: v for k, v in sorted(probabilities.items()) if v > 1e-12},
    }


print(json.dumps({
    "sampled": sampled(),
    "exact": [exact(1, 1.0, 1.0, 1500), exact(2, 2.0, 0.25, 160)],
}, indent=1))
