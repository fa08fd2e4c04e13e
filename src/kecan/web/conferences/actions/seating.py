"""Who is summoned and where they sit, computed from the offices people hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.regulations.chains import seat
from kecan.vocabulary import Level
from kecan.web.conferences.models import RollSeat
from kecan.web.conferences.rules import step_from_json
from kecan.web.organisation.queries import (
    holders_on,
    offices_that_need_saying,
    posts_by_id,
    unit_facts,
    units_under,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kecan.regulations.facts import Post, Unit
    from kecan.web.conferences.models import Conference
    from kecan.web.organisation.models import OfficeHeld, Person


def seats_of(conference: Conference, as_of: date) -> list[RollSeat]:
    """Return the roll: a person once, under the first category any office fits.

    Only offices in the round's unit and the units below it summon; the text beside
    the name lists the offices held, but for seats that go with a higher one. People sit by category, then by the highest
    post, then by name.
    """
    categories = step_from_json(conference.rules).categories
    held_at = Level(conference.round.unit.level)
    places = {category.key: place for place, category in enumerate(categories)}
    chosen = []
    for person, offices, holdings in _holders(conference, as_of):
        category = seat(holdings, categories, held_at=held_at)
        if category is not None:
            top = max(post.rank or 0 for post, _ in holdings)
            by_place = (places[category.key], -top, person.sort_key, person.key)
            chosen.append((by_place, category, person, offices))
    chosen.sort(key=lambda one: one[0])
    return [
        RollSeat(
            conference=conference,
            person=person,
            number=number,
            category=category.key,
            category_title=category.title.vi,
            offices="; ".join(
                office.title for office in offices_that_need_saying(offices)
            ),
        )
        for number, (_, category, person, offices) in enumerate(chosen, start=1)
    ]


def _holders(
    conference: Conference, as_of: date
) -> list[tuple[Person, Sequence[OfficeHeld], list[tuple[Post, Unit]]]]:
    """Return each person with all offices, and those within the round's unit."""
    within = units_under({conference.round.unit.key})
    posts = {str(post_id): post for post_id, post in posts_by_id().items()}
    units = {unit.unit_id: unit for unit in unit_facts()}
    held: dict[Person, list[OfficeHeld]] = {}
    for offices in holders_on(as_of).values():
        for office in offices:
            held.setdefault(office.person, []).append(office)
    found: list[tuple[Person, Sequence[OfficeHeld], list[tuple[Post, Unit]]]] = []
    for person, offices in held.items():
        facts = [
            posts[office.post.key]
            for office in offices
            if office.post is not None and office.post.unit_id in within
        ]
        holdings = [(post, units[post.unit_id]) for post in facts]
        found.append((person, offices, holdings))
    return found
