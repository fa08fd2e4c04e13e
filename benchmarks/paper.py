"""Reading ballots: pages a second, wrong boxes, boxes for people, memory.

``python benchmarks/paper.py [BOXES]``: boxes of the office set, 6,000 by default, a few
minutes; the goal of the project is shown on 1,500,000. Ctrl+C ends the set that is
being read, prints what was found so far and goes on to the next. Every scan is made, read and
forgotten, so that a run of any length takes the same memory. Scans come from the seeded
generator of this project: nothing here says how another printer, scanner or hand would
fare.
"""

from __future__ import annotations

import os
import platform
import signal
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from statistics import mean, median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import TYPE_CHECKING, NamedTuple, cast

import cv2
import numpy as np

from kecan.paper_ballot.batch import CHUNK as SHARE
from kecan.paper_ballot.decisions import Marked, NeedsReview
from kecan.paper_ballot.form import BallotContest, BallotForm, Nominee, Style
from kecan.paper_ballot.preparing import prepare
from kecan.paper_ballot.reading import PageReading, printed_ballot, read_page
from kecan.paper_ballot.reading_pool import WORKER_ENVIRONMENT
from kecan.paper_ballot.scans import decode_jpeg
from kecan.sample.scans import (
    MadeScan,
    Truth,
    hard_plan,
    make_scan,
    office_plan,
    printed_pages,
)
from paper_batch import print_batch
from paper_peers import print_peers

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

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


CHUNK = 25  # pages
FILES, ROUNDS = 40, 8  # pages on disk, times each is read
KILOBYTES = 1024


class Goal(NamedTuple):
    """What a core has to read, and the scans and machine on which that was set.

    How heavy a page is decides how long it takes: decoding is nearly half. And no core
    reads faster than it decodes: of two machines one may decode twice as fast.
    """

    pages: int  # a second
    kib: int  # a page, on an average
    decoding: float  # ms

    @property
    def decodings(self) -> float:
        """How many decodings of the same page reading one may take."""
        return 1e3 / self.pages / self.decoding


GOALS = {200: Goal(100, 307, 3.9), 300: Goal(60, 516, 7.7)}  # by dpi


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


def read_chunk(kind: str, seeds: range, dpi: int) -> Counter[str]:
    """Make and read pages, count what came of them."""
    cv2.setNumThreads(1)
    printed = printed_ballot(FORM)
    seen = Counter[str]()
    for seed in seeds:
        made = made_scan(kind, seed, dpi=dpi)
        reading = read_page(decode_jpeg(made.jpeg), printed)
        seen["pages"] += 1
        if not isinstance(reading, PageReading):
            seen["lost"] += 1
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
    return seen


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
    seen = Counter[str]()
    read: Callable[[range], Counter[str]] = partial(read_chunk, kind, dpi=dpi)
    counts = cast("Generator[Counter[str]]", pool.map(read, chunks))
    try:
        for done, counted in enumerate(counts, start=1):
            seen += counted
            if sys.stderr.isatty() or done % 100 == 0:
                sys.stderr.write(
                    f"{kind} {dpi} dpi: {100 * done // len(chunks)} % of {pages} "
                    f"pages, {seen['wrong']} wrong of {seen['boxes']} boxes\n"
                )
    except KeyboardInterrupt:
        counts.close()  # what waits is not read
        print(f"\nStopped: {kind} {dpi} dpi as far as it was read:\n")
    boxes = seen["boxes"]
    share, needless, bound = (
        (
            f"{100 * seen['review'] / boxes:.2f} %",
            f"{100 * seen['needless'] / boxes:.2f} %",
            f"{upper_bound(seen['wrong'], boxes):.1e}",
        )
        if boxes
        else "---"
    )
    print(
        f"| {kind} {dpi} dpi | {seen['pages']} | {seen['lost']} | {boxes} "
        f"| {seen['wrong']} | {bound} | {share} | {needless} |",
        flush=True,
    )


def resident() -> int:
    """Return the MB of memory this process holds now."""
    status = Path("/proc/self/status").read_text("utf-8")
    (line,) = (one for one in status.splitlines() if one.startswith("VmRSS"))
    return int(line.split()[1]) // KILOBYTES


class FilesRead(NamedTuple):
    """Seconds that each file took, on the clock and of the core; MB after each round."""

    wall: list[float]
    cpu: list[float]
    decoding: list[float]
    memory: list[int]


def read_files(paths: list[Path], *, rounds: int = ROUNDS) -> FilesRead:
    """Read files from the disk again and again, as a reading process does.

    The machine is shared: of every file the best round counts.
    """
    cv2.setNumThreads(1)
    printed = printed_ballot(FORM)
    read_page(decode_jpeg(paths[0].read_bytes()), printed)
    best = np.full((3, len(paths)), np.inf)
    memory = []
    for _ in range(rounds):
        for number, path in enumerate(paths):
            clock, start = perf_counter(), process_time()
            image = decode_jpeg(path.read_bytes())
            decoded = process_time()
            read_page(image, printed)
            took = perf_counter() - clock, process_time() - start, decoded - start
            best[:, number] = np.minimum(best[:, number], took)
        memory.append(resident())
    wall, cpu, decoding = best.tolist()
    return FilesRead(wall, cpu, decoding, memory)


