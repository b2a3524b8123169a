"""A training step of ResNet-50 for 32x32 images in PyTorch: channels last, SGD, two threads.

Usage: resnet_torch.py BATCH. The network is that of Tests/NeuralNetworksTests/Oracles/make_resnet50_values.py.
"""
import json
import pathlib
import resource
import statistics
import sys
import time

import torch

ORACLE = pathlib.Path(__file__).resolve().parents[2] / "Tests/NeuralNetworksTests/Oracles/make_resnet50_values.py"


def network():
    """The class of the oracle's script, which prints when it is run as a whole."""
    names = {}
    exec(compile(ORACLE.read_text().split("def fill")[0], str(ORACLE), "exec"), names)
    return names["ResNet50"]()


def main():
    batch = int(sys.argv[1])
    torch.set_num_threads(2)
    net = network().to(memory_format=torch.channels_last)
    optimiser = torch.optim.SGD(net.parameters(), lr=0.01)
    x = torch.randn(batch, 3, 32, 32).to(memory_format=torch.channels_last)
    y = (torch.arange(batch) % 2).float()
    loss = torch.nn.BCEWithLogitsLoss()

    def step():
        optimiser.zero_grad()
        loss(net(x), y).backward()
        optimiser.step()

    def timed(work):
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    step()
    times = [timed(step) for _ in range(max(3, 320 // batch))]
    net.eval()
    with torch.no_grad():
        net(x)
        forward = [timed(lambda: net(x)) for _ in range(5)]
    median = statistics.median(times)
    print(json.dumps({
        "name": f"resnet-step-{batch}", "seconds": median, "best": min(times), "threads": 2, "version": torch.__version__,
        "imagesPerSecond": batch / median, "forwardImagesPerSecond": batch / statistics.median(forward),
        "peakGigabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9}))


main()
