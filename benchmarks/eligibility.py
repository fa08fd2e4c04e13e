"""Eligibility at size M and L on one core: seconds, verdicts a second, memory, linearity.

Run: ``python benchmarks/eligibility.py [M|L ...]``. Counted: every person of a
committee × every post of that committee × the current and the next term of the
post's line, each judged to a full verdict (eleven findings with clause and facts;
sentences are put into words only when read). Registers are built one by one and
only the judging is timed. The budget is held against processor time, which other
work on the machine does not stretch; the time on the wall is printed beside it.
"""

from __future__ import annotations

import platform
import resource
import sys
from collections import Counter
from datetime import date
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from kecan.regulations.eligibility import judge_terms
from kecan.regulations.pack import load_pack
from kecan.regulations.verdict import Outcome
from kecan.sample.rounds import SIZES, build_rounds
from kecan.vocabulary import Line, Term, TermPair

if TYPE_CHECKING:
    from kecan.regulations.facts import Register
    from kecan.sample.rounds import Size

BUDGET_SECONDS = {"M": 2.0, "L": 60.0}
DAY = date(2022, 5, 10)
TERMS = tuple(
    TermPair(
        party=Term(line=Line.PARTY, first_year=first, last_year=first + 5),
        government=Term(
            line=Line.GOVERNMENT, first_year=first + 1, last_year=first + 6
        ),
    )
    for first in (2020, 2025)
)
KIBIBYTES_A_MEGABYTE = 1024


def cpu_name() -> str:
    """Return what the machine calls its processor."""
    with open("/proc/cpuinfo", encoding="utf-8") as lines:  # noqa: PTH123
        names = [
            line.partition(":")[2].strip() for line in lines if "model name" in line
        ]
    return names[0] if names else platform.processor()


def judge_seconds(register: Register, outcomes: Counter[str]) -> tuple[float, float]:
    """Judge one register whole; return processor and wall seconds."""
    pack = load_pack("50-qd-tw")
    began, began_on_wall = process_time(), perf_counter()
    for verdict in judge_terms(register, pack=pack, as_of=DAY, terms=TERMS):
        outcomes[verdict.outcome] += 1
    return process_time() - began, perf_counter() - began_on_wall


def run(size: Size) -> bool:
    """Judge one size, print what was measured and tell whether it kept its budget."""
    outcomes: Counter[str] = Counter()
    people = posts = 0
    halves = [0.0, 0.0]
    counts = [0, 0]
    wall = 0.0
    committees = SIZES[size].committees
    for number, register in enumerate(build_rounds(size, seed=7)):
        half = 0 if number < committees // 2 else 1
        before = sum(outcomes.values())
        seconds_here, wall_here = judge_seconds(register, outcomes)
        halves[half] += seconds_here
        wall += wall_here
        counts[half] += sum(outcomes.values()) - before
        people += len(register.people)
        posts += len(register.posts)
    seconds, verdicts = sum(halves), sum(counts)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIBIBYTES_A_MEGABYTE
    each = [1e6 * halves[half] / counts[half] for half in (0, 1)]
    print(f"{size}: {people:,} people, {posts:,} posts, {committees:,} committees")
    print(
        f"   {verdicts:,} verdicts in {seconds:.2f} s ({wall:.2f} s on the wall)"
        f" = {verdicts / seconds:,.0f}/s"
    )
    print(
        f"   {each[0]:.2f} µs a verdict in the first half, {each[1]:.2f} in the second"
    )
    print(f"   peak memory {peak:.0f} MB; outcomes {_counted(outcomes)}")
    kept = seconds <= BUDGET_SECONDS[size]
    print(f"   budget {BUDGET_SECONDS[size]:.0f} s: {'kept' if kept else 'EXCEEDED'}")
    return kept


def _counted(outcomes: Counter[str]) -> str:
    return ", ".join(f"{one.value} {outcomes[one]:,}" for one in Outcome)


def main() -> int:
    """Run the sizes named on the command line, by default M and L."""
    chosen = [size for size in SIZES if size in sys.argv[1:]] or list(SIZES)
    print(f"{cpu_name()}, Python {platform.python_version()}, one core")
    kept = [run(size) for size in chosen]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
