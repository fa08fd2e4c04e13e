"""Chains of vacancies of a round, and the lists that hang on one person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.planning.branch_tables import dependence_table
from kecan.planning.svg import Bar
from kecan.planning.vacancy_chain import chain_of, robustness
from kecan.vocabulary import PersonId
from kecan.web.analysis.queries.trials import on_plan, round_trial

if TYPE_CHECKING:
    from kecan.planning.tables import Table
    from kecan.planning.vacancy_chain import Vacated
    from kecan.web.plans.models import PlanningRound


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainPage:
    """What falls vacant when somebody goes, and which lists hang on one person."""

    chain: tuple[Vacated, ...]
    dependence: Table
    alone: tuple[Bar, ...]


def chain_page(
    planning_round: PlanningRound, *, person: str, is_next: bool
) -> ChainPage:
    """Follow the vacancies after one person, and remove each planned person in turn.

    Args:
        planning_round: The round.
        person: The key of whoever goes; nobody when blank.
        is_next: Whether the next terms are looked at.
    """
    first = round_trial(planning_round, is_next=is_next).branch
    branch = on_plan(planning_round, first)
    found = robustness(branch)
    names = {one.person_id: one.full_name for one in branch.register.people}
    return ChainPage(
        chain=chain_of(branch, person_id=PersonId(person)) if person else (),
        dependence=dependence_table(found, branch=branch),
        alone=tuple(
            Bar(label=names[one.person_id], value=len(one.lists))
            for one in sorted(found, key=lambda one: -len(one.lists))
        ),
    )
