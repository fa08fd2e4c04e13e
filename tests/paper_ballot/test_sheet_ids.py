"""Ids of sheets: off unless asked for; they join pages and find second scans for certain."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pypdfium2
import pytest
from tests.paper_ballot.ballots import FORM
from typer.testing import CliRunner

import kecan.cli.ballot  # noqa: F401  registers the command
from kecan.cli.app import app
from kecan.paper_ballot.accounting import Standing, count_pages
from kecan.paper_ballot.align import PageRejectedError, Rejection, find_page
from kecan.paper_ballot.batch import BoxRecord, PageRecord
from kecan.paper_ballot.composing import code_text, layout_of
from kecan.paper_ballot.count_file import count_text
from kecan.paper_ballot.form import Style
from kecan.paper_ballot.halving import ScanImage
from kecan.paper_ballot.pdf import render_ballot
from kecan.paper_ballot.scans import ScanPlace
from kecan.paper_ballot.sheet_ids import SPECIMEN, draw_sheet_ids, parted_code
from kecan.regulations.chains import shipped_validity

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from kecan.paper_ballot.accounting import ScanCount

WITH_IDS = replace(FORM, has_sheet_ids=True)
TOML = """
[ballot]
issuer = "A"
stamp = "B"
occasion = "C"
sheet_ids = true
[[contest]]
title = "D"
term = "E"
max_choices = 1
[[contest.nominee]]
name = "G"
"""


def pictures(pdf: bytes) -> list[NDArray[np.uint8]]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [
            np.array(page.render(scale=200 / 72, grayscale=True).to_numpy()).squeeze()
            for page in document
        ]


def soft(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return a picture with greys in it, as a scanner gives one."""
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), 0.7), np.uint8)


def test_a_form_keeps_its_event_as_long_as_its_edition_prints_the_same() -> None:
    assert FORM.event == "83da041b0a7b"  # else count EDITION up: old sheets are foreign
    assert WITH_IDS.event != FORM.event


def test_pages_of_one_sheet_carry_one_id_and_the_reader_returns_it() -> None:
    ids = draw_sheet_ids(2)
    pages = pictures(render_ballot(WITH_IDS, sheet_ids=ids))
    layouts = [layout_of(WITH_IDS, style=style) for style in Style]

    found = [find_page(ScanImage(soft(page)), layouts) for page in pages]

    assert [one.sheet_id for one in found] == [ids[0]] * 3 + [ids[1]] * 3
    assert [one.page.number for one in found] == [1, 2, 3] * 2


def test_copies_differ_in_their_codes_alone() -> None:
    pages = pictures(render_ballot(WITH_IDS, sheet_ids=draw_sheet_ids(2)))
    codes = layout_of(WITH_IDS).pages[0].codes
    for page in pages:
        for code in codes:
            left, top = (
                int(at / 25.4 * 200) - 1 for at in (code.rectangle.x, code.rectangle.y)
            )
            side = int(code.rectangle.width / 25.4 * 200) + 3
            page[top : top + side, left : left + side] = 255

    assert all(map(np.array_equal, pages[:3], pages[3:]))


def test_the_same_ids_give_the_same_bytes() -> None:
    ids = draw_sheet_ids(3)

    assert render_ballot(WITH_IDS, sheet_ids=ids) == render_ballot(
        WITH_IDS, sheet_ids=ids
    )


def test_ids_are_for_a_form_that_has_them() -> None:
    with pytest.raises(ValueError, match="none"):
        render_ballot(FORM, sheet_ids=draw_sheet_ids(1))


@pytest.mark.parametrize(
    ("form", "reason"),
    [(WITH_IDS, Rejection.UNKNOWN_PAGE), (FORM, Rejection.FOREIGN)],
)
def test_a_specimen_and_a_sheet_without_an_id_are_not_counted(
    form: object, reason: Rejection
) -> None:
    page = pictures(render_ballot(form))[0]  # type: ignore[arg-type]

    with pytest.raises(PageRejectedError) as refused:
        find_page(ScanImage(soft(page)), [layout_of(WITH_IDS)])

    assert refused.value.reason is reason


