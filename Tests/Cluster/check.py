#!/usr/bin/env python3
"""Calls `plateau submit` on a true Slurm cluster of two nodes, on this machine, while things go wrong.

    Tests/Cluster/check.py [SCENARIO …]        the built program, or the one that PLATEAU names

Each scenario ends in the bytes of the report that one machine makes. All but the first run beside each other, on one
cluster (scripts/slurm-cluster.sh), which is ended at the end; the folder of a scenario that failed is kept, and named."""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PROGRAM = os.environ.get("PLATEAU", str(ROOT / ".build/release/plateau"))
SPECS = ROOT / "Tests/Soak/figures"
# How `status` begins the line with the remedy.
HELD = "held by the cluster, until: "


class Failed(Exception):
    pass


class Place:
    """A folder with a project, a store and reports, for one scenario."""

    def __init__(self, folder, home, figures, *words):
        self.folder, self.home, self.figures, self.words = folder, home, figures, words
        folder.mkdir(parents=True)

    def call(self, *words, allowed=(0,)):
        environment = {**os.environ, "PLATEAU_HOME": str(self.home), "HOME": str(self.folder)}
        result = subprocess.run([PROGRAM, *map(str, words)], cwd=self.folder, env=environment, capture_output=True,
                                text=True)
        if result.returncode not in allowed:
            raise Failed(f"'{' '.join(map(str, words))}' ended with {result.returncode}:\n"
                         f"{result.stdout}{result.stderr}")
        return result.stdout + result.stderr

    def work(self, store="store"):
        return ["--profile", "smoke", "--figures", self.figures, "--store", store]

    def submit(self, *options):
        return self.call("submit", *self.work(), *self.words, "--", *options)

    def status(self):
        return self.call("status", allowed=(0, 1))

    def submissions(self):
        return sorted((self.folder / "store/submissions").iterdir())

    def wait(self, condition, what, seconds=1200):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if value := condition():
                return value
            time.sleep(0.5)
        raise Failed(f"waited {seconds} s for {what}; {self.status()}")

    def wait_for_the_end(self, meanwhile=lambda: None):
        def is_over():
            meanwhile()
            return "tasks: 0 running\n" in self.status() + "\n" and not self.queue()

        self.wait(is_over, "the end of all tasks")

    def release_what_is_held(self):
        """Does what `status` says where the cluster holds a job for good."""
        for line in self.status().splitlines():
            if line.startswith(HELD):
                slurm(*line.removeprefix(HELD).split())

    def queue(self):
        """The jobs of this place: number, state, node."""
        names = {f"plateau-{submission.name}" for submission in self.submissions()}
        lines = slurm("squeue", "--noheader", "--array", "--format=%j|%F_%K|%T|%N").splitlines()
        jobs = [line.strip().split("|") for line in lines]
        return [job[1:] for job in jobs if any(job[0].startswith(name) for name in names)]

    def node_of(self, name):
        """The node that a task runs on, by the name of its log; nothing where it does not run."""
        array, _, number = name.rpartition("-")
        job = f"plateau-{self.submissions()[0].name}-{array}"
        lines = slurm("squeue", "--noheader", "--array", "--format=%j|%K|%T|%N").splitlines()
        found = [line.split("|")[3].strip() for line in lines if line.startswith(f"{job}|{number}|RUNNING|")]
        return found[0] if found else None

    def processes(self):
        """The program's processes that execute tasks of this place."""
        found = subprocess.run(["pgrep", "-f", f"plateau task {self.folder}/"], capture_output=True, text=True)
        return [int(line) for line in found.stdout.split()]

    def task_at_work(self):
        """The process of a task that is at a long training, and the name of its log; nothing where there is none."""
        for file in self.submissions()[0].glob("attempts/*.now"):
            array, _, number = file.stem.rpartition("-")
            found = subprocess.run(["pgrep", "-f", f"plateau task {self.folder}/.* {array} {number}$"],
                                   capture_output=True, text=True).stdout.split()
            if found and file.stat().st_size > 0 and time.time() - file.stat().st_mtime > 2:
                return int(found[0]), file.stem
        return None

    def log(self, name="*"):
        return "".join(file.read_text() for submission in self.submissions()
                       for file in sorted((submission / "logs").glob(f"{name}.log")))

    def check_report(self):
        """The report of the cluster has the bytes of the one that one machine makes of the same specs."""
        self.call("report", *self.work("alone"), "--output", "alone-report")
        ours, other = contents(self.folder / "report"), contents(self.folder / "alone-report")
        different = [name for name in {**ours, **other} if ours.get(name) != other.get(name)]
        if different:
            raise Failed(f"the report differs from that of one machine in {sorted(different)}\n{self.log('report')}")

    def check_nothing_to_send(self):
        text = self.submit()
        if "nothing to send" not in text or "sbatch" in text:
            raise Failed(f"something was sent twice:\n{text}")


