"""Measures of flatness in PyTorch, one thread: the adaptive average and worst case, and PAC-Bayes flatness.

Usage: flatness_torch.py adaptive-average|adaptive-worst|pac-bayes FOLDER, FOLDER as written by `PlateauBenchmarks export`.
"""
import json
import statistics
import sys
import time

import torch
from torch.nn.utils import parameters_to_vector, vector_to_parameters

from fcn_torch import load

RADIUS, DRAWS = 0.1, 100
WORST_RADIUS, WORST_STEPS, MOMENTUM, CHECKPOINTS = 0.001, 20, 0.75, {5, 9, 12, 14, 16, 18, 19, 20}
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


def adaptive_worst(network, x, y):
    """Auto-PGD in the coordinates δ/|w|, all parameters in one vector; in Float64, as ours."""
    network, x, y = network.double(), x.double(), y.double()
    loss = torch.nn.BCEWithLogitsLoss()
    parameters = list(network.parameters())
    centre = parameters_to_vector(parameters).detach().clone()
    size = centre.abs()

    def value_and_gradient(position):
        vector_to_parameters(centre + position * size, parameters)
        value = loss(network(x)[:, 0], y)
        return value.item(), parameters_to_vector(torch.autograd.grad(value, parameters)) * size

    position = torch.zeros_like(centre)
    previous = position
    base, gradient = value_and_gradient(position)
    value, best, step, gains = base, (base, position, gradient), 2 * WORST_RADIUS, 0
    since, halved, best_then = 0, True, base
    for number in range(1, WORST_STEPS + 1):
        weight = 1.0 if number == 1 else MOMENTUM
        climbed = (position + step * gradient.sign()).clamp(-WORST_RADIUS, WORST_RADIUS)
        moved = position + weight * (climbed - position) + (1 - weight) * (position - previous)
        previous, position = position, moved.clamp(-WORST_RADIUS, WORST_RADIUS)
        here, gradient = value_and_gradient(position)
        gains += here > value
        value = here
        if here > best[0]:
            best = (here, position, gradient)
        if number in CHECKPOINTS:
            if gains < 0.75 * (number - since) or (not halved and best[0] == best_then):
                step, halved = step / 2, True
                value, position, gradient = best
                previous = position
            else:
                halved = False
            since, gains, best_then = number, 0, best[0]
    vector_to_parameters(centre, parameters)
    return best[0] - base


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
    measure = {"adaptive-average": adaptive_average, "adaptive-worst": adaptive_worst, "pac-bayes": pac_bayes}[name]
    problem = load(folder, "trained")
    times, value = [], measure(*problem)
    for _ in range(5):
        start = time.perf_counter()
        value = measure(*problem)
        times.append(time.perf_counter() - start)
    print(json.dumps({
        "name": name, "version": torch.__version__, "threads": 1, "seconds": statistics.median(times), "best": min(times), "value": value}))
