"""Review of the current plan: keep, remove for a coded reason, or needs decision.

Reasons are proposed by the rules; only a person removes somebody from the plan.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kecan.regulations.criteria_discipline import has_expired
from kecan.regulations.criteria_record import did_not_complete_tasks
from kecan.regulations.eligibility import judge
from kecan.regulations.verdict import Criterion, Outcome
from kecan.regulations.wording import LEVELS
from kecan.vocabulary import Confidence, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from kecan.regulations.facts import PersonFacts, PlanEntry, Post, Register
    from kecan.regulations.pack import RulePack
    from kecan.regulations.parameters import Parameter
    from kecan.regulations.verdict import Finding, Verdict
    from kecan.vocabulary import Level, PersonId, PostId, TermPair


class Proposal(StrEnum):
    """What the rules propose for an entry of the plan."""

    KEEP = "keep"
    REMOVE = "remove"
    NEEDS_DECISION = "needs_decision"


class RemovalReason(StrEnum):
    """Why an entry is proposed for removal (mã lý do đưa ra khỏi quy hoạch)."""

    OVER_AGE = "over_age"
    DISCIPLINED = "disciplined"
    POLITICAL_STANDARD = "political_standard"
    ALREADY_HOLDS = "already_holds"
    TOO_MANY_POSTS = "too_many_posts"
    BELOW_STANDARD = "below_standard"
    TASKS_NOT_COMPLETED = "tasks_not_completed"
    LEFT = "left"

    @property
    def is_automatic(self) -> bool:
        """Whether the regulation itself takes the person out (đương nhiên ra khỏi).

        Source:
            50-QĐ/TW (27/12/2021), as reported: over age, disciplined, fails the
            political standard.
        """
        return self in _AUTOMATIC

    @property
    def label(self) -> Sentence:
        """The reason as papers print it."""
        return _TITLES[self]


_AUTOMATIC = frozenset(
    {
        RemovalReason.OVER_AGE,
        RemovalReason.DISCIPLINED,
        RemovalReason.POLITICAL_STANDARD,
    }
)
_TITLES: Mapping[RemovalReason, Sentence] = {
    RemovalReason.OVER_AGE: Sentence("Hết tuổi quy hoạch", "Over planning age"),
    RemovalReason.DISCIPLINED: Sentence("Bị kỷ luật", "Disciplined"),
    RemovalReason.POLITICAL_STANDARD: Sentence(
        "Không bảo đảm tiêu chuẩn chính trị", "Fails the political standard"
    ),
    RemovalReason.ALREADY_HOLDS: Sentence(
        "Đã giữ chức danh quy hoạch hoặc chức vụ tương đương, cao hơn",
        "Already holds the planned or an equal or higher post",
    ),
    RemovalReason.TOO_MANY_POSTS: Sentence(
        "Quy hoạch quá số chức danh cho phép", "Planned for more posts than allowed"
    ),
    RemovalReason.BELOW_STANDARD: Sentence(
        "Không còn đủ tiêu chuẩn, điều kiện", "No longer meets the standards"
    ),
    RemovalReason.TASKS_NOT_COMPLETED: Sentence(
        "Không hoàn thành nhiệm vụ", "Did not complete tasks"
    ),
    RemovalReason.LEFT: Sentence(
        "Không còn thuộc diện cán bộ của cấp uỷ", "Left the committee's personnel"
    ),
}
_REASONS: Mapping[Criterion, RemovalReason] = {
    Criterion.IN_POST: RemovalReason.LEFT,
    Criterion.AGE: RemovalReason.OVER_AGE,
    Criterion.HIGHER_POST: RemovalReason.ALREADY_HOLDS,
    Criterion.ALREADY_HOLDS: RemovalReason.ALREADY_HOLDS,
    Criterion.SUBJECT_GROUP: RemovalReason.BELOW_STANDARD,
    Criterion.PARTY_MEMBERSHIP: RemovalReason.BELOW_STANDARD,
    Criterion.PROFESSION: RemovalReason.BELOW_STANDARD,
    Criterion.THEORY: RemovalReason.BELOW_STANDARD,
    Criterion.RATINGS: RemovalReason.BELOW_STANDARD,
    Criterion.DISCIPLINE: RemovalReason.DISCIPLINED,
    Criterion.POLITICAL_STANDARD: RemovalReason.POLITICAL_STANDARD,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PostsCap:
    """How many posts of one level a person is planned for, against the most allowed."""

    count: int
    level: Level
    rule: Parameter


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """What the rules say about one entry of the current plan.

    ``findings`` are those that speak against keeping it; ``excess`` is set when
    the person is planned for more posts of one level than allowed.
    """

    entry: PlanEntry
    proposal: Proposal
    reasons: tuple[RemovalReason, ...]
    findings: tuple[Finding, ...]
    sentence: Sentence
    excess: PostsCap | None = None


def review_plan(
    register: Register, *, pack: RulePack, as_of: date, terms: TermPair
) -> tuple[ReviewItem, ...]:
    """Review every standing entry of the plan of ``terms``, in the plan's order.

    An entry with a failed criterion is proposed for removal. A person decides which
    of too many posts has to go, what the record leaves open, and whether somebody no
    longer meets a standard that nobody has confirmed yet.

    Raises:
        TermEndedError: If a term was over before ``as_of``.
    """
    posts = {post.post_id: post for post in register.posts}
    people = {person.person_id: person for person in register.people}
    standing = [
        entry
        for entry in register.plan
        if entry.stands_on(as_of) and entry.is_of(terms.on(posts[entry.post_id].line))
    ]
    counts = _posts_at_level(standing, posts=posts)
    items = []
    for entry in standing:
        post = posts[entry.post_id]
        term = terms.on(post.line)
        person = people[entry.person_id].known_on(as_of)
        verdict = judge(
            person, post=post, term=term, pack=pack, as_of=as_of, posts=posts
        )
        cap = pack.parameter(
            "planning.max_posts_per_person",
            on=as_of,
            level=post.level,
            line=post.line,
            term=term.label,
        )
        count = counts[entry.person_id, post.level]
        excess = PostsCap(count=count, level=post.level, rule=cap)
        items.append(
            _item(
                entry,
                person=person,
                verdict=verdict,
                excess=excess if count > cap.whole else None,
            )
        )
    return tuple(items)


def _posts_at_level(
    standing: Iterable[PlanEntry], *, posts: Mapping[PostId, Post]
) -> Counter[tuple[PersonId, Level]]:
    planned = {(entry.person_id, entry.post_id) for entry in standing}
    return Counter((person_id, posts[post_id].level) for person_id, post_id in planned)


def _item(
    entry: PlanEntry,
    *,
    person: PersonFacts,
    verdict: Verdict,
    excess: PostsCap | None,
) -> ReviewItem:
    against = tuple(
        one
        for one in verdict.findings
        if one.decides
        and one.outcome is not Outcome.PASS
        and not _was_known(one, person=person, entry=entry, as_of=verdict.as_of)
    )
    failed = tuple(one for one in against if one.outcome is Outcome.FAIL)
    if failed:
        reasons = _reasons(failed, person=person, as_of=verdict.as_of)
        return ReviewItem(
            entry=entry,
            proposal=_proposal(failed, reasons),
            reasons=reasons,
            findings=against,
            sentence=_joined(failed),
            excess=excess,
        )
    if excess is not None:
        return ReviewItem(
            entry=entry,
            proposal=Proposal.NEEDS_DECISION,
            reasons=(RemovalReason.TOO_MANY_POSTS,),
            findings=against,
            sentence=_too_many(excess),
            excess=excess,
        )
    return ReviewItem(
        entry=entry,
        proposal=Proposal.NEEDS_DECISION if against else Proposal.KEEP,
        reasons=(),
        findings=against,
        sentence=_joined(against) if against else _nothing_against(),
    )


def _was_known(
    finding: Finding, *, person: PersonFacts, entry: PlanEntry, as_of: date
) -> bool:
    """Tell whether a past discipline was already weighed when the entry was decided."""
    return (
        finding.criterion is Criterion.DISCIPLINE
        and finding.outcome is Outcome.NEEDS_DECISION
        and entry.decided is not None
        and all(
            has_expired(matter, as_of=as_of)
            and matter.decided.latest < entry.decided.earliest
            for matter in person.disciplines
        )
    )


def _proposal(failed: Sequence[Finding], reasons: Sequence[RemovalReason]) -> Proposal:
    """Return removal, or a decision where only an assumed value speaks for removal.

    What the regulation calls automatic is proposed for removal all the same.
    """
    is_automatic = any(reason.is_automatic for reason in reasons)
    is_certain = any(one.confidence is not Confidence.ASSUMED for one in failed)
    return Proposal.REMOVE if is_automatic or is_certain else Proposal.NEEDS_DECISION


def _reasons(
    failed: Sequence[Finding], *, person: PersonFacts, as_of: date
) -> tuple[RemovalReason, ...]:
    reasons = [
        RemovalReason.TASKS_NOT_COMPLETED
        if one.criterion is Criterion.RATINGS
        and did_not_complete_tasks(person, as_of=as_of)
        else _REASONS[one.criterion]
        for one in failed
    ]
    return tuple(dict.fromkeys(reasons))


def _joined(findings: Sequence[Finding]) -> Sentence:
    sentences = [one.sentence for one in findings]
    return Sentence(
        " ".join(one.vi for one in sentences), " ".join(one.en for one in sentences)
    )


def _too_many(excess: PostsCap) -> Sentence:
    most = excess.rule.whole
    level = LEVELS[excess.level]
    return Sentence(
        f"Đang quy hoạch {excess.count} chức danh {level.vi}, tối đa {most}; "
        f"cần chọn đưa ra ít nhất {excess.count - most} chức danh.",
        f"Planned for {excess.count} posts at {level.en}, at most {most} are allowed; "
        f"at least {excess.count - most} of them has to be chosen to go.",
    )


def _nothing_against() -> Sentence:
    return Sentence(
        "Đủ điều kiện tiếp tục quy hoạch.", "Meets the conditions to stay in the plan."
    )
