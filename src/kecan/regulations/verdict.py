"""What a judgement says: four outcomes, and findings that carry clause and evidence.

Sentences are put into words only when somebody reads them, so judging a whole
province stays cheap; a finding still compares and pickles by what it says.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from kecan.regulations.parameters import Parameter
    from kecan.vocabulary import Citation, Confidence, PersonId, PostId, Term


class Outcome(StrEnum):
    """The four answers; never two."""

    PASS = "pass"  # noqa: S105  an answer, not a password
    FAIL = "fail"
    MISSING_DATA = "missing_data"
    NEEDS_DECISION = "needs_decision"


class Timing(StrEnum):
    """When a standard must be met."""

    AT_PLANNING = "at_planning"
    LATER = "later"


class Criterion(StrEnum):
    """One thing a verdict looks at."""

    IN_POST = "in_post"  # còn thuộc diện cán bộ của cấp uỷ (left → fail)
    AGE = "age"
    HIGHER_POST = "higher_post"
    ALREADY_HOLDS = "already_holds"
    SUBJECT_GROUP = "subject_group"
    PARTY_MEMBERSHIP = "party_membership"
    PROFESSION = "profession"
    THEORY = "theory"
    RATINGS = "ratings"
    DISCIPLINE = "discipline"
    POLITICAL_STANDARD = "political_standard"


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence not yet put into words: a template and what to fill it with."""

    template: Callable[..., Sentence]
    arguments: tuple[object, ...] = ()

    @classmethod
    def of(cls, sentence: Sentence) -> Wording:
        """Return the wording of a sentence that is already in words."""
        return cls(_as_written, (sentence.vi, sentence.en))

    @property
    def sentence(self) -> Sentence:
        """The sentence in both languages."""
        return self.template(*self.arguments)


def _as_written(vi: str, en: str) -> Sentence:
    return Sentence(vi, en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one criterion says about one person, post and term.

    ``rule`` is the value of the pack that decides: it gives the clause, how sure
    we are of it and the remark shown beside a value nobody has confirmed.
    """

    criterion: Criterion
    outcome: Outcome
    rule: Parameter
    wording: Wording
    timing: Timing = Timing.AT_PLANNING
    facts_used: tuple[Wording, ...] = ()

    @property
    def citation(self) -> Citation:
        """The clause that decides."""
        return self.rule.source

    @property
    def confidence(self) -> Confidence:
        """How sure we are that the clause says so."""
        return self.rule.confidence

    @property
    def note(self) -> Sentence | None:
        """The remark shown beside the value; None when there is none."""
        return self.rule.note

    @property
    def sentence(self) -> Sentence:
        """What an official reads."""
        return self.wording.sentence

    @property
    def evidence(self) -> tuple[Sentence, ...]:
        """The facts used, each with the paper that proves it."""
        return tuple(fact.sentence for fact in self.facts_used)

    @property
    def decides(self) -> bool:
        """Whether the finding counts now; what may be completed later does not."""
        return self.timing is Timing.AT_PLANNING


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The judgement of one person for one post in one term, by the rules of a day."""

    person_id: PersonId
    post_id: PostId
    term: Term
    pack_key: str
    as_of: date
    outcome: Outcome
    findings: tuple[Finding, ...]

    def finding(self, criterion: Criterion) -> Finding:
        """Return what ``criterion`` says.

        Raises:
            ValueError: If the verdict does not look at ``criterion``.
        """
        for one in self.findings:
            if one.criterion is criterion:
                return one
        msg = f"the verdict has no finding on {criterion}"
        raise ValueError(msg)

    @property
    def deciding(self) -> tuple[Finding, ...]:
        """The findings that make the outcome what it is; empty when all pass."""
        if self.outcome is Outcome.PASS:
            return ()
        return tuple(
            one for one in self.findings if one.decides and one.outcome is self.outcome
        )


BY_GRAVITY = (
    Outcome.PASS,
    Outcome.NEEDS_DECISION,
    Outcome.MISSING_DATA,
    Outcome.FAIL,
)
"""The outcomes, the gravest last."""


def gravest(outcomes: Iterable[Outcome]) -> Outcome:
    """Return the gravest outcome: fail, missing data, needs decision, pass.

    Nothing at all passes.
    """
    return max(outcomes, key=BY_GRAVITY.index, default=Outcome.PASS)


def gravity_of(findings: Iterable[Finding]) -> int:
    """Return the place in :data:`BY_GRAVITY` of the gravest finding that decides.

    Only what is needed at planning counts; a standard that may be completed
    later never changes the outcome.
    """
    worst = 0
    for one in findings:
        if one.timing is Timing.AT_PLANNING:
            worst = max(worst, _PLACES[one.outcome])
    return worst


_PLACES = {outcome: place for place, outcome in enumerate(BY_GRAVITY)}
