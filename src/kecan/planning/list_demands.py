"""What the rules ask of each list: shares, presence and age bands, and who counts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kecan.planning.ages import AgeBand, bands_of, is_under
from kecan.planning.composition import fits, is_minority, is_woman
from kecan.planning.lists import BODY_MEMBERS
from kecan.planning.meters import not_entered
from kecan.planning.problem import EVERY_AGE, ShareDemand, SoftRule
from kecan.regulations.wording import LEVELS
from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from kecan.planning.meters import Rules
    from kecan.planning.slate_round import Round
    from kecan.regulations.facts import PersonFacts, Post
    from kecan.regulations.parameters import Parameter
    from kecan.vocabulary import PostId

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
class ListDemands:
    """The demands on one list, who counts for each trait, and what nobody entered."""

    demands: tuple[ShareDemand, ...]
    traits: tuple[tuple[str, Callable[[PersonFacts], bool | None]], ...]
    remarks: tuple[Sentence, ...]


def demands_on_lists(
    posts: Sequence[Post], *, asked: Round, science_fields: frozenset[str]
) -> list[ListDemands]:
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
) -> ListDemands:
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
    return ListDemands(
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


def _remark(parameter: Parameter) -> Sentence:
    words = not_entered(parameter)
    return Sentence(
        f"{words.vi[:1].upper()}{words.vi[1:]}; không xét tỷ lệ này.",
        f"{words.en[:1].upper()}{words.en[1:]}; this share is not looked at.",
    )


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
