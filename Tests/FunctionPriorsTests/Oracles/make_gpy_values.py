"""Log evidences of expectation propagation with the probit likelihood, by GPy, for small kernels.

    pip install "GPy==1.13.*" "numpy<2" matplotlib
    python make_gpy_values.py > gpy_probit.json

Both of GPy's schemes (parallel and sequential updates) run to a mean squared site change of 1e-20; the script
stops unless they agree to 1e-9 nats.
"""

import json

import GPy
import numpy as np
from arc_cosine import arc_cosine_kernel
from GPy.inference.latent_function_inference.expectation_propagation import EP


def log_evidence(k, labels, parallel):
    n = len(labels)
    y = np.asarray(labels, float)[:, None]
    method = EP(epsilon=1e-20, parallel_updates=parallel, max_iters=500)
    _, value, _ = method.inference(
        None, np.zeros((n, 1)), GPy.likelihoods.Bernoulli(), GPy.core.parameterization.ObsAr(y), K=k
    )
    return float(value)


cases = []
rng = np.random.default_rng(20200604)
for n, d, layers, scale in [(5, 3, 1, 1.0), (8, 2, 2, 1.0), (12, 5, 2, 10.0), (20, 3, 0, 3.0), (40, 4, 2, 1.0)]:
    x = scale * rng.standard_normal((n, d))
    k = arc_cosine_kernel(x, layers) + (0.1 * np.eye(n) if layers == 0 else 0)
    labels = (rng.random(n) < 0.5).astype(int)
    if n == 20:  # a function that the kernel finds easy
        labels = (x[:, 0] > 0).astype(int)
    np.random.seed(0)
    parallel, sequential = log_evidence(k, labels, True), log_evidence(k, labels, False)
    assert abs(parallel - sequential) < 1e-9, (parallel, sequential)
    cases.append({"n": n, "kernel": k.ravel().tolist(), "labels": labels.tolist(), "logEvidence": parallel})
print(json.dumps({"source": f"GPy {GPy.__version__}, numpy {np.__version__}", "cases": cases}))
