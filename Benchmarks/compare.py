#!/usr/bin/env python3
"""Runs the benchmarks beside their peers, in one go on one machine, and prints ratios against the limits.

Called by `make bench` after the Swift programs are built. Puts the peers (PyTorch, GPy) into .bench-venv the first time. Each
pair runs in turns, three rounds of it, and the medians are compared, because times on shared machines drift. Everything is done
twice: with OpenBLAS's AVX2 kernels (OPENBLAS_CORETYPE=Haswell) and with those that `plateau` uses on this processor; the peers
are given the same ones. Where the two are the same it is done once.
Then whole figures at the paper's size are run against their limits in time: half an hour and more for all of them.
Exit status 1 when a limit is missed.

    compare.py [--no-figures] [NAME ...]

runs the benchmarks of these names alone (`make bench ONLY="fcn-step functions"`); an unknown name lists them all. --no-figures
leaves out the whole figures.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
VENV = ROOT / ".bench-venv"
BENCHMARKS = ROOT / ".build/release/PlateauBenchmarks"
PLATEAU = ROOT / ".build/release/plateau"
PEERS = ROOT / "Benchmarks/peers"
ROUNDS = 3
FUNCTIONS_PER_SECOND = 400_000

PAIRS = ["fcn-step", "fcn-cifar-step", "sharpness", "hessian", "adaptive-average", "adaptive-worst", "pac-bayes", "ep-probit", "resnet-step-32",
         "resnet-step-128", "functions"]
LARGE_PRIORS = ["ep-probit-large", "ep-heaviside-large"]
# Without a peer: all measures of a network beside its sharpness, and a sampled prior, with its limits in seconds and nats.
MEASURES, MEASURES_LIMIT = "measures", 2.0
SAMPLED, SAMPLED_LIMIT, SAMPLED_ERROR = "prior-sampled", 60, 0.03
ALONE = LARGE_PRIORS + [MEASURES, SAMPLED]
# Name, title, figures, limit in seconds.
FIGURES = [
    ("figure-3", "Figure 3 (a, d), 55 runs", "3", 60),
    ("figure-5", "Figure 5, every epoch", "5", 360),
    ("boolean-figures", "Boolean figures, 10^8 networks", "2,S2,S3,B1", 900),
    ("mnist-figures", "all figures of FCN on MNIST", "3,4,5,S4,S5,S6,S7,S8,S9,S10,S11,S12,S13,S14,S15,S16,S18", 1200),
]


def peers():
    python = VENV / "bin/python"
    ready = VENV / "ready"
    if not ready.exists():
        print("installing PyTorch and GPy into .bench-venv (a few GB, once)", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
        subprocess.run(
            [python, "-m", "pip", "install", "-q", "numpy<2", "torch", "scipy", "safetensors", "GPy==1.13.*", "matplotlib", "threadpoolctl"],
            check=True)
        ready.touch()
    return python


def measure(command, environment):
    # PyTorch at its best: large blocks are kept between steps, not given back to the system.
    environment = {**environment, "MALLOC_MMAP_THRESHOLD_": "4000000000", "MALLOC_TRIM_THRESHOLD_": "8000000000"}
    output = subprocess.run([str(c) for c in command], check=True, env=environment, stdout=subprocess.PIPE, text=True)
    return json.loads(output.stdout.strip().splitlines()[-1])


def pair(ours, theirs, environment):
    """Medians of both, in turns."""
    mine, peer = [], []
    for _ in range(ROUNDS):
        mine.append(measure(ours, environment))
        peer.append(measure(theirs, environment))
    return (statistics.median(r["seconds"] for r in mine), statistics.median(r["seconds"] for r in peer), mine[-1], peer[-1])


def without_colour(folder, environment):
    """A data root with the MNIST of PLATEAU_DATA alone: the limits are for the panels on MNIST; those on CIFAR-10 take hours."""
    root = folder / "mnist-alone"
    root.mkdir(exist_ok=True)
    for name in ["mnist", "mnist-t10k", "MNIST"]:
        found = pathlib.Path(environment.get("PLATEAU_DATA", "")) / name
        if environment.get("PLATEAU_DATA") and found.is_dir() and not (root / name).exists():
            (root / name).symlink_to(found.resolve())
    return str(root)


def chosen_kernels():
    """The kernels that `plateau` would use here, left to itself: OpenBLAS's choice, or better ones where it does not know the
    processor. The peers choose nothing of the kind, so that they have to be told."""
    return subprocess.run([BENCHMARKS, "kernels"], check=True, env=unpinned(), capture_output=True, text=True).stdout.strip()


def unpinned():
    return {k: v for k, v in os.environ.items() if k not in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")}


def chosen_benchmarks():
    known = PAIRS + ALONE + [name for name, *_ in FIGURES]
    parser = argparse.ArgumentParser(description="Times the hot paths beside their peers.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"run these alone: {', '.join(known)}")
    parser.add_argument("--no-figures", action="store_true", help="leave out the whole figures")
    arguments = parser.parse_args()
    for name in arguments.names:
        if name not in known:
            parser.error(f"there is no benchmark '{name}'; there are {', '.join(known)}")
    chosen = arguments.names or known
    return [name for name in chosen if not arguments.no_figures or name in PAIRS + ALONE]


def main():
    chosen = chosen_benchmarks()
    # Only the pairs have peers.
    python = peers() if set(chosen) & set(PAIRS) else None
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([BENCHMARKS, "export", folder], check=True)
        rows = [
            ("FCN step, batch 32, 1 thread", "fcn-step", [python, PEERS / "fcn_torch.py", "fcn-step", folder], 0.12),
            ("FCN step on CIFAR-10, 1 thread", "fcn-cifar-step",
             [python, PEERS / "fcn_torch.py", "fcn-cifar-step", folder], 0.35),
            ("sharpness, 100 epochs, 1 thread", "sharpness", [python, PEERS / "fcn_torch.py", "sharpness", folder], 0.12),
            ("Hessian, top 50, 1 thread", "hessian", [python, PEERS / "hessian_torch.py", folder], 0.22),
            ("adaptive average, 1 thread", "adaptive-average",
             [python, PEERS / "flatness_torch.py", "adaptive-average", folder], 0.3),
            ("adaptive worst case, 1 thread", "adaptive-worst",
             [python, PEERS / "flatness_torch.py", "adaptive-worst", folder], 1.5),
            ("PAC-Bayes flatness, 1 thread", "pac-bayes", [python, PEERS / "flatness_torch.py", "pac-bayes", folder], 0.3),
            ("EP n = 1500, probit", "ep-probit",
             [python, PEERS / "ep_gpy.py", folder + "/kernel.npy", folder + "/all-labels.npy", "--repeats", "3"], 0.08),
            ("ResNet-50 step, batch 32, 2 threads", "resnet-step-32", [python, PEERS / "resnet_torch.py", "32"], 1.0),
            ("ResNet-50 step, batch 128, 2 threads", "resnet-step-128", [python, PEERS / "resnet_torch.py", "128"], 1.0),
            ("functions of 7-40-40-1, 2 threads", "functions", [python, PEERS / "functions_torch.py"], 0.25),
        ]
        picked = chosen_kernels()
        for kernels in dict.fromkeys(["Haswell", picked]):
            environment = unpinned() | {"OPENBLAS_CORETYPE": kernels}
            print(f"\nOpenBLAS kernels: {kernels}{', those that plateau uses here' if kernels == picked else ''}")
            print(f"{'benchmark':34}{'ours':>12}{'peer':>12}{'ratio':>8}{'limit':>8}")
            for title, name, theirs, limit in rows:
                if name not in chosen:
                    continue
                ours, peer, mine, other = pair([BENCHMARKS, name], theirs, environment)
                ratio = ours / peer
                failed |= ratio > limit
                print(f"{title:34}{ours * 1e3:9.4g} ms{peer * 1e3:9.4g} ms{ratio:8.3f}{limit:8.3f}"
                      f"{'' if ratio <= limit else '  MISSED'}   [{mine['kernel']}]")
                if "logZ" in mine:
                    difference = abs(mine["logZ"] - other["logZ"])
                    failed |= difference > 1e-6
                    print(f"    log Z differs from GPy's by {difference:.1e} nats")
                if "perSecond" in mine:
                    failed |= mine["perSecond"] < FUNCTIONS_PER_SECOND
                    print(f"    {mine['perSecond']:.0f} functions/s ({mine['arithmetic']}), {mine['perSecondOnOne']:.0f} on one thread; "
                          f"normals {mine['normalsPerSecond'] / 1e6:.0f} million/s on one; multiply-adds {100 * mine['shareOfSgemm']:.0f} % of sgemm's rate; "
                          f"PyTorch {other['perSecond']:.0f}/s at {other['batch']} nets a batch"
                          f"{'  MISSED' if mine['perSecond'] < FUNCTIONS_PER_SECOND else ''}")
                if "peakGigabytes" in mine:
                    failed |= mine["peakGigabytes"] > other["peakGigabytes"]
                    print(f"    {mine['imagesPerSecond']:.1f} images/s, PyTorch {other['imagesPerSecond']:.1f}; forward alone {mine['forwardImagesPerSecond']:.0f} and "
                          f"{other['forwardImagesPerSecond']:.0f}; peak memory {mine['peakGigabytes']:.2f} and {other['peakGigabytes']:.2f} GB"
                          f"{'' if mine['peakGigabytes'] <= other['peakGigabytes'] else '  MISSED'}")
                if name == "adaptive-worst":
                    difference = abs(mine["value"] / other["value"] - 1)
                    failed |= difference > 1e-9
                    print(f"    the rise differs from PyTorch's by {difference:.1e} of itself")
                if "logProduct" in mine:
                    difference = abs(mine["logProduct"] - other["logProduct"])
                    failed |= difference > 1e-5
                    print(f"    ln of the product of the eigenvalues differs from PyTorch's by {difference:.1e}")
            # Three functions near and far from the true labels; the step's refinements have no like among dpotrf's flops.
            for name in [name for name in LARGE_PRIORS if name in chosen]:
                output = subprocess.run([BENCHMARKS, name], check=True, env=environment, stdout=subprocess.PIPE, text=True)
                for line in output.stdout.strip().splitlines():
                    mine = json.loads(line)
                    difference = abs(mine["logZ"] - mine["logZCold"])
                    missed = difference > 2e-6 or (name == "ep-probit-large" and (mine["seconds"] > 5 or mine["shareOfDpotrf"] < 0.6))
                    failed |= missed
                    print(f"{name + ', n = 6000, ' + format(mine['flips'], '.0%') + ' flips':34}{mine['seconds']:10.2f} s, {mine['sweeps']} sweeps, "
                          f"{mine['shareOfDpotrf']:.0%} of dpotrf's {mine['dpotrfRate'] / 1e9:.0f} Gflop/s; "
                          f"without reference {mine['secondsCold']:.2f} s, {mine['sweepsCold']} sweeps, log Z differs by {difference:.1e} nats"
                          f"{'  MISSED' if missed else ''}", flush=True)
            if MEASURES in chosen:
                mine = measure([BENCHMARKS, MEASURES], environment)
                ratio = mine["seconds"] / mine["sharpnessSeconds"]
                failed |= ratio > MEASURES_LIMIT
                print(f"{str(mine['measures']) + ' measures, 1 thread':34}{mine['seconds'] * 1e3:9.4g} ms, beside sharpness in "
                      f"{mine['sharpnessSeconds'] * 1e3:.4g} ms {ratio:8.3f}{MEASURES_LIMIT:8.3f}{'' if ratio <= MEASURES_LIMIT else '  MISSED'}")
            if SAMPLED in chosen:
                mine = measure([BENCHMARKS, SAMPLED], environment)
                missed = mine["seconds"] > SAMPLED_LIMIT or not mine["standardError"] <= SAMPLED_ERROR
                failed |= missed
                print(f"{'sampled prior, n = 1500, step':34}{mine['seconds']:10.2f} s on {mine['threads']} threads, limit {SAMPLED_LIMIT} s; "
                      f"standard error {mine['standardError']:.3f} nats, limit {SAMPLED_ERROR}{'  MISSED' if missed else ''}")
            images = without_colour(pathlib.Path(folder), environment)
            for name, title, figures, limit in FIGURES:
                if name not in chosen:
                    continue
                store = tempfile.mkdtemp(dir=folder)
                start = time.perf_counter()
                subprocess.run([PLATEAU, "run", "--profile", "paper", "--figures", figures, "--store", store],
                               check=True, env=environment | {"PLATEAU_DATA": images}, cwd=ROOT, capture_output=True)
                wall = time.perf_counter() - start
                failed |= wall > limit
                print(f"{title + ', all cores':34}{wall:10.1f} s{'':12}{'':8}{limit:6d} s{'' if wall <= limit else '  MISSED'}", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
