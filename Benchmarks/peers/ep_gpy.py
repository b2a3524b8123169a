"""Times GPy's expectation propagation with parallel updates and the probit likelihood on a stored kernel.

    pip install "GPy==1.13.*" "numpy<2" matplotlib
    python ep_gpy.py KERNEL.npy LABELS.npy [--repeats 3]

KERNEL is float64 [n, n], LABELS [n] of 0/1 or -1/+1. Prints one JSON line. The kernels that numpy's OpenBLAS uses follow
OPENBLAS_CORETYPE and OPENBLAS_NUM_THREADS, as this project's own do.
"""

import argparse
import json
import statistics
import time

import GPy
import numpy as np
from GPy.inference.latent_function_inference.expectation_propagation import EP

try:
    from threadpoolctl import threadpool_info
except ImportError:
    threadpool_info = None


def blas():
    if threadpool_info is None:
        return "unknown (pip install threadpoolctl)"
    return [
        f"{p['internal_api']} {p['version']} {p.get('architecture', '')} {p['num_threads']} threads".strip()
        for p in threadpool_info()
        if p["user_api"] == "blas"
    ]


parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("kernel")
parser.add_argument("labels")
parser.add_argument("--repeats", type=int, default=3)
arguments = parser.parse_args()

kernel = np.load(arguments.kernel)
labels = np.load(arguments.labels).astype(float)
n = len(labels)
y = GPy.core.parameterization.ObsAr((labels > 0).astype(float)[:, None])
likelihood = GPy.likelihoods.Bernoulli()

times = []
for _ in range(arguments.repeats):
    np.random.seed(0)
    start = time.perf_counter()
    _, log_z, _ = EP(parallel_updates=True).inference(None, np.zeros((n, 1)), likelihood, y, K=kernel)
    times.append(time.perf_counter() - start)
print(
    json.dumps(
        {
            "name": f"ep-probit-{n}",
            "seconds": statistics.median(times),
            "logZ": float(log_z),
            "blas": blas(),
            "repeats": arguments.repeats,
        }
    )
)
