"""The review of the demonstration: the officer decides what the rules leave open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.regulations.review import Proposal, RemovalReason
from kecan.regulations.verdict import Criterion
from kecan.web.demonstration.day import NOW
from kecan.web.plans.actions import review
from kecan.web.plans.queries import pack_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kecan.web.demonstration.day import Day
    from kecan.web.plans.models import PlanningRound, ReviewItem

_TOO_MANY = "Quá số chức danh cho phép: giữ những chức danh sát công việc đang làm, đưa ra chức danh này."
_WITHIN = "Giữ lại trong số chức danh cho phép, sát công việc đang làm."
_REMOVED = {
    RemovalReason.BELOW_STANDARD: "Hai năm liền chỉ hoàn thành nhiệm vụ, chưa cố gắng vươn lên; thống nhất đưa ra khỏi quy hoạch.",
}
_KEPT = {
    Criterion.DISCIPLINE: "Đang xem xét, chưa có kết luận; tạm giữ, có kết luận thì xem xét lại.",
    Criterion.RATINGS: "Giữ; đơn vị bổ sung kết quả xếp loại các năm còn thiếu trước khi trình phê duyệt.",
    Criterion.PARTY_MEMBERSHIP: "Giữ; bổ sung ngày vào Đảng từ hồ sơ đảng viên.",
}


class UndecidedCaseError(LookupError):
    """The demonstration has no decision for a case its district produced."""


def review_the_plan(planning_round: PlanningRound, day: Day) -> None:
    """Let the rules propose, and a person confirm each item of the current plan."""
    by = day.users["canbo"]
    review.run_review(round_id=planning_round.pk, by=by, at=NOW)
    items = list(
        planning_round.review_items.select_related("person__unit", "post__unit")
    )
    leaving = _too_many(items, planning_round)
    for item in items:
        decision, note = _decision(item, leaving=leaving)
        review.confirm_review_item(
            item_id=item.pk, decision=decision, by=by, at=NOW, note=note
        )
    review.finish_review(round_id=planning_round.pk, by=by, at=NOW)


def _decision(item: ReviewItem, *, leaving: set[int]) -> tuple[str, str]:
    """Return the decision and why, reason by reason.

    Raises:
        UndecidedCaseError: If nothing here says what to do with the case.
    """
    if item.proposal != Proposal.NEEDS_DECISION:
        return item.proposal, ""
    if RemovalReason.TOO_MANY_POSTS in item.reasons:
        return ("remove", _TOO_MANY) if item.pk in leaving else ("keep", _WITHIN)
    for reason, note in _REMOVED.items():
        if reason in item.reasons:
            return "remove", note
    found = {str(one["criterion"]) for one in item.findings}
    for criterion, note in _KEPT.items():
        if criterion in found:
            return "keep", note
    msg = f"{item.person.full_name}, {item.post.title}: {item.sentence}"
    raise UndecidedCaseError(msg)


def _too_many(items: Iterable[ReviewItem], planning_round: PlanningRound) -> set[int]:
    """Return the items that go where a person is planned for too many posts.

    The posts of the person's own unit and of the committee stay first.
    """
    most = pack_of(planning_round).parameter(
        "planning.max_posts_per_person", on=planning_round.as_of
    )
    by_person: dict[int, list[ReviewItem]] = {}
    for item in items:
        if RemovalReason.TOO_MANY_POSTS in item.reasons:
            by_person.setdefault(item.person_id, []).append(item)
    going: set[int] = set()
    for of_one in by_person.values():
        of_one.sort(key=lambda one: _nearness(one, planning_round))
        going |= {item.pk for item in of_one[most.whole :]}
    return going


def _nearness(item: ReviewItem, planning_round: PlanningRound) -> tuple[int, str]:
    """Return 0 for the own unit, 1 for the committee, 2 for any other."""
    if item.post.unit_id == item.person.unit_id:
        return 0, item.post.key
    return (1 if item.post.unit_id == planning_round.unit_id else 2), item.post.key
