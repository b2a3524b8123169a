"""The 50 largest eigenvalues of the trained FCN's Hessian: PyTorch's double backward for the products, SciPy's ARPACK for the rest,
one thread each.

Usage: hessian_torch.py FOLDER, FOLDER as written by `PlateauBenchmarks export`.
"""
import json
import os
import statistics
import sys
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
import scipy.sparse.linalg
import torch

from fcn_torch import load

TOP, TOLERANCE = 50, 1e-8


def spectrum(folder):
    network, x, y = load(folder, "trained")
    network, x, y = network.double(), x.double(), y.double()
    parameters = list(network.parameters())
    size = sum(p.numel() for p in parameters)
    start = time.perf_counter()
    loss = torch.nn.BCEWithLogitsLoss()(network(x)[:, 0], y)
    gradients = torch.autograd.grad(loss, parameters, create_graph=True)
    products = 0

    def multiply(v):
        nonlocal products
        products += 1
        vector = torch.from_numpy(np.ascontiguousarray(v).ravel())
        parts = [part.view_as(p) for part, p in zip(vector.split([p.numel() for p in parameters]), parameters)]
        result = torch.autograd.grad(gradients, parameters, grad_outputs=parts, retain_graph=True)
        return torch.cat([r.reshape(-1) for r in result]).numpy()

    operator = scipy.sparse.linalg.LinearOperator((size, size), matvec=multiply, dtype=np.float64)
    v0 = np.random.default_rng(1).random(size) - 0.5
    values = scipy.sparse.linalg.eigsh(
        operator, k=TOP, which="LA", tol=TOLERANCE, v0=v0, return_eigenvectors=False)
    largest = scipy.sparse.linalg.eigsh(operator, k=1, which="LM", tol=TOLERANCE, v0=v0, return_eigenvectors=False)
    return time.perf_counter() - start, sorted(values)[::-1], abs(largest[0]), products


if __name__ == "__main__":
    torch.set_num_threads(1)
    times = []
    for _ in range(3):
        seconds, values, norm, products = spectrum(sys.argv[1])
        times.append(seconds)
    print(json.dumps({
        "name": "hessian", "version": torch.__version__, "threads": 1, "seconds": statistics.median(times), "best": min(times),
        "logProduct": float(np.log(values).sum()), "spectralNorm": float(norm), "products": products}))
