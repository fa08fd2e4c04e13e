"""The tables behind each page of the analyses, under what its address asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from kecan.planning.branch_tables import chain_table
from kecan.planning.slate_words import (
    conflict_table,
    slate_tables,
    unproven_sentences,
)
from kecan.planning.tables import Table, column
from kecan.vocabulary import Sentence
from kecan.web.analysis.forms import wishes_of
from kecan.web.analysis.forms_branch import chosen_of, pair_of
from kecan.web.analysis.forms_trial import (
    DayForm,
    RateForm,
    TrialForm,
    trial_changes,
)
from kecan.web.analysis.queries.boards import board
from kecan.web.analysis.queries.chains import chain_page
from kecan.web.analysis.queries.comparisons import (
    MOST_COMPARED,
    THE_ROUND,
    comparison,
)
from kecan.web.analysis.queries.outlooks import forecast_page, gap_page
from kecan.web.analysis.queries.queues import queue_rows
from kecan.web.analysis.queries.registers import people_rows, post_rows
from kecan.web.analysis.queries.structures import structure_page
from kecan.web.analysis.queries.trials import (
    Difference,
    round_trial,
    side_table,
    trial_from,
    trial_page,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Protocol

    from django.http import QueryDict

    from kecan.web.plans.models import PlanningRound

    class Builder(Protocol):
        """Makes the tables of one page."""

        def __call__(
            self, planning_round: PlanningRound, given: QueryDict, /
        ) -> Found: ...


Found = tuple[tuple[Table, ...], tuple[Sentence, ...]]
"""Tables, and what has to be said beside them."""


def tables_of(planning_round: PlanningRound, *, page: str, given: QueryDict) -> Found:
    """Return the tables of a page as its address asks for them.

    Raises:
        ProblemError: If the question of a slate cannot be asked.
        OperatorValueMissingError: If the rules of a branch lack a value.
        UnknownParameterError: If they do not know one.
        TermEndedError: If a term was over before the day of a branch.
    """
    return _BUILDERS[page](planning_round, given)


def _slate(planning_round: PlanningRound, given: QueryDict) -> Found:
    found = board(planning_round, wishes_of(given), shown=0)
    if found.conflict is not None:
        return (conflict_table(found.conflict),), found.problem.remarks
    if found.answer is None:
        return (), found.problem.remarks
    proposal = found.answer.proposal
    said = unproven_sentences(proposal)
    heading = Sentence("Chưa chứng minh hết:", "Not proven throughout:")
    return slate_tables(proposal), (
        *found.problem.remarks,
        *((heading, *said) if said else ()),
    )


def _structure(planning_round: PlanningRound, given: QueryDict) -> Found:
    found = structure_page(planning_round, is_next=given.get("ky") != "nay")
    return (found.plan_table, found.age_table, *found.tables), ()


def _gaps(planning_round: PlanningRound, given: QueryDict) -> Found:
    found = gap_page(planning_round, is_detailed=given.get("chi-tiet") == "1")
    more = () if found.profiles is None else (found.profiles,)
    return (found.fields, found.posts, *more), ()


def _trial(planning_round: PlanningRound, given: QueryDict) -> Found:
    form = TrialForm(
        given=given,
        people=people_rows(planning_round).values(),
        posts=post_rows(planning_round).values(),
    )
    is_next = given.get("ky") != "nay"
    changes = trial_changes(form)
    overlay = form.cleaned_data.get("overlay", "") if form.is_bound else ""
    side = side_table(planning_round, is_next=is_next, overlay=overlay)
    if not changes:
        return (side,), ()
    first = round_trial(planning_round, is_next=is_next)
    trial = trial_from(planning_round, changes, name="phương án thử", first=first)
    found = trial_page(planning_round, trial, first=first)
    return (*difference_tables(found), side), _said_of(found)


def difference_tables(found: Difference) -> tuple[Table, ...]:
    """Return the tables of what parts two branches."""
    conflicts = [
        conflict_table(one)
        for one in (found.first.conflict, found.second.conflict)
        if one is not None
    ]
    slate = () if found.slate is None else (found.slate,)
    return (*conflicts, *slate, found.plan, found.eligible)


def _said_of(found: Difference) -> tuple[Sentence, ...]:
    """Return what either branch changes, and what is not proven."""
    said = [
        Sentence(f"{one.name}: {words.vi}", f"{one.name}: {words.en}")
        for one in (found.first, found.second)
        for _, words in one.trial.said
    ]
    return (*said, *(Sentence(one, one) for one in found.unproven))


def _branches(planning_round: PlanningRound, given: QueryDict) -> Found:
    chosen = chosen_of(given)[:MOST_COMPARED] or [THE_ROUND]
    found = comparison(
        planning_round,
        chosen,
        pair=pair_of(given),
        is_next=given.get("ky") != "nay",
    )
    beside = tuple(one for one in (found.slates, found.eligible) if one is not None)
    said = tuple(Sentence(one, one) for one in found.refused)
    if found.shown is None:
        return beside, said
    return (*beside, *difference_tables(found.shown)), (*_said_of(found.shown), *said)


def _chain(planning_round: PlanningRound, given: QueryDict) -> Found:
    wanted = given.get("nguoi", "")
    person = next(
        (
            key
            for key, row in people_rows(planning_round).items()
            if f"{row.pk}" == wanted
        ),
        "",
    )
    found = chain_page(planning_round, person=person, is_next=given.get("ky") == "sau")
    chain = (chain_table(found.chain),) if person else ()
    return (*chain, found.dependence), ()


def _forecast(planning_round: PlanningRound, given: QueryDict) -> Found:
    form = RateForm(given or None)
    number = given.get("thang", "")
    found = forecast_page(
        planning_round,
        number=int(number) if number.isdecimal() and number.isascii() else 0,
        rate=form.share() if form.is_bound else None,
    )
    more = () if found.ranges is None else (found.ranges,)
    return (
        found.benches,
        found.every_month,
        found.calendar_table,
        *more,
        found.drop_outs,
        found.retirements,
    ), ()


def _queue(planning_round: PlanningRound, given: QueryDict) -> Found:
    form = DayForm(given or None)
    day = form.cleaned_data["day"] if form.is_bound and form.is_valid() else None
    rows = queue_rows(planning_round, day=day or timezone.localdate())
    table = Table(
        key="queue",
        title=Sentence("Cần xem xét", "Review queue"),
        columns=(
            column("due", "Hạn", "Due"),
            column("full_name", "Họ và tên", "Name"),
            column("person_id", "Mã cán bộ", "Person id"),
            column("post", "Chức danh", "Post"),
            column("term", "Nhiệm kỳ", "Term"),
            column("reason", "Lý do", "Reason"),
            column("sentence", "Nội dung", "What it says", is_long=True),
            column("source", "Căn cứ", "Source"),
        ),
        rows=tuple(
            (
                f"{one.due:%d/%m/%Y}",
                one.person.full_name,
                one.person.key,
                one.post,
                one.term,
                one.reason,
                one.sentence,
                one.source,
            )
            for one in rows
        ),
    )
    return (table,), ()


_BUILDERS: Mapping[str, Builder] = {
    "slate_board": _slate,
    "structure": _structure,
    "gaps": _gaps,
    "trial": _trial,
    "branches": _branches,
    "chain": _chain,
    "forecast": _forecast,
    "queue": _queue,
}
