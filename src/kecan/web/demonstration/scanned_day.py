"""Ballots of the demonstration on paper: printed, marked, scanned, read, decided."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from kecan.sample import scenario
from kecan.sample.district import DAY
from kecan.sample.marked_sheets import DPI, mark_and_scan
from kecan.tally import InvalidReason
from kecan.web.paper_count.actions import adjudicating, destroying, importing
from kecan.web.paper_count.actions.adjudicating import Answer
from kecan.web.paper_count.models import BoxDecision, SheetRuling
from kecan.web.paper_count.questions import questions_of
from kecan.web.papers.ballot_paper import ballot_to_print

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from concurrent.futures import Executor

    from kecan.paper_ballot.form import BallotForm
    from kecan.sample.marked_sheets import MarkedPage
    from kecan.tally import Sheet
    from kecan.web.accounts.models import User
    from kecan.web.conferences.models import Conference, Contest
    from kecan.web.demonstration.day import Day
    from kecan.web.paper_count.questions import Question
    from kecan.web.plans.models import PlanningRound

_BY_PEOPLE = {
    InvalidReason.TORN: SheetRuling.Value.TORN,
    InvalidReason.SIGNED: SheetRuling.Value.SIGNED,
    InvalidReason.NOT_ISSUED: SheetRuling.Value.NOT_ISSUED,
}


def print_ballot(conference: Conference, *, by: User) -> BallotForm:
    """Freeze the ballot of a conference and return its form."""
    return ballot_to_print(conference, by=by, at=DAY)


def invent_sheets(
    day: Day,
    contests: Sequence[Contest],
    *,
    issued: int,
    written_in: Sequence[str] = (),
) -> tuple[Sheet, ...]:
    """Let so many voters mark the contests of a ballot, each nominee as favoured."""
    return scenario.mark_sheets(
        scenario.BallotShape(
            favour=scenario.invent_favour(
                [contest.lines.count() for contest in contests], rng=day.rng
            ),
            max_choices=tuple(contest.max_choices for contest in contests),
        ),
        issued=issued,
        written_in=written_in,
        rng=day.rng,
    )


def scan_stack(
    form: BallotForm,
    sheets: Sequence[Sheet],
    *,
    executor: Executor,
    seed: int,
    odd_share: float = 0.0,
    dpi: int = DPI,
) -> list[tuple[Sheet, list[MarkedPage]]]:
    """Return every sheet with its scanned pages, each marked by another hand."""
    count = len(sheets)
    pages = executor.map(
        mark_and_scan,
        [form] * count,
        sheets,
        range(seed, seed + count),
        [odd_share] * count,
        [dpi] * count,
        chunksize=2,
    )
    return list(zip(sheets, pages, strict=True))


def read_stack(
    conference: Conference,
    stack: Sequence[tuple[Sheet, Sequence[MarkedPage]]],
    *,
    by: User,
    executor: Executor,
) -> None:
    """Send the scans and read them."""
    importing.receive_scans(
        conference_id=conference.pk,
        files=(page.jpeg for _, pages in stack for page in pages),
        by=by,
        at=DAY,
    )
    importing.read_waiting(
        conference_id=conference.pk, by=by, at=DAY, executor=executor
    )


def decide(
    conference: Conference,
    stack: Sequence[tuple[Sheet, Sequence[MarkedPage]]],
    *,
    people: Sequence[User],
) -> None:
    """Let two people decide blind what the reader would not, by what the paper shows."""
    fed = {page.digest: page for _, pages in stack for page in pages}
    for person in people:
        answers = [
            _answer(one, fed[one.page.digest])
            for one in questions_of(conference)
            if one.waits_for(person.login)
        ]
        if answers:
            adjudicating.decide_boxes(
                conference_id=conference.pk, answers=answers, by=person, at=DAY
            )
    spoiled = {
        pages[0].digest: _BY_PEOPLE[sheet.invalid_reason]
        for sheet, pages in stack
        if sheet.invalid_reason in _BY_PEOPLE
    }
    found = conference.scanned_pages.filter(digest__in=spoiled).select_related("sheet")
    for page in found:
        if page.sheet is None:
            continue
        for person in people:
            adjudicating.rule_on_sheet(
                conference_id=conference.pk,
                token=page.sheet.token,
                value=spoiled[page.digest],
                by=person,
                at=DAY,
            )


def _answer(question: Question, fed: MarkedPage) -> Answer:
    """Return what an honest person reads: a written name as the voter wrote it."""
    value, name = BoxDecision.Value.EMPTY, ""
    if question.is_name and fed.written[question.box]:
        value, name = BoxDecision.Value.NAME, fed.written[question.box]
    elif not question.is_name and fed.meant[question.box]:
        value = BoxDecision.Value.MARKED
    return Answer(
        image_id=question.page.image_id, box=question.box, value=value, name=name
    )


def destroy_pictures(planning_round: PlanningRound, users: Mapping[str, User]) -> None:
    """Destroy the pictures of the morning once the period is over, by two people."""
    day = DAY + timedelta(days=settings.BALLOT_IMAGE_DAYS)
    for conference in planning_round.conferences.filter(scan_count__isnull=False):
        destroying.ask_destruction(
            conference_id=conference.pk, by=users["truongban"], at=day
        )
        destroying.approve_destruction(
            conference_id=conference.pk, by=users["thuongtruc"], at=day
        )
