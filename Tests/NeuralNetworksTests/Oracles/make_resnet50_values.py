"""Values of ResNet-50 for 32x32 images from PyTorch in double precision, stored in resnet50.json.

Run with PyTorch (made with 2.15): python3 make_resnet50_values.py > resnet50.json

Weights and images are made by an integer hash, so that the test can make the same ones without a file of 94 MB.
"""

import json
import math

import numpy as np
import torch
from torch import nn

BATCH = 4


def uniform(start, count):
    """Numbers in [-1/2, 1/2): the finaliser of MurmurHash3 on start, start + 1, ..."""
    x = ((np.arange(start, start + count, dtype=np.uint64) + 1) * 2654435761) & 0xFFFFFFFF
    x ^= x >> 16
    x = (x * 0x85EBCA6B) & 0xFFFFFFFF
    x ^= x >> 13
    x = (x * 0xC2B2AE35) & 0xFFFFFFFF
    x ^= x >> 16
    return x.astype(np.float64) / 2**32 - 0.5


class Bottleneck(nn.Module):
    def __init__(self, inputs, width, stride, projects):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, width, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, stride, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.conv3 = nn.Conv2d(width, 4 * width, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(4 * width)
        self.downsample = None
        if projects:
            self.downsample = nn.Sequential(
                nn.Conv2d(inputs, 4 * width, 1, stride, bias=False), nn.BatchNorm2d(4 * width))

    def forward(self, x):
        y = torch.relu(self.bn1(self.conv1(x)))
        y = torch.relu(self.bn2(self.conv2(y)))
        y = self.bn3(self.conv3(y))
        return torch.relu(y + (x if self.downsample is None else self.downsample(x)))


class ResNet50(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        inputs = 64
        for stage, count in enumerate([3, 4, 6, 3]):
            blocks = []
            for block in range(count):
                stride = 2 if stage > 0 and block == 0 else 1
                blocks.append(Bottleneck(inputs, 64 << stage, stride, block == 0))
                inputs = 4 * (64 << stage)
            setattr(self, f"layer{stage + 1}", nn.Sequential(*blocks))
        self.fc = nn.Linear(2048, 1)

    def forward(self, x):
        self.features = self.layers(x).mean(dim=(2, 3))
        return self.fc(self.features)[:, 0]

    def layers(self, x):
        x = torch.relu(self.bn1(self.conv1(x)))
        return self.layer4(self.layer3(self.layer2(self.layer1(x))))


def fill(net):
    """Fills parameters, and then running means and variances, in their order, from the hash."""
    start = 0
    for name, tensor in net.named_parameters():
        u = uniform(start, tensor.numel())
        start += tensor.numel()
        if tensor.dim() > 1:
            fan_in = tensor[0].numel()
            values = u * math.sqrt(12) * math.sqrt(2 / fan_in)
        elif name == "fc.bias":
            values = u
        elif name.endswith("weight"):
            values = 1 + 0.4 * u
        else:
            values = 0.2 * u
        tensor.data = torch.from_numpy(values.astype(np.float32).astype(np.float64)).reshape(tensor.shape)
    parameters = start
    for name, buffer in net.named_buffers():
        if name.endswith("num_batches_tracked"):
            continue
        u = uniform(start, buffer.numel())
        start += buffer.numel()
        values = 0.2 * u if name.endswith("mean") else 1 + 0.5 * u
        buffer.copy_(torch.from_numpy(values.astype(np.float32).astype(np.float64)))
    return parameters, start


def passes(mode):
    net = ResNet50().double()
    parameters, start = fill(net)
    images = torch.from_numpy(
        (4 * uniform(start, BATCH * 3 * 32 * 32)).astype(np.float32).astype(np.float64)
    ).reshape(BATCH, 3, 32, 32)
    labels = torch.tensor([0.0, 1.0, 1.0, 0.0], dtype=torch.float64)
    net.train(mode == "training")
    logits = net(images)
    loss = nn.functional.binary_cross_entropy_with_logits(logits, labels)
    loss.backward()
    return {
        "logits": logits.tolist(),
        "loss": loss.item(),
        "features": net.features[:, :8].tolist(),
        "gradients": [
            {
                "name": name,
                "norm": p.grad.norm().item(),
                # Eight entries, spread over the tensor.
                "entries": p.grad.reshape(-1)[:: max(1, p.numel() // 8)][:8].tolist(),
            }
            for name, p in net.named_parameters()
        ],
        "statistics": [
            {"name": name, "entries": b.reshape(-1)[:4].tolist()}
            for name, b in net.named_buffers() if not name.endswith("num_batches_tracked")
        ],
        "parameterCount": parameters,
    }


print(json.dumps({mode: passes(mode) for mode in ["training", "evaluation"]}))
