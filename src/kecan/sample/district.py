"""The invented district Thạch Bình on 10/05/2022: people, posts and a faulty plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from kecan.regulations.facts import Register
from kecan.sample.holdings import Ladders
from kecan.sample.notable import (
    CASES,
    change_people,
    left_out_of_the_plan,
    planted_entries,
)
from kecan.sample.people import invent_people
from kecan.sample.plan import Source, draw_up_plan
from kecan.sample.posts import KEY_OFFICIALS, OTHER_OFFICIALS, district_posts
from kecan.sample.units import district_units
from kecan.vocabulary import PostId

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kecan.regulations.facts import PersonFacts, Post
    from kecan.vocabulary import PersonId

DAY = date(2022, 5, 10)
"""The morning the demonstration tells."""

_KEY_RANK = 50  # of a secretary of a commune's Party committee, see posts.py


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """The register of the district and the people worth pointing at.

    ``notable`` maps a case, such as ``over_age``, to the person who shows it; what
    each case means stands in :data:`kecan.sample.notable.CASES`.
    """

    name: str
    register: Register
    notable: Mapping[str, PersonId]

    def holders(self, post_id: str) -> tuple[PersonFacts, ...]:
        """Return who holds a post on the day, in the order of the register.

        The members of a body are the holders of its member post: ``UVBCH``,
        ``UVBTV``.
        """
        return tuple(
            person
            for person in self.register.people
            if any(office.post_id == post_id for office in person.offices_on(DAY))
        )


def build_district(*, seed: int) -> District:
    """Build the demonstration district; the same seed gives the same district."""
    rng = Random(seed)
    units, posts = district_units(), district_posts()
    by_id = {post.post_id: post for post in posts}
    ladders = Ladders(posts=by_id, units={unit.unit_id: unit for unit in units})
    people, holders = invent_people(ladders, rng=rng)
    people = tuple(
        _in_subject_group(one, by_id) for one in change_people(people, holders)
    )
    plan = draw_up_plan(
        Source(people=people, posts=by_id, day=DAY),
        left_out=left_out_of_the_plan(holders),
        rng=rng,
    )
    return District(
        name="huyện Thạch Bình",
        register=Register(
            units=units,
            posts=posts,
            people=people,
            plan=(*plan, *planted_entries(holders, posts=by_id)),
        ),
        notable={key: holders[PostId(case.post)] for key, case in CASES.items()},
    )


def _in_subject_group(person: PersonFacts, posts: Mapping[PostId, Post]) -> PersonFacts:
    """Put heads and secretaries of any unit in the group leading posts ask for."""
    ranks = [
        posts[office.post_id].rank or 0
        for office in person.offices_on(DAY)
        if office.post_id is not None and office.post_id in posts
    ]
    is_key = max(ranks, default=0) >= _KEY_RANK
    return replace(
        person, subject_groups=(KEY_OFFICIALS if is_key else OTHER_OFFICIALS,)
    )
