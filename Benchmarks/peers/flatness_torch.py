"""Measures of flatness by noise in PyTorch, one thread: the adaptive average, and PAC-Bayes flatness.

Usage: flatness_torch.py adaptive-average|pac-bayes FOLDER, FOLDER as written by `PlateauBenchmarks export`.
"""
import json
import statistics
import sys
import time

import torch

from fcn_torch import load

RADIUS, DRAWS = 0.1, 100
DROP, LARGEST, STEPS, NOISES = 0.1, 2.0, 15, 10


@torch.no_grad()
def adaptive_average(network, x, y):
    loss = torch.nn.BCEWithLogitsLoss()
    parameters = list(network.parameters())
    centre = [p.clone() for p in parameters]
    base, rises = loss(network(x)[:, 0], y).item(), []
    for _ in range(DRAWS):
        for p, c in zip(parameters, centre):
            p.copy_(c + RADIUS * c.abs() * torch.randn_like(c))
        rises.append(loss(network(x)[:, 0], y).item() - base)
    for p, c in zip(parameters, centre):
        p.copy_(c)
    return statistics.mean(rises)


@torch.no_grad()
def pac_bayes(network, x, y):
    """All 15 steps, as ours takes with so small a tolerance."""
    parameters = list(network.parameters())
    centre = [p.clone() for p in parameters]
    noises = [[torch.randn_like(c) for c in centre] for _ in range(NOISES)]

    def accuracy():
        return ((network(x)[:, 0] >= 0).float() == y).float().mean().item()

    base, low, high = accuracy(), 0.0, LARGEST
    for _ in range(STEPS):
        deviation = (low + high) / 2
        kept = 0.0
        for noise in noises:
            for p, c, z in zip(parameters, centre, noise):
                p.copy_(c + deviation * z)
            kept += accuracy()
        low, high = (low, deviation) if base - kept / NOISES > DROP else (deviation, high)
    for p, c in zip(parameters, centre):
        p.copy_(c)
    return 1 / deviation**2


if __name__ == "__main__":
    torch.set_num_threads(1)
    torch.manual_seed(1)
    name, folder = sys.argv[1:3]
    measure = {"adaptive-average": adaptive_average, "pac-bayes": pac_bayes}[name]
    problem = load(folder, "trained")
    times, value = [], measure(*problem)
    for _ in range(5):
        start = time.perf_counter()
        value = measure(*problem)
        times.append(time.perf_counter() - start)
    print(json.dumps({
        "name": name, "version": torch.__version__, "threads": 1, "seconds": statistics.median(times), "best": min(times), "value": value}))
