"""Functions of random 7-40-40-1 networks in PyTorch, two threads: the best of several batch sizes.

Prints one JSON line: seconds for one function. Weights N(0, 1/fan_in), biases N(0, 0.01), all 128 inputs, as the benchmark
'functions' has them.
"""
import itertools
import json
import math
import statistics
import time

import torch

torch.set_num_threads(2)
INPUTS = torch.tensor(list(itertools.product([0.0, 1.0], repeat=7)))


@torch.inference_mode()
def functions(nets):
    w1 = torch.randn(nets, 7, 40) * (1 / math.sqrt(7))
    w2 = torch.randn(nets, 40, 40) * (1 / math.sqrt(40))
    w3 = torch.randn(nets, 40, 1) * (1 / math.sqrt(40))
    h = torch.baddbmm(torch.randn(nets, 1, 40) * 0.1, INPUTS.expand(nets, -1, -1), w1).relu_()
    h = torch.baddbmm(torch.randn(nets, 1, 40) * 0.1, h, w2).relu_()
    return torch.baddbmm(torch.randn(nets, 1, 1) * 0.1, h, w3).squeeze(2) >= 0


def seconds(nets, total=20_000):
    functions(nets)
    rounds = max(1, total // nets)
    start = time.perf_counter()
    for _ in range(rounds):
        functions(nets)
    return (time.perf_counter() - start) / (rounds * nets)


best = min((statistics.median(seconds(nets) for _ in range(3)), nets) for nets in (10, 30, 100, 300, 1000))
print(json.dumps({"name": "functions", "seconds": best[0], "perSecond": 1 / best[0], "batch": best[1], "threads": 2}))
