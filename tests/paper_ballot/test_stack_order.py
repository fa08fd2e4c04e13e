"""No ballot is put together from the pages of two voters."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kecan.paper_ballot.align import Rejection
from kecan.paper_ballot.batch import PageRecord
from kecan.paper_ballot.scans import ScanPlace
from kecan.paper_ballot.stack_order import ballots_of_pages

NOT_READ = Rejection.TICKS_LOST.value


@dataclass(frozen=True)
class _Fed:
    voter: str
    page: int
    rejection: str = ""


def _ballots(fed: list[_Fed], *, pages: int) -> list[list[tuple[str, int]]]:
    records = [
        PageRecord(
            place=ScanPlace(path="stack.pdf", page=number),
            digest=one.voter,
            rejection=one.rejection,
            style="" if one.rejection else "normal",
            page=0 if one.rejection else one.page,
        )
        for number, one in enumerate(fed, start=1)
    ]
    found = ballots_of_pages(records, pages_of_style={"normal": pages})
    return [[(one.digest, one.page) for one in ballot] for ballot in found]


def _fed(text: str) -> list[_Fed]:
    """Read "A1 A2 B1x": voter and page; x where the page was refused."""
    return [
        _Fed(one[0], int(one[1]), NOT_READ if one.endswith("x") else "")
        for one in text.split()
    ]


@pytest.mark.parametrize(
    ("pages", "fed", "whole"),
    [
        (3, "A1 A2 A3 B2 B3 C1 C2 C3 D1 D2 D3", "ACD"),
        (2, "A2 A1 B2 B1 C2 C1", "ABC"),
        (3, "A2 A1 A3 B2 B1 B3", "AB"),
        (2, "A1 A2 B2 C1 C2", "AC"),
        (3, "A1 B1 B2 B3", "B"),
        (2, "A1x A2 B1 B2 C1 C2", "BC"),
        (2, "A1 A2x B1x B2 C1 C2", "C"),
        (2, "A2x A1 B2 B1 C2 C1", "BC"),
        (4, "A2 A1 A4 A3 B2 B1 B4 B3", "AB"),
        (3, "A1 A2 A3 B1 B3 B2 C1 C2 C3", "AC"),
        (1, "A1 B1 C1x D1", "ABD"),
    ],
)
def test_a_break_in_the_order_of_a_stack_shifts_no_other_ballot(
    pages: int, fed: str, whole: str
) -> None:
    ballots = _ballots(_fed(fed), pages=pages)

    assert "".join(one[0][0] for one in ballots if len(one) == pages) == whole


def test_a_stack_that_reads_both_ways_is_left_to_a_person() -> None:
    ballots = _ballots(_fed("A2 B1 B2"), pages=2)  # or A2 A1 of one voter, then B2

    assert [len(one) for one in ballots] == [1, 1, 1]


@pytest.mark.parametrize(
    "fed",
    [
        "A1 A2 B1 B2 C1 C2 D1x",
        "D1x A1 A2 B1 B2 C1 C2",
        "A1 A2 B1 B2 D1x C1 C2",
    ],
)
def test_a_file_nobody_can_read_parts_no_ballots_that_are_whole_without_it(
    fed: str,
) -> None:
    ballots = _ballots(_fed(fed), pages=2)

    assert [{voter for voter, _ in one} for one in ballots] == [{"A"}, {"B"}, {"C"}]


@pytest.mark.parametrize(
    "fed",
    [
        "A1x A2 B1 B2 C1 C2x",  # or A2 B1 and B2 C1
        "A2 B1 B2 C1 C2x",  # or A2 B1 and B2 C1, fed backs first, and a spoiled file
        "A2 B1 B2 C2",  # or A2 B1, and a page of each of two voters
        "A1 B2 B1x C2 C1",  # or A1 B2, fed face first, and a spoiled file
    ],
)
def test_a_stack_that_reads_as_well_otherwise_is_left_to_a_person(
    fed: str,
) -> None:
    ballots = _ballots(_fed(fed), pages=2)

    assert [len(one) for one in ballots] == [1, 1, 1, 1]


def test_pages_that_follow_each_other_are_one_ballot_though_the_last_is_missing() -> (
    None
):
    assert _ballots(_fed("A1 A2"), pages=3) == [[("A", 1), ("A", 2)]]


def test_a_stack_of_refused_pages_alone_has_no_ballot() -> None:
    assert _ballots(_fed("A1x A2x"), pages=2) == []


def test_each_style_of_a_stack_has_ballots_of_as_many_pages_as_it_prints() -> None:
    found = ballots_of_pages(
        [
            PageRecord(
                place=ScanPlace(path="stack.pdf", page=number),
                digest=str(number),
                style=style,
                page=page,
            )
            for number, (style, page) in enumerate(
                [("normal", 1), ("large", 1), ("large", 2), ("normal", 1)], start=1
            )
        ],
        pages_of_style={"normal": 1, "large": 2},
    )

    ballots = [[(one.style, one.page) for one in pages] for pages in found]
    large = [("large", 1), ("large", 2)]
    assert ballots == [[("normal", 1)], large, [("normal", 1)]]


@pytest.mark.parametrize(
    ("paths", "is_one_stack"),
    [
        (("monday/1.jpg", "monday/2.jpg"), True),
        (("monday/1.jpg", "tuesday/1.jpg"), False),
        (("monday/1.pdf", "monday/2.pdf"), False),
        (("monday/1.TIF", "monday/2.TIF"), False),
    ],
)
def test_a_folder_of_images_is_one_stack_and_so_is_each_file_of_pages(
    paths: tuple[str, str], *, is_one_stack: bool
) -> None:
    pages = [
        PageRecord(place=ScanPlace(path=path), digest=path, style="normal", page=page)
        for page, path in enumerate(paths, start=1)
    ]

    ballots = list(ballots_of_pages(pages, pages_of_style={"normal": 2}))

    assert len(ballots) == (1 if is_one_stack else 2)


def test_a_blank_back_and_a_foreign_sheet_between_two_pages_are_passed_over() -> None:
    fed = [
        _Fed("A", 1),
        _Fed("-", 0, Rejection.BLANK.value),
        _Fed("A", 2),
        _Fed("-", 0, Rejection.FOREIGN.value),
    ]

    assert _ballots(fed, pages=2) == [[("A", 1), ("A", 2)]]


@given(
    pages=st.integers(1, 4),
    voters=st.integers(2, 8),
    is_reversed=st.booleans(),
    refused=st.frozensets(st.integers(0, 31)),
)
@example(pages=2, voters=2, is_reversed=True, refused=frozenset({0, 3}))
def test_refused_pages_never_mix_two_voters(
    pages: int, voters: int, refused: frozenset[int], *, is_reversed: bool
) -> None:
    order = range(pages, 0, -1) if is_reversed else range(1, pages + 1)
    stack = [(chr(65 + voter), page) for voter in range(voters) for page in order]
    fed = [
        _Fed(voter, page, NOT_READ if at in refused else "")
        for at, (voter, page) in enumerate(stack)
    ]

    ballots = _ballots(fed, pages=pages)

    assert all(len({voter for voter, _ in one}) == 1 for one in ballots)
    assert sorted(page for one in ballots for page in one) == sorted(
        page for at, page in enumerate(stack) if at not in refused
    )
