"""The kernel of infinitely wide ReLU networks (Cho & Saul 2009; Lee et al. 2017), for the scripts beside this file."""

import numpy as np


def arc_cosine_kernel(x, layers, weight_variance=2.0, bias_variance=1.0):
    k = bias_variance + weight_variance * x @ x.T / x.shape[1]
    for _ in range(layers):
        s = np.sqrt(np.diag(k))
        cosine = np.clip(k / np.outer(s, s), -1, 1)
        angle = np.arccos(cosine)
        k = bias_variance + weight_variance / (2 * np.pi) * np.outer(s, s) * (
            np.sin(angle) + (np.pi - angle) * cosine
        )
    return (k + k.T) / 2
