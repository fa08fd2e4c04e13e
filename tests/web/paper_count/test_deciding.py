"""What people may say of a box or sheet, and what the ledger keeps of it."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from tests.web.conferences import morning as m
from tests.web.paper_count import scanned as s
from tests.web.paper_count.test_scanned_count import (
    close,
    doubtful,
    read_and_decided,
    with_a_wrong_reading,
)

from kecan.web.audit.models import LedgerEntry
from kecan.web.paper_count.actions import adjudicating
from kecan.web.paper_count.actions.adjudicating import Answer
from kecan.web.paper_count.models import (
    BoxDecision,
    ScannedPage,
    ScannedSheet,
    SheetRuling,
)
from kecan.web.paper_count.questions import questions_of
from kecan.web.paper_count.refusals import (
    DecisionNotOpenError,
    ScanCountNotReadyError,
)

if TYPE_CHECKING:
    from kecan.web.conferences.models import Conference
    from kecan.web.paper_count.questions import Question

pytestmark = pytest.mark.django_db
NAME = BoxDecision.Value.NAME


def decide(conference: Conference, *answers: Answer, by: int = 0) -> int:
    return adjudicating.decide_boxes(
        conference_id=conference.pk, answers=answers, by=m.COUNTERS[by], at=m.DAY
    )


def said(question: Question, value: BoxDecision.Value, name: str = "") -> Answer:
    return Answer(
        image_id=question.page.image_id, box=question.box, value=value, name=name
    )


def entry(action: str) -> dict[str, Any]:
    details = LedgerEntry.objects.filter(action=action).latest("sequence").details
    found: dict[str, Any] = json.loads(details)
    return found


def test_a_tab_left_open_over_a_picture_that_is_gone_decides_nothing() -> None:
    conference, _ = doubtful()

    with pytest.raises(DecisionNotOpenError, match="đã đủ người quyết định"):
        decide(conference, Answer(image_id="f" * 32, box=0, value=s.MARKED))


def test_a_name_belongs_to_a_line_for_names_and_a_mark_to_none() -> None:
    conference, form = s.printed(write_in_lines=1)
    stack = m.stack((5, 2))
    written = m.sheet(1, m.AGREE, m.DISAGREE)
    stack[0] = type(written)(
        number=1, states=written.states, write_ins=(("Nguyễn Văn Em",),)
    )
    s.read(conference, s.scans(form, stack, odd_share=1.0))
    asked = questions_of(conference)
    line = next(one for one in asked if one.is_name)
    box = next(one for one in asked if not one.is_name)

    for answer in (
        said(box, NAME, "Nguyễn Văn Em"),
        said(line, NAME, "  "),
        said(line, s.MARKED),
    ):
        with pytest.raises(DecisionNotOpenError):
            decide(conference, answer)
    assert decide(conference, said(line, NAME, " Nguyễn  Văn Em ")) == 1
    assert BoxDecision.objects.get().name == "Nguyễn Văn Em"


@pytest.mark.parametrize(
    ("second", "is_settled"),
    [
        ("nguyễn văn em", True),
        (unicodedata.normalize("NFD", "Nguyễn Văn Em"), True),
        ("Nguyen Van Em", False),
    ],
    ids=["capitals", "combining marks", "accents"],
)
def test_a_name_is_no_other_for_its_capitals_or_the_way_a_machine_spells_its_accents(
    second: str, *, is_settled: bool
) -> None:
    conference, form = s.printed(write_in_lines=1)
    stack = [replace(m.stack((5, 2))[0], write_ins=(("Nguyễn Văn Em",),))]
    s.read(conference, s.scans(form, stack))
    line = next(one for one in questions_of(conference) if one.is_name)

    decide(conference, said(line, NAME, "Nguyễn Văn Em"))
    decide(conference, said(line, NAME, second), by=1)

    after = next(one for one in questions_of(conference) if one.is_name)
    assert (after.answer is not None) is is_settled
    assert len(after.decisions) == 2


def test_a_check_is_a_check_in_the_ledger_and_is_asked_of_nobody_twice() -> None:
    conference = with_a_wrong_reading()
    check = next(one for one in questions_of(conference) if one.is_check)

    with pytest.raises(DecisionNotOpenError, match="đã nằm trong"):
        adjudicating.ask_again(
            conference_id=conference.pk,
            image_id=check.page.image_id,
            box=check.box,
            by=m.COUNTERS[0],
            at=m.DAY,
        )

    for box in (-1, len(check.page.boxes)):
        with pytest.raises(DecisionNotOpenError, match="không có ô đó"):
            adjudicating.ask_again(
                conference_id=conference.pk,
                image_id=check.page.image_id,
                box=box,
                by=m.COUNTERS[0],
                at=m.DAY,
            )

    reasons = {one["reason"] for one in entry("count.boxes_decided")["decisions"]}
    assert "check" in reasons
    assert "" not in reasons


def test_the_ledger_says_that_a_sheet_was_ruled_on_and_not_how() -> None:
    conference, _, _ = read_and_decided()
    sheet = ScannedSheet.objects.all()[0]

    adjudicating.rule_on_sheet(
        conference_id=conference.pk,
        token=sheet.token,
        value=SheetRuling.Value.TORN,
        by=m.COUNTERS[0],
        at=m.DAY,
    )

    images = sorted(sheet.pages.values_list("digest", flat=True))
    ruling = SheetRuling.objects.get()
    bound = adjudicating.ruling_commitment(ruling)
    assert entry("count.sheet_ruled") == {
        "conference": "r/1",
        "images": images,
        "look": 1,
        "commitment": bound,
    }
    ruling.value = SheetRuling.Value.OWN
    assert adjudicating.ruling_commitment(ruling) != bound


def test_what_was_changed_past_the_program_keeps_the_count_from_closing() -> None:
    conference, pages = doubtful()
    s.decide_all(conference, pages)
    sheet = ScannedSheet.objects.all()[0]
    for by in m.COUNTERS[:2]:
        adjudicating.rule_on_sheet(
            conference_id=conference.pk,
            token=sheet.token,
            value=SheetRuling.Value.OWN,
            by=by,
            at=m.DAY,
        )
    decision, ruling = BoxDecision.objects.all()[0], SheetRuling.objects.all()[0]
    changed = {s.MARKED: s.EMPTY, s.EMPTY: s.MARKED}[BoxDecision.Value(decision.value)]

    for rows, row, value in (
        (BoxDecision.objects, decision, changed),
        (SheetRuling.objects, ruling, SheetRuling.Value.TORN),
    ):
        was = row.value
        both = rows.filter(pk=row.pk)
        both.update(value=value)
        with pytest.raises(ScanCountNotReadyError):
            close(conference)
        both.update(value=was)
    BoxDecision.objects.filter(page=decision.page, box=decision.box).update(
        value=changed
    )
    with pytest.raises(ScanCountNotReadyError, match="2 quyết định"):
        close(conference)
    BoxDecision.objects.filter(page=decision.page, box=decision.box).update(
        value=decision.value
    )
    assert close(conference).valid == 5


def test_the_ledger_says_which_refused_page_was_set_aside_and_as_what() -> None:
    conference, _, pages = read_and_decided()
    s.read(conference, [replace(pages[0], jpeg=b"\xff\xd8\xff cut off")])
    page = ScannedPage.objects.exclude(rejection="").get()

    adjudicating.set_page_aside(
        conference_id=conference.pk,
        image_id=page.image_id,
        reason="not_a_ballot",
        by=m.COUNTERS[0],
        at=m.DAY,
    )

    assert entry("count.page_set_aside") == {
        "conference": "r/1",
        "image": page.digest,
        "rejection": "unreadable",
        "as": "not_a_ballot",
    }


def test_closing_says_in_the_ledger_what_the_count_rests_on() -> None:
    conference, pages = doubtful()
    s.decide_all(conference, pages)
    asked = questions_of(conference)
    checks = sum(one.is_check for one in asked)

    close(conference)

    closed = entry("count.scans_closed")
    assert (closed["checks"], closed["decided"]) == (checks, len(asked) - checks)
    assert closed["decided"] > checks
    assert (closed["contradicted"], closed["keyed_too"]) == (0, False)
    assert closed["check_seed"] == conference.scan_count.check_seed
