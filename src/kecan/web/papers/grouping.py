"""Rows of a round by term and by post, and the shares of its main list."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from kecan.documents.paper import Share
from kecan.regulations.facts import PostKind
from kecan.web.plans.models import Proposal, ReviewItem
from kecan.web.plans.queries import list_meters, pack_of, people_by_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kecan.web.organisation.models import Post, Term
    from kecan.web.plans.models import PlanningRound

_COEFFICIENT = "planning.body_coefficient"
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


def submitted(planning_round: PlanningRound) -> list[Proposal]:
    """Return everybody the Tờ trình puts forward, whatever a ballot did to them later."""
    rows = planning_round.proposals.exclude(state=Proposal.State.WITHDRAWN)
    return list(rows.select_related("person__unit", "post", "term"))


def main_shares(
    planning_round: PlanningRound, proposals: Iterable[Proposal]
) -> tuple[str, tuple[Share, ...]]:
    """Return the committee's list for the next term, by name, and its composition."""
    for (term, post), rows in by_term_and_post(proposals).items():
        if (
            term != planning_round.next_party_term
            or post.kind != PostKind.COMMITTEE_MEMBER
        ):
            continue
        records = people_by_id(row.person_id for row in rows)
        meters = list_meters(
            list(records.values()),
            post=post,
            term=term,
            planning_round=planning_round,
            pack=pack_of(planning_round),
        )
        shares = (
            Share(title=one.title.vi, have=one.have, of=one.of, need=one.need)
            for one in meters
            if one.key != _COEFFICIENT and one.of and one.have <= one.of
        )
        return f"{post.title}, nhiệm kỳ {term}", tuple(shares)
    return "", ()
