"""Makes measures.json: measures of the network of torch_and_scipy.json by PyTorch in Float64, from their
definitions: gradients by autograd, the Hessian's blocks by its double backward, Auto-PGD as its paper states it.

    pip install numpy torch
    python make_measures.py > measures.json
"""
import fractions
import json
import math
import pathlib

import numpy as np
import torch

stored = json.loads((pathlib.Path(__file__).parent / "torch_and_scipy.json").read_text())
WIDTHS, LAYERS = stored["widths"], len(stored["widths"]) - 1
y = torch.tensor(stored["labels"], dtype=torch.float64)
x = torch.tensor(np.array(stored["inputs"], np.float32).astype(float)).reshape(len(y), WIDTHS[0])
w0 = torch.tensor(np.array(stored["parameters"], np.float32).astype(float))


def layers(w):
    start, found = 0, []
    for fan_in, fan_out in zip(WIDTHS, WIDTHS[1:]):
        weight = w[start:start + fan_in * fan_out].reshape(fan_out, fan_in)
        start += fan_in * fan_out
        found.append((weight, w[start:start + fan_out]))
        start += fan_out
    return found


def logits(w, x=x, first=0, rectify=True):
    for index, (weight, bias) in list(enumerate(layers(w)))[first:]:
        x = x @ weight.T + bias
        if rectify and index < LAYERS - 1:
            x = torch.relu(x)
    return x[:, 0]


def loss_of(u):
    return torch.nn.functional.binary_cross_entropy_with_logits(u, y)


def loss(w):
    return loss_of(logits(w))


def gradient(w):
    w = w.clone().requires_grad_()
    value = loss(w)
    value.backward()
    return value.item(), w.grad


def sam(rho):
    base, g = gradient(w0)
    return loss(w0 + rho * g / g.norm()).item() - base


def adaptive_sam(rho, eta):
    base, g = gradient(w0)
    t = w0.abs() + eta
    return loss(w0 + rho * t * t * g / (t * g).norm()).item() - base


def adaptive_worst(rho, steps, first_step=2.0, momentum=0.75, share=0.75):
    """Algorithm 1 of Croce & Hein (2020) for an l-infinity ball of radius rho in delta / |w|."""
    def at(v):
        value, g = gradient(w0 + v * w0.abs())
        return value, torch.sign(g * w0.abs())

    def project(v):
        return v.clamp(-rho, rho)

    p = [0, 22]
    while p[-1] < 100:
        p.append(p[-1] + max(p[-1] - p[-2] - 3, 6))
    checkpoints = [math.ceil(fractions.Fraction(q * steps, 100)) for q in p[1:] if q < 100]
    eta = first_step * rho
    values, points = [], [torch.zeros_like(w0)]
    value, g = at(points[0])
    values.append(value)
    base = value
    best, best_point, best_gradient = value, points[0], g
    etas, bests = {0: None}, {0: base}
    previous, current, last = points[0], points[0], 0
    for k in range(1, steps + 1):
        z = project(current + eta * g)
        a = 1.0 if k == 1 else momentum
        new = project(current + a * (z - current) + (1 - a) * (current - previous))
        previous, current = current, new
        value, g = at(current)
        values.append(value)
        if value > best:
            best, best_point, best_gradient = value, current, g
        if k in checkpoints:
            gains = sum(values[i + 1] > values[i] for i in range(last, k))
            slow = gains < share * (k - last)
            stuck = etas[last] == eta and bests[last] == best
            etas[k], bests[k] = eta, best
            if slow or stuck:
                eta /= 2
                current = previous = best_point
                g = best_gradient
                values[k] = best
            last = k
    return best - base


def relative_flatness():
    """The Hessian's block of the last hidden layer's weights, whose inputs have unit standard deviation."""
    index = LAYERS - 2
    a = x
    for weight, bias in layers(w0)[:index]:
        a = torch.relu(a @ weight.T + bias)
    deviation = a.std(0, unbiased=False)
    kept = deviation > 0
    weight, bias = layers(w0)[index]
    rest = (a[:, ~kept] @ weight[:, ~kept].T).detach() + bias
    scaled = (weight * deviation)[:, kept]
    a = (a / torch.where(kept, deviation, torch.ones_like(deviation)))[:, kept]

    def of(flat):
        z = torch.relu(a @ flat.reshape(scaled.shape).T + rest)
        return loss_of(logits(w0, z, first=index + 1))

    rows, columns = scaled.shape
    hessian = torch.autograd.functional.hessian(of, scaled.flatten()).reshape(rows, columns, rows, columns)
    traces = torch.einsum("sjtj->st", hessian)
    return (traces * (scaled @ scaled.T)).sum().item()


def fisher_rao():
    u = logits(w0)
    return (LAYERS**2 * ((torch.sigmoid(u) - y) * u).square().mean()).item()


print(json.dumps({
    "versions": {"numpy": np.__version__, "torch": torch.__version__},
    "samSharpness": sam(0.05), "adaptiveSAMSharpness": adaptive_sam(0.5, 0.01),
    "adaptiveWorstSharpness": {str(rho): adaptive_worst(rho, 20) for rho in [0.001, 0.1, 0.5]},
    "relativeFlatness": relative_flatness(), "fisherRaoNorm": fisher_rao(),
    "weightNorm": w0.square().sum().item(),
    "pathNorm": logits(w0.square(), torch.ones_like(x[:1]), rectify=False).sqrt().item(),
    "margin": float(np.quantile(((2 * y - 1) * logits(w0)).numpy(), 0.1)),
}, indent=1))
