"""The people a slate lacks: traits joined where one person can fill several gaps.

A profile says how many people with which traits are missing, for which post or list,
and who comes nearest to it with what each of them lacks. Nobody is ranked: those who
have all its traits and lack least else, then those who lack least of anything, each in
the order of the register.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from math import inf
from time import monotonic
from typing import TYPE_CHECKING

from kecan.planning.problem import Placement, SoftRule
from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kecan.planning.problem import Problem, ShareDemand, SlatePerson, SlatePost
    from kecan.planning.slate import Proposal
    from kecan.planning.soft_rules import Shortfall
    from kecan.vocabulary import Level, PersonId, PostId

NEAREST_SHOWN = 5
"""People named for a profile; how many more come as near is said beside them."""
_WITH_TRAITS_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Somebody who comes near a profile, for one of its posts.

    ``lacks`` says what is missing; empty when a rule that comes earlier in the order,
    or a post that has all the people it may have, is all that stands in the way.
    ``has_traits`` tells whether the person has every trait of the profile itself.
    """

    place: Placement
    lacks: tuple[Sentence, ...]
    has_traits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingProfile:
    """So many people of one kind missing on a post or list.

    ``posts`` are those a person may be planned for to fill the gap; ``demands`` the
    shares and bands each such person would serve, ``post`` the post whose people,
    settled records or trained profession (``post_rules``) they would serve.
    ``others`` counts those who come as near as the ones named; ``is_searched`` is
    False where the time was up before anybody was looked for.
    """

    missing: int
    posts: tuple[PostId, ...]
    post: SlatePost | None
    post_rules: tuple[SoftRule, ...]
    demands: tuple[ShareDemand, ...]
    nearest: tuple[Near, ...] = ()
    others: int = 0
    is_searched: bool = True

    @property
    def rules(self) -> tuple[SoftRule, ...]:
        """Return the rules such a person would serve."""
        return tuple(
            dict.fromkeys((*self.post_rules, *(one.rule for one in self.demands)))
        )


def missing_profiles(
    proposal: Proposal, *, seconds: float = inf
) -> tuple[MissingProfile, ...]:
    """Return the profiles a proposal lacks, those for one post first.

    Together they are the fewest kinds of people this joining finds; every gap of
    :attr:`Proposal.shortfalls` is covered as often as it is missing.

    Args:
        proposal: The slate.
        seconds: How long people near to the profiles may be looked for.
    """
    problem, places = proposal.problem, frozenset(proposal.places)
    ends = monotonic() + seconds
    return tuple(
        _with_nearest(problem, places, one)
        if monotonic() < ends
        else replace(one, is_searched=False)
        for one in joined(proposal.shortfalls, posts=tuple(problem.posts))
    )


def joined(
    shortfalls: Sequence[Shortfall], *, posts: Sequence[PostId]
) -> tuple[MissingProfile, ...]:
    """Join gaps one person can fill: on one post, then on the lists that hold it.

    Args:
        shortfalls: What each rule lacks on each post and list.
        posts: Every post, in the order of the problem.
    """
    left = {at: one.missing for at, one in enumerate(shortfalls)}
    order = {post_id: at for at, post_id in enumerate(posts)}
    starts = sorted(left, key=lambda at: _narrowness(shortfalls[at], order))
    found: Counter[tuple[int, ...]] = Counter()
    for start in starts:
        while left[start]:
            taken = _person(start, shortfalls, left)
            count = min(left[at] for at in taken)
            found[taken] += count
            for at in taken:
                left[at] -= count
    return tuple(
        _profile([shortfalls[at] for at in taken], missing=count)
        for taken, count in found.items()
    )


def _narrowness(short: Shortfall, order: dict[PostId, int]) -> tuple[bool, int, int]:
    """Return what sorts gaps of one post first, then the shorter lists."""
    posts = _posts_of(short)
    return (short.post is None, len(posts), min(order[one] for one in posts))


def _posts_of(short: Shortfall) -> tuple[PostId, ...]:
    if short.post is not None:
        return (short.post.post_id,)
    return () if short.demand is None else short.demand.posts


def _person(
    start: int, shortfalls: Sequence[Shortfall], left: dict[int, int]
) -> tuple[int, ...]:
    """Return the gaps one person planned where ``start`` asks would fill at once."""
    here = set(_posts_of(shortfalls[start]))
    taken = [start]
    for at, count in left.items():
        other = shortfalls[at]
        if not count or at == start or not here <= set(_posts_of(other)):
            continue
        demands = [one.demand for i in taken if (one := shortfalls[i]).demand]
        if other.demand is None or _can_join(other.demand, demands):
            taken.append(at)
    return tuple(sorted(taken))


def _can_join(demand: ShareDemand, others: Iterable[ShareDemand | None]) -> bool:
    """Tell whether one person can serve all: ages must overlap, traits not repeat."""
    since, under = demand.ages
    for other in others:
        if other is None:
            continue
        since = max(since, other.ages[0])
        under = min(under, other.ages[1])
    return since < under


