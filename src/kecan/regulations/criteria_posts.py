"""Posts: planning is for a higher post, and not for one already held or surpassed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.regulations.verdict import Criterion, Finding, Outcome, Wording
from kecan.regulations.wording import from_paper
from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from kecan.regulations.facts import OfficeHeld, PersonFacts, Post
    from kecan.regulations.parameters import Parameter
    from kecan.vocabulary import PostId


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The offices a person holds on a day, and how high the highest of them is.

    ``highest`` and ``rank`` are None when no office held has a known rank;
    ``unranked`` is the first office held whose rank nobody has stated.
    """

    held: Mapping[PostId, OfficeHeld]
    highest: OfficeHeld | None
    rank: int | None
    unranked: OfficeHeld | None
    facts_used: tuple[Wording, ...]


def standing(
    person: PersonFacts, *, as_of: date, posts: Mapping[PostId, Post]
) -> Standing:
    """Return the offices ``person`` holds on a day, with their rank among ``posts``."""
    offices = sorted(person.offices_on(as_of), key=_office_order)
    ranked = [
        (rank, office)
        for office in offices
        if (rank := _rank(office, posts=posts)) is not None
    ]
    rank, highest = max(ranked, key=lambda pair: pair[0], default=(None, None))
    unranked = [office for office in offices if _rank(office, posts=posts) is None]
    return Standing(
        held={one.post_id: one for one in reversed(offices) if one.post_id is not None},
        highest=highest,
        rank=rank,
        unranked=unranked[0] if unranked else None,
        facts_used=tuple(Wording(_office, (office,)) for office in offices),
    )


def judge_higher_post(now: Standing, *, post: Post, rule: Parameter) -> Finding:
    """Tell whether ``post`` is higher than every office held."""
    outcome, wording = _compare(now, post=post, is_required=rule.is_true)
    return Finding(
        rule=rule,
        criterion=Criterion.HIGHER_POST,
        outcome=outcome,
        wording=wording,
        facts_used=now.facts_used,
    )


def judge_already_holds(now: Standing, *, post: Post, rule: Parameter) -> Finding:
    """Tell whether the record shows ``post``, or an equal or higher one, as held.

    An office whose rank is unknown is a question for :func:`judge_higher_post`
    and is not asked a second time here.
    """
    if (office := now.held.get(post.post_id)) is not None:
        outcome, wording = Outcome.FAIL, Wording(_holds_it, (office, post))
    elif _is_not_higher(now, post):
        outcome, wording = Outcome.FAIL, Wording(_holds_as_high, (now.highest, post))
    else:
        outcome, wording = Outcome.PASS, Wording(_does_not_hold, (post,))
    return Finding(
        rule=rule,
        criterion=Criterion.ALREADY_HOLDS,
        outcome=outcome,
        wording=wording,
        facts_used=now.facts_used,
    )


def _compare(
    now: Standing, *, post: Post, is_required: bool
) -> tuple[Outcome, Wording]:
    if not is_required:
        return Outcome.PASS, Wording(_not_required)
    if not now.facts_used:
        return Outcome.MISSING_DATA, Wording(_no_office)
    if post.rank is None:
        return Outcome.NEEDS_DECISION, Wording(_post_unranked, (post,))
    if _is_not_higher(now, post):
        return Outcome.FAIL, Wording(_not_higher, (now.highest, post))
    if now.unranked is not None:
        return Outcome.NEEDS_DECISION, Wording(_office_unranked, (now.unranked, post))
    return Outcome.PASS, Wording(_higher, (now.highest, post))


def _is_not_higher(now: Standing, post: Post) -> bool:
    return post.rank is not None and now.rank is not None and post.rank <= now.rank


def _office_order(office: OfficeHeld) -> tuple[str, ...]:
    """Order offices by everything shown of them, so that no tie keeps file order."""
    return (
        str(office.since),
        office.title,
        office.post_id or "",
        office.unit_name,
        office.source,
        str(office.until or ""),
    )


def _rank(office: OfficeHeld, *, posts: Mapping[PostId, Post]) -> int | None:
    post = None if office.post_id is None else posts.get(office.post_id)
    return None if post is None else post.rank


def _office(office: OfficeHeld) -> Sentence:
    paper = from_paper(office.source)
    unit = f", {office.unit_name}" if office.unit_name else ""
    return Sentence(
        f"{office.title}{unit}, từ {office.since.vi}{paper.vi}.",
        f"{office.title}{unit}, since {office.since.vi}{paper.en}.",
    )


def _not_required() -> Sentence:
    return Sentence(
        "Không buộc chức danh quy hoạch phải cao hơn chức vụ đang giữ.",
        "The post planned for need not be higher than the office held.",
    )


def _no_office() -> Sentence:
    return Sentence(
        "Hồ sơ chưa ghi chức vụ đang giữ nên chưa so sánh được với chức danh "
        "quy hoạch; cần bổ sung quá trình công tác.",
        "The record shows no office held now, so the posts cannot be compared; "
        "the career has to be completed.",
    )


def _post_unranked(post: Post) -> Sentence:
    return Sentence(
        f"Chưa xếp thứ bậc chức danh {post.title}; cấp có thẩm quyền cần xác định "
        "chức danh này có cao hơn chức vụ đang giữ hay không.",
        f"The rank of {post.title} is not set; the competent authority has to say "
        "whether it is higher than the office held.",
    )


def _office_unranked(office: OfficeHeld, post: Post) -> Sentence:
    return Sentence(
        f"Chưa xếp thứ bậc chức vụ đang giữ ({office.title}); cấp có thẩm quyền "
        f"cần xác định chức danh {post.title} có cao hơn hay không.",
        f"The rank of the office held ({office.title}) is not set; the competent "
        f"authority has to say whether {post.title} is higher.",
    )


def _not_higher(office: OfficeHeld, post: Post) -> Sentence:
    return Sentence(
        f"Chức danh {post.title} không cao hơn chức vụ đang giữ ({office.title}); "
        "chỉ quy hoạch chức danh cao hơn.",
        f"{post.title} is not higher than the office held ({office.title}); "
        "people are planned for higher posts only.",
    )


def _higher(office: OfficeHeld, post: Post) -> Sentence:
    return Sentence(
        f"Chức danh {post.title} cao hơn chức vụ đang giữ ({office.title}).",
        f"{post.title} is higher than the office held ({office.title}).",
    )


def _holds_it(office: OfficeHeld, post: Post) -> Sentence:
    return Sentence(
        f"Đang giữ chính chức danh {post.title} từ {office.since.vi}; "
        "không quy hoạch chức danh đang giữ.",
        f"Already holds {post.title}, since {office.since.vi}; "
        "nobody is planned for the post they hold.",
    )


def _holds_as_high(office: OfficeHeld, post: Post) -> Sentence:
    return Sentence(
        f"Đang giữ chức vụ tương đương hoặc cao hơn ({office.title}) "
        f"chức danh {post.title}.",
        f"Already holds an office equal to or higher than {post.title} "
        f"({office.title}).",
    )


def _does_not_hold(post: Post) -> Sentence:
    return Sentence(
        f"Hồ sơ không ghi đang giữ chức danh {post.title} "
        "hoặc chức vụ tương đương, cao hơn.",
        f"The record shows neither {post.title} nor an equal or higher office.",
    )
