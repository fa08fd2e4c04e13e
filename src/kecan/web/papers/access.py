"""Who may have which paper, as design.md §2 says: one check for link and download."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from kecan.web.accounts.models import User
from kecan.web.conferences.models import Conference, ConferenceState
from kecan.web.papers.catalogue import (
    PaperKind,
    papers_of_conference,
    papers_of_round,
)
from kecan.web.permissions import Permission, may

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import AnonymousUser

    from kecan.web.papers.catalogue import BallotPaper, Paper
    from kecan.web.plans.models import PlanningRound

AnyPaper = TypeVar("AnyPaper", "Paper", "BallotPaper | Paper")
_HOLDS_RESULTS = frozenset(
    {PaperKind.REPORT, PaperKind.COUNT_MINUTES, PaperKind.CONFERENCE_MINUTES}
)
_FOR_COUNTERS = frozenset(
    {PaperKind.BALLOT, PaperKind.LARGE_BALLOT, PaperKind.COUNT_MINUTES}
)
_BEFORE_IT_IS_HELD = frozenset({ConferenceState.PLANNED})
_BEING_HELD = frozenset(ConferenceState) - {
    ConferenceState.PLANNED,
    ConferenceState.CLOSED,
}


def round_papers_for(
    user: User | AnonymousUser, planning_round: PlanningRound
) -> list[Paper]:
    """Return the papers of a round an account may have.

    A delegate has the Tờ trình once a conference they are summoned to is opened.
    """
    papers = papers_of_round(planning_round)
    if _reads_the_round(user, planning_round):
        return _without_hidden_results(user, planning_round, papers)
    if any(_sits_in(user, one) for one in planning_round.conferences.all()):
        return [one for one in papers if one.kind is PaperKind.SUBMISSION]
    return []


def conference_papers_for(
    user: User | AnonymousUser, conference: Conference
) -> list[Paper | BallotPaper]:
    """Return the papers of a conference an account may have.

    The counting committee has the ballot and its minutes while the conference is
    held, a delegate the roll they are on; results go to those who may see them.
    """
    papers = list(papers_of_conference(conference))
    allowed: list[Paper | BallotPaper] = []
    if _reads_the_round(user, conference.round):
        allowed += _without_hidden_results(user, conference.round, papers)
    if _counts(user, conference):
        allowed += [one for one in papers if one.kind in _FOR_COUNTERS]
    if _sits_in(user, conference):
        allowed += [one for one in papers if one.kind is PaperKind.ROLL]
    return list({one.kind: one for one in allowed}.values())


def _reads_the_round(user: User | AnonymousUser, planning_round: PlanningRound) -> bool:
    unit_key = planning_round.unit.key
    return all(
        may(user, one, unit_key=unit_key)
        for one in (Permission.VIEW_ROUND, Permission.VIEW_PAPERS)
    )


def _without_hidden_results(
    user: User | AnonymousUser,
    planning_round: PlanningRound,
    papers: Iterable[AnyPaper],
) -> list[AnyPaper]:
    sees = may(user, Permission.VIEW_RESULT, unit_key=planning_round.unit.key)
    return [one for one in papers if sees or one.kind not in _HOLDS_RESULTS]


def _counts(user: User | AnonymousUser, conference: Conference) -> bool:
    return (
        isinstance(user, User)
        and conference.state in _BEING_HELD
        and conference.counting_members.filter(login=user.login).exists()
    )


def _sits_in(user: User | AnonymousUser, conference: Conference) -> bool:
    return (
        isinstance(user, User)
        and bool(user.person_key)
        and conference.state not in _BEFORE_IT_IS_HELD
        and may(user, Permission.VIEW_PAPERS, unit_key=conference.round.unit.key)
        and conference.seats.filter(person__key=user.person_key).exists()
    )


def summoned_to(user: User) -> Iterable[Conference]:
    """Return the opened conferences an account has a seat in, newest first."""
    if not user.person_key:
        return []
    seats = Conference.objects.filter(seats__person__key=user.person_key)
    rows = seats.exclude(state=ConferenceState.PLANNED).select_related("round__unit")
    return [one for one in rows.order_by("-held_on", "-order") if _sits_in(user, one)]
