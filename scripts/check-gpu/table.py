"""Writes gpu.md and gpu.json from what the steps of check-gpu.sh left in a folder: table.py FOLDER IMAGES CIFAR"""
import json
import pathlib
import re
import sys

FOLDER, SIZE, HAS_CIFAR = pathlib.Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "yes"
ROWS = [
    ("training, images/s, steps of {batch}", "trainingImagesPerSecond", True, "{:.0f}"),
    ("forward pass over {images} images, images/s", "forwardImagesPerSecond", True, "{:.0f}"),
    ("a step of an ascent with the loss over {images} images, s", "ascentSecondsPerStep", False, "{:.3f}"),
    ("the rate of that loss over that of the forward pass", "lossShareOfForward", None, "{:.0%}"),
    ("an initialisation of a kernel over {points} images, s", "kernelSeconds", False, "{:.3f}"),
    ("memory in use at the end, GB", "deviceBytes", None, "{:.1f}"),
]
# Of Figures 3 c, f and S17: runs, steps of an ascent (100 epochs), initialisations of the kernel that they share.
RUNS, EPOCHS, INITIALISATIONS = 85, 100, 700


def text(name):
    path = FOLDER / name
    return path.read_text(errors="replace") if path.exists() else ""


def numbers(name):
    try:
        return json.loads(text(name))
    except ValueError:
        return {}


def shown(values, key, form):
    value = values.get(key)
    if value is None:
        return "–"
    return form.format(value / 1e9 if key == "deviceBytes" else value)


def table(ours, peer):
    lines = ["| | plateau | PyTorch eager | speed of plateau over PyTorch's |", "|---|---|---|---|"]
    ratios = {}
    for what, key, more_is_faster, form in ROWS:
        a, b = ours.get(key), peer.get(key)
        ratio = "–"
        if a and b and more_is_faster is not None:
            ratios[key] = a / b if more_is_faster else b / a
            ratio = f"{ratios[key]:.2f}"
        sizes = {name: ours.get(name, "?") for name in ("batch", "images", "points")}
        lines.append(f"| {what.format(**sizes)} | {shown(ours, key, form)} | {shown(peer, key, form)} | {ratio} |")
    return lines, ratios


def progress(name):
    """How far a run came: what became of its step, and its last line of progress, in the program's words."""
    step = re.search(rf"{name}: (.*)", text("steps.txt"))
    lines = re.findall(r"^plateau: (\d+/\d+ runs, .*)$", text(f"{name}.log"), re.M)
    return f"{step.group(1) if step else 'left out'}; its last line: {lines[-1] if lines else 'none'}"


def main():
    ours, peer = numbers("speed.txt"), numbers("peer.txt")
    rows, ratios = table(ours, peer)
    check = text("check.txt").splitlines()
    failed = [line for line in check if line.startswith("FAILED")]
    images = "CIFAR-10" if HAS_CIFAR else "stand-in images, not CIFAR-10"
    lines = [
        f"{ours.get('engine', 'the engine was not measured')}; beside it {peer.get('engine', 'no PyTorch in Python')}.",
        "", *rows, "",
        f"Beside plain loops: {len(check) - len(failed)} of {len(check)} comparisons agree.", *failed, "",
        f"One run of ResNet-50 as in Figure 3, |A| = 0, |S| = {SIZE}, on {images}, stopped when its time was over:", "",
        f"* training and sharpness: {progress('run-training-and-sharpness')}",
        f"* kernel: {progress('run-kernel')}", "",
    ]
    counted = None
    if ours.get("ascentSecondsPerStep") and ours.get("kernelSeconds"):
        steps = EPOCHS * -(-ours["images"] // ours["batch"])
        counted = RUNS * steps * ours["ascentSecondsPerStep"] + INITIALISATIONS * ours["kernelSeconds"]
        lines.append(
            f"Figures 3 c, f and S17, from the rates above: {counted / 3600:.1f} hours of one GPU for {RUNS} ascents of "
            f"{steps} steps and {INITIALISATIONS} initialisations of the kernel; the trainings come on top.")
    if HAS_CIFAR:
        lines += ["", "By `plateau plan`, on one GPU and on eight:", "", "```"]
        lines += [text("plan-1.txt").strip(), text("plan-8.txt").strip(), "```"]
    (FOLDER / "gpu.md").write_text("\n".join(lines) + "\n")
    steps = [line.partition(": ")[2].strip() for line in text("steps.txt").splitlines()]
    (FOLDER / "gpu.json").write_text(json.dumps({
        "plateau": ours, "peer": peer, "ratios": ratios, "comparisons": len(check), "failed": failed,
        "secondsCounted": counted, "images": images, "steps": steps}, indent=1) + "\n")
    print("\n".join(lines))


main()
