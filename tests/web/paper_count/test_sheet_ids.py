"""Sheets with ids, where a committee wanted them: joined, found twice, then forgotten."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from tests.web.conferences import morning as m
from tests.web.conftest import UNIT, account, client_of
from tests.web.paper_count import scanned as s

from kecan.paper_ballot.sheet_ids import draw_sheet_ids
from kecan.sample.marked_sheets import mark_and_scan
from kecan.web.audit.models import LedgerEntry
from kecan.web.paper_count.actions import closing
from kecan.web.paper_count.models import ScannedPage, ScannedSheet
from kecan.web.paper_count.refusals import ScansNotAcceptedError
from kecan.web.permissions import Role

if TYPE_CHECKING:
    from kecan.paper_ballot.form import BallotForm
    from kecan.sample.marked_sheets import MarkedPage
    from kecan.tally import Sheet

pytestmark = pytest.mark.django_db
AGREE = m.sheet(1, m.AGREE, m.DISAGREE)
DISAGREE = m.sheet(1, m.DISAGREE, m.DISAGREE)


def marked(
    form: BallotForm, sheet: Sheet, sheet_id: str, *, seed: int = 3
) -> list[MarkedPage]:
    return mark_and_scan(form, sheet, seed, sheet_id=sheet_id)


def tokens() -> list[str]:
    return list(ScannedSheet.objects.values_list("token", flat=True))


def test_a_sheet_scanned_again_is_set_aside_without_anybody_asked() -> None:
    conference, form = s.printed(returned=2, has_sheet_ids=True)
    one, other = draw_sheet_ids(2)
    s.read(conference, marked(form, AGREE, one))

    report = s.read(
        conference,
        [*marked(form, AGREE, one, seed=9), *marked(form, AGREE, other, seed=4)],
    )

    assert (report.sheets, report.second_scans, report.perhaps_twice) == (1, 1, 0)
    assert "1 trang quét lại của tờ đã có (theo mã tờ)" in report.sentence
    assert ScannedSheet.objects.count() == ScannedPage.objects.count() == 2


@pytest.mark.parametrize("in_one_batch", [True, False])
def test_two_sheets_with_one_id_wait_for_people(*, in_one_batch: bool) -> None:
    conference, form = s.printed(returned=2, has_sheet_ids=True)
    (sheet_id,) = draw_sheet_ids(1)
    first = marked(form, AGREE, sheet_id)
    copied = marked(form, DISAGREE, sheet_id, seed=9)

    batches = [[*first, *copied]] if in_one_batch else [first, copied]
    report = [s.read(conference, one) for one in batches][-1]

    assert report.perhaps_twice == 1
    marks = ScannedSheet.objects.values_list("perhaps_same_as", flat=True)
    assert sorted(bool(one) for one in marks) == [False, True]
    assert {one for one in marks if one} <= set(tokens())


def test_a_rescan_has_to_be_of_the_sheet_it_replaces() -> None:
    conference, form = s.printed(returned=2, has_sheet_ids=True)
    one, other = draw_sheet_ids(2)
    s.read(conference, marked(form, AGREE, one))
    (token,) = tokens()

    with pytest.raises(ScansNotAcceptedError, match="cùng mã tờ"):
        s.read(conference, marked(form, AGREE, other, seed=9), replaces=token)
    s.read(conference, marked(form, AGREE, one, seed=9), replaces=token)

    assert tokens() == [token]


def test_closing_the_count_forgets_every_id_and_the_ledger_never_had_one() -> None:
    conference, form = s.printed(returned=5, has_sheet_ids=True)
    ids = draw_sheet_ids(5)
    pages = [
        page
        for sheet, sheet_id in zip(m.stack((5, 2)), ids, strict=True)
        for page in marked(form, sheet, sheet_id)
    ]
    s.read(conference, pages)
    s.decide_all(conference, pages)
    assert set(ScannedSheet.objects.values_list("sheet_id", flat=True)) == set(ids)

    closing.close_scanned_count(conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY)

    assert set(ScannedSheet.objects.values_list("sheet_id", flat=True)) == {""}
    said = " ".join(LedgerEntry.objects.values_list("details", flat=True))
    assert not any(one in said for one in ids)
    assert '"sheet_ids_forgotten":5' in said.replace(": ", ":")


def test_the_setting_makes_another_ballot() -> None:
    _, form = s.printed(has_sheet_ids=True)

    assert form.has_sheet_ids
    assert replace(form, has_sheet_ids=False).event != form.event


def test_no_page_of_the_count_shows_an_id() -> None:
    conference, form = s.printed(returned=2, has_sheet_ids=True)
    (sheet_id,) = draw_sheet_ids(1)
    s.read(conference, marked(form, AGREE, sheet_id))
    s.read(conference, marked(form, DISAGREE, sheet_id, seed=9))
    member = account(m.COUNTERS[0].login, roles=[(Role.COUNTING_COMMITTEE, UNIT)])
    names = ("desk", "boxes", "names", "compared")
    shown = [reverse(f"paper_count:{one}", args=[conference.pk]) for one in names]
    shown += [reverse("paper_count:sheet", args=[conference.pk, t]) for t in tokens()]

    pages = [client_of(member).get(one).content.decode() for one in shown]

    assert all(page for page in pages)
    assert not any(sheet_id in page for page in pages)


def test_a_refused_page_among_sheets_with_ids_is_refused_and_makes_no_sheet() -> None:
    conference, form = s.printed(returned=1, has_sheet_ids=True)
    (sheet_id,) = draw_sheet_ids(1)
    pages = marked(form, AGREE, sheet_id)

    report = s.read(conference, [*pages, replace(pages[0], jpeg=b"no picture")])

    assert (report.sheets, report.refused) == (1, 1)
    assert ScannedSheet.objects.count() == 1


def test_one_page_that_says_otherwise_makes_a_second_sheet_of_all_its_pages() -> None:
    conference, form = s.printed(returned=2, write_in_lines=20, has_sheet_ids=True)
    (sheet_id,) = draw_sheet_ids(1)
    first = marked(form, AGREE, sheet_id)
    copied = marked(form, DISAGREE, sheet_id, seed=9)
    assert len(first) > 1  # the marks differ on the first page alone
    s.read(conference, first)

    report = s.read(conference, copied)

    assert (report.sheets, report.perhaps_twice, report.second_scans) == (1, 1, 0)
    assert ScannedSheet.objects.count() == 2
