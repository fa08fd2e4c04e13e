"""What a plan lacks under each soft rule, counted in whole people without a solver."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.planning.problem import SoftRule
from kecan.regulations.facts import RatingGrade

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kecan.planning.problem import (
        Placement,
        Problem,
        Prospect,
        ShareDemand,
        SlatePerson,
        SlatePost,
    )
    from kecan.vocabulary import Level, PersonId, PostId

UNRATED = max(grade.rank for grade in RatingGrade) + 1
"""The place of somebody without a rating: behind every grade."""


_PER_POST: Mapping[SoftRule, Callable[[Prospect], bool]] = {
    SoftRule.PEOPLE: lambda _: True,
    SoftRule.SETTLED: lambda prospect: prospect.is_settled,
    SoftRule.PROFESSION: lambda prospect: prospect.fits is True,
}
"""Who counts towards the people wanted behind each post, for the rules that ask so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """How many people one rule lacks on one list; ``demand`` is set for shares."""

    rule: SoftRule
    missing: int
    have: int
    of: int
    post: SlatePost | None = None
    demand: ShareDemand | None = None


class Score:
    """What a plan has and lacks, kept up to date while placements come and go."""

    def __init__(self, problem: Problem, places: Iterable[Placement] = ()) -> None:
        self.problem = problem
        self.places: set[Placement] = set()
        self._counts: dict[SoftRule, Counter[PostId]] = {
            rule: Counter() for rule in _PER_POST
        }
        self._of = [0] * len(problem.demands)
        self._have = [0] * len(problem.demands)
        self._held: list[Counter[PersonId]] = [Counter() for _ in problem.demands]
        self._by_post = _demands_by_post(problem)
        self._at_level: Counter[tuple[PersonId, Level]] = Counter()
        self._lack = dict.fromkeys(SoftRule, 0)
        for one in self._all_shortfalls():
            self._lack[one.rule] += one.missing
        self._lack[SoftRule.CHANGES] = sum(
            place in problem.current for place in problem.allowed
        )
        for place in places:
            self.add(place)

    def add(self, place: Placement) -> None:
        """Take a placement in."""
        self.places.add(place)
        self._change(place, by=1)

    def remove(self, place: Placement) -> None:
        """Take a placement out."""
        self.places.remove(place)
        self._change(place, by=-1)

    def people(self, post_id: PostId) -> int:
        """Return how many people the post has."""
        return self._counts[SoftRule.PEOPLE][post_id]

    def posts_at_level(self, place: Placement) -> int:
        """Return how many posts of the level of ``place`` its person has."""
        return self._at_level[place.person_id, self._post(place).level]

    def values(self) -> tuple[int, ...]:
        """Return what each rule lacks, in the order of the problem."""
        return tuple(self._lack[rule] for rule in self.problem.order)

    def shortfalls(self) -> tuple[Shortfall, ...]:
        """Return every rule of the order that lacks people on a post or list."""
        places = {rule: at for at, rule in enumerate(self.problem.order)}
        found = (
            one for one in self._all_shortfalls() if one.missing and one.rule in places
        )
        return tuple(sorted(found, key=lambda one: places[one.rule]))

    def _all_shortfalls(self) -> Iterable[Shortfall]:
        for post in self.problem.posts.values():
            for rule in rules_of(post):
                have = self._counts[rule][post.post_id]
                yield Shortfall(
                    rule=rule,
                    missing=max(0, post.wanted - have),
                    have=have,
                    of=self.people(post.post_id),
                    post=post,
                )
        for at, demand in enumerate(self.problem.demands):
            have, of = self._have[at], self._of[at]
            yield Shortfall(
                rule=demand.rule,
                missing=demand.short(have=have, of=of),
                have=have,
                of=of,
                demand=demand,
            )

    def _post(self, place: Placement) -> SlatePost:
        return self.problem.posts[place.post_id]

    def _change(self, place: Placement, *, by: int) -> None:
        problem, post = self.problem, self._post(place)
        prospect = problem.prospects[place]
        person = problem.people[place.person_id]
        self._at_level[place.person_id, post.level] += by
        for rule in rules_of(post):
            if counts_for(rule, prospect):
                self._count_post(rule, post, by=by)
        if place in problem.current:
            self._lack[SoftRule.CHANGES] -= by
        else:
            self._lack[SoftRule.CHANGES] += by
            self._lack[SoftRule.RATINGS] += by * rating_place(person)
        for at in self._by_post.get(place.post_id, ()):
            self._count(at, person, by=by)

    def _count_post(self, rule: SoftRule, post: SlatePost, *, by: int) -> None:
        counts = self._counts[rule]
        before = max(0, post.wanted - counts[post.post_id])
        counts[post.post_id] += by
        self._lack[rule] += max(0, post.wanted - counts[post.post_id]) - before

    def _count(self, at: int, person: SlatePerson, *, by: int) -> None:
        held, demand = self._held[at], self.problem.demands[at]
        was = held[person.person_id] > 0
        held[person.person_id] += by
        step = (held[person.person_id] > 0) - was
        if not step:
            return
        before = demand.short(have=self._have[at], of=self._of[at])
        self._of[at] += step
        self._have[at] += step * (demand.trait in person.traits)
        after = demand.short(have=self._have[at], of=self._of[at])
        self._lack[demand.rule] += after - before


def rating_place(person: SlatePerson) -> int:
    """Return the place of the latest grade, 0 the best; the last without one."""
    return UNRATED if person.rating is None else person.rating


def measure(problem: Problem, places: Iterable[Placement]) -> tuple[int, ...]:
    """Return what each soft rule lacks, in the order of the problem."""
    return Score(problem, places).values()


def counts_for(rule: SoftRule, prospect: Prospect) -> bool:
    """Tell whether somebody counts towards the people ``rule`` wants behind a post."""
    return _PER_POST[rule](prospect)


def rules_of(post: SlatePost) -> tuple[SoftRule, ...]:
    """Return the rules that want people behind this one post."""
    rules = (SoftRule.PEOPLE, SoftRule.SETTLED)
    return (*rules, SoftRule.PROFESSION) if post.fields else rules


def least_missing(problem: Problem, rule: SoftRule) -> int:
    """Return what ``rule`` lacks in every plan, by counting who may be placed at all."""
    by_post: dict[PostId, list[Placement]] = {}
    for place in problem.allowed:
        by_post.setdefault(place.post_id, []).append(place)
    found = 0
    for post in problem.posts.values():
        if rule in rules_of(post):
            counting = sum(
                counts_for(rule, problem.prospects[one])
                for one in by_post.get(post.post_id, ())
            )
            most = counting if post.most is None else min(post.most, counting)
            found += max(0, post.wanted - most)
    for demand in problem.demands:
        if demand.rule is rule and demand.at_least is not None:
            people = {
                place.person_id
                for post_id in demand.posts
                for place in by_post.get(post_id, ())
            }
            having = sum(demand.trait in problem.people[one].traits for one in people)
            found += max(0, demand.at_least - having)
    return found


def _demands_by_post(problem: Problem) -> Mapping[PostId, tuple[int, ...]]:
    found: dict[PostId, list[int]] = {}
    for at, demand in enumerate(problem.demands):
        for post_id in demand.posts:
            found.setdefault(post_id, []).append(at)
    return {post_id: tuple(ats) for post_id, ats in found.items()}
