"""When no plan can be: a set of rules and facts that cannot hold together, none to spare."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kecan.regulations.wording import LEVELS
from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kecan.planning.problem import Placement, Problem, SlatePost
    from kecan.vocabulary import Level, PersonId, PostId

_NAMES_SHOWN = 12


class PartKind(StrEnum):
    """What a part of a conflict is."""

    LEAST = "least"
    MOST = "most"
    POSTS = "posts"
    KEEP = "keep"
    NEVER = "never"
    VERDICT = "verdict"
    SUPPLY = "supply"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One rule, decision or fact; together with others it may leave no plan."""

    kind: PartKind
    sentence: Sentence
    post_id: PostId | None = None
    person_id: PersonId | None = None
    level: Level | None = None


def parts(problem: Problem) -> tuple[Part, ...]:
    """Return everything that can stand in the way of a plan, in the problem's order."""
    return (
        *_decisions(problem),
        *(one for post in problem.posts.values() for one in _of_post(problem, post)),
        *_of_people(problem),
    )


def smallest_conflict(
    everything: Sequence[Part],
    *,
    can_hold: Callable[[Sequence[Part]], bool],
    is_over: Callable[[], bool],
) -> tuple[tuple[Part, ...], bool]:
    """Return parts that cannot hold together although any one fewer can.

    Args:
        everything: Parts that cannot hold together.
        can_hold: Tells whether some plan meets the parts given and nothing else.
        is_over: Tells whether the time is up. Then what is left still cannot hold
            together, but some of it may be spared.

    Returns:
        The parts, and whether none of them can be spared.

    Raises:
        ValueError: If everything can hold after all.
    """
    if can_hold(everything):
        msg = "there is no conflict: everything can hold together"
        raise ValueError(msg)
    ask = _Questions(can_hold=can_hold, is_over=is_over)
    found = _narrowed([], list(everything), is_new=False, ask=ask)
    order = {id(one): at for at, one in enumerate(everything)}
    found.sort(key=lambda one: order[id(one)])
    return tuple(found), _is_smallest(found, ask)


@dataclass(slots=True, kw_only=True)
class _Questions:
    """Asks what can hold until the time is up; ``gave_up`` tells that it was."""

    can_hold: Callable[[Sequence[Part]], bool]
    is_over: Callable[[], bool]
    gave_up: bool = False


def _is_smallest(found: list[Part], ask: _Questions) -> bool:
    """Tell whether no part can be spared, as far as time lets each be tried."""
    for one in found:
        if ask.is_over():
            return False
        if not ask.can_hold([other for other in found if other is not one]):
            if ask.gave_up:
                return False
            msg = f"the conflict is not smallest without {one.kind}"
            raise AssertionError(msg)
    return True


def _narrowed(
    held: list[Part], doubted: list[Part], *, is_new: bool, ask: _Questions
) -> list[Part]:
    """QuickXplain: split, keep what is needed beside the other half.

    Source:
        Junker, AAAI 2004.
    """
    if ask.is_over():
        ask.gave_up = True
        return doubted
    if is_new and not ask.can_hold(held):
        return []
    if len(doubted) == 1:
        return doubted
    middle = len(doubted) // 2
    first, second = doubted[:middle], doubted[middle:]
    of_second = _narrowed([*held, *first], second, is_new=bool(first), ask=ask)
    of_first = _narrowed([*held, *of_second], first, is_new=bool(of_second), ask=ask)
    return [*of_first, *of_second]


def _decisions(problem: Problem) -> Iterator[Part]:
    for place in sorted(problem.keep):
        label = problem.label(place)
        yield Part(
            kind=PartKind.KEEP,
            sentence=Sentence(f"Quyết định giữ {label}.", f"Decision to keep {label}."),
            post_id=place.post_id,
            person_id=place.person_id,
        )
        prospect = problem.prospects.get(place)
        if prospect is None or not prospect.is_eligible:
            yield _verdict(problem, place)
    for place in sorted(problem.never):
        prospect = problem.prospects.get(place)
        if prospect is not None and prospect.is_eligible:
            label = problem.label(place)
            yield Part(
                kind=PartKind.NEVER,
                sentence=Sentence(
                    f"Quyết định không đưa vào: {label}.", f"Ruled out: {label}."
                ),
                post_id=place.post_id,
                person_id=place.person_id,
            )


def _verdict(problem: Problem, place: Placement) -> Part:
    prospect = problem.prospects.get(place)
    why = [] if prospect is None else [one.sentence for one in prospect.against]
    label = problem.label(place)
    return Part(
        kind=PartKind.VERDICT,
        sentence=Sentence(
            f"{label}: không đủ điều kiện. {' '.join(one.vi for one in why)}".strip(),
            f"{label}: not eligible. {' '.join(one.en for one in why)}".strip(),
        ),
        post_id=place.post_id,
        person_id=place.person_id,
    )


def _of_post(problem: Problem, post: SlatePost) -> Iterator[Part]:
    least = problem.least(post)
    if least:
        yield Part(
            kind=PartKind.LEAST,
            sentence=Sentence(
                f"{post.title} cần ít nhất {least} người.",
                f"{post.title} needs at least {least} people.",
            ),
            post_id=post.post_id,
        )
        yield Part(
            kind=PartKind.SUPPLY, sentence=_supply(problem, post), post_id=post.post_id
        )
    if post.most is not None:
        yield Part(
            kind=PartKind.MOST,
            sentence=Sentence(
                f"{post.title}: tối đa {post.most} người ({post.most_source}).",
                f"{post.title}: at most {post.most} people ({post.most_source}).",
            ),
            post_id=post.post_id,
        )


def _supply(problem: Problem, post: SlatePost) -> Sentence:
    names = [
        f"{problem.people[place.person_id].full_name} ({place.person_id})"
        for place, one in problem.prospects.items()
        if place.post_id == post.post_id and one.is_eligible
    ]
    if not names:
        return Sentence(
            f"{post.title}: không có ai đủ điều kiện.",
            f"{post.title}: nobody is eligible.",
        )
    shown = ", ".join(names[:_NAMES_SHOWN])
    more = len(names) - _NAMES_SHOWN
    rest = Sentence("", "")
    if more > 0:
        rest = Sentence(f" và {more} người khác", f" and {more} others")
    return Sentence(
        f"{post.title}: chỉ có {len(names)} người đủ điều kiện: {shown}{rest.vi}.",
        f"{post.title}: only {len(names)} eligible: {shown}{rest.en}.",
    )


def _of_people(problem: Problem) -> Iterator[Part]:
    mine: dict[tuple[PersonId, Level], int] = defaultdict(int)
    for place in dict.fromkeys((*problem.allowed, *sorted(problem.keep))):
        mine[place.person_id, problem.posts[place.post_id].level] += 1
    for (person_id, level), count in mine.items():
        most = problem.most_posts.get(level)
        if most is not None and count > most:
            name = problem.people[person_id].full_name
            words = LEVELS[level]
            yield Part(
                kind=PartKind.POSTS,
                sentence=Sentence(
                    f"{name} ({person_id}): tối đa {most} chức danh {words.vi} "
                    f"({problem.most_posts_source}).",
                    f"{name} ({person_id}): at most {most} posts at {words.en} "
                    f"({problem.most_posts_source}).",
                ),
                person_id=person_id,
                level=level,
            )