def test_a_code_whose_id_was_damaged_names_no_sheet() -> None:
    text = code_text(WITH_IDS, style=Style.LARGE, page=12, sheet_id="0123ABC")

    assert len(text) <= 42  # bytes of the symbol
    assert parted_code(text)[1] == "0123ABC"
    assert parted_code(text.replace("0123ABC", "0123ABD")) == ("", "")
    assert parted_code(text.replace("0123ABC", SPECIMEN)) == ("", "")


def test_ids_come_in_no_order_and_none_comes_twice() -> None:
    ids = draw_sheet_ids(500)

    assert len(set(ids)) == 500
    assert list(ids) not in (sorted(ids), sorted(ids, reverse=True))


def test_the_command_draws_new_ids_for_every_file_and_says_what_to_be_careful_of(
    tmp_path: Path,
) -> None:
    form = tmp_path / "mau.toml"
    form.write_text(TOML, "utf-8")
    made = []
    for name in ("a.pdf", "b.pdf"):
        done = CliRunner().invoke(
            app,
            ["ballot", "print", str(form), "-o", str(tmp_path / name), "--copies", "2"],
        )
        assert done.exit_code == 0, done.output
        assert "xáo trộn chồng phiếu trước khi phát" in done.output
        made.append(sha256((tmp_path / name).read_bytes()).hexdigest())

    assert made[0] != made[1]


def page(
    number: int, sheet_id: str, states: str, *, digest: str, place: int = 1
) -> PageRecord:
    return PageRecord(
        place=ScanPlace(path="stack.pdf", page=place),
        digest=digest,
        style="normal",
        page=number,
        sheet_id=sheet_id,
        boxes=tuple(
            BoxRecord(
                contest=1,
                line=5 * number + at // 2,
                column=("agree", "disagree")[at % 2],
                state=state,
                reason="",
                packed_scores=b"",
            )
            for at, state in enumerate(states)
        ),
    )


def counted(records: Sequence[PageRecord]) -> ScanCount:
    return count_pages(
        WITH_IDS,
        records,
        pages_of_style={"normal": 2},
        rules=shipped_validity().rules,
    )


def test_pages_fed_in_any_order_are_joined_by_their_id() -> None:
    found = counted(
        [
            page(2, "A", "10", digest="1"),
            page(1, "B", "10", digest="2"),
            page(1, "A", "10", digest="3"),
            page(2, "B", "10", digest="4"),
        ]
    )

    joined = {frozenset(one.digest for one in each.pages) for each in found.ballots}
    assert joined == {frozenset("13"), frozenset("24")}
    assert {one.standing for one in found.ballots} == {Standing.COUNTED}


def test_a_second_scan_counts_once_and_the_one_with_fewer_doubts_stays() -> None:
    found = counted(
        [
            page(1, "A", "?0", digest="1"),
            page(2, "A", "10", digest="2"),
            page(1, "A", "10", digest="3"),
        ]
    )

    assert [one.digest for one in found.second_scans] == ["1"]
    assert found.count.valid == 1
    assert found.alike == ()


def test_two_sheets_with_one_id_wait_for_a_person() -> None:
    found = counted(
        [
            page(1, "A", "10", digest="1"),
            page(2, "A", "10", digest="2"),
            page(1, "A", "01", digest="3"),
        ]
    )

    assert [one.why for one in found.pending] == ["one_id_on_two_sheets"]
    assert found.count.valid == 0


def test_no_id_is_written_into_the_count() -> None:
    found = counted(
        [page(1, "XYZXYZ7", "10", digest="1"), page(2, "XYZXYZ7", "10", digest="2")]
    )

    text = "".join(count_text(found, event="e", rules=shipped_validity().rules))

    written = json.loads(text)
    assert written["batch"]["has_sheet_ids"] is True
    assert written["batch"]["second_scans"] == []
    assert "XYZXYZ7" not in text