def slurm(*words):
    result = subprocess.run(words, capture_output=True, text=True)
    if result.returncode != 0:
        raise Failed(f"{' '.join(words)}: {result.stderr}")
    return result.stdout


def contents(folder):
    """The files below a folder; run.json alone may differ from call to call."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*")
            if path.is_file() and path.name != "run.json"}


def long(seconds):
    """The change of the small specs by which one training takes about so long, alone on a core of this machine."""
    return ("epochs: 30000", f"epochs: {int(EPOCHS_A_SECOND * seconds)}")


def measure_epochs(folder):
    """How many epochs a second the long training of the small specs does."""
    times = []
    for epochs in (1000, 101_000):
        home = project(folder / f"home-{epochs}", ("epochs: 30000", f"epochs: {epochs}"))
        place = Place(folder / f"place-{epochs}", home, "2")
        start = time.monotonic()
        place.call("run", *place.work(), "--jobs", "1")
        times.append(time.monotonic() - start)
    return 100_000 / max(times[1] - times[0], 0.1)


def project(folder, *changes):
    """The small specs, with some words of figure 2 replaced."""
    shutil.copytree(SPECS, folder / "figures")
    shutil.copy(ROOT / "figures/tolerances.yml", folder / "figures")
    (folder / "report-templates").symlink_to(ROOT / "report-templates")
    path = folder / "figures/fig2.yml"
    for old, new in changes:
        text = path.read_text()
        assert old in text, old
        path.write_text(text.replace(old, new))
    return folder


# Scenarios


def same(folder):
    """The paper's Figures 2, 3 and 5 at smoke size; the controller dies in the middle. Nothing is sent twice."""
    place = Place(folder / "place", ROOT, "2,3,5", "--task-minutes", "0.3", "--cores-per-node", "2")
    place.submit()
    place.wait(place.processes, "a task")
    place.check_nothing_to_send()
    # A controller that dies before it has saved that a job runs, which may be ten seconds later, kills that job when it
    # comes back, or holds it for good: Slurm takes it for a duplicate. ResNet-50 runs alone and long.
    task = place.wait(lambda: next(place.submissions()[0].glob("attempts/node-dependents-*.json"), None), "a long task")
    started = task.stat().st_mtime
    state = pathlib.Path(CLUSTER) / "state/job_state"
    place.wait(lambda: state.stat().st_mtime > started + 1 and all(job[1] != "COMPLETING" for job in place.queue()),
               "the controller to save its state")
    subprocess.run([ROOT / "scripts/slurm-cluster.sh", "restart-controller", CLUSTER], check=True,
                   stdout=subprocess.DEVNULL)
    # A job that began in the very moment in which it died is held all the same, now and then.
    place.wait_for_the_end(meanwhile=place.release_what_is_held)
    place.check_report()
    place.check_nothing_to_send()


def killed(folder):
    """A task is killed (kill -9), then its node is lost: back into the queue both times."""
    home = project(folder / "home", long(15))
    place = Place(folder / "place", home, "1,2", "--task-minutes", "0.1", "--cores-per-node", "2")
    place.submit()
    process, name = place.wait(place.task_at_work, "a task at work")
    os.kill(process, signal.SIGKILL)
    place.wait(lambda: place.log(name).count("plateau: task") == 2, "another attempt")
    # The same task: what dies with its node, no matter how often, is not to be taken for a task that circles.
    node = place.wait(lambda: place.node_of(name), "the task on a node")
    slurm("scontrol", "update", f"nodename={node}", "state=down", "reason=lost")
    time.sleep(2)
    slurm("scontrol", "update", f"nodename={node}", "state=resume")
    place.wait_for_the_end()
    place.check_report()


