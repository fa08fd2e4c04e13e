"""Putting a slate into the round: as proposals, judged once more, in the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kecan.planning.check import faults
from kecan.planning.problem import Placement
from kecan.web.analysis.queries.boards import asked_of
from kecan.web.analysis.refusals import BrokenSlateError, NothingToAdoptError
from kecan.web.audit.actions import record
from kecan.web.plans.actions.proposals import propose
from kecan.web.plans.actions.states import locked_round, subject_of
from kecan.web.plans.models import RoundState
from kecan.web.plans.queries import terms_for

if TYPE_CHECKING:
    from datetime import datetime

    from kecan.web.analysis.queries.boards import BoardWishes, RowPlaces
    from kecan.web.audit.actions import Actor


@transaction.atomic
def adopt_slate(
    *,
    round_id: int,
    places: RowPlaces,
    wishes: BoardWishes,
    by: Actor,
    at: datetime,
) -> int:
    """Put the people of a slate forward, each as a proposal judged now.

    Who is already put forward stays so. Nothing is adopted when one hard rule is
    broken: the plan is judged without the solver, whoever made it.

    Returns:
        How many people were newly put forward.

    Raises:
        RoundStateError: If the round is not open for proposals.
        NothingToAdoptError: If the slate names nobody who is not put forward yet.
        BrokenSlateError: If the slate breaks a hard rule of the round.
        RoundRefusalError: If a cap counted with the standing plan is reached.
    """
    planning_round = locked_round(round_id, RoundState.REVIEWED, RoundState.PROPOSED)
    asked = asked_of(planning_round, wishes)
    people = {row.pk: key for key, row in asked.rows.people.items()}
    posts = {row.pk: (key, row) for key, row in asked.rows.posts.items()}
    known = sorted(one for one in places if one[0] in people and one[1] in posts)
    broken = faults(
        asked.problem,
        [Placement(people[person], posts[post][0]) for person, post in known],
    )
    if broken:
        raise BrokenSlateError(" ".join(one.sentence.vi for one in broken))
    fresh = [one for one in known if one not in asked.rows.proposed]
    if not fresh:
        msg = "Mọi người trong phương án đều đã được đề xuất; không có gì để đưa thêm."
        raise NothingToAdoptError(msg)
    for person, post in fresh:
        term = terms_for(planning_round, line=posts[post][1].line)[wishes.is_next]
        propose(
            round_id=round_id,
            person_id=person,
            post_id=post,
            term_id=term.pk,
            by=by,
            at=at,
        )
    record(
        action="slate.adopted",
        by=by,
        at=at,
        subject=subject_of(planning_round),
        details={
            "terms": "next" if wishes.is_next else "current",
            "placements": len(known),
            "new": len(fresh),
            "kept": len(wishes.keep),
            "ruled_out": len(wishes.never),
            "order": [rule.value for rule in wishes.order],
        },
    )
    return len(fresh)
