#!/usr/bin/env python3
"""Makes a report from an empty store and prints, over its course, the time left that it told beside the true one.

Called by `make clock-check` after the program is built; arguments go to `plateau report`. Exit status 1 where, from the tenth
second on and but for the last five, more than a tenth of what it told was further from the truth than a factor of 1.3.
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
FACTOR = 1.3


def seconds(text):
    total = 0
    for part in text.split(":"):
        total = 60 * total + int(part)
    return total


def main():
    told = []
    with tempfile.TemporaryDirectory() as folder:
        command = [ROOT / ".build/release/plateau", "report", *sys.argv[1:], "--store", folder + "/store",
                   "--output", folder + "/report"]
        start = time.monotonic()
        # Without a terminal the program tells its progress in lines.
        process = subprocess.Popen([str(c) for c in command], cwd=ROOT, text=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for line in process.stderr:
            if found := re.search(r"([\d:]+) elapsed, ([\d:]+) left", line):
                told.append((time.monotonic() - start, seconds(found[2])))
            elif "stands with" in line:
                print(f"first page after {time.monotonic() - start:.0f} s")
        if process.wait() != 0:
            sys.exit("the report was not made")
        end = time.monotonic() - start
    print(f"report after {end:.0f} s\n{'at':>8}{'told':>8}{'true':>8}{'ratio':>8}")
    counted, outside = 0, 0
    for at, left in told:
        ratio = left / (end - at)
        isCounted = at >= 10 and end - at > 5
        isOutside = isCounted and not 1 / FACTOR <= ratio <= FACTOR
        counted, outside = counted + isCounted, outside + isOutside
        print(f"{at:7.0f}s{left:7.0f}s{end - at:7.0f}s{ratio:8.2f}{'  outside' if isOutside else ''}")
    print(f"{counted - outside} of {counted} within a factor of {FACTOR}")
    sys.exit(1 if outside > counted / 10 else 0)


if __name__ == "__main__":
    main()
