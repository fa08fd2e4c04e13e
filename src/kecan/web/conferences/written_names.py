"""Whom a name written on a ballot may mean, found in the register without accents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.web.organisation.queries import (
    offices_in_words,
    people_named,
    people_within,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kecan.web.conferences.models import Conference, Contest, WriteIn

MOST_MATCHES = 12  # people shown at once


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierMatch:
    """Somebody of the register a written name may mean."""

    key: str
    name: str
    born: str
    offices: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenName:
    """A written name of a closed count; ``matches`` only for who may resolve it."""

    write_in: WriteIn
    typed: str
    matches: tuple[DossierMatch, ...]


def dossiers_named(conference: Conference, typed: str) -> tuple[DossierMatch, ...]:
    """Return the people of the conference's unit whose name holds every word typed."""
    if not typed.strip():
        return ()
    day = conference.held_on or conference.round.as_of
    people = people_named(typed, among=people_within({conference.round.unit.key}))
    return tuple(
        DossierMatch(
            key=person.key,
            name=person.full_name,
            born=person.born[:4],
            offices=offices_in_words(person, on=day),
        )
        for person in people[:MOST_MATCHES]
    )


def written_names(
    conference: Conference, contest: Contest, *, may_resolve: bool, searched: str
) -> Iterator[WrittenName]:
    """Yield the written names of a contest with the dossiers each may mean.

    Args:
        conference: A conference whose count is closed.
        contest: One of its contests.
        may_resolve: Whether the reader says whom they mean.
        searched: "row:words" of a name searched by other words than are written.
    """
    row, _, words = searched.partition(":")
    for one in contest.write_ins.select_related("person"):
        typed = words if row == str(one.pk) else one.text
        is_open = may_resolve and not one.resolved_by
        yield WrittenName(
            write_in=one,
            typed=typed,
            matches=dossiers_named(conference, typed) if is_open else (),
        )
