"""The question of a slate, taken from a register, its verdicts and the rules of a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.planning.composition import fits
from kecan.planning.list_demands import demands_on_lists
from kecan.planning.lists import BODY_MEMBERS
from kecan.planning.meters import greatest, least, not_entered
from kecan.planning.problem import (
    PEOPLE_WANTED,
    Placement,
    Problem,
    ProblemError,
    Prospect,
    SlatePerson,
    SlatePost,
    SoftRule,
)
from kecan.regulations.verdict import Criterion, Outcome
from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kecan.planning.slate_round import Round
    from kecan.regulations.facts import PersonFacts, PlanEntry, Post, Register
    from kecan.regulations.parameters import Parameter
    from kecan.regulations.verdict import Verdict
    from kecan.vocabulary import PersonId, PostId


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the operator decides: placements, order, people behind each post."""

    keep: frozenset[Placement] = frozenset()
    never: frozenset[Placement] = frozenset()
    order: tuple[SoftRule, ...] = tuple(SoftRule)
    wanted: int = PEOPLE_WANTED
    wanted_is_hard: bool = False
    science_fields: frozenset[str] = frozenset()


def problem_from_register(
    register: Register,
    *,
    verdicts: Iterable[Verdict],
    asked: Round,
    wishes: Wishes | None = None,
) -> Problem:
    """Return the question of a round.

    Args:
        register: Posts, people and the current plan.
        verdicts: The verdict of every person for every planned post, for the term
            on the line of the post.
        asked: Rules, day and terms.
        wishes: What the operator decides; nothing when not given.

    Raises:
        ProblemError: If the question cannot be asked.
        UnknownParameterError: If the rules lack a value.
    """
    wishes = wishes or Wishes()
    _require_in_force(asked)
    posts = [post for post in register.posts if post.is_planned]
    facts = {one.person_id: one.known_on(asked.as_of) for one in register.people}
    lists = demands_on_lists(posts, asked=asked, science_fields=wishes.science_fields)
    traits = dict(pair for one in lists for pair in one.traits)
    levels = list(dict.fromkeys(post.level for post in posts))
    caps = {
        level: asked.rules_at(level).parameter("planning.max_posts_per_person")
        for level in levels
    }
    by_id = {post.post_id: post for post in posts}
    return Problem(
        people={
            person_id: _person(one, traits=traits) for person_id, one in facts.items()
        },
        posts={post.post_id: _post(post, asked=asked, wishes=wishes) for post in posts},
        prospects=_prospects(verdicts, posts=by_id, people=facts),
        current=_current(register.plan, posts=by_id, asked=asked),
        most_posts={level: cap.whole for level, cap in caps.items()},
        most_posts_source="; ".join(
            dict.fromkeys(str(cap.source) for cap in caps.values())
        ),
        demands=tuple(demand for one in lists for demand in one.demands),
        order=wishes.order,
        keep=wishes.keep,
        never=wishes.never,
        wanted_is_hard=wishes.wanted_is_hard,
        remarks=tuple(
            dict.fromkeys(
                (
                    *_open_coefficients(posts, asked=asked),
                    *(remark for one in lists for remark in one.remarks),
                )
            )
        ),
    )


def _open_coefficients(posts: Iterable[Post], *, asked: Round) -> Iterator[Sentence]:
    """Yield for each body whose coefficient nobody has entered that it bounds nothing."""
    for post in posts:
        if post.kind not in BODY_MEMBERS:
            continue
        rules = asked.rules_of(post)
        missing = [
            not_entered(parameter)
            for key in ("min", "max")
            if (parameter := rules.parameter(f"planning.body_coefficient_{key}")).value
            is None
        ]
        if missing:
            vi = "; ".join(one.vi for one in missing)
            en = "; ".join(one.en for one in missing)
            yield Sentence(
                f"{post.title}: {vi}. Trong phương án này hệ số chưa nhập không giới "
                "hạn gì.",
                f"{post.title}: {en}. In this answer a coefficient nobody has entered "
                "bounds nothing.",
            )


