"""Rows of a round by term and by post, and the shares of its main list."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from kecan.documents.paper import Share
from kecan.regulations.facts import PostKind
from kecan.web.plans.models import Proposal, ReviewItem
from kecan.web.plans.queries import proposed_lists

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kecan.web.organisation.models import Post, Term
    from kecan.web.plans.models import PlanningRound

RowT = TypeVar("RowT", ReviewItem, Proposal)
HEAD_KINDS = frozenset(
    {
        PostKind.SECRETARY,
        PostKind.HEAD,
        PostKind.COUNCIL_CHAIR,
        PostKind.PEOPLES_COMMITTEE_CHAIR,
    }
)


def by_term(rows: Iterable[RowT]) -> dict[Term, list[RowT]]:
    found: dict[Term, list[RowT]] = {}
    for row in sorted(rows, key=lambda one: (one.term.first_year, one.term.line)):
        found.setdefault(row.term, []).append(row)
    return found


def by_term_and_post(
    rows: Iterable[Proposal],
) -> dict[tuple[Term, Post], list[Proposal]]:
    found: dict[tuple[Term, Post], list[Proposal]] = {}
    for term, of_term in by_term(rows).items():
        for row in of_term:
            found.setdefault((term, row.post), []).append(row)
    return found


def main_shares(planning_round: PlanningRound) -> tuple[Share, ...]:
    """Return the composition of the committee's list for the next term."""
    for found in proposed_lists(planning_round):
        is_next = found.term == planning_round.next_party_term
        if is_next and found.post.kind == "committee_member":
            return tuple(
                Share(
                    title=meter.title.vi,
                    have=meter.have,
                    of=meter.of,
                    need=meter.need,
                )
                for meter in found.meters
                if meter.of and meter.have <= meter.of
            )
    return ()
