"""The question a slate answers, as frozen data: people, posts, verdicts, bounds, wishes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from kecan.lettering.number_words import PER_CENT
from kecan.regulations.verdict import Outcome
from kecan.vocabulary import PersonId, PostId, Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from kecan.regulations.verdict import Wording
    from kecan.vocabulary import Level

PEOPLE_WANTED = 2
"""People wanted behind each post when the operator says nothing else."""

EVERY_AGE = (0, 200)
"""Ages from, and below: what a demand that asks for no age counts."""


class SoftRule(StrEnum):
    """A rule that is met as far as possible; declared in the default order."""

    PEOPLE = "people"
    SETTLED = "settled"
    WOMEN = "women"
    YOUNG = "young"
    MINORITY = "minority"
    SCIENCE = "science"
    AGE_BANDS = "age_bands"
    PROFESSION = "profession"
    CHANGES = "changes"
    RATINGS = "ratings"


class ProblemError(ValueError):
    """The question cannot be asked; ``sentence`` says why."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.vi)
        self.sentence = sentence


class Placement(NamedTuple):
    """One person planned for one post."""

    person_id: PersonId
    post_id: PostId


@dataclass(frozen=True, slots=True, kw_only=True)
class SlatePerson:
    """A person as the rules of a slate see them.

    ``traits`` are the keys of :class:`ShareDemand` the person counts for; what the
    record cannot tell is not there. ``rating`` is the place of the latest yearly
    grade, 0 the best; None when there is none.
    """

    person_id: PersonId
    full_name: str
    traits: frozenset[str] = frozenset()
    rating: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SlatePost:
    """A post and how many people may and should stand behind it.

    ``least`` and ``most`` are hard and None where no rule gives them; ``wanted`` is
    the operator's wish. The sources are the clauses the bounds come from.
    """

    post_id: PostId
    title: str
    level: Level
    seats: int = 1
    is_body: bool = False
    least: int | None = None
    most: int | None = None
    wanted: int = PEOPLE_WANTED
    fields: tuple[str, ...] = ()
    least_source: str = ""
    most_source: str = ""

    def __post_init__(self) -> None:
        if self.seats < 1:
            raise ProblemError(
                Sentence(
                    f"{self.title}: số vị trí là {self.seats}; phải từ 1 trở lên.",
                    f"{self.title}: {self.seats} seats; at least 1 is needed.",
                )
            )
        if self.least is not None and self.most is not None and self.least > self.most:
            raise ProblemError(
                Sentence(
                    f"{self.title}: tối thiểu {self.least} người lại lớn hơn tối đa "
                    f"{self.most} người.",
                    f"{self.title}: the least, {self.least}, is over the most, "
                    f"{self.most}.",
                )
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """What the rules say of one person for one post, with the evidence.

    ``against`` are the findings that make the outcome what it is. ``is_higher`` is
    False when the post is not higher than the one held, ``fits`` whether the
    person is trained in a field that fits the post; None where nothing can tell.
    """

    outcome: Outcome
    against: tuple[Wording, ...] = ()
    sources: tuple[str, ...] = ()
    is_higher: bool | None = None
    fits: bool | None = None

    @property
    def is_eligible(self) -> bool:
        """Whether the person may be planned: no deciding finding fails."""
        return self.outcome is not Outcome.FAIL

    @property
    def is_settled(self) -> bool:
        """Whether no question is left open."""
        return self.outcome is Outcome.PASS


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareDemand:
    """How many with a trait the people planned for some posts should have.

    Either ``share`` of those planned or ``at_least`` people. Somebody planned for
    several of the posts counts once. ``ages`` are the years of age the trait means,
    from the first to below the second.
    """

    rule: SoftRule
    trait: str
    posts: tuple[PostId, ...]
    name: Sentence
    noun: Sentence
    share: Fraction | None = None
    at_least: int | None = None
    source: str = ""
    ages: tuple[int, int] = EVERY_AGE

    def __post_init__(self) -> None:
        if (self.share is None) == (self.at_least is None):
            msg = "a demand names either a share or a number"
            raise ValueError(msg)
        if self.share is not None and not 0 <= self.share <= 1:
            raise ProblemError(
                Sentence(
                    f"Tỷ lệ {self.noun.vi} là {self.share * 100}{PER_CENT}; "
                    f"phải từ 0{PER_CENT} đến 100{PER_CENT}.",
                    f"The share of {self.noun.en} is {self.share * 100}%; "
                    "it has to lie between 0% and 100%.",
                )
            )

    def short(self, *, have: int, of: int) -> int:
        """Return how many more with the trait are needed with ``of`` unchanged."""
        if self.share is None:
            return max(0, (self.at_least or 0) - have)
        need = -(-self.share.numerator * of // self.share.denominator)
        return max(0, need - have)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Everything a slate is made from; an existing one is consistent.

    ``prospects`` holds every pair the rules judged, also those that fail.
    ``order`` is the lexicographic order of the soft rules. With
    ``wanted_is_hard`` a post without the people wanted has no plan.
    """

    people: Mapping[PersonId, SlatePerson]
    posts: Mapping[PostId, SlatePost]
    prospects: Mapping[Placement, Prospect]
    current: frozenset[Placement] = frozenset()
    most_posts: Mapping[Level, int] = field(default_factory=dict)
    most_posts_source: str = ""
    demands: tuple[ShareDemand, ...] = ()
    order: tuple[SoftRule, ...] = tuple(SoftRule)
    keep: frozenset[Placement] = frozenset()
    never: frozenset[Placement] = frozenset()
    wanted_is_hard: bool = False
    remarks: tuple[Sentence, ...] = ()

    def __post_init__(self) -> None:
        _require_posts(self)
        _require_known(self)
        _require_consistent_decisions(self)
        _require_order(self.order)
        if not any(one.is_eligible for one in self.prospects.values()):
            raise ProblemError(
                Sentence(
                    "Không có ai đủ điều kiện cho chức danh nào; chưa lập được phương án.",
                    "Nobody is eligible for any post; there is nothing to propose.",
                )
            )

    @property
    def allowed(self) -> tuple[Placement, ...]:
        """Return the placements the verdicts and the operator allow, in order."""
        return tuple(
            place
            for place, one in self.prospects.items()
            if one.is_eligible and place not in self.never
        )

    def least(self, post: SlatePost) -> int:
        """Return how many people the post has to have."""
        wanted = post.wanted if self.wanted_is_hard else 0
        return max(post.least or 0, wanted)

    def label(self, place: Placement) -> str:
        """Return a placement as people write it."""
        person = self.people[place.person_id]
        return f"{person.full_name} ({place.person_id}) – {self.posts[place.post_id].title}"


def ordered(first: tuple[SoftRule, ...]) -> tuple[SoftRule, ...]:
    """Return the order that begins with ``first``; the others follow as by default."""
    _require_order(first)
    return (*first, *(rule for rule in SoftRule if rule not in first))


def _require_posts(problem: Problem) -> None:
    if not problem.posts:
        raise ProblemError(
            Sentence(
                "Không có chức danh nào cần quy hoạch.",
                "There is no post to plan for.",
            )
        )


def _require_known(problem: Problem) -> None:
    for place in (
        *problem.keep,
        *problem.never,
        *problem.current,
        *problem.prospects,
    ):
        if place.person_id not in problem.people:
            raise ProblemError(
                Sentence(
                    f"Không có cán bộ mã '{place.person_id}'.",
                    f"There is no person '{place.person_id}'.",
                )
            )
        if place.post_id not in problem.posts:
            raise ProblemError(
                Sentence(
                    f"Không có chức danh quy hoạch mã '{place.post_id}'.",
                    f"There is no planned post '{place.post_id}'.",
                )
            )


def _require_consistent_decisions(problem: Problem) -> None:
    for place in problem.keep:
        if place in problem.never:
            label = problem.label(place)
            raise ProblemError(
                Sentence(
                    f"Quyết định mâu thuẫn: vừa giữ vừa loại {label}.",
                    f"Contradictory decisions: {label} is both kept and ruled out.",
                )
            )


def _require_order(order: tuple[SoftRule, ...]) -> None:
    twice = [rule.value for rule, count in Counter(order).items() if count > 1]
    if twice:
        raise ProblemError(
            Sentence(
                f"Thứ tự ưu tiên ghi '{twice[0]}' hai lần.",
                f"The order names '{twice[0]}' twice.",
            )
        )
