"""Reviewing the current plan: the rules propose, a person decides each entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kecan.regulations.review import review_plan
from kecan.web.audit.actions import record
from kecan.web.organisation.models import Person, Post
from kecan.web.plans.actions.states import locked_round, move, subject_of
from kecan.web.plans.judgements import stored_findings
from kecan.web.plans.models import PlanningRound, ReviewItem, RoundState
from kecan.web.plans.queries import (
    current_terms,
    pack_of,
    register_with_plan,
    terms_for,
)
from kecan.web.plans.refusals import ReasonMissingError, ReviewNotFinishedError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from kecan.regulations import review
    from kecan.web.audit.actions import Actor

DECISIONS = {"keep": "Giữ trong quy hoạch", "remove": "Đưa ra khỏi quy hoạch"}


@transaction.atomic
def run_review(*, round_id: int, by: Actor, at: datetime) -> int:
    """Judge every entry of the current plan; decided items stay as they are.

    Returns:
        How many items the review has.

    Raises:
        RoundStateError: If the review is already finished.
    """
    reviewed = locked_round(round_id, RoundState.OPENED)
    items = review_plan(
        register_with_plan(),
        pack=pack_of(reviewed),
        as_of=reviewed.as_of,
        terms=current_terms(reviewed),
    )
    reviewed.review_items.filter(decision="").delete()
    made = _rows(reviewed, items)
    ReviewItem.objects.bulk_create(made, batch_size=500)
    total = reviewed.review_items.count()
    record(
        action="review.run",
        by=by,
        at=at,
        subject=subject_of(reviewed),
        details={"items": total},
    )
    return total


def _rows(
    reviewed: PlanningRound, items: Iterable[review.ReviewItem]
) -> list[ReviewItem]:
    decided = set(reviewed.review_items.values_list("person_id", "post_id", "term_id"))
    people = dict(Person.objects.values_list("key", "pk"))
    posts = {post.key: post for post in Post.objects.all()}
    rows: dict[tuple[int, int, int], ReviewItem] = {}
    for item in items:
        post = posts[item.entry.post_id]
        term = terms_for(reviewed, line=post.line)[0]
        place = (people[item.entry.person_id], post.pk, term.pk)
        if place not in decided:
            rows[place] = ReviewItem(
                round=reviewed,
                person_id=place[0],
                post=post,
                term=term,
                proposal=item.proposal,
                reasons=[reason.value for reason in item.reasons],
                sentence=item.sentence.vi,
                findings=stored_findings(item.findings),
            )
    return list(rows.values())


@transaction.atomic
def confirm_review_item(
    *, item_id: int, decision: str, by: Actor, at: datetime, note: str = ""
) -> ReviewItem:
    """Decide one entry: ``keep`` or ``remove``; against the rules only with a note.

    Raises:
        ValueError: If ``decision`` is neither.
        RoundStateError: If the review is already finished.
        ReasonMissingError: If it goes against what the rules propose, unexplained.
    """
    if decision not in DECISIONS:
        msg = f"unknown decision {decision}"
        raise ValueError(msg)
    item = ReviewItem.objects.select_related("person", "post").get(pk=item_id)
    reviewed = locked_round(item.round_id, RoundState.OPENED)
    is_settled = item.proposal == decision
    if not is_settled and not note.strip():
        msg = (
            f"{item.person.full_name}, {item.post.title}: quyết định khác với đề xuất "
            "theo quy định hoặc cần cân nhắc thì phải ghi lý do."
        )
        raise ReasonMissingError(msg)
    item.decision, item.decided_by, item.note = decision, by.login, note.strip()
    item.save(update_fields=["decision", "decided_by", "note"])
    record(
        action="review.item_decided",
        by=by,
        at=at,
        subject=f"{subject_of(reviewed)}: {item.person.full_name}, {item.post.title}",
        details={"decision": decision, "proposal": item.proposal, "note": item.note},
    )
    return item


@transaction.atomic
def finish_review(*, round_id: int, by: Actor, at: datetime) -> PlanningRound:
    """Close the review once every entry is decided.

    Raises:
        RoundStateError: If the round is not under review.
        ReviewNotFinishedError: If an entry waits for a decision.
    """
    reviewed = locked_round(round_id, RoundState.OPENED)
    open_items = reviewed.review_items.filter(decision="").count()
    if open_items:
        msg = (
            f"Còn {open_items} trường hợp chưa quyết định; "
            "hãy quyết định giữ hoặc đưa ra từng trường hợp."
        )
        raise ReviewNotFinishedError(msg)
    move(reviewed, RoundState.REVIEWED)
    removed = reviewed.review_items.filter(decision="remove").count()
    record(
        action="review.finished",
        by=by,
        at=at,
        subject=subject_of(reviewed),
        details={"items": reviewed.review_items.count(), "removed": removed},
    )
    return reviewed
