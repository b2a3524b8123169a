"""The work of `plateau engines --speed` by PyTorch in Python: eager, channels-last, Float32 without TF32, deterministic cuDNN.

Prints one JSON object with the keys of that command, beside `forwardBatch`, the batch size that was fastest.
"""
import argparse
import json
import statistics
import time

import torch
from torch import nn


class Block(nn.Module):
    """A bottleneck block as in torchvision: 1x1, 3x3 with the stride, 1x1."""

    def __init__(self, inputs, width, stride):
        super().__init__()

        def unit(a, b, kernel, s=1):
            return nn.Sequential(nn.Conv2d(a, b, kernel, s, kernel // 2, bias=False), nn.BatchNorm2d(b))

        self.inner = nn.Sequential(
            unit(inputs, width, 1), nn.ReLU(inplace=True), unit(width, width, 3, stride), nn.ReLU(inplace=True),
            unit(width, 4 * width, 1))
        self.shortcut = unit(inputs, 4 * width, 1, stride) if inputs != 4 * width or stride != 1 else nn.Identity()

    def forward(self, x):
        return torch.relu_(self.inner(x) + self.shortcut(x))


class ResNet50(nn.Module):
    """ResNet-50 for images of 32x32: a 3x3 stem without pooling, and one logit."""

    def __init__(self):
        super().__init__()
        layers = [nn.Conv2d(3, 64, 3, 1, 1, bias=False), nn.BatchNorm2d(64), nn.ReLU(inplace=True)]
        inputs = 64
        for stage, count in enumerate([3, 4, 6, 3]):
            for block in range(count):
                layers.append(Block(inputs, 64 << stage, 2 if stage > 0 and block == 0 else 1))
                inputs = 4 * (64 << stage)
        self.layers = nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten())
        self.fc = nn.Linear(2048, 1)

    def forward(self, x):
        return self.fc(self.layers(x))[:, 0]


def initialise(net):
    for module in net.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            nn.init.kaiming_normal_(module.weight)
        elif isinstance(module, nn.BatchNorm2d):
            module.reset_parameters()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--device", default="cuda:0")
    parser.add_argument("--images", type=int, default=5000)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    device, batch, count = torch.device(options.device), options.batch, options.images
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    torch.backends.cudnn.deterministic = True
    torch.backends.cudnn.benchmark = False
    torch.manual_seed(1)
    on_gpu = device.type == "cuda"
    end = time.perf_counter() + options.seconds

    def finish():
        if on_gpu:
            torch.cuda.synchronize(device)

    def median(share, work):
        """The median seconds of some readings in a share of the time left, one at least; the first call apart.

        None where the time for all of it has no room."""
        bound = time.perf_counter() + share * (end - time.perf_counter())
        if time.perf_counter() >= end:
            return None

        def seconds(calls):
            start = time.perf_counter()
            for _ in range(calls):
                work()
            finish()
            return (time.perf_counter() - start) / calls

        if seconds(1) > end - time.perf_counter():
            return None
        first = seconds(1)
        calls = max(1, min(20, int(0.5 / first)))
        readings = [first] if calls == 1 else []
        while not readings or (len(readings) < 9 and time.perf_counter() < bound):
            readings.append(seconds(calls))
        return statistics.median(readings)

    net = ResNet50().to(device, memory_format=torch.channels_last)
    parameters = list(net.parameters())
    assert sum(p.numel() for p in parameters) == 23_502_401
    points = count + count * 2 // 5
    images = torch.randn(points, 3, 32, 32, device=device).contiguous(memory_format=torch.channels_last)
    labels = (torch.arange(points, device=device) % 2).float()
    loss = nn.BCEWithLogitsLoss()
    optimiser = torch.optim.SGD(parameters, lr=1e-3)
    examples = torch.arange(batch, device=device)

    def train():
        optimiser.zero_grad(set_to_none=True)
        loss(net(images.index_select(0, examples)), labels.index_select(0, examples)).backward()
        optimiser.step()

    def evaluate(module, size, total):
        with torch.no_grad():
            return torch.cat([module(images[i:min(i + size, total)]) for i in range(0, total, size)])

    net.train()
    training = median(0.2, train)
    optimiser.zero_grad(set_to_none=True)
    net.eval()
    sizes = sorted({min(count, size) for size in (256, 512, 1024, 2048)})
    forward = []
    for number, size in enumerate(sizes):
        seconds = median(0.3 / (len(sizes) - number), lambda: loss(evaluate(net, size, count), labels[:count]).item())
        if seconds:
            forward.append((seconds, size))
    best, best_size = min(forward, default=(None, sizes[-1]))

    with torch.no_grad():
        lower = [p - 1e-5 * (p.abs() + 1) for p in parameters]
        upper = [p + 1e-5 * (p.abs() + 1) for p in parameters]

    def climb():
        gradient = torch.autograd.grad(
            loss(net(images.index_select(0, examples)), labels.index_select(0, examples)), parameters)
        with torch.no_grad():
            torch._foreach_add_(parameters, gradient, alpha=1e-3)
            for p, low, high in zip(parameters, lower, upper):
                p.clamp_(low, high)

    losses = []

    def step():
        climb()
        finish()
        start = time.perf_counter()
        loss(evaluate(net, best_size, count), labels[:count]).item()
        losses.append(time.perf_counter() - start)

    ascent = median(0.6, step)
    total = torch.zeros(points, points, dtype=torch.float64, device=device)

    def kernel():
        initialise(net)
        features = evaluate(net.layers, best_size, points).double()
        total.addmm_(features, features.T, alpha=1 / 2048)

    initialisation = median(1, kernel)
    answer = {
        "engine": f"PyTorch {torch.__version__}, eager", "images": count, "batch": batch, "points": points,
        "trainingImagesPerSecond": training and batch / training, "forwardImagesPerSecond": best and count / best,
        "forwardBatch": best_size, "ascentSecondsPerStep": ascent,
        "lossShareOfForward": best / statistics.median(losses) if best and ascent else None,
        "kernelSeconds": initialisation,
    }
    if on_gpu:
        free, total_bytes = torch.cuda.mem_get_info(device)
        answer["deviceBytes"] = total_bytes - free
        answer["deviceName"] = torch.cuda.get_device_name(device)
    print(json.dumps({key: value for key, value in answer.items() if value is not None}))


main()