def read_once(paths: list[Path]) -> None:
    """Read files, for whoever looks at the clock outside."""
    printed = printed_ballot(FORM)
    for path in paths:
        read_page(decode_jpeg(path.read_bytes()), printed)


def workers(count: int) -> ProcessPoolExecutor:
    """Return fresh processes that share nothing with this one."""
    return ProcessPoolExecutor(
        count,
        mp_context=get_context("spawn"),
        initializer=signal.signal,
        initargs=(signal.SIGINT, signal.SIG_IGN),
    )


def print_speed(folder: Path, *, dpi: int) -> list[Path]:
    """Print how fast one process reads files, and its memory; return the files."""
    paths = []
    for seed in range(FILES):
        path = folder / f"{dpi}-{seed}.jpg"
        path.write_bytes(made_scan("office", seed, dpi=dpi).jpeg)
        paths.append(path)
    with workers(1) as pool:
        found = pool.submit(read_files, paths).result()
    kib = [path.stat().st_size / KILOBYTES for path in paths]
    goal = GOALS[dpi]
    as_heavy, decoding = (
        np.polyval(np.polyfit(kib, seconds, 1), goal.kib)
        for seconds in (found.cpu, found.decoding)
    )
    print(
        f"| {dpi} dpi | {mean(kib):.0f} | {1 / median(found.cpu):.0f} "
        f"| {1 / median(found.wall):.0f} | {1e3 * median(found.decoding):.1f} of "
        f"{1e3 * median(found.cpu):.1f} ms | {1 / as_heavy:.0f} at {goal.kib} KiB, "
        f"goal {goal.pages} | {as_heavy / decoding:.2f}, goal {goal.decodings:.2f} "
        f"| {found.memory[0]} after {FILES} pages, {found.memory[-1]} after "
        f"{FILES * ROUNDS} |",
        flush=True,
    )
    return paths


def times_as_fast(paths: list[Path]) -> float:
    """Return how many times as fast two processes read as one, best of three.

    Files are shared out a few at a time, as a count shares them: halves of a stack are
    never equally heavy.
    """
    shares = [paths[first : first + SHARE] for first in range(0, len(paths), SHARE)]
    took = []
    for count in (1, 2):
        with workers(count) as pool:
            list(pool.map(read_once, shares))
            best = float("inf")
            for _ in range(3):
                start = perf_counter()
                list(pool.map(read_once, shares * ROUNDS))
                best = min(best, perf_counter() - start)
        took.append(best)
    return took[0] / took[1]


def main() -> None:
    """Print every figure."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.update(WORKER_ENVIRONMENT)
    prepare()
    boxes = int(sys.argv[1]) if len(sys.argv) > 1 else 6000
    layout = printed_ballot(FORM).layouts[0]
    a_page = sum(len(page.boxes) for page in layout.pages) / len(layout.pages)
    pages = max(20, round(boxes / a_page))
    few = max(20, min(pages, 12_000) // 3)
    print(
        f"{processor()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
        f"Python {platform.python_version()}, OpenCV {cv2.__version__}; "
        f"{a_page:.0f} boxes a page\n"
    )
    print(
        "| one process, decoding included | KiB a page | pages/CPU-s, the middle of all "
        "files | pages/s | decoding | pages/CPU-s, as heavy as those of the goal "
        "| of those, times as long as decoding alone | MB |"
    )
    print("|---|---|---|---|---|---|---|---|")
    with TemporaryDirectory() as folder:
        paths = print_speed(Path(folder), dpi=200)
        print_speed(Path(folder), dpi=300)
        print(f"\ntwo processes: {times_as_fast(paths):.2f} times one, on the clock\n")
    print(
        "| set | pages | lost | boxes | wrong | at most (95 %) | to people "
        "| of plain boxes |"
    )
    print("|---|---|---|---|---|---|---|---|")
    with workers(os.cpu_count() or 1) as pool:
        run_set("office", dpi=200, pages=pages, first_seed=10**6, pool=pool)
        run_set("office", dpi=300, pages=few, first_seed=2 * 10**6, pool=pool)
        run_set("hard", dpi=200, pages=few, first_seed=3 * 10**6, pool=pool)
        run_set("fax", dpi=200, pages=few // 2, first_seed=4 * 10**6, pool=pool)
        run_set("phone", dpi=200, pages=few // 2, first_seed=5 * 10**6, pool=pool)
        print()
        print_batch(FORM, pool=pool)
    print()
    print_peers(layout.pages[0])
    print(f"load at the end {os.getloadavg()[0]:.1f}")


def processor() -> str:
    """Return what the machine calls its processor."""
    for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


if __name__ == "__main__":
    main()
