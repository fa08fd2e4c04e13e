"""From printed ballots to scans to a closed count; nothing is lost, nothing guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.web.conferences import morning as m
from tests.web.paper_count import scanned as s

from kecan.web.paper_count.actions import closing
from kecan.web.paper_count.models import ScannedSheet

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folders(settings: Settings, tmp_path: Path) -> None:
    settings.BALLOT_IMAGES = tmp_path / "images"
    settings.BALLOT_KEYS = tmp_path / "keys"
    settings.SCANNER_FOLDER = tmp_path / "scanner"


def test_marks_on_paper_become_the_result() -> None:
    conference, form = s.printed()
    pages = s.scans(form, m.stack((5, 2)))

    report = s.read(conference, pages)
    s.decide_all(conference, pages)
    closed = closing.close_scanned_count(
        conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY
    )

    assert (report.sheets, report.refused, report.incomplete) == (5, 0, 0)
    assert (closed.valid, closed.invalid) == (5, 0)
    lines = m.only_contest(conference).lines.order_by("order")
    assert [line.agree for line in lines] == [5, 2]
    numbers = ScannedSheet.objects.values_list("number", flat=True)
    assert sorted(n for n in numbers if n is not None) == [1, 2, 3, 4, 5]
