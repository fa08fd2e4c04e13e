"""Reading ballots: pages a second, wrong boxes, boxes for people, memory.

``python benchmarks/paper.py [BOXES]``: boxes of the office set, 6,000 by default; the
goal of the project is shown on 1,500,000. Every scan is made, read and forgotten, so
that a run of any length takes the same memory. Scans come from the seeded generator
of this project: nothing here says how another printer, scanner or hand would fare.
"""

from __future__ import annotations

import os
import platform
import resource
import shutil
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import cache
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
    from numpy.typing import NDArray

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


PEERS = ("auto-multiple-choice", "sdaps")
CHUNK = 25  # pages


@cache
def blanks() -> tuple[NDArray[np.uint8], ...]:
    """Return the pages as printed; kept for the process."""
    return tuple(printed_pages(FORM, style=Style.NORMAL))


def made_scan(kind: str, seed: int, *, dpi: int) -> MadeScan:
    """Return one scan of a set, the same for the same seed."""
    generator = np.random.default_rng(seed)
    plan = (hard_plan if kind == "hard" else office_plan)(generator, dpi=dpi)
    page = seed % len(blanks())
    layout = printed_ballot(FORM).layouts[0]
    made = make_scan(blanks()[page], layout.pages[page], plan)
    if kind in {"office", "hard"}:
        return made
    image = decode_jpeg(made.jpeg)
    image = (bilevel if kind == "fax" else photographed)(image, generator)
    stored = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 80])[1]
    return MadeScan(jpeg=stored.tobytes(), truth=made.truth)


def bilevel(
    image: NDArray[np.uint8], generator: np.random.Generator
) -> NDArray[np.uint8]:
    """Return the page in two colours, as a fax."""
    return np.where(image < generator.uniform(110, 170), 0, 255).astype(np.uint8)


def photographed(
    image: NDArray[np.uint8], generator: np.random.Generator
) -> NDArray[np.uint8]:
    """Return the page as a hand-held telephone sees it on a desk."""
    height, width = image.shape
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    seen = corners * 0.86 + generator.uniform(0.03, 0.11, (4, 2)) * (width, height)
    matrix = cv2.getPerspectiveTransform(corners, seen.astype(np.float32))
    photo = cv2.warpPerspective(image, matrix, (width, height), borderValue=(90,))
    photo = cv2.GaussianBlur(photo, (0, 0), float(generator.uniform(0.5, 1.5)))
    light = np.linspace(float(generator.uniform(0.5, 0.9)), 1, width)
    return (photo * light).astype(np.uint8)