def short(folder):
    """A time limit that is shorter than a training: it gets through by its checkpoints."""
    # Slurm counts limits in minutes, and looks at them every half a minute.
    for seconds in (65, 130, 260, 520):
        home = project(folder / f"home-{seconds}", long(seconds))
        place = Place(folder / f"place-{seconds}", home, "2", "--task-minutes", "0.1", "--cores-per-node", "2")
        place.submit("--time=1", "--signal=B:USR1@10")
        place.wait_for_the_end()
        place.check_report()
        log = place.log()
        if "resumes from epoch" in log:
            return
        # The machine has become faster than it was when it was measured where the training ended in its first task.
        if log.count("plateau: task") > 1:
            raise Failed(f"no training resumed from a checkpoint:\n{log}")
    raise Failed(f"no task was stopped by its time limit:\n{log}")


def diverging(folder):
    """A training that diverges is a failed run; all others go on. A spec that changes afterwards means nothing."""
    home = project(folder / "home", ("optimiser: {learningRate: 1e-9}", "optimiser: {learningRate: 1e9}"))
    place = Place(folder / "place", home, "1,2,3", "--task-minutes", "0.1", "--cores-per-node", "2")
    place.submit("--partition=main")
    spec = home / "figures/fig2.yml"
    text = spec.read_text()
    spec.write_text(text.replace("samplesPerSize: 2", "samplesPerSize: 1"))
    place.wait_for_the_end()
    if "diverged: 1" not in place.status():
        raise Failed(f"the run that diverged is not told:\n{place.status()}")
    spec.write_text(text)
    place.check_report()


def cancelled(folder):
    """What was taken back is completed by a plain report in the same store."""
    home = project(folder / "home", long(15))
    place = Place(folder / "place", home, "1,2", "--task-minutes", "0.1", "--cores-per-node", "2", "--at-most", "2")
    place.submit()
    place.wait(place.task_at_work, "a task at work")
    place.call("cancel")
    place.wait(lambda: not place.queue() and not place.processes(), "the tasks to be gone")
    if "waiting" in place.status():
        raise Failed(f"something waits after cancel:\n{place.status()}")
    place.call("report", *place.work())
    place.check_report()


def gpus(folder):
    """ResNet-50 is given GPUs, which here lead nowhere: its tasks end for good, whatever they come to, and the rest is
    made."""
    home = project(folder / "home")
    place = Place(folder / "place", home, "2,3", "--task-minutes", "0.1", "--engine", "torch", "--device", "cuda")
    place.submit("--partition=main")
    place.wait_for_the_end()
    for name in ("gpu-assembly-0-0", "gpu-dependents-0-0"):
        log = place.log(name)
        if ", GPU 0" not in log:
            raise Failed(f"Slurm told {name} of no GPU:\n{log}")
        if log.count("plateau: task") > 2 or "nothing moved" in log:
            raise Failed(f"{name} circled:\n{log}")
    if ", GPU" in place.log("core-*"):
        raise Failed(f"a task of one core was given a GPU:\n{place.log('core-*')}")
    place.figures = "2"
    place.call("report", "--stored", *place.work())
    place.check_report()


SCENARIOS = {"same": same, "killed": killed, "short": short, "diverging": diverging, "cancelled": cancelled,
             "gpus": gpus}


def main():
    global CLUSTER, EPOCHS_A_SECOND
    chosen = sys.argv[1:] or list(SCENARIOS)
    if unknown := [name for name in chosen if name not in SCENARIOS]:
        sys.exit(f"there is no scenario {unknown[0]}; there are {', '.join(SCENARIOS)}")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="plateau-cluster-"))
    CLUSTER = str(folder / "cluster")
    EPOCHS_A_SECOND = measure_epochs(folder / "epochs")
    script = ROOT / "scripts/slurm-cluster.sh"
    # More cores than the machine has: most of the time of most scenarios is waiting.
    subprocess.run([script, "start", CLUSTER, "--nodes", "2", "--cpus", "4", "--gpus", "1"], check=True)
    os.environ["SLURM_CONF"] = f"{CLUSTER}/slurm.conf"
    failed = []

    def run(name):
        start = time.monotonic()
        try:
            SCENARIOS[name](folder / name)
            print(f"{name}: {time.monotonic() - start:.0f} s", flush=True)
        except Exception as error:
            failed.append(name)
            print(f"{name} FAILED after {time.monotonic() - start:.0f} s, in {folder / name}: {error}", flush=True)

    threads = [threading.Thread(target=run, args=[name]) for name in chosen if name != "same"]
    try:
        if "same" in chosen:
            # Alone, since it loses the controller.
            run("same")
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        subprocess.run([script, "stop", CLUSTER], check=True)
    if failed:
        sys.exit(1)
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
