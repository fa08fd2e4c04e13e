"""The question of a slate, taken from a register, its verdicts and the rules of a day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kecan.planning.ages import AgeBand, bands_of, is_under
from kecan.planning.composition import fits, is_minority, is_woman
from kecan.planning.lists import BODY_MEMBERS
from kecan.planning.meters import Rules, greatest, least, not_entered
from kecan.planning.problem import (
    EVERY_AGE,
    PEOPLE_WANTED,
    Placement,
    Problem,
    ProblemError,
    Prospect,
    ShareDemand,
    SlatePerson,
    SlatePost,
    SoftRule,
)
from kecan.regulations.verdict import Criterion, Outcome
from kecan.regulations.wording import LEVELS
from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from kecan.regulations.facts import PersonFacts, PlanEntry, Post, Register
    from kecan.regulations.pack import RulePack
    from kecan.regulations.parameters import Parameter
    from kecan.regulations.verdict import Verdict
    from kecan.vocabulary import Level, PersonId, PostId, TermPair

_SHARES = (
    (SoftRule.WOMEN, "women_share", "woman", Sentence("nữ", "women")),
    (SoftRule.YOUNG, "young_share", "young", Sentence("cán bộ trẻ", "young people")),
    (
        SoftRule.MINORITY,
        "minority_share",
        "minority",
        Sentence("cán bộ dân tộc thiểu số", "people of an ethnic minority"),
    ),
    (
        SoftRule.SCIENCE,
        "science_technology_share",
        "science",
        Sentence(
            "người có chuyên môn khoa học, công nghệ",
            "people trained in science and technology",
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the operator decides: placements, order, people behind each post."""

    keep: frozenset[Placement] = frozenset()
    never: frozenset[Placement] = frozenset()
    order: tuple[SoftRule, ...] = tuple(SoftRule)
    wanted: int = PEOPLE_WANTED
    wanted_is_hard: bool = False
    science_fields: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """The rules, the day and the terms a slate is made for.

    A trial (``is_trial``) may ask what rules not in force that day would give; whoever
    shows it says so.
    """

    pack: RulePack
    as_of: date
    terms: TermPair
    is_trial: bool = False

    def rules_of(self, post: Post) -> Rules:
        """Return where the values of a post's own list are looked up."""
        return Rules(
            pack=self.pack,
            on=self.as_of,
            level=post.level,
            line=post.line,
            term=self.terms.on(post.line).label,
        )

    def rules_at(self, level: Level) -> Rules:
        """Return where the values of everybody planned at a level are looked up."""
        party = self.terms.party
        return Rules(
            pack=self.pack,
            on=self.as_of,
            level=level,
            line=party.line,
            term=party.label,
        )


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
    lists = _lists(posts, asked=asked, science_fields=wishes.science_fields)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    """The demands on one list, who counts for each trait, and what nobody entered."""

    demands: tuple[ShareDemand, ...]
    traits: tuple[tuple[str, Callable[[PersonFacts], bool | None]], ...]
    remarks: tuple[Sentence, ...]


def _lists(
    posts: Sequence[Post], *, asked: Round, science_fields: frozenset[str]
) -> list[_List]:
    """Return the demands on each body's list and on everybody planned at a level."""
    found = [
        _list(
            (post.post_id,),
            name=Sentence(post.title, post.title),
            rules=asked.rules_of(post),
            asked=asked,
            science_fields=science_fields,
        )
        for post in posts
        if post.kind in BODY_MEMBERS
    ]
    for level in dict.fromkeys(post.level for post in posts):
        mine = tuple(post.post_id for post in posts if post.level is level)
        words = LEVELS[level]
        name = Sentence(f"toàn bộ quy hoạch {words.vi}", f"the whole plan, {words.en}")
        if len(mine) > 1:
            found.append(
                _list(
                    mine,
                    name=name,
                    rules=asked.rules_at(level),
                    asked=asked,
                    science_fields=science_fields,
                )
            )
    return found