def read_chunk(kind: str, seeds: range, dpi: int) -> tuple[list[float], Counter[str]]:
    """Make and read pages; CPU seconds of each reading with its decoding, and counts."""
    cv2.setNumThreads(1)
    printed = printed_ballot(FORM)
    seconds, seen = [], Counter[str]()
    for seed in seeds:
        made = made_scan(kind, seed, dpi=dpi)
        start = process_time()
        reading = read_page(decode_jpeg(made.jpeg), printed)
        seconds.append(process_time() - start)
        seen["pages"] += 1
        if not isinstance(reading, PageReading):
            seen["refused"] += 1
            seen[reading.value] += 1
            continue
        for decision, truth in zip(reading.decisions, made.truth, strict=True):
            seen["boxes"] += 1
            if isinstance(decision, NeedsReview):
                seen["review"] += 1
                seen["needless"] += truth in {Truth.EMPTY, Truth.MARKED}
            elif truth is Truth.DOUBTFUL or (
                isinstance(decision, Marked) != (truth is Truth.MARKED)
            ):
                seen["wrong"] += 1
    seen["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return seconds, seen


def upper_bound(wrong: int, boxes: int) -> float:
    """Return the exact (Clopper and Pearson) one-sided 95 % bound of the true share."""
    low, high = wrong / boxes, 1.0
    for _ in range(60):
        share = (low + high) / 2
        term = total = (1 - share) ** boxes
        for count in range(wrong):
            term *= (boxes - count) / (count + 1) * share / (1 - share)
            total += term
        low, high = (share, high) if total > 0.05 else (low, share)  # noqa: PLR2004
    return high


def run_set(
    kind: str, *, dpi: int, pages: int, first_seed: int, pool: ProcessPoolExecutor
) -> None:
    """Read a set in the pool and print its line."""
    chunks = [
        range(first_seed + start, first_seed + min(start + CHUNK, pages))
        for start in range(0, pages, CHUNK)
    ]
    seconds: list[float] = []
    seen, memory = Counter[str](), []
    each = pool.map(
        read_chunk, [kind] * len(chunks), chunks, [dpi] * len(chunks), chunksize=1
    )
    for took, counted in each:
        seconds += took
        memory.append(counted.pop("memory"))
        seen += counted
    boxes = seen["boxes"]
    share = f"{100 * seen['review'] / boxes:.2f} %" if boxes else "-"
    needless = f"{100 * seen['needless'] / boxes:.2f} %" if boxes else "-"
    bound = f"{upper_bound(seen['wrong'], boxes):.1e}" if boxes else "-"
    print(
        f"| {kind} {dpi} dpi | {seen['pages']} | {seen['refused']} | {boxes} "
        f"| {seen['wrong']} | {bound} | {share} | {needless} "
        f"| {1 / median(seconds):.0f} | {memory[0]} -> {max(memory)} |",
        flush=True,
    )


def speed(scans: list[bytes]) -> float:
    """Read scans already made; return seconds on the clock."""
    cv2.setNumThreads(1)
    printed = printed_ballot(FORM)
    start = perf_counter()
    for jpeg in scans:
        read_page(decode_jpeg(jpeg), printed)
    return perf_counter() - start


def processes(pages: int) -> float:
    """Return how many times as fast two processes read as one."""
    scans = [made_scan("office", seed, dpi=200).jpeg for seed in range(pages)]
    took = []
    for count in (1, 2):
        with ProcessPoolExecutor(count) as pool:
            list(pool.map(speed, [scans[:2]] * count))
            start = perf_counter()
            list(pool.map(speed, [scans[n::count] for n in range(count)]))
            took.append(perf_counter() - start)
    return took[0] / took[1]


def main() -> None:
    """Print every figure."""
    boxes = int(sys.argv[1]) if len(sys.argv) > 1 else 6000
    layout = printed_ballot(FORM).layouts[0]
    a_page = sum(len(page.boxes) for page in layout.pages) / len(layout.pages)
    pages = max(20, round(boxes / a_page))
    few = max(20, min(pages, 4000) // 3)
    print(
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, load "
        f"{os.getloadavg()[0]:.1f}, Python {platform.python_version()}, "
        f"OpenCV {cv2.__version__}; {a_page:.0f} boxes a page"
    )
    print(
        "| set | pages | refused | boxes | wrong | at most (95 %) | to people "
        "| of plain boxes | pages/CPU-s | MB |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    with ProcessPoolExecutor(1) as pool:
        run_set("office", dpi=200, pages=pages, first_seed=10**6, pool=pool)
        run_set("office", dpi=300, pages=few, first_seed=2 * 10**6, pool=pool)
        run_set("hard", dpi=200, pages=few, first_seed=3 * 10**6, pool=pool)
        run_set("fax", dpi=200, pages=few // 2, first_seed=4 * 10**6, pool=pool)
        run_set("phone", dpi=200, pages=few // 2, first_seed=5 * 10**6, pool=pool)
    print(f"two processes: {processes(40):.2f} times one, on the clock")
    for peer in PEERS:
        found = "installed" if shutil.which(peer) else "not installed"
        print(f"{peer}: {found}; not run, it reads layouts of its own only")


if __name__ == "__main__":
    main()
