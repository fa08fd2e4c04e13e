"""Printing 1,000 two-page ballots: shared pages beside one PDF written page by page."""

from __future__ import annotations

import platform
import statistics
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from kecan.paper_ballot.form import BallotContest, BallotForm, Nominee
from kecan.paper_ballot.pdf import render_ballot
from kecan.paper_ballot.sheet_ids import draw_sheet_ids

if TYPE_CHECKING:
    from collections.abc import Callable

COPIES = 1000
ALONE = 50
RUNS = 5
GOAL_SECONDS = 5


def form() -> BallotForm:
    """Return a ballot of two pages."""
    return BallotForm(
        superior="Đảng bộ tỉnh",
        issuer="Huyện uỷ An Bình",
        stamp="Đóng dấu Huyện uỷ",
        occasion="tại Hội nghị cán bộ chủ chốt",
        contests=(
            BallotContest(
                title="Ban Chấp hành Đảng bộ huyện",
                term="2025 - 2030",
                max_choices=10,
                nominees=(Nominee(name="Đặng Đức Ưng", post="Trưởng phòng"),) * 24,
            ),
        ),
    )


def median_seconds(work: Callable[[], object]) -> float:
    """Return the median of several runs."""
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def main() -> None:
    """Print the figures."""
    ballot = form()
    together = median_seconds(lambda: render_ballot(ballot, copies=COPIES))
    alone = median_seconds(lambda: [render_ballot(ballot) for _ in range(ALONE)])
    size = len(render_ballot(ballot, copies=COPIES))
    print(f"{platform.machine()}, Python {platform.python_version()}, one core")
    print(
        f"{COPIES} copies in one file: {together:.2f} s, {size / 1e6:.1f} MB "
        f"(goal {GOAL_SECONDS} s)"
    )
    ids = draw_sheet_ids(COPIES)
    with_ids = replace(ballot, has_sheet_ids=True)
    begun = time.perf_counter()
    render_ballot(with_ids, sheet_ids=ids)
    print(f"with an id a copy, once: {time.perf_counter() - begun:.2f} s")
    print(
        f"one file a copy, from {ALONE}: {alone * COPIES / ALONE:.2f} s for {COPIES}, "
        f"{alone * COPIES / ALONE / together:.0f} times as long"
    )


if __name__ == "__main__":
    main()