def _require_in_force(asked: Round) -> None:
    pack = asked.pack
    if asked.is_trial or pack.is_in_force(asked.as_of):
        return
    until = pack.in_force_until
    end = "" if until is None else f" – {until:%d/%m/%Y}"
    raise ProblemError(
        Sentence(
            f"{pack.title.vi} không có hiệu lực ngày {asked.as_of:%d/%m/%Y} "
            f"(hiệu lực: {pack.in_force_from:%d/%m/%Y}{end}); "
            "không lập phương án theo bộ quy định này.",
            f"{pack.title.en} is not in force on {asked.as_of:%d/%m/%Y} "
            f"(in force: {pack.in_force_from:%d/%m/%Y}{end}); "
            "no slate is made by these rules.",
        )
    )


def _person(
    one: PersonFacts, *, traits: dict[str, Callable[[PersonFacts], bool | None]]
) -> SlatePerson:
    latest = max(one.ratings, key=lambda rating: rating.year, default=None)
    return SlatePerson(
        person_id=one.person_id,
        full_name=one.full_name,
        traits=frozenset(key for key, has in traits.items() if has(one)),
        rating=None if latest is None else latest.grade.rank,
    )


def _post(post: Post, *, asked: Round, wishes: Wishes) -> SlatePost:
    rules = asked.rules_of(post)
    is_body = post.kind in BODY_MEMBERS
    if is_body:
        lower = rules.parameter("planning.body_coefficient_min")
        upper = rules.parameter("planning.body_coefficient_max")
        fewest = _people(lower, seats=post.seats, rounded=least)
        most = _people(upper, seats=post.seats, rounded=greatest)
    else:
        lower = upper = rules.parameter("planning.max_people_per_post")
        fewest, most = None, upper.whole
    return SlatePost(
        post_id=post.post_id,
        title=post.title,
        level=post.level,
        seats=post.seats,
        is_body=is_body,
        least=fewest,
        most=most,
        wanted=wishes.wanted,
        fields=post.fitting_fields,
        least_source=str(lower.source),
        most_source=str(upper.source),
    )


def _people(
    coefficient: Parameter, *, seats: int, rounded: Callable[..., int]
) -> int | None:
    """Return a coefficient as people; None where nobody has entered it."""
    if coefficient.value is None:
        return None
    return rounded(coefficient.share, of=seats)


def _prospects(
    verdicts: Iterable[Verdict],
    *,
    posts: dict[PostId, Post],
    people: dict[PersonId, PersonFacts],
) -> dict[Placement, Prospect]:
    found: dict[Placement, Prospect] = {}
    fields = {key: frozenset(post.fitting_fields) for key, post in posts.items()}
    known: dict[tuple[PersonId, frozenset[str]], bool | None] = {}
    for one in verdicts:
        wanted = fields[one.post_id]
        if (one.person_id, wanted) not in known:
            known[one.person_id, wanted] = (
                fits(people[one.person_id], wanted) if wanted else None
            )
        found[Placement(one.person_id, one.post_id)] = Prospect(
            outcome=one.outcome,
            against=tuple(finding.wording for finding in one.deciding),
            sources=tuple(str(finding.citation) for finding in one.deciding),
            is_higher=one.finding(Criterion.HIGHER_POST).outcome is not Outcome.FAIL,
            fits=known[one.person_id, wanted],
        )
    return found


def _current(
    plan: Iterable[PlanEntry], *, posts: dict[PostId, Post], asked: Round
) -> frozenset[Placement]:
    """Return the plan to start from: the latest term of each post up to the one asked."""
    standing: dict[PostId, list[PlanEntry]] = {}
    for entry in plan:
        post = posts.get(entry.post_id)
        if post is not None and entry.stands_on(asked.as_of):
            first_year = asked.terms.on(post.line).first_year
            if entry.first_year <= first_year:
                standing.setdefault(entry.post_id, []).append(entry)
    return frozenset(
        Placement(entry.person_id, post_id)
        for post_id, entries in standing.items()
        for entry in entries
        if entry.first_year == max(one.first_year for one in entries)
    )
