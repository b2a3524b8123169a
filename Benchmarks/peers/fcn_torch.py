"""The FCN benchmarks in PyTorch: a training step, and Keskar's sharpness in a box, one thread each.

Usage: fcn_torch.py fcn-step|fcn-cifar-step|sharpness FOLDER, FOLDER as written by `PlateauBenchmarks export`.
"""
import json
import statistics
import sys
import time

import numpy as np
import torch
from safetensors.torch import load_file

BATCH, BOX, RATE, EPOCHS = 32, 1e-4, 1e-3, 100


def load(folder, name="network", prefix=""):
    """The network, the inputs and the labels; `prefix` "cifar-" for the colour images."""
    inputs = torch.from_numpy(np.load(f"{folder}/{prefix or 'train-'}inputs.npy"))
    labels = torch.from_numpy(np.load(f"{folder}/{prefix or 'train-'}labels.npy"))
    network = torch.nn.Sequential(
        torch.nn.Linear(inputs.shape[1], 40), torch.nn.ReLU(), torch.nn.Linear(40, 40), torch.nn.ReLU(), torch.nn.Linear(40, 1))
    tensors = load_file(f"{folder}/{prefix}{name}.safetensors")
    with torch.no_grad():
        for index, layer in enumerate([network[0], network[2], network[4]]):
            layer.weight.copy_(tensors[f"layers.{index}.weight"])
            layer.bias.copy_(tensors[f"layers.{index}.bias"])
    return network, inputs, labels


def step(folder, prefix=""):
    network, inputs, labels = load(folder, prefix=prefix)
    x, y = inputs[:BATCH].contiguous(), labels[:BATCH].contiguous()
    loss = torch.nn.BCEWithLogitsLoss()
    optimiser = torch.optim.SGD(network.parameters(), lr=0.01)

    def steps(count):
        for _ in range(count):
            optimiser.zero_grad()
            loss(network(x)[:, 0], y).backward()
            optimiser.step()

    steps(200)
    times = []
    for _ in range(9):
        start = time.perf_counter()
        steps(500)
        times.append((time.perf_counter() - start) / 500)
    return {"seconds": statistics.median(times), "best": min(times)}


def sharpness(folder):
    times, value = [], 0.0
    for _ in range(3):
        network, x, y = load(folder)
        loss = torch.nn.BCEWithLogitsLoss()
        parameters = list(network.parameters())
        start = time.perf_counter()
        centre = [p.detach().clone() for p in parameters]
        low = [c - BOX * (c.abs() + 1) for c in centre]
        high = [c + BOX * (c.abs() + 1) for c in centre]
        optimiser = torch.optim.SGD(parameters, lr=RATE, maximize=True)
        generator = torch.Generator().manual_seed(1)
        with torch.no_grad():
            base = loss(network(x)[:, 0], y).item()
        largest = base
        for _ in range(EPOCHS):
            order = torch.randperm(len(y), generator=generator)
            for first in range(0, len(y), BATCH):
                batch = order[first:first + BATCH]
                optimiser.zero_grad()
                loss(network(x[batch])[:, 0], y[batch]).backward()
                optimiser.step()
                with torch.no_grad():
                    for p, l, h in zip(parameters, low, high):
                        torch.clamp(p, l, h, out=p)
                    largest = max(largest, loss(network(x)[:, 0], y).item())
        value = 100 * (largest - base) / (1 + base)
        times.append(time.perf_counter() - start)
    return {"seconds": statistics.median(times), "best": min(times), "sharpness": value}


if __name__ == "__main__":
    torch.set_num_threads(1)
    name, folder = sys.argv[1:3]
    result = {"fcn-step": step, "fcn-cifar-step": lambda f: step(f, "cifar-"), "sharpness": sharpness}[name](folder)
    print(json.dumps({"name": name, "version": torch.__version__, "threads": 1, **result}))
