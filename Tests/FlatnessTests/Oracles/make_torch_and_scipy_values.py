"""Makes torch_and_scipy.json: a small network and its data, the spectrum of its Hessian (PyTorch's double
backward in Float64, NumPy's eigvalsh), and the largest loss in its box (SciPy's L-BFGS-B).

    pip install numpy scipy torch
    python make_torch_and_scipy_values.py > torch_and_scipy.json

The numbers of the network and the data have few digits, so that Float32 reads what is written here.
"""
import json

import numpy as np
import scipy
import scipy.optimize
import torch

WIDTHS = [20, 12, 10, 1]
EXAMPLES = 40

generator = np.random.default_rng(11)
inputs = np.round(generator.random((EXAMPLES, WIDTHS[0])), 3)
labels = generator.integers(0, 2, EXAMPLES)
parameters = []
for fan_in, fan_out in zip(WIDTHS, WIDTHS[1:]):
    parameters += list(np.round(generator.normal(0, (2 / fan_in) ** 0.5, fan_in * fan_out), 3))
    parameters += list(np.round(generator.normal(0, 1, fan_out), 3))
# What Float32 makes of them.
x = torch.tensor(inputs.astype(np.float32).astype(float))
y = torch.tensor(labels.astype(float))
centre = np.array(parameters).astype(np.float32)


def loss(w):
    z, start = x, 0
    for layer, (fan_in, fan_out) in enumerate(zip(WIDTHS, WIDTHS[1:])):
        weight = w[start:start + fan_in * fan_out].reshape(fan_out, fan_in)
        start += fan_in * fan_out
        z = z @ weight.T + w[start:start + fan_out]
        start += fan_out
        if layer < len(WIDTHS) - 2:
            z = torch.relu(z)
    return torch.nn.functional.binary_cross_entropy_with_logits(z[:, 0], y)


w0 = torch.tensor(centre.astype(float))
eigenvalues = np.linalg.eigvalsh(torch.autograd.functional.hessian(loss, w0).numpy())[::-1]


def largest_loss(zeta):
    """From the centre, in units of the box's half-width, scaled so that first-order gains are of order 1e4."""
    half = np.float32(zeta) * (np.abs(centre) + np.float32(1))
    low, high = (centre - half).astype(float), (centre + half).astype(float)
    middle, width = (low + high) / 2, (high - low) / 2
    base = loss(w0).item()

    def objective(u, scale):
        w = torch.tensor(middle + u * width, requires_grad=True)
        value = loss(w)
        value.backward()
        return -(value.item() - base) * scale, -w.grad.numpy() * width * scale

    start = (centre.astype(float) - middle) / width
    scale = 1e4 / np.abs(objective(start, 1.0)[1]).sum()
    result = scipy.optimize.minimize(
        objective, start, args=(scale,), jac=True, method="L-BFGS-B", bounds=[(-1, 1)] * len(start),
        options={"maxiter": 20000, "maxfun": 100000, "ftol": 1e-15, "gtol": 1e-10, "maxcor": 20})
    return base - result.fun / scale


print(json.dumps({
    "versions": {"numpy": np.__version__, "scipy": scipy.__version__, "torch": torch.__version__},
    "widths": WIDTHS, "inputs": inputs.ravel().tolist(), "labels": labels.tolist(), "parameters": parameters,
    "loss": loss(w0).item(), "eigenvalues": eigenvalues.tolist(),
    "largestLosses": {str(zeta): largest_loss(zeta) for zeta in [1e-4, 1e-3, 1e-2]},
}))
