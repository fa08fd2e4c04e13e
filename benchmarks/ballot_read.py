"""The whole command ``kecan ballot read``: its time a page and the memory it takes.

``python benchmarks/ballot_read.py [PAGES]``: 1,000 by default, read as a tenth and whole.
"""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from paper import FORM, KILOBYTES, made_scan

FEW = 10  # times fewer pages in the first run


def form_text() -> str:
    """Return the ballot of ``benchmarks/paper.py`` as a form file."""
    (contest,) = FORM.contests
    nominees = "".join(
        f'[[contest.nominee]]\nname = "{one.name}"\nbirth_year = {one.birth_year}\n'
        f'post = "{one.post}"\n'
        for one in contest.nominees
    )
    return (
        f'[ballot]\nsuperior = "{FORM.superior}"\nissuer = "{FORM.issuer}"\n'
        f'stamp = "{FORM.stamp}"\noccasion = "{FORM.occasion}"\n'
        f'[[contest]]\ntitle = "{contest.title}"\nterm = "{contest.term}"\n'
        f"max_choices = {contest.max_choices}\n"
        f"write_in_lines = {contest.write_in_lines}\n{nominees}"
    )


def store_scan(folder: Path, seed: int) -> None:
    """Make a scan of an office and store it."""
    (folder / f"{seed:05}.jpg").write_bytes(made_scan("office", seed, dpi=200).jpeg)


def print_reading(folder: Path, *, pages: int, processes: int) -> None:
    """Read pages by the command, and print what it took."""
    scans = sorted(folder.glob("*.jpg"))[:pages]
    command: list[str | Path] = [Path(sys.executable).with_name("kecan"), "ballot"]
    command += ["read", folder / "form.toml", *scans, "-o", folder / "count.json"]
    command += ["--jobs", str(processes)]
    begun = time.perf_counter()
    done = subprocess.run(command, check=False, capture_output=True)  # noqa: S603  ours
    took = time.perf_counter() - begun
    if not (folder / "count.json").exists():
        sys.exit(done.stderr.decode())
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // KILOBYTES
    print(
        f"| {len(scans)} pages, {processes} processes | {took:.1f} s "
        f"| {len(scans) / took:.0f} | {most} MB |",
        flush=True,
    )


def main() -> None:
    """Print every figure."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    )
    print("| `kecan ballot read`, 200 dpi | time | pages/s | largest process so far |")
    print("|---|---|---|---|")
    with TemporaryDirectory() as name, ProcessPoolExecutor() as pool:
        folder = Path(name)
        (folder / "form.toml").write_text(form_text(), "utf-8")
        list(pool.map(partial(store_scan, folder), range(pages), chunksize=10))
        print_reading(folder, pages=pages // FEW, processes=1)
        print_reading(folder, pages=pages, processes=1)
        print_reading(folder, pages=pages, processes=os.cpu_count() or 1)


if __name__ == "__main__":
    main()
