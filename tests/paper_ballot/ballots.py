"""Ballots, hands and scans the tests of reading share."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kecan.paper_ballot.decisions import Empty, Marked, NeedsReview
from kecan.paper_ballot.form import BallotContest, BallotForm, Nominee, Style
from kecan.paper_ballot.reading import PageReading, printed_ballot, read_page
from kecan.paper_ballot.scans import decode_jpeg
from kecan.sample.scans import MadeScan, ScanPlan, Truth, make_scan, printed_pages

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FORM = BallotForm(
    superior="HUYỆN ỦY A",
    issuer="TỔ KIỂM PHIẾU",
    stamp="Dấu của Huyện ủy",
    occasion="Hội nghị ngày 10/5/2022",
    contests=(
        BallotContest(
            title="Ban Chấp hành Đảng bộ huyện",
            term="2025-2030",
            max_choices=26,
            write_in_lines=2,
            nominees=tuple(
                Nominee(
                    name=f"Nguyễn Văn {name}",
                    birth_year=1970 + place,
                    post="Phó Chủ tịch",
                    unit="UBND huyện",
                )
                for place, name in enumerate(
                    [*"ABCDEGHIKLMNOPQRSTUVXY", *(f"{one}a" for one in "BCDGHKLMNPQS")]
                )
            ),
        ),
    ),
)


@cache
def blanks() -> tuple[NDArray[np.uint8], ...]:
    return tuple(printed_pages(FORM, style=Style.NORMAL))


def scan(page: int, plan: ScanPlan) -> MadeScan:
    layout = printed_ballot(FORM).layouts[0]
    return make_scan(blanks()[page], layout.pages[page], plan)


def wrong_boxes(made: MadeScan) -> list[tuple[int, str, str]]:
    """Return (box, read, meant) of every box read otherwise than meant."""
    reading = read_page(decode_jpeg(made.jpeg), printed_ballot(FORM))
    if not isinstance(reading, PageReading):
        return []
    return [
        (index, type(decision).__name__, truth.value)
        for index, (decision, truth) in enumerate(
            zip(reading.decisions, made.truth, strict=True)
        )
        if (isinstance(decision, Marked) and truth is not Truth.MARKED)
        or (isinstance(decision, Empty) and truth not in {Truth.EMPTY, Truth.SPECK})
    ]


def reviewed(made: MadeScan) -> int:
    """Return how many boxes go to a person; every box when the page was refused."""
    reading = read_page(decode_jpeg(made.jpeg), printed_ballot(FORM))
    if not isinstance(reading, PageReading):
        return len(made.truth)
    return sum(isinstance(one, NeedsReview) for one in reading.decisions)