def _list(
    posts: tuple[PostId, ...],
    *,
    name: Sentence,
    rules: Rules,
    asked: Round,
    science_fields: frozenset[str],
) -> _List:
    remarks = []
    demands = []
    traits: dict[str, Callable[[PersonFacts], bool | None]] = {}
    for rule, key, trait, noun in _SHARES:
        if not rules.knows(f"composition.{key}"):
            continue
        parameter = rules.parameter(f"composition.{key}")
        known, has, words = _trait(
            trait, noun, rules=rules, day=asked.as_of, science_fields=science_fields
        )
        if parameter.value is None or known is None:
            remarks.append(_remark(parameter))
            continue
        traits[known] = has
        demands.append(
            ShareDemand(
                rule=rule,
                trait=known,
                posts=posts,
                name=name,
                noun=words,
                share=parameter.share,
                source=str(parameter.source),
                ages=_young_ages(rules) if trait == "young" else EVERY_AGE,
            )
        )
    return _List(
        demands=(
            *demands,
            *_presence(posts, name=name, rules=rules),
            *_band_demands(posts, name=name, rules=rules),
        ),
        traits=(
            ("woman", is_woman),
            *traits.items(),
            *_band_traits(rules, day=asked.as_of),
        ),
        remarks=tuple(remarks),
    )


def _trait(
    trait: str,
    noun: Sentence,
    *,
    rules: Rules,
    day: date,
    science_fields: frozenset[str],
) -> tuple[str | None, Callable[[PersonFacts], bool | None], Sentence]:
    """Return the key of a trait at this level, who has it, and how it is called."""
    if trait == "young":
        limit = rules.parameter("composition.young_under_age")
        if limit.value is None:
            return None, is_woman, noun
        years = limit.whole
        words = Sentence(f"người dưới {years} tuổi", f"people under {years}")
        return (
            f"under:{years}",
            lambda one: is_under(one.born, years=years, day=day),
            words,
        )
    if trait == "science":
        return trait, lambda one: fits(one, science_fields), noun
    return trait, is_woman if trait == "woman" else is_minority, noun


def _young_ages(rules: Rules) -> tuple[int, int]:
    return EVERY_AGE[0], rules.parameter("composition.young_under_age").whole


def _presence(
    posts: tuple[PostId, ...], *, name: Sentence, rules: Rules
) -> Iterator[ShareDemand]:
    parameter = rules.parameter("composition.women_required")
    if parameter.is_true:
        yield ShareDemand(
            rule=SoftRule.WOMEN,
            trait="woman",
            posts=posts,
            name=name,
            noun=Sentence("nữ", "women"),
            at_least=1,
            source=str(parameter.source),
        )


def _band_demands(
    posts: tuple[PostId, ...], *, name: Sentence, rules: Rules
) -> Iterator[ShareDemand]:
    source = str(rules.parameter("composition.age_band_count").source)
    for band in _bands(rules):
        words = band.title
        yield ShareDemand(
            rule=SoftRule.AGE_BANDS,
            trait=_band_key(band),
            posts=posts,
            name=name,
            noun=Sentence(
                f"người {_lowered(words.vi)}", f"people {_lowered(words.en)}"
            ),
            at_least=1,
            source=source,
            ages=(band.since or EVERY_AGE[0], band.under or EVERY_AGE[1]),
        )


def _bands(rules: Rules) -> tuple[AgeBand, ...]:
    """Return the bands; none while the operator has not entered what makes them."""
    bands = bands_of(rules)
    return bands if isinstance(bands, tuple) else ()


def _band_traits(
    rules: Rules, *, day: date
) -> Iterator[tuple[str, Callable[[PersonFacts], bool | None]]]:
    for band in _bands(rules):
        yield _band_key(band), partial(band.holds, day=day)


def _band_key(band: AgeBand) -> str:
    return f"age:{band.since or ''}-{band.under or ''}"


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


def _remark(parameter: Parameter) -> Sentence:
    words = not_entered(parameter)
    return Sentence(
        f"{words.vi[:1].upper()}{words.vi[1:]}; không xét tỷ lệ này.",
        f"{words.en[:1].upper()}{words.en[1:]}; this share is not looked at.",
    )


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
