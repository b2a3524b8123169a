#!/usr/bin/env python3
"""Calls the program for some minutes while things go wrong: kills, full disks, damaged files, several processes on one
store, closed streams. After each fault the same command must give the bytes of an undisturbed one, or have ended with a
documented exit code and a message that names the fault.

Called by `make soak MINUTES=n SEED=s` after the program is built. Prints how often each kind was tried and what came of
it. Exit status 1 where something was lost, crashed or hung: the folder of that try is kept and named, with what was called
in it, and ONLY=<kind> (or several with commas) with SEED=<seed of the try> tries the same again, but for the moments of kills.
"""
import collections
import hashlib
import os
import pathlib
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PROGRAM = pathlib.Path(os.environ.get("PLATEAU", ROOT / ".build/release/plateau")).resolve()
DOCUMENTED = {0, 1, 2, 64, 130}
# What hangs, hangs for good; what is slow may be so because the machine is busy.
PATIENCE = 900
WORK = ["--profile", "smoke", "--jobs", "2", "--figures"]


class Lost(Exception):
    """What must not happen."""


class Place:
    """A folder of one try, in which the program is called."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.temporary = self.path("tmp")
        self.temporary.mkdir()
        self.calls = 0
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.folder), "PLATEAU_HOME": str(HOME), "TMPDIR": str(self.temporary),
            "OPENBLAS_NUM_THREADS": "1"}

    def path(self, *names):
        return self.folder.joinpath(*names)

    def start(self, *words, streams=None, limit=None):
        """Starts the program; standard output and error go to files unless `streams` says otherwise."""
        self.calls += 1
        log = self.path(f"call-{self.calls:02}")
        with open(f"{log}.command", "w") as file:
            file.write(" ".join(map(str, words)) + "\n")
        with open(f"{log}.out", "wb") as out, open(f"{log}.err", "wb") as err:
            process = subprocess.Popen(
                [str(PROGRAM), *map(str, words)], cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
                preexec_fn=limit, **(streams or {"stdout": out, "stderr": err}))
        process.log = log
        process.words = " ".join(map(str, words))
        return process

    def end(self, process, allowed=(0,), killed_by=None):
        """Waits for the end; gives the exit code and what was said on standard error."""
        try:
            code = process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise Lost(f"'{process.words}' did not end in {PATIENCE} s")
        errors = pathlib.Path(f"{process.log}.err").read_text(errors="replace")
        if killed_by is not None and code == -killed_by:
            return code, errors
        if code not in DOCUMENTED:
            raise Lost(f"'{process.words}' ended with {code}: {errors[-2000:]}")
        if code not in allowed:
            raise Lost(f"'{process.words}' ended with {code}, expected {allowed}: {errors[-2000:]}")
        return code, errors

    def call(self, *words, allowed=(0,)):
        return self.end(self.start(*words), allowed)

    def work(self, figures, command="report"):
        words = [command, *WORK, figures, "--store", self.path("store")]
        return words if command == "run" else words + ["--output", self.path("report")]

    def take(self, name, source):
        """A copy of a part of the undisturbed work."""
        shutil.copytree(BASE.path(source), self.path(name), symlinks=True)

    def halve(self, rng):
        """Removes some runs from the store."""
        for file in sorted(self.path("store/runs").glob("*/*.json")):
            if rng.random() < 0.5:
                file.unlink()

    def check(self, figures, name="report"):
        """The report is that of undisturbed work, and nothing is left beside it."""
        expected, found = contents(BASE.path(f"report-{figures}")), contents(self.path(name))
        if expected != found:
            names = sorted(set(expected.items()) ^ set(found.items()))
            raise Lost(f"{name} has other bytes than undisturbed work: {sorted({name for name, _ in names})}")

    def check_nothing_left(self):
        left = [path for path in self.folder.rglob("*")
                if path.name.startswith((".writing-", ".report", "plateau-bundle", ".dat.nosync"))
                or path.suffix in (".block", ".checkpoint") or path.parent.name == "claims"]
        if left:
            raise Lost(f"left over: {[str(path.relative_to(self.folder)) for path in left]}")


def contents(folder):
    """The digests of the files of a report, run.json aside."""
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(pathlib.Path(folder).rglob("*")) if path.is_file() and path.name != "run.json"}


def is_whole(report):
    """Whether every file that the report lists is there as it was written."""
    sums = report / "SHA256SUMS"
    return sums.exists() and all(
        hashlib.sha256((report / name).read_bytes()).hexdigest() == digest if (report / name).exists() else False
        for digest, name in (line.split("  ", 1) for line in sums.read_text().splitlines()))


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


# What can go wrong. Each takes a random generator and a fresh place, and gives a word for what came of it.

def kill(process, rng, seconds, number=signal.SIGKILL):
    """Sends a signal at a random moment of what takes `seconds`."""
    time.sleep(rng.uniform(0, 0.95 * seconds))
    process.send_signal(number)


def kill_run(rng, place):
    figures = rng.choice(["1", "2", "1,2"])
    if rng.random() < 0.5:
        place.take("store", "store")
        place.halve(rng)
    codes = set()
    for _ in range(rng.randint(1, 3)):
        process = place.start(*place.work(figures, "run"))
        # Most of what a report takes is its pictures.
        kill(process, rng, 0.6 * SECONDS[figures])
        codes.add(place.end(process, killed_by=signal.SIGKILL)[0])
    place.call(*place.work(figures))
    place.check(figures)
    place.check_nothing_left()
    return "ended before" if codes == {0} else "killed"


def kill_report(rng, place):
    place.take("store", "store")
    earlier = rng.random() < 0.7
    if earlier:
        place.take("report", "report-1")
    process = place.start(*place.work("2"))
    kill(process, rng, SECONDS["site"])
    code, _ = place.end(process, killed_by=signal.SIGKILL)
    if place.path("report").exists():
        if not is_whole(place.path("report")):
            raise Lost("the kill left a report that is not whole")
    elif earlier:
        raise Lost("the kill left no report where there was one")
    place.call(*place.work("2"))
    place.check("2")
    place.check_nothing_left()
    return "ended before" if code == 0 else "killed"


def kill_archive(rng, place):
    bundle = place.path("b.tar.gz")
    earlier = rng.random() < 0.5
    if earlier:
        shutil.copy(BASE.path("b-1.tar.gz"), bundle)
    words = ["archive", BASE.path("report-2"), "--store", BASE.path("store"), "--output", bundle]
    process = place.start(*words)
    kill(process, rng, SECONDS["archive"])
    code, _ = place.end(process, killed_by=signal.SIGKILL)
    whole = {digest(BASE.path("b-1.tar.gz")), digest(BASE.path("b-2.tar.gz"))}
    if bundle.exists() and digest(bundle) not in whole or earlier and not bundle.exists():
        raise Lost("the kill left a bundle that is neither the old nor the new one")
    place.call(*words)
    if digest(bundle) != digest(BASE.path("b-2.tar.gz")):
        raise Lost("the bundle has other bytes than undisturbed work")
    place.check_nothing_left()
    return "ended before" if code == 0 else "killed"


def kill_rebuild(rng, place):
    words = ["report", "--from", BASE.path("b-2.tar.gz"), "--output", place.path("report")]
    number = rng.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
    process = place.start(*words)
    kill(process, rng, SECONDS["rebuild"], number)
    code, _ = place.end(process, allowed=(0, 2), killed_by=number)
    place.call(*words)
    place.check("2")
    place.check_nothing_left()
    return "ended before" if code == 0 else "stopped"


def stop(rng, place):
    """Ctrl-C and SIGTERM: an orderly end, with checkpoints of the trainings under way."""
    figures = rng.choice(["1", "2", "1,2"])
    codes = set()
    for _ in range(rng.randint(1, 3)):
        process = place.start(*place.work(figures, rng.choice(["run", "report"])))
        number = rng.choice([signal.SIGINT, signal.SIGTERM])
        kill(process, rng, SECONDS[figures], number)
        # Before the program has its handlers the signal ends it as any other.
        code, errors = place.end(process, allowed=(0, 2), killed_by=number)
        if code == 2 and "interrupted" not in errors:
            raise Lost(f"stopped without saying so: {errors}")
        codes.add(code)
    place.call(*place.work(figures))
    place.check(figures)
    place.check_nothing_left()
    return "ended before" if codes == {0} else "stopped"


def full_disk(rng, place):
    """A small disk for store, report and temporary files; a limit on the size of files where nothing can be mounted."""
    figures = rng.choice(["1", "2", "1,2"])
    disk = place.path("disk")
    disk.mkdir()
    kind = rng.choice(["report", "report", "archive", "rebuild"])
    size = rng.randint(8, 2600 if kind == "report" else 1500)
    words = {
        "report": ["report", *WORK, figures, "--store", disk / "store", "--output", disk / "report"],
        "archive": ["archive", BASE.path("report-2"), "--store", BASE.path("store"), "--output", disk / "b.tar.gz"],
        "rebuild": ["report", "--from", BASE.path("b-2.tar.gz"), "--output", disk / "report"],
    }[kind]
    place.environment["TMPDIR"] = str(disk)
    is_mounted = CAN_MOUNT and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}k", "soak", disk], capture_output=True).returncode == 0
    try:
        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size << 8, size << 8))

        code, errors = place.end(place.start(*words, limit=None if is_mounted else limit), allowed=(0, 2))
        if code == 2:
            full = "No space left on device" if is_mounted else "File too large"
            if full not in errors or "plateau: " not in errors:
                raise Lost(f"a full disk is not named: {errors}")
        if is_mounted:
            subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
        place.call(*words)
        if kind == "archive":
            if digest(disk / "b.tar.gz") != digest(BASE.path("b-2.tar.gz")):
                raise Lost("the bundle has other bytes than undisturbed work")
        else:
            place.check("2" if kind == "rebuild" else figures, disk / "report")
        place.check_nothing_left()
    finally:
        if is_mounted:
            subprocess.run(["umount", disk], check=True)
    return f"{'enough' if code == 0 else 'full'}{'' if is_mounted else ' (by a limit on files)'}"


def spoil(rng, path, others):
    """Damages a file in one of many ways; says which."""
    data = bytearray(path.read_bytes())
    way = rng.choice(["flip", "cut", "empty", "zeros", "longer", "other", "text"])
    others = [other for other in others if other != path and other.read_bytes() != bytes(data)]
    if way == "other" and not others:
        way = "flip"
    if way == "flip":
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    elif way == "cut":
        del data[rng.randrange(len(data)):]
    elif way == "empty":
        data = bytearray()
    elif way == "zeros":
        start = rng.randrange(len(data))
        end = min(len(data), start + rng.randint(1, 4096))
        if not any(data[start:end]):
            end = start
            data = bytearray(len(data))
        data[start:end] = bytes(end - start)
    elif way == "longer":
        data += rng.randbytes(rng.randint(1, 100))
    elif way == "other":
        data = bytearray(rng.choice(others).read_bytes())
    else:
        data = bytearray(b'{"checksum":"0"}\n')
    path.write_bytes(data)
    return way


def damage_record(rng, place, kind):
    """A stored run, sample of functions, cost or kernel."""
    figures = {"runs": "1,2", "samples": "1", "costs": "2", "kernels": "3"}[kind]
    place.take("store", "store")
    files = sorted(path for path in place.path("store", kind).rglob("*") if path.is_file())
    everything = [path for path in place.path("store").rglob("*") if path.is_file()]
    path = rng.choice(files)
    spoil(rng, path, files if rng.random() < 0.5 else everything)
    if kind == "costs":
        # They are read only where there is something to do.
        place.halve(rng)
        next(place.path("store/runs").glob("*/*.json")).unlink(missing_ok=True)
    if kind == "kernels":
        remove_residual_run(place)
    _, errors = place.call(*place.work(figures))
    place.check(figures)
    name = path.stem
    if name in errors or kind == "costs" and "costs" in errors:
        return "named"
    # A run of another figure is not looked at, and a damaged one is not hidden by that.
    if place.path("store/damaged").exists() or kind != "runs":
        raise Lost(f"damage to {path.relative_to(place.folder)} is not named: {errors}")
    return "not looked at"


def remove_residual_run(place):
    for file in place.path("store/runs").glob("*/*.json"):
        if b"resnet50" in file.read_bytes():
            file.unlink()


def damage_runs(rng, place):
    return damage_record(rng, place, "runs")


def damage_samples(rng, place):
    return damage_record(rng, place, "samples")


def damage_costs(rng, place):
    return damage_record(rng, place, "costs")


def damage_kernels(rng, place):
    return damage_record(rng, place, "kernels")


def stopped_with(rng, place, figures, pattern):
    """Stops calls until they leave files of this kind."""
    for _ in range(6):
        process = place.start(*place.work(figures, "run"))
        time.sleep(rng.uniform(0.2, 0.9) * SECONDS[figures])
        number = rng.choice([signal.SIGINT, signal.SIGINT, signal.SIGKILL])
        process.send_signal(number)
        # Before the program has its handlers a signal ends it as any other.
        place.end(process, allowed=(0, 2), killed_by=number)
        if files := sorted(place.path("store").glob(pattern)):
            return files
        shutil.rmtree(place.path("store"), ignore_errors=True)
    return []


def damage_blocks(rng, place):
    files = stopped_with(rng, place, "1", "samples/*/*.blocks/*.block")
    if not files:
        return "no block was left"
    # Killed between the sample and the removal of its blocks, which nobody reads then.
    is_stored = any(place.path("store/samples").glob("*/*.json"))
    path = rng.choice(files)
    spoil(rng, path, files)
    _, errors = place.call(*place.work("1"))
    place.check("1")
    place.check_nothing_left()
    if is_stored:
        return "not looked at"
    if path.stem not in errors:
        raise Lost(f"damage to the block {path.name} is not named: {errors}")
    return "named"


def damage_checkpoints(rng, place):
    files = stopped_with(rng, place, "2", "checkpoints/*/*/*.checkpoint")
    if not files:
        return "no checkpoint was left"
    path = rng.choice(files)
    spoil(rng, path, files)
    _, errors = place.call(*place.work("2"))
    place.check("2")
    place.check_nothing_left()
    if "checkpoint" not in errors:
        raise Lost(f"damage to the checkpoint {path.name} is not named: {errors}")
    return "named"


def damage_weights(rng, place):
    place.take("store", "store-weights")
    files = sorted(path for path in place.path("store/weights").rglob("*") if path.is_file())
    before = contents(place.path("store/weights"))
    path = rng.choice(files)
    spoil(rng, path, [other for other in files if other.suffix == path.suffix])
    _, errors = place.call(*place.work("2", "run"), "--keep-weights")
    if contents(place.path("store/weights")) != before:
        raise Lost(f"the weights are not made again after damage to {path.name}")
    if "weights" not in errors:
        raise Lost(f"damage to {path.name} is not named: {errors}")
    return "named"


def damage_report(rng, place):
    place.take("report", "report-2")
    files = [path for path in sorted(place.path("report").rglob("*")) if path.is_file() and path.name != "run.json"]
    path = rng.choice(files)
    spoil(rng, path, files)
    words = rng.choice([
        ["archive", "report", "--store", BASE.path("store"), "--output", "b.tar.gz"],
        ["diff", "report", BASE.path("report-2")], ["history", BASE.path("report-2"), "report"]])
    _, errors = place.call(*words, allowed=(2,))
    if "plateau: " not in errors or "report" not in errors:
        raise Lost(f"damage to {path.name} is not named: {errors}")
    return "named"


def damage_bundle(rng, place):
    bundle = place.path("b.tar.gz")
    shutil.copy(BASE.path("b-2.tar.gz"), bundle)
    spoil(rng, bundle, [])
    verified, errors = place.call("verify", bundle, allowed=(0, 2))
    if verified == 2 and "b.tar.gz" not in errors:
        raise Lost(f"a damaged bundle is not named: {errors}")
    code, errors = place.call("report", "--from", bundle, "--output", place.path("report"), allowed=(0, 2))
    if code != verified:
        raise Lost(f"'verify' ends with {verified} and 'report --from' with {code}: {errors}")
    if code == 0:
        # Some bits of a gzip header say nothing.
        place.check("2")
    elif place.path("report").exists():
        raise Lost("a report was made of a damaged bundle")
    place.check_nothing_left()
    return "named" if code == 2 else "harmless"


def two_runs(rng, place):
    """Several equal calls on one store: each run is executed by one of them."""
    figures = rng.choice(["1", "2", "1,2"])
    count = rng.randint(2, 3)
    if rng.random() < 0.3:
        place.take("store", "store")
        place.halve(rng)
        damaged = rng.choice(sorted(place.path("store/samples").glob("*/*.json")))
        spoil(rng, damaged, [])
    left = None
    processes = [place.start(*place.work(figures, "run")) for _ in range(count)]
    if rng.random() < 0.3:
        # One of them dies meanwhile.
        kill(processes[0], rng, SECONDS[figures])
        left = processes.pop(0)
    for process in processes:
        place.end(process)
    if left is not None:
        place.end(left, killed_by=signal.SIGKILL)
    else:
        executed = [int(pathlib.Path(f"{process.log}.out").read_text().split("executed now: ")[1]) for process in processes]
        if sum(executed) > RUNS[figures]:
            raise Lost(f"{executed} runs were executed, and there are {RUNS[figures]}")
    place.call(*place.work(figures))
    place.check(figures)
    place.check_nothing_left()
    return "shared" if left is None else "one killed"


def two_reports(rng, place):
    """Several calls that write one report, and perhaps one that is killed."""
    place.take("store", "store")
    if rng.random() < 0.5:
        place.take("report", "report-1")
    processes = []
    for _ in range(rng.randint(2, 4)):
        words = place.work("2") if rng.random() < 0.7 else [
            "report", "--from", BASE.path("b-2.tar.gz"), "--output", place.path("report")]
        processes.append(place.start(*words))
        time.sleep(rng.uniform(0, 0.1))
    victim = processes[0] if rng.random() < 0.4 else None
    if victim:
        kill(victim, rng, SECONDS["site"])
    for process in processes:
        place.end(process, killed_by=signal.SIGKILL if process is victim else None)
    place.check("2")
    # This sweeps what the victim left of a bundle, too.
    place.call("report", "--from", BASE.path("b-2.tar.gz"), "--output", place.path("report"))
    place.check("2")
    place.check_nothing_left()
    return "one killed" if victim else "all written"


def two_archives(rng, place):
    bundle = place.path("b.tar.gz")
    words = ["archive", BASE.path("report-2"), "--store", BASE.path("store"), "--output", bundle]
    processes = [place.start(*words) for _ in range(rng.randint(2, 4))]
    victim = processes[0] if rng.random() < 0.5 else None
    if victim:
        kill(victim, rng, SECONDS["archive"])
    expected = digest(BASE.path("b-2.tar.gz"))
    for process in processes:
        code, _ = place.end(process, killed_by=signal.SIGKILL if process is victim else None)
        told = pathlib.Path(f"{process.log}.out").read_text()
        if code == 0 and expected not in told:
            raise Lost(f"another digest than that of undisturbed work: {told}")
    if digest(bundle) != expected:
        raise Lost("the bundle has other bytes than undisturbed work")
    place.call("verify", bundle)
    place.call(*words)
    place.check_nothing_left()
    return "one killed" if victim else "all written"


def streams(rng, place):
    """Standard output and error closed, full, or a pipe that nobody reads."""
    words = rng.choice([
        place.work("2"), place.work("2", "run"), place.work("2", "plan")[:-2],
        ["archive", BASE.path("report-2"), "--store", BASE.path("store"), "--output", place.path("b.tar.gz")],
        ["report", "--from", BASE.path("b-2.tar.gz"), "--output", place.path("report")],
        ["verify", BASE.path("b-2.tar.gz")], ["diff", BASE.path("report-2"), BASE.path("b-2.tar.gz")],
        ["figures"], ["data", "list"],
        ["history", BASE.path("report-1"), BASE.path("report-2"), "--output", place.path("history")]])
    if words[0] == "report" and rng.random() < 0.5:
        place.take("store", "store")
    ways = {name: rng.choice(["kept", "closed", "full", "unread"]) for name in ("stdout", "stderr")}
    reading, writing = os.pipe()
    os.close(reading)
    given = {}
    closed = []
    for number, (name, way) in enumerate(ways.items(), 1):
        if way == "closed":
            closed.append(number)
        elif way == "unread":
            given[name] = writing
        else:
            given[name] = open("/dev/full" if way == "full" else place.path(name), "wb")

    def close():
        for number in closed:
            os.close(number)

    process = place.start(*words, streams=given, limit=close)
    os.close(writing)
    code, _ = place.end(process, allowed=(0, 1, 2))
    says = {"verify": "sound", "figures": "Scatter", "run": "runs in", "report": "is written", "archive": "sha256"}
    if code == 0 and ways["stdout"] != "kept":
        raise Lost(f"'{process.words}' ended with 0, and its answer could not be written ({ways})")
    if ways["stdout"] == "kept" and words[0] in says and says[words[0]] not in place.path("stdout").read_text():
        raise Lost(f"'{process.words}' did its work without an answer ({ways})")
    if ways["stdout"] == "kept" and code == 2:
        raise Lost(f"'{process.words}' failed for its messages ({ways})")
    # The work is done whoever listens.
    if words[0] == "report":
        place.check("2")
    elif words[0] == "archive" and digest(place.path("b.tar.gz")) != digest(BASE.path("b-2.tar.gz")):
        raise Lost("the bundle has other bytes than undisturbed work")
    elif words[0] == "run" and len(list(place.path("store/runs").glob("*/*.json"))) < RUNS["2"]:
        raise Lost("runs are missing")
    return f"{ways['stdout']}/{ways['stderr']}"


KINDS = {
    "kill-run": (kill_run, 6), "kill-report": (kill_report, 6), "kill-archive": (kill_archive, 4),
    "kill-rebuild": (kill_rebuild, 4), "stop": (stop, 4), "full-disk": (full_disk, 6), "damage-runs": (damage_runs, 3),
    "damage-samples": (damage_samples, 3), "damage-blocks": (damage_blocks, 3), "damage-costs": (damage_costs, 2),
    "damage-kernels": (damage_kernels, 1), "damage-checkpoints": (damage_checkpoints, 3),
    "damage-weights": (damage_weights, 2), "damage-report": (damage_report, 3), "damage-bundle": (damage_bundle, 4),
    "two-runs": (two_runs, 4), "two-reports": (two_reports, 5), "two-archives": (two_archives, 4),
    "streams": (streams, 8),
}


def prepare(folder):
    """The project of the tries, and undisturbed work to compare with."""
    global HOME, BASE, SECONDS, RUNS, CAN_MOUNT
    HOME = folder / "home"
    shutil.copytree(HERE / "figures", HOME / "figures")
    shutil.copy(ROOT / "figures/tolerances.yml", HOME / "figures")
    (HOME / "report-templates").symlink_to(ROOT / "report-templates")
    BASE = Place(folder / "base")
    SECONDS, RUNS = {}, {}

    def timed(name, *words):
        start = time.monotonic()
        _, errors = BASE.call(*words)
        SECONDS.setdefault(name, time.monotonic() - start)
        return errors

    for figures in ["1", "2", "1,2", "3"]:
        store = BASE.path("store" if figures in ("1,2", "3") else f"store-{figures}")
        timed(figures, "report", *WORK, figures, "--store", store, "--output", BASE.path(f"report-{figures}"))
        RUNS[figures] = len(list(store.glob("runs/*/*.json")))
    timed("site", "report", *WORK, "2", "--store", BASE.path("store"), "--output", BASE.path("report-2"))
    for figure in "12":
        timed("archive", "archive", BASE.path(f"report-{figure}"), "--store", BASE.path("store"), "--output",
              BASE.path(f"b-{figure}.tar.gz"))
    timed("rebuild", "report", "--from", BASE.path("b-2.tar.gz"), "--output", BASE.path("rebuilt"))
    timed("weights", "run", *WORK, "2", "--store", BASE.path("store-weights"), "--keep-weights")
    (folder / "disk").mkdir()
    CAN_MOUNT = os.geteuid() == 0 and subprocess.run(
        ["mount", "-t", "tmpfs", "soak", folder / "disk"], capture_output=True).returncode == 0
    if CAN_MOUNT:
        subprocess.run(["umount", folder / "disk"], check=True)
    else:
        print("nothing can be mounted here: full disks are limits on the size of files")


def main():
    minutes = float(os.environ.get("MINUTES", "10"))
    seed = os.environ.get("SEED") or str(random.SystemRandom().randrange(1 << 32))
    only = os.environ.get("ONLY")
    wanted = only.split(",") if only else list(KINDS)
    for kind in wanted:
        if kind not in KINDS:
            sys.exit(f"there is no kind '{kind}'; there are {', '.join(KINDS)}")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="plateau-soak-"))
    print(f"{minutes:g} minutes, SEED={seed}, in {folder}", flush=True)
    prepare(folder)
    kinds, weights = zip(*((name, weight) for name, (_, weight) in KINDS.items() if name in wanted))
    # Each kind once, and then as it comes.
    order = list(kinds)
    random.Random(seed).shuffle(order)
    counts = {name: collections.Counter() for name in kinds}
    failures = []
    end = time.monotonic() + 60 * minutes
    number = 0
    while time.monotonic() < end and len(failures) < 10:
        # A seed with a number in it is that of one try.
        own = seed if "." in seed else f"{seed}.{number}"
        rng = random.Random(own)
        name = order.pop() if order else rng.choices(kinds, weights)[0]
        place = Place(folder / f"{number:05}-{name}")
        try:
            counts[name][KINDS[name][0](random.Random(own), place)] += 1
            shutil.rmtree(place.folder)
        except Exception as error:
            counts[name]["LOST"] += 1
            failures.append(place)
            print(f"LOST in {place.folder} (ONLY={name} SEED={own}): {error}", flush=True)
        number += 1
    print(f"{number} tries of {len(kinds)} kinds, {len(failures)} lost, SEED={seed}")
    for name, found in counts.items():
        print(f"  {name:20} {sum(found.values()):5}  " + ", ".join(f"{what} {n}" for what, n in sorted(found.items())))
    if failures:
        sys.exit(1)
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