def _profile(shorts: Sequence[Shortfall], *, missing: int) -> MissingProfile:
    demands = [one.demand for one in shorts if one.demand is not None]
    narrowest = min(shorts, key=lambda one: len(_posts_of(one)))
    return MissingProfile(
        missing=missing,
        posts=_posts_of(narrowest),
        post=next((one.post for one in shorts if one.post is not None), None),
        post_rules=tuple(one.rule for one in shorts if one.post is not None),
        demands=tuple(demands),
    )


# -- who comes near ----------------------------------------------------------------


def _with_nearest(
    problem: Problem, places: frozenset[Placement], profile: MissingProfile
) -> MissingProfile:
    held = Counter((one.person_id, problem.posts[one.post_id].level) for one in places)
    near = [
        _nearest_place(problem, person, profile=profile, held=held)
        for person in problem.people.values()
        if not _is_there(person, profile=profile, places=places)
        and _is_below(problem, person, profile=profile)
    ]
    alike = _fewest(one for one in near if one.has_traits)
    fewest = [one for one in _fewest(near) if one not in alike]
    shown = alike[:_WITH_TRAITS_SHOWN]
    shown += fewest[: NEAREST_SHOWN - len(shown)]
    return replace(
        profile,
        nearest=tuple(shown),
        others=len(alike) + len(fewest) - len(shown),
    )


def _fewest(near: Iterable[Near]) -> list[Near]:
    """Return those who lack least, all of them."""
    found = list(near)
    least = min((len(one.lacks) for one in found), default=0)
    return [one for one in found if len(one.lacks) == least]


def _is_there(
    person: SlatePerson, *, profile: MissingProfile, places: frozenset[Placement]
) -> bool:
    """Tell whether the plan has the person there, so that they fill no gap more."""
    return any(Placement(person.person_id, post) in places for post in profile.posts)


def _is_below(
    problem: Problem, person: SlatePerson, *, profile: MissingProfile
) -> bool:
    """Tell whether some post of the profile is not lower than what the person holds."""
    prospects = (
        problem.prospects.get(Placement(person.person_id, post))
        for post in profile.posts
    )
    return any(one is None or one.is_higher is not False for one in prospects)


def _nearest_place(
    problem: Problem,
    person: SlatePerson,
    *,
    profile: MissingProfile,
    held: Counter[tuple[PersonId, Level]],
) -> Near:
    """Return the post of the profile for which the person lacks least."""
    options = [
        _near(problem, person, post_id=post_id, profile=profile, held=held)
        for post_id in profile.posts
    ]
    return min(options, key=lambda one: len(one.lacks))


def _near(
    problem: Problem,
    person: SlatePerson,
    *,
    post_id: PostId,
    profile: MissingProfile,
    held: Counter[tuple[PersonId, Level]],
) -> Near:
    place = Placement(person.person_id, post_id)
    traits = tuple(_traits_lacking(problem, person, place=place, profile=profile))
    others = tuple(_conditions_lacking(problem, place, profile=profile, held=held))
    return Near(place=place, lacks=(*others, *traits), has_traits=not traits)


def _traits_lacking(
    problem: Problem,
    person: SlatePerson,
    *,
    place: Placement,
    profile: MissingProfile,
) -> Iterator[Sentence]:
    prospect = problem.prospects.get(place)
    fits = None if prospect is None else prospect.fits
    if SoftRule.PROFESSION in profile.post_rules and fits is not True:
        fields = problem.posts[place.post_id].fields
        yield (
            Sentence("hồ sơ chưa ghi chuyên môn", "no profession on record")
            if fits is None
            else Sentence(
                f"chuyên môn không phải {' hoặc '.join(fields)}",
                f"not trained in {' or '.join(fields)}",
            )
        )
    asked = {one.trait: one for one in profile.demands}
    for demand in asked.values():
        if demand.trait not in person.traits:
            yield Sentence(f"không phải {demand.noun.vi}", f"not {demand.noun.en}")


def _conditions_lacking(
    problem: Problem,
    place: Placement,
    *,
    profile: MissingProfile,
    held: Counter[tuple[PersonId, Level]],
) -> Iterator[Sentence]:
    """Yield what the verdict, the decisions and the cap on posts hold against them."""
    prospect = problem.prospects.get(place)
    if prospect is None:
        yield Sentence("chưa được xét điều kiện", "never judged")
        return
    is_open = SoftRule.SETTLED in profile.post_rules and not prospect.is_settled
    if not prospect.is_eligible or is_open:
        yield from (one.sentence for one in prospect.against)
    if place in problem.never:
        yield Sentence("đã quyết định không đưa vào", "ruled out by decision")
    level = problem.posts[place.post_id].level
    most = problem.most_posts.get(level)
    if most is not None and held[place.person_id, level] >= most:
        yield Sentence(
            f"đã có {most} chức danh cùng cấp", f"has {most} posts of the level"
        )
