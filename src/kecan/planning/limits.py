"""How many: people per post, posts per person at a level, and the coefficient."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.planning.meters import Meter, greatest, least, not_entered
from kecan.regulations.wording import LEVELS
from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kecan.planning.meters import Rules
    from kecan.regulations.facts import Post
    from kecan.vocabulary import PersonId

_HUNDREDTHS = 100


def people_per_post(people: Iterable[PersonId], *, post: Post, rules: Rules) -> Meter:
    """Return how many different people are planned for ``post``, against the cap."""
    have = len(set(people))
    parameter = rules.parameter("planning.max_people_per_post")
    most = parameter.whole
    return Meter(
        key=parameter.key,
        title=Sentence("Số người quy hoạch một chức danh", "People planned for a post"),
        have=have,
        of=most,
        most=most,
        is_hard=True,
        parameter=parameter,
        sentence=_people_sentence(post.title, have, most),
    )


def posts_per_person(planned: Iterable[Post], *, rules: Rules) -> Meter:
    """Return how many different posts of the level of ``rules`` a person has."""
    have = len({post.post_id for post in planned if post.level is rules.level})
    parameter = rules.parameter("planning.max_posts_per_person")
    most = parameter.whole
    return Meter(
        key=parameter.key,
        title=Sentence(
            "Số chức danh cùng cấp một người được quy hoạch",
            "Posts of one level a person is planned for",
        ),
        have=have,
        of=most,
        most=most,
        is_hard=True,
        parameter=parameter,
        sentence=_posts_sentence(have, most, LEVELS[rules.level]),
    )


def coefficient(people: Sequence[PersonId], *, seats: int, rules: Rules) -> Meter:
    """Return people planned for a body against its seats (hệ số quy hoạch).

    It warns only. Both limits may have to be entered by the operator.

    Args:
        people: Those planned; somebody named twice counts once.
        seats: Seats fixed for the body in the term, at least 1.
        rules: Where the limits are looked up.

    Raises:
        ValueError: If ``seats < 1``.
    """
    if seats < 1:
        msg = f"a body of {seats} seats has no coefficient"
        raise ValueError(msg)
    have = len(set(people))
    lower = rules.parameter("planning.body_coefficient_min")
    upper = rules.parameter("planning.body_coefficient_max")
    need = None if lower.value is None else least(lower.share, of=seats)
    most = None if upper.value is None else greatest(upper.share, of=seats)
    missing = [not_entered(one) for one in (lower, upper) if one.value is None]
    return Meter(
        key="planning.body_coefficient",
        title=Sentence("Hệ số quy hoạch", "Planning coefficient"),
        have=have,
        of=seats,
        need=need,
        most=most,
        parameter=upper if need is not None and have >= need else lower,
        sentence=_coefficient_sentence(
            have, seats, need=need, most=most, missing=missing
        ),
    )


def _people_sentence(title: str, have: int, most: int) -> Sentence:
    if have > most:
        return Sentence(
            f"{title}: {have} người, tối đa {most}; phải bớt {have - most} người.",
            f"{title}: {have} people, at most {most}; {have - most} too many.",
        )
    return Sentence(
        f"{title}: {have} người, tối đa {most}.",
        f"{title}: {have} people, at most {most}.",
    )


def _posts_sentence(have: int, most: int, level: Sentence) -> Sentence:
    if have > most:
        return Sentence(
            f"{have} chức danh {level.vi}, tối đa {most}; "
            f"phải bớt {have - most} chức danh.",
            f"{have} posts at {level.en}, at most {most}; {have - most} too many.",
        )
    return Sentence(
        f"{have} chức danh {level.vi}, tối đa {most}.",
        f"{have} posts at {level.en}, at most {most}.",
    )


def _coefficient_sentence(
    have: int,
    seats: int,
    *,
    need: int | None,
    most: int | None,
    missing: Sequence[Sentence],
) -> Sentence:
    whole, rest = divmod(have * _HUNDREDTHS // seats, _HUNDREDTHS)
    vi = [f"Hệ số {whole},{rest:02d} ({have} người / {seats} vị trí)"]
    en = [f"Coefficient {whole}.{rest:02d} ({have} people / {seats} seats)"]
    if need is not None and have < need:
        vi.append(f"thiếu {need - have} người so với tối thiểu {need}")
        en.append(f"{need - have} short of the least, {need}")
    if most is not None and have > most:
        vi.append(f"thừa {have - most} người so với tối đa {most}")
        en.append(f"{have - most} over the most, {most}")
    vi += [one.vi for one in missing]
    en += [one.en for one in missing]
    return Sentence("; ".join(vi) + ".", "; ".join(en) + ".")
