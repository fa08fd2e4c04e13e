"""A scanner that draws in two sheets at once gives one ballot of two voters: it is parted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.paper_ballot.ballots import FORM, scan

from kecan.paper_ballot.batch import PageRecord
from kecan.paper_ballot.reading import PageReading, printed_ballot, read_page
from kecan.paper_ballot.scans import ScanPlace, decode_jpeg
from kecan.paper_ballot.stack_order import ballots_of_pages
from kecan.paper_ballot.two_sides import SheetLie, sheet_lie
from kecan.sample.scans import ScanPlan

if TYPE_CHECKING:
    from collections.abc import Sequence

_Sides = tuple[SheetLie, SheetLie]


def _in_one_pass(sheets: int, *, tilted: float = 0.4, seed: int = 7) -> list[_Sides]:
    """Both sides of sheets, each sheet a little askew, each print a little off on it."""
    rng = np.random.default_rng(seed)
    tilts = rng.normal(0, tilted, sheets)
    off = rng.normal(0, 0.5, (sheets, 2))
    sides = []
    for tilt, (right, down) in zip(tilts.tolist(), off.tolist(), strict=True):
        print_ = rng.normal(0, (0.05, 0.3, 0.3), (2, 3))
        front = np.array([tilt, 105 + right, 148 + down]) + print_[0]
        back = np.array([-tilt, 106 - right, 151 + down]) + print_[1]
        sides.append((SheetLie(*front.tolist()), SheetLie(*back.tolist())))
    return sides


def _one_by_one(pages: int) -> list[SheetLie]:
    fronts = [front for front, _ in _in_one_pass(pages, seed=11)]
    fronts[8] = SheetLie(3.0, 112.0, 155.0)  # slipped
    return fronts


def _ballots(sides: Sequence[_Sides], voters: Sequence[tuple[int, int]]) -> list[str]:
    """Return the ballots of a stack: which voter's page each of their pages is."""
    records = [
        PageRecord(
            place=ScanPlace(path="stack.pdf", page=2 * at + page),
            digest=f"{voter}",
            style="normal",
            page=page,
            lie=lie,
        )
        for at, (of_sheet, lies) in enumerate(zip(voters, sides, strict=True))
        for page, (voter, lie) in enumerate(zip(of_sheet, lies, strict=True), start=1)
    ]
    found = ballots_of_pages(records, pages_of_style={"normal": 2})
    return [" ".join(f"{one.digest}:{one.page}" for one in ballot) for ballot in found]


def _drawn_in_together(
    sides: Sequence[_Sides], *, at: int, down: float = 0.0, tilt: float = 0.0
) -> tuple[list[_Sides], list[tuple[int, int]]]:
    """Let the sheet at a place pass with the next, lying so much lower or tilted."""
    back = sides[at + 1][1]
    beside = SheetLie(back.tilt + tilt, back.across, back.down + down)
    passed = [*sides[:at], (sides[at][0], beside), *sides[at + 2 :]]
    voters = [(one, one) for one in range(len(sides)) if one not in {at, at + 1}]
    voters.insert(at, (at, at + 1))
    return passed, voters


@pytest.mark.parametrize(("down", "tilt"), [(9.0, 0.0), (0.0, 1.6), (-9.0, 0.3)])
def test_the_face_of_one_sheet_and_the_back_of_the_next_are_no_ballot(
    down: float, tilt: float
) -> None:
    stack, voters = _drawn_in_together(_in_one_pass(30), at=12, down=down, tilt=tilt)

    found = _ballots(stack, voters)

    others = [f"{voter}:1 {voter}:2" for voter in range(30) if voter not in {12, 13}]
    assert found == [*others[:12], "12:1", "13:2", *others[12:]]


def test_where_the_scanner_turns_the_backs_round_they_lie_alike_as_well() -> None:
    sides = [
        (front, SheetLie(back.tilt, 210 - back.across, 297 - back.down))
        for front, back in _in_one_pass(30)
    ]
    stack, voters = _drawn_in_together(sides, at=12, down=9.0)

    assert "12:1" in _ballots(stack, voters)


def test_sheets_that_went_through_one_by_one_stay_whole() -> None:
    voters = [(one, one) for one in range(60)]

    found = _ballots(_in_one_pass(60), voters)

    assert found == [f"{one}:1 {one}:2" for one in range(60)]


@pytest.mark.parametrize(
    "sides",
    [
        pytest.param(
            [
                (front, back)
                for front, back in zip(
                    _one_by_one(60)[::2], _one_by_one(60)[1::2], strict=True
                )
            ],
            id="pages-on-sheets-of-their-own",
        ),
        pytest.param(
            _drawn_in_together(_in_one_pass(12), at=5, down=9.0)[0], id="few-sheets"
        ),
        pytest.param(
            _drawn_in_together(_in_one_pass(30, tilted=0.0), at=5, down=9.0)[0],
            id="set-straight-by-the-scanner",
        ),
    ],
)
def test_where_a_stack_does_not_show_how_both_sides_lie_the_order_alone_speaks(
    sides: list[_Sides],
) -> None:
    voters = [(one, one) for one in range(len(sides))]

    assert len(_ballots(sides, voters)) == len(sides)


@pytest.mark.parametrize(("dpi", "is_upside_down"), [(150, False), (300, True)])
def test_how_a_page_lies_is_told_in_degrees_and_millimetres(
    dpi: int, *, is_upside_down: bool
) -> None:
    straight = ScanPlan(seed=3, dpi=dpi, is_upside_down=is_upside_down)
    usual = _lie(straight)
    moved = _lie(replace(straight, skew=1.5, shift=(3.0, -2.0)))

    assert usual.tilt == pytest.approx(0, abs=0.05)
    assert abs(moved.tilt) == pytest.approx(1.5, abs=0.05)
    moves = (moved.across - usual.across, moved.down - usual.down)
    assert np.hypot(*moves) == pytest.approx(np.hypot(3, 2), abs=0.2)
    assert usual[1:] == pytest.approx((105, 148.5), abs=1)


def _lie(plan: ScanPlan) -> SheetLie:
    reading = read_page(decode_jpeg(scan(0, plan).jpeg), printed_ballot(FORM))
    assert isinstance(reading, PageReading)
    return sheet_lie(reading.found.paper)
