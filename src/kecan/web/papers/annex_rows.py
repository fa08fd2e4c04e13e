"""Annexes 1 and 2 of the Tờ trình: one row for each entry of review and proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.documents.submission import (
    AddedBlock,
    AddedGroup,
    AddedPerson,
    ReviewBlock,
    ReviewedPerson,
    ReviewGroup,
)
from kecan.regulations.review import RemovalReason
from kecan.vocabulary import Sex
from kecan.web.organisation.queries import offices_in_words, partial_date
from kecan.web.papers.grouping import HEAD_KINDS, by_term
from kecan.web.papers.parts import profession_of, ratings_of, theory_of
from kecan.web.plans.models import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kecan.web.organisation.models import Person
    from kecan.web.plans.models import PlanDecision, PlanningRound, ReviewItem


def _sex(person: Person) -> Sex | None:
    return Sex(person.sex) if person.sex else None


def review_annex(
    items: list[ReviewItem], planning_round: PlanningRound
) -> Iterable[ReviewBlock]:
    captions = (
        "Chuyển tiếp quy hoạch cấp trưởng và tương đương",
        "Chuyển tiếp quy hoạch cấp phó và tương đương",
        "Đưa ra khỏi quy hoạch",
    )
    for term, rows in by_term(items).items():
        groups: tuple[list[ReviewItem], ...] = ([], [], [])
        for row in rows:
            is_head = row.post.kind in HEAD_KINDS
            groups[2 if row.decision == "remove" else 0 if is_head else 1].append(row)
        yield ReviewBlock(
            term=str(term),
            groups=tuple(
                ReviewGroup(
                    caption=caption,
                    people=tuple(_reviewed(row, planning_round) for row in group),
                )
                for caption, group in zip(captions, groups, strict=True)
            ),
        )


def _reviewed(row: ReviewItem, planning_round: PlanningRound) -> ReviewedPerson:
    is_removed = row.decision == "remove"
    reasons = ", ".join(RemovalReason(reason).label.vi for reason in row.reasons)
    added = row.person.plan_movements.filter(
        post=row.post, term=row.term, kind="added"
    ).first()
    return ReviewedPerson(
        name=row.person.full_name,
        sex=_sex(row.person),
        born=partial_date(row.person.born),
        office=offices_in_words(row.person, on=planning_round.as_of),
        planned_post=row.post.title,
        carried_over_post="" if is_removed else row.post.title,
        profession=profession_of(row.person),
        theory=theory_of(row.person),
        decision="" if added is None else _decision(added.decision),
        ratings=ratings_of(row.person, before=planning_round.as_of.year),
        proposal=f"Đưa ra khỏi quy hoạch: {reasons}"
        if is_removed
        else "Tiếp tục quy hoạch",
    )


def _decision(decision: PlanDecision) -> str:
    """Return the decision as one reads it, whether stored by number or in full."""
    if decision.number.casefold().startswith("quyết định"):
        return decision.number
    dated = partial_date(decision.dated)
    return f"Quyết định số {decision.number}{f' ngày {dated.vi}' if dated else ''}"


def added_annex(
    proposals: list[Proposal], planning_round: PlanningRound
) -> Iterable[AddedBlock]:
    captions = ("Cấp trưởng và tương đương", "Cấp phó và tương đương, uỷ viên")
    newcomers = [row for row in proposals if row.source == Proposal.Source.NEWCOMER]
    for term, rows in by_term(newcomers).items():
        groups: tuple[list[Proposal], ...] = ([], [])
        for row in rows:
            groups[0 if row.post.kind in HEAD_KINDS else 1].append(row)
        yield AddedBlock(
            term=str(term),
            groups=tuple(
                AddedGroup(
                    caption=caption,
                    asked_for=len(group),
                    people=tuple(
                        AddedPerson(
                            name=row.person.full_name,
                            sex=_sex(row.person),
                            born=partial_date(row.person.born),
                            office=offices_in_words(
                                row.person, on=planning_round.as_of
                            ),
                            proposed_post=row.post.title,
                            profession=profession_of(row.person),
                            theory=theory_of(row.person),
                            ratings=ratings_of(
                                row.person, before=planning_round.as_of.year
                            ),
                            proposal="Bổ sung quy hoạch",
                        )
                        for row in group
                    ),
                )
                for caption, group in zip(captions, groups, strict=True)
            ),
        )
