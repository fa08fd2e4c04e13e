"""Reading ballots: pages a second on one core, wrong boxes and boxes for people.

``python benchmarks/paper.py [PAGES]`` (pages a set, default 60). No other reader is
run here: OMRChecker, SDAPS and AMC need layouts of their own; figures measured on
another occasion are in the reference of the project, not repeated as if re-run.
"""

from __future__ import annotations

import platform
import resource
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING

import cv2
import numpy as np

from kecan.paper_ballot.form import BallotContest, BallotForm, Nominee, Style
from kecan.paper_ballot.interpret import Marked, NeedsReview
from kecan.paper_ballot.reading import PageReading, printed_ballot, read_page
from kecan.paper_ballot.scans import decode_jpeg
from kecan.sample.scans import (
    MadeScan,
    Truth,
    hard_plan,
    make_scan,
    office_plan,
    printed_pages,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator

    from kecan.sample.scans import ScanPlan

FORM = BallotForm(
    superior="HUYỆN ỦY A",
    issuer="TỔ KIỂM PHIẾU",
    stamp="Dấu",
    occasion="Hội nghị",
    contests=(
        BallotContest(
            title="Ban Chấp hành",
            term="2025-2030",
            max_choices=60,
            write_in_lines=2,
            nominees=tuple(
                Nominee(name=f"Nguyễn Văn {n}", birth_year=1970, post="Chuyên viên")
                for n in range(55)
            ),
        ),
    ),
)


def made_scans(
    plan: Callable[..., ScanPlan], *, pages: int, seed: int, dpi: int
) -> list[MadeScan]:
    """Return a seeded set of scans."""
    generator: Generator = np.random.default_rng(seed)
    blanks = printed_pages(FORM, style=Style.NORMAL)
    layout = printed_ballot(FORM).layouts[0]
    return [
        make_scan(
            blanks[n % len(blanks)],
            layout.pages[n % len(blanks)],
            plan(generator, dpi=dpi),
        )
        for n in range(pages)
    ]


def read_all(scans: list[MadeScan]) -> tuple[list[float], Counter[str]]:
    """Read a set; CPU seconds of each page, decode included, and what was read."""
    cv2.setNumThreads(1)
    printed = printed_ballot(FORM)
    seconds, seen = [], Counter[str]()
    for made in scans:
        start = process_time()
        reading = read_page(decode_jpeg(made.jpeg), printed)
        seconds.append(process_time() - start)
        if not isinstance(reading, PageReading):
            seen["lost pages"] += 1
            continue
        for decision, truth in zip(reading.decisions, made.truth, strict=True):
            seen["boxes"] += 1
            if isinstance(decision, NeedsReview):
                seen["review"] += 1
            elif truth is Truth.DOUBTFUL or (
                isinstance(decision, Marked) != (truth is Truth.MARKED)
            ):
                seen["wrong"] += 1
    return seconds, seen


def main() -> None:
    """Print every figure."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    print(f"{platform.processor() or platform.machine()}, {pages} pages a set")
    sets = (("office", office_plan, 200), ("office", office_plan, 300))
    for name, plan, dpi in (*sets, ("hard", hard_plan, 200)):
        scans = made_scans(plan, pages=pages, seed=31 + dpi, dpi=dpi)
        seconds, seen = read_all(scans)
        print(
            f"{name} {dpi} dpi: {1 / median(seconds):.0f} pages/CPU-s; "
            f"{seen['boxes']} boxes, {seen['wrong']} wrong, "
            f"{100 * seen['review'] / max(1, seen['boxes']):.2f} % to review, "
            f"{seen['lost pages']} pages lost"
        )
    scans = made_scans(office_plan, pages=pages, seed=5, dpi=200)
    took = []
    for processes in (1, 2):
        with ProcessPoolExecutor(processes) as pool:
            list(pool.map(read_all, [scans[:1]] * processes))
            start = perf_counter()
            list(pool.map(read_all, [scans[n::processes] for n in range(processes)]))
            took.append(perf_counter() - start)
    print(f"two processes: {took[0] / took[1]:.2f} x one")
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"most memory of a reading process: {used:.0f} MB")


if __name__ == "__main__":
    main()
