"""Pages become ballots only in the order the stack was fed; a gap shifts nobody's votes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from kecan.paper_ballot.accounting import Standing, count_pages
from kecan.paper_ballot.align import Rejection
from kecan.paper_ballot.batch import BoxRecord, PageRecord
from kecan.paper_ballot.form import BallotContest, BallotForm, Nominee
from kecan.paper_ballot.marks import CELLS
from kecan.paper_ballot.page_strokes import packed_strokes
from kecan.paper_ballot.scans import ScanPlace, scan_files
from kecan.paper_ballot.stack_order import ballots_of_pages
from kecan.tally import BallotRules, LineState

if TYPE_CHECKING:
    from kecan.paper_ballot.accounting import ScanCount

PAGES = {"normal": 3}
FORM = BallotForm(
    superior="",
    issuer="A",
    stamp="B",
    occasion="C",
    contests=(
        BallotContest(
            title="D",
            term="2025 - 2030",
            max_choices=1,
            nominees=tuple(Nominee(name=name) for name in ("An", "Bình")),
        ),
    ),
)
RULES = BallotRules(
    over_choice_is_invalid=True, blank_is_invalid=True, both_boxes_is_invalid=False
)


def _ballot(digest: str, marks: str) -> PageRecord:
    """Return a ballot of one page: An's two boxes, then Bình's, agree before disagree."""
    places = [(line, column) for line in (1, 2) for column in ("agree", "disagree")]
    return PageRecord(
        place=ScanPlace(path=f"{digest}.jpg"),
        digest=digest,
        style="normal",
        page=1,
        boxes=tuple(
            BoxRecord(
                contest=1,
                line=line,
                column=column,
                state=state,
                reason="small" if state == "?" else "",
                packed_scores=b"",
            )
            for (line, column), state in zip(places, marks, strict=True)
        ),
    )


def _count(*marks: str, rules: BallotRules = RULES, **numbers: int) -> ScanCount:
    records = [_ballot(f"{9 - place}", one) for place, one in enumerate(marks)]
    return count_pages(
        FORM, records, pages_of_style={"normal": 1}, rules=rules, **numbers
    )


@pytest.mark.parametrize(
    ("marks", "states"),
    [
        ("1000", (LineState.AGREE, LineState.NONE)),
        ("1001", (LineState.AGREE, LineState.DISAGREE)),
        ("1110", (LineState.BOTH, LineState.AGREE)),
        ("0110", (LineState.DISAGREE, LineState.AGREE)),
    ],
)
def test_what_a_line_says_is_what_its_two_boxes_say(
    marks: str, states: tuple[LineState, ...]
) -> None:
    (ballot,) = _count(marks).ballots

    assert ballot.sheet is not None
    assert ballot.sheet.states == (states,)
    assert (ballot.standing, ballot.why) == (Standing.COUNTED, "")


@pytest.mark.parametrize(("marks", "why"), [("1010", "too_many"), ("0000", "blank")])
def test_marks_that_spoil_a_ballot_are_said_and_count_for_nobody(
    marks: str, why: str
) -> None:
    counted = _count(marks, "1001")

    (spoilt,) = (one for one in counted.ballots if one.standing is Standing.INVALID)
    assert spoilt.why == why
    assert (counted.count.valid, counted.count.invalid) == (1, 1)
    assert [line.agree for line in counted.count.lines[0]] == [1, 0]
    lenient = BallotRules(
        over_choice_is_invalid=False,
        blank_is_invalid=False,
        both_boxes_is_invalid=False,
    )
    assert _count(marks, "1001", rules=lenient).count.valid == 2


def test_a_ballot_in_doubt_is_listed_and_not_counted() -> None:
    counted = _count("1?01", "1001")

    assert [one.why for one in counted.pending] == ["doubtful_box"]
    assert counted.pending[0].sheet is None
    assert counted.count.valid == 1


def test_ballots_without_a_mark_are_told_for_no_ink_tells_them_apart() -> None:
    assert _count("0000", "0000", "1000", "00?0").unmarked == 2


def test_issued_is_what_was_read_and_spoiled_or_the_rest_is_told() -> None:
    assert _count("1000", "0100").unaccounted is None
    assert _count("1000", "0100", issued=5, spoiled=2).unaccounted == 1
    assert _count("1000", "0100", issued=1).unaccounted == -1


def test_ballots_are_numbered_by_the_hash_of_their_picture() -> None:
    counted = _count("1000", "0100", "0001")

    assert [one.pages[0].digest for one in counted.ballots] == ["7", "8", "9"]
    numbers = [one.sheet.number for one in counted.ballots if one.sheet]
    assert numbers == [1, 2, 3]


def _inked(page: PageRecord, *, hand: int) -> PageRecord:
    """Return a page whose four boxes have the strokes of one hand."""
    generator = np.random.default_rng(hand)
    ink = np.zeros((4, CELLS, CELLS), np.uint8)
    for box in ink:
        down, across = generator.integers(4, CELLS - 12, 2)
        box[down : down + 2, across : across + 8] = 255
    return replace(page, strokes=packed_strokes(ink.tobytes()))


def test_ballots_whose_ink_is_alike_are_not_counted_until_a_person_has_looked() -> None:
    pages = [_ballot(digest, "1000") for digest in "123"]
    inked = [
        _inked(page, hand=hand) for page, hand in zip(pages, (1, 2, 1), strict=True)
    ]

    counted = count_pages(FORM, inked, pages_of_style={"normal": 1}, rules=RULES)

    assert counted.alike == (("1", "3"),)
    waiting = {one.pages[0].digest: one.why for one in counted.pending}
    assert waiting == {"1": "perhaps_scanned_twice", "3": "perhaps_scanned_twice"}
    assert counted.count.valid == 1


def test_where_sheets_carry_ids_likeness_of_ink_is_not_asked() -> None:
    inked = [
        replace(_inked(_ballot(digest, "1000"), hand=1), sheet_id=digest)
        for digest in "12"
    ]

    counted = count_pages(
        replace(FORM, has_sheet_ids=True),
        inked,
        pages_of_style={"normal": 1},
        rules=RULES,
    )

    assert (counted.alike, counted.count.valid) == ((), 2)


def test_one_page_that_is_like_another_makes_its_whole_ballot_wait() -> None:
    fed = [(1, 1), (2, 2), (1, 3), (2, 2)]  # page and hand; the second pages are alike
    inked = [
        _inked(replace(_ballot(str(place), "1000"), page=page), hand=hand)
        for place, (page, hand) in enumerate(fed)
    ]
    stack = [replace(page, place=ScanPlace(path="stack.pdf")) for page in inked]

    counted = count_pages(FORM, stack, pages_of_style={"normal": 2}, rules=RULES)

    assert [one.why for one in counted.ballots] == ["perhaps_scanned_twice"] * 2


def _stack(*pages: int | Rejection) -> list[PageRecord]:
    return [
        PageRecord(
            place=ScanPlace(path="stack.pdf", page=number),
            digest=f"{number:02}",
            style="" if isinstance(page, Rejection) else "normal",
            page=0 if isinstance(page, Rejection) else page,
            rejection=page.value if isinstance(page, Rejection) else "",
        )
        for number, page in enumerate(pages, start=1)
    ]


@pytest.mark.parametrize(
    ("fed", "ballots"),
    [
        ((1, 2, 3, 1, 2, 3), [[1, 2, 3], [1, 2, 3]]),
        ((3, 2, 1, 3, 2, 1), [[3, 2, 1], [3, 2, 1]]),
        ((1, 2, 3, 2, 3, 1, 2, 3, 1, 2, 3), [[1, 2, 3], [2, 3], [1, 2, 3], [1, 2, 3]]),
        ((1, 2, 1, 2, 3), [[1, 2], [1, 2, 3]]),
        ((1, Rejection.NO_CODE, 3, 1, 2, 3), [[1], [3], [1, 2, 3]]),
        ((1, Rejection.BLANK, 2, Rejection.BLANK, 3), [[1, 2, 3]]),
    ],
)
def test_a_break_in_the_order_leaves_one_ballot_incomplete_and_shifts_none(
    fed: tuple[int | Rejection, ...], ballots: list[list[int]]
) -> None:
    found = ballots_of_pages(_stack(*fed), pages_of_style=PAGES)

    assert [[one.page for one in pages] for pages in found] == ballots


def test_scans_follow_each_other_as_they_are_counted(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("scans")
    for name in ("scan10.jpg", "scan2.jpg", "scan1.jpg"):
        (folder / name).write_bytes(b"")

    names = [path.name for path in scan_files([folder])]

    assert names == ["scan1.jpg", "scan2.jpg", "scan10.jpg"]
