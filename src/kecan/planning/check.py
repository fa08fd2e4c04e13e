"""Judge any plan, whoever made it, from the question alone; no solver is asked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kecan.planning.soft_rules import measure
from kecan.regulations.wording import LEVELS
from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kecan.planning.problem import Placement, Problem, SlatePost


class FaultKind(StrEnum):
    """Which hard rule a plan breaks, or which claim about it is wrong."""

    UNKNOWN_PERSON = "unknown_person"
    UNKNOWN_POST = "unknown_post"
    TWICE = "twice"
    NOT_JUDGED = "not_judged"
    NOT_HIGHER = "not_higher"
    NOT_ELIGIBLE = "not_eligible"
    RULED_OUT = "ruled_out"
    NOT_KEPT = "not_kept"
    TOO_MANY_PEOPLE = "too_many_people"
    TOO_FEW_PEOPLE = "too_few_people"
    TOO_MANY_POSTS = "too_many_posts"
    WRONG_CLAIM = "wrong_claim"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong with a plan."""

    kind: FaultKind
    sentence: Sentence


class BrokenPlanError(ValueError):
    """A plan breaks a hard rule; ``faults`` name each."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(" ".join(one.sentence.vi for one in faults))
        self.faults = faults


def verify_plan(
    problem: Problem,
    places: Sequence[Placement],
    *,
    claimed: Sequence[int] | None = None,
) -> None:
    """Require that a plan meets every hard rule and lacks what is claimed.

    Args:
        problem: The question.
        places: The plan.
        claimed: What each soft rule is said to lack, in the order of the problem.

    Raises:
        BrokenPlanError: If it does not.
    """
    found = faults(problem, places, claimed=claimed)
    if found:
        raise BrokenPlanError(found)


def faults(
    problem: Problem,
    places: Sequence[Placement],
    *,
    claimed: Sequence[int] | None = None,
) -> tuple[Fault, ...]:
    """Return everything wrong with a plan; nothing when every hard rule holds."""
    known = [
        one
        for one in places
        if one.person_id in problem.people and one.post_id in problem.posts
    ]
    found = [
        *_unknown(problem, places),
        *_twice(problem, known),
        *_against_verdicts(problem, dict.fromkeys(known)),
        *_against_decisions(problem, set(known)),
        *_people(problem, set(known)),
        *_posts(problem, set(known)),
    ]
    if claimed is not None and not found:
        found += _claims(problem, places, claimed)
    return tuple(found)


def _unknown(problem: Problem, places: Iterable[Placement]) -> Iterator[Fault]:
    for one in dict.fromkeys(places):
        if one.person_id not in problem.people:
            yield _fault(
                FaultKind.UNKNOWN_PERSON,
                f"Không có cán bộ mã '{one.person_id}' trong dữ liệu.",
                f"There is no person '{one.person_id}'.",
            )
        if one.post_id not in problem.posts:
            yield _fault(
                FaultKind.UNKNOWN_POST,
                f"Không có chức danh quy hoạch mã '{one.post_id}'.",
                f"There is no planned post '{one.post_id}'.",
            )


def _twice(problem: Problem, places: Iterable[Placement]) -> Iterator[Fault]:
    for one, count in Counter(places).items():
        if count > 1:
            label = problem.label(one)
            yield _fault(
                FaultKind.TWICE,
                f"{label}: ghi {count} lần, chỉ được một lần.",
                f"{label}: named {count} times, once is allowed.",
            )


def _against_verdicts(problem: Problem, places: Iterable[Placement]) -> Iterator[Fault]:
    for one in places:
        label = problem.label(one)
        prospect = problem.prospects.get(one)
        if prospect is None:
            yield _fault(
                FaultKind.NOT_JUDGED,
                f"{label}: chưa được xét điều kiện.",
                f"{label}: was never judged.",
            )
        elif not prospect.is_eligible:
            why = [wording.sentence for wording in prospect.against]
            is_low = prospect.is_higher is False
            lead = Sentence("không đủ điều kiện", "not eligible")
            if is_low:
                lead = Sentence(
                    "chỉ quy hoạch chức danh cao hơn", "only a higher post is planned"
                )
            yield _fault(
                FaultKind.NOT_HIGHER if is_low else FaultKind.NOT_ELIGIBLE,
                f"{label}: {lead.vi}. {' '.join(s.vi for s in why)}".strip(),
                f"{label}: {lead.en}. {' '.join(s.en for s in why)}".strip(),
            )


def _against_decisions(problem: Problem, places: set[Placement]) -> Iterator[Fault]:
    for one in problem.prospects:
        if one in problem.never and one in places:
            label = problem.label(one)
            yield _fault(
                FaultKind.RULED_OUT,
                f"{label}: đã quyết định không đưa vào.",
                f"{label}: was ruled out by decision.",
            )
    for one in sorted(problem.keep - places):
        label = problem.label(one)
        yield _fault(
            FaultKind.NOT_KEPT,
            f"{label}: đã quyết định giữ nhưng phương án không có.",
            f"{label}: was to be kept and is not in the plan.",
        )


def _people(problem: Problem, places: set[Placement]) -> Iterator[Fault]:
    counts = Counter(one.post_id for one in places)
    for post in problem.posts.values():
        have = counts[post.post_id]
        if post.most is not None and have > post.most:
            yield _fault(
                FaultKind.TOO_MANY_PEOPLE,
                f"{post.title}: {have} người, tối đa {post.most}{_by(post.most_source)}.",
                f"{post.title}: {have} people, at most {post.most}"
                f"{_by(post.most_source)}.",
            )
        if have < problem.least(post):
            yield _too_few(problem, post, have=have)


def _too_few(problem: Problem, post: SlatePost, *, have: int) -> Fault:
    need = problem.least(post)
    source = _by(post.least_source if need == post.least else "")
    return _fault(
        FaultKind.TOO_FEW_PEOPLE,
        f"{post.title}: {have} người, cần ít nhất {need}{source}.",
        f"{post.title}: {have} people, at least {need} are needed{source}.",
    )


def _posts(problem: Problem, places: set[Placement]) -> Iterator[Fault]:
    counts = Counter(
        (one.person_id, problem.posts[one.post_id].level) for one in places
    )
    for (person_id, level), have in counts.items():
        most = problem.most_posts.get(level)
        if most is not None and have > most:
            person = problem.people[person_id]
            source = _by(problem.most_posts_source)
            words = LEVELS[level]
            yield _fault(
                FaultKind.TOO_MANY_POSTS,
                f"{person.full_name} ({person_id}): {have} chức danh {words.vi}, "
                f"tối đa {most}{source}.",
                f"{person.full_name} ({person_id}): {have} posts at {words.en}, "
                f"at most {most}{source}.",
            )


def _claims(
    problem: Problem, places: Iterable[Placement], claimed: Sequence[int]
) -> Iterator[Fault]:
    found = measure(problem, dict.fromkeys(places))
    for rule, said, have in zip(problem.order, claimed, found, strict=True):
        if said != have:
            yield _fault(
                FaultKind.WRONG_CLAIM,
                f"Quy tắc '{rule.value}': báo thiếu {said}, tính lại là {have}.",
                f"Rule '{rule.value}': {said} claimed, {have} counted.",
            )


def _by(source: str) -> str:
    return f" ({source})" if source else ""


def _fault(kind: FaultKind, vi: str, en: str) -> Fault:
    return Fault(kind=kind, sentence=Sentence(vi, en))
