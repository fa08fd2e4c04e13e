"""A month of the forecast: who has retired, what posts are left with, who drops out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from kecan.planning.structure import Measure, list_meters
from kecan.regulations.criteria_age import service_end
from kecan.regulations.criteria_record import departure_in_force
from kecan.regulations.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kecan.planning.forecast import Forecast, Span
    from kecan.planning.horizon import Horizon
    from kecan.planning.lists import PlanList
    from kecan.planning.meters import Meter
    from kecan.regulations.facts import OfficeHeld, PersonFacts, Post
    from kecan.regulations.verdict import Criterion
    from kecan.vocabulary import Month, PersonId, PostId, Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancy:
    """A person retires in a month and leaves the offices held today."""

    month: Month
    person: PersonFacts
    offices: tuple[OfficeHeld, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DropOut:
    """Somebody planned for a post is judged otherwise from a month on."""

    month: Month
    person_id: PersonId
    post: Post
    term: Term
    before: Outcome
    after: Outcome
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What stands behind a post in a month: seats still held, people still planned.

    ``holders`` are those who hold it today and have not retired; ``planned`` those
    on its list whom no rule takes out by then; ``eligible`` everybody of the
    register who passes.
    """

    post: Post
    term: Term
    holders: int
    planned: tuple[PersonId, ...]
    eligible: int

    @property
    def empty_seats(self) -> int:
        """Seats nobody holds any more."""
        return max(0, self.post.seats - self.holders)


def vacancies(horizon: Horizon) -> tuple[Vacancy, ...]:
    """Return who retires in which month from now on, in order of time.

    Of people who retire in one month, those of the higher post come first.
    """
    ranks = {post.post_id: post.rank or 0 for post in horizon.register.posts}
    found = [
        Vacancy(
            month=month,
            person=person,
            offices=person.offices_on(horizon.today),
        )
        for person, month in _people_with_end(horizon)
        if month is not None and horizon.first <= month <= horizon.last
    ]

    def order(one: Vacancy) -> tuple[Month, int, PersonId]:
        held = [ranks[post] for office in one.offices if (post := office.post_id)]
        return (one.month, -max(held, default=0), one.person.person_id)

    return tuple(sorted(found, key=order))


def drop_outs(found: Forecast, *, lists: Sequence[PlanList]) -> tuple[DropOut, ...]:
    """Return every change in the verdict of somebody planned, in order of time."""
    changes = [
        DropOut(
            month=after.since,
            person_id=person_id,
            post=planned.post,
            term=planned.term,
            before=before.outcome,
            after=after.outcome,
            criteria=after.criteria or before.criteria,
        )
        for planned in lists
        if planned.post.is_planned
        for person_id in planned.people
        for before, after in _changes(found, planned, person_id)
        if before.outcome is not after.outcome
        and after.since.year <= planned.term.last_year
    ]
    return tuple(sorted(changes, key=lambda one: (one.month, one.post.post_id)))


def eligible_counts(found: Forecast) -> Mapping[tuple[PostId, Term], tuple[int, ...]]:
    """Return how many people of the register pass for each post, month by month."""
    horizon = found.horizon
    first, length = horizon.first, len(horizon.months) + 1
    steps: dict[tuple[PostId, Term], list[int]] = {}
    for (_, post_id, term), spans in found.spans.items():
        counts = steps.setdefault((post_id, term), [0] * length)
        for place, span in enumerate(spans):
            if span.outcome is Outcome.PASS:
                counts[first.months_until(span.since)] += 1
                if place + 1 < len(spans):
                    counts[first.months_until(spans[place + 1].since)] -= 1
    return {place: tuple(accumulate(counts[:-1])) for place, counts in steps.items()}


def benches(
    found: Forecast,
    *,
    lists: Sequence[PlanList],
    month: Month,
    eligible: Mapping[tuple[PostId, Term], Sequence[int]],
) -> tuple[Bench, ...]:
    """Return what stands behind each planned post in ``month``.

    Args:
        found: The forecast.
        lists: The lists of the plan; those of a term that is over are left out.
        month: A month of the forecast.
        eligible: What :func:`eligible_counts` returns.
    """
    holders = _holders(found.horizon, month)
    number = found.horizon.first.months_until(month)
    nobody = (0,) * len(found.horizon.months)
    return tuple(
        Bench(
            post=planned.post,
            term=planned.term,
            holders=holders[planned.post.post_id],
            planned=still_planned(found, planned=planned, month=month).people,
            eligible=eligible.get((planned.post.post_id, planned.term), nobody)[number],
        )
        for planned in lists
        if planned.post.is_planned and month.year <= planned.term.last_year
    )


def still_planned(found: Forecast, *, planned: PlanList, month: Month) -> PlanList:
    """Return a list without those whom a rule takes out by ``month``."""
    kept = (
        one
        for one in planned.people
        if found.outcome((one, planned.post.post_id, planned.term), month)
        not in {None, Outcome.FAIL}
    )
    return replace(planned, people=tuple(kept))


def meters_in(found: Forecast, *, planned: PlanList, month: Month) -> tuple[Meter, ...]:
    """Return coefficient and shares of a list as it will stand in ``month``."""
    horizon = found.horizon
    return list_meters(
        still_planned(found, planned=planned, month=month),
        people={one.person_id: one for one in horizon.register.people},
        measure=Measure(pack=horizon.pack, as_of=horizon.day(month)),
    )


def in_service(horizon: Horizon, *, month: Month) -> tuple[PersonFacts, ...]:
    """Return who is in service today and will not have retired before ``month``."""
    return tuple(
        person
        for person, end in _people_with_end(horizon)
        if end is None or end >= month
    )


def _people_with_end(
    horizon: Horizon,
) -> Iterator[tuple[PersonFacts, Month | None]]:
    """Yield who is in service today, with the month of retirement where known."""
    last_day = horizon.day(horizon.last)
    for person in horizon.register.people:
        known = person.known_on(horizon.today)
        end = service_end(known, as_of=last_day).month
        if departure_in_force(known, as_of=horizon.today) is None and (
            end is None or end >= horizon.first
        ):
            yield known, end


def _holders(horizon: Horizon, month: Month) -> Counter[PostId]:
    return Counter(
        office.post_id
        for person in in_service(horizon, month=month)
        for office in person.offices_on(horizon.today)
        if office.post_id is not None
    )


def _changes(
    found: Forecast, planned: PlanList, person_id: PersonId
) -> Iterator[tuple[Span, Span]]:
    spans = found.spans[person_id, planned.post.post_id, planned.term]
    return pairwise(spans)
