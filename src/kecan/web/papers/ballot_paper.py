"""The ballot of a conference: one form for the printer and the reader."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kecan.documents.paper import day_or_dots
from kecan.paper_ballot.form import (
    LONGEST_TEXT,
    BallotContest,
    BallotForm,
    FormError,
    Nominee,
)
from kecan.paper_ballot.wording import Question
from kecan.web.conferences.models import Conference
from kecan.web.conferences.rules import step_from_json
from kecan.web.paper_count.actions.printing import choose_sheet_ids, freeze_ballot
from kecan.web.paper_count.models import BallotPrint
from kecan.web.paper_count.queries import frozen_form
from kecan.web.paper_count.refusals import BallotNotPrintableError
from kecan.web.papers.letterheads import details_of, letterhead_of

if TYPE_CHECKING:
    from datetime import date

    from kecan.web.audit.actions import Actor
    from kecan.web.conferences.models import Contest


def ballot_form(conference: Conference) -> BallotForm:
    """Return the form of a conference's contests, as they stand now.

    Raises:
        BallotNotPrintableError: If they do not fit on a ballot, naming the place.
    """
    planning_round = conference.round
    superior = details_of(planning_round).superior
    letterhead = letterhead_of(planning_round.unit, superior=superior)
    step = step_from_json(conference.rules)
    question = Question(step.question.value)
    contests = conference.contests.select_related("post", "term").order_by("order")
    try:
        return BallotForm(
            superior=letterhead.superior,
            issuer=letterhead.issuer,
            stamp=f"Đóng dấu {letterhead.short_name}",
            occasion=f"tại {conference.title}, {day_or_dots(conference.held_on)}",
            question=question,
            contests=tuple(_contest(one, question=question) for one in contests),
            has_sheet_ids=has_sheet_ids(conference),
            both_boxes_spoil=step.validity.both_boxes.is_invalid,
        )
    except FormError as error:
        msg = f"Không in được phiếu của {conference.title}: {error}"
        raise BallotNotPrintableError(msg) from error


def has_sheet_ids(conference: Conference) -> bool:
    """Tell whether every copy of a conference's ballot carries an id of its own."""
    frozen = BallotPrint.objects.filter(conference=conference).first()
    return frozen is not None and bool(frozen.form.get("has_sheet_ids"))


def set_sheet_ids(
    conference: Conference, *, are_on: bool, by: Actor, at: date
) -> BallotForm:
    """Turn random ids of sheets on or off; sheets printed before no longer count.

    Raises:
        BallotNotPrintableError: If ballots are handed out, or the contests do not
            fit on one.
    """
    form = replace(ballot_form(conference), has_sheet_ids=are_on)
    return choose_sheet_ids(conference_id=conference.pk, form=form, by=by, at=at)


def _contest(contest: Contest, *, question: Question) -> BallotContest:
    is_choice = question is Question.NOMINATE
    return BallotContest(
        title=contest.post.title,
        term=str(contest.term),
        nominees=tuple(
            Nominee(
                name=line.full_name,
                birth_year=int(line.birth_year) if line.birth_year else None,
                post=_fitting(line.position),
            )
            for line in contest.lines.order_by("order")
        ),
        max_choices=contest.max_choices if is_choice else None,
        write_in_lines=contest.write_in_lines if is_choice else 0,
    )


def _fitting(office: str) -> str:
    """Return an office cut at a word where it is longer than a ballot prints."""
    if len(office) <= LONGEST_TEXT:
        return office
    return f"{office[: LONGEST_TEXT - 1].rsplit(' ', 1)[0]}…"


def ballot_to_print(conference: Conference, *, by: Actor, at: date) -> BallotForm:
    """Return the form to print, frozen from now on as far as the conference has gone.

    Raises:
        BallotNotPrintableError: If the contests do not fit on a ballot.
    """
    now = Conference.objects.select_related("round__unit__parent").get(pk=conference.pk)
    return freeze_ballot(conference_id=now.pk, form=ballot_form(now), by=by, at=at)


def printed_form(conference: Conference) -> BallotForm:
    """Return the frozen form where there is one, else as the contests stand now.

    Raises:
        BallotNotPrintableError: If the contests do not fit on a ballot.
    """
    if BallotPrint.objects.filter(conference=conference).exists():
        return frozen_form(conference)
    return ballot_form(conference)
