"""Pages become ballots only in the order the stack was fed; a gap shifts nobody's votes."""

from __future__ import annotations

import pytest

from kecan.paper_ballot.align import Rejection
from kecan.paper_ballot.batch import PageRecord
from kecan.paper_ballot.scans import ScanPlace, scan_files
from kecan.paper_ballot.stack_order import ballots_of_pages

PAGES = {"normal": 3}


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
