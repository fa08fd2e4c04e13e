"""What the tests take from an earlier reading is what reading again gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.web.conferences import morning as m
from tests.web.paper_count import scanned as s

from kecan.paper_ballot.kept_pages import read_and_keep
from kecan.paper_ballot.scans import ScanPlace

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.django_db
def test_the_same_file_elsewhere_comes_as_reading_it_there_would(
    tmp_path: Path,
) -> None:
    _, form = s.printed()
    (page,) = s.scans(form, m.stack((1, 0))[:1], odd_share=1.0)
    places = [ScanPlace(path=str(tmp_path / name)) for name in ("1.jpg", "2.jpg")]
    for name in ("1.jpg", "2.jpg"):
        (tmp_path / name).write_bytes(page.jpeg)
    reader = s.ReadsOnce()
    reader.submit(read_and_keep, form, places[:1])

    taken = reader.submit(read_and_keep, form, places[1:]).result()

    assert taken == read_and_keep(form, places[1:])


@pytest.mark.django_db
def test_another_file_at_the_same_place_is_read(tmp_path: Path) -> None:
    _, form = s.printed()
    (page,) = s.scans(form, m.stack((1, 0))[:1])
    place = ScanPlace(path=str(tmp_path / "1.jpg"))
    reader = s.ReadsOnce()
    (tmp_path / "1.jpg").write_bytes(page.jpeg)
    reader.submit(read_and_keep, form, [place])
    (tmp_path / "1.jpg").write_bytes(b"no picture")

    (read,) = reader.submit(read_and_keep, form, [place]).result()

    assert read.record.rejection == "unreadable"
