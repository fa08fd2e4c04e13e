"""What people look at later: the page as stored, the right way up, without notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
from tests.paper_ballot.ballots import FORM, scan

from kecan.paper_ballot.kept_pages import read_and_keep, upright
from kecan.paper_ballot.scans import ScanPlace, decode_jpeg
from kecan.sample.scans import ScanPlan

if TYPE_CHECKING:
    from pathlib import Path

STRAIGHT = ScanPlan(seed=4, skew=0.0)


def test_a_page_fed_upside_down_is_shown_upright_and_another_as_it_is() -> None:
    as_fed = scan(1, STRAIGHT).jpeg
    image = decode_jpeg(as_fed)
    turned = cv2.imencode(".jpg", np.ascontiguousarray(image[::-1, ::-1]))[1].tobytes()

    shown = decode_jpeg(upright(FORM, turned))

    assert upright(FORM, as_fed) == as_fed
    assert np.abs(shown.astype(int) - image).mean() < 3


def test_a_picture_in_which_no_sheet_is_found_is_shown_as_it_is() -> None:
    nothing = cv2.imencode(".jpg", np.full((2339, 1654), 250, np.uint8))[1].tobytes()

    assert upright(FORM, nothing) == nothing


def test_of_every_page_a_picture_is_kept_but_of_a_file_nobody_can_read(
    tmp_path: Path,
) -> None:
    image = decode_jpeg(scan(1, STRAIGHT).jpeg)
    cv2.imwrite(str(tmp_path / "1.png"), image)
    (tmp_path / "2.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing")

    (page,), (spoiled,) = (
        read_and_keep(FORM, [ScanPlace(path=str(tmp_path / name))])
        for name in ("1.png", "2.png")
    )

    assert np.abs(decode_jpeg(page.jpeg).astype(int) - image).mean() < 3
    assert page.record.page == 2
    assert (spoiled.jpeg, spoiled.record.rejection) == (b"", "unreadable")


def test_a_page_stored_as_jpeg_is_kept_as_it_was_stored(tmp_path: Path) -> None:
    (tmp_path / "1.jpg").write_bytes(scan(1, STRAIGHT).jpeg)

    (page,) = read_and_keep(FORM, [ScanPlace(path=str(tmp_path / "1.jpg"))])

    assert np.array_equal(decode_jpeg(page.jpeg), decode_jpeg(scan(1, STRAIGHT).jpeg))
