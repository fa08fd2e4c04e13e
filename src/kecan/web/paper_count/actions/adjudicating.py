"""What people decide of boxes, written names, whole sheets and refused pages."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction

from kecan.paper_ballot.thresholds import THRESHOLDS
from kecan.web.conferences.actions.count import log_line, require_counter
from kecan.web.conferences.actions.locking import lock_conference
from kecan.web.conferences.actions.recording import record_of
from kecan.web.conferences.models import ConferenceState
from kecan.web.paper_count.joining import random_id
from kecan.web.paper_count.looks import settled
from kecan.web.paper_count.models import (
    BoxDecision,
    ScannedPage,
    ScannedSheet,
    SheetRuling,
)
from kecan.web.paper_count.queries import ASKED, frozen_form, pages_of_style
from kecan.web.paper_count.questions import questions_of
from kecan.web.paper_count.refusals import DecisionNotOpenError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kecan.web.audit.actions import Actor
    from kecan.web.paper_count.questions import Question

_SALT_BYTES = 16
_BLIND = 2
SET_ASIDE = {
    "rescanned": "đã quét lại",
    "keyed": "đã nhập tay tờ này",
    "not_a_ballot": "không phải phiếu",
}
"""Why a refused page needs no more attention."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one person says of one box; ``name`` belongs to the value NAME alone."""

    image_id: str
    box: int
    value: BoxDecision.Value
    name: str = ""
    person_key: str = ""


@transaction.atomic
def decide_boxes(
    *, conference_id: int, answers: Sequence[Answer], by: Actor, at: date
) -> int:
    """Keep somebody's decisions; return how many were still open to them.

    A box two others have settled meanwhile is passed over: it needs no more looks.

    Raises:
        DecisionNotOpenError: If none of them waits for this person, or a written
            name is missing.
        KeyingNotOwnError: If the person does not count here.
        ConferenceStateError: If the conference is not counting.
    """
    conference = lock_conference(conference_id, ConferenceState.COUNTING)
    require_counter(conference, by)
    asked = {(one.page.image_id, one.box): one for one in questions_of(conference)}
    made = []
    for answer in answers:
        question = asked.get((answer.image_id, answer.box))
        if question is None or not question.waits_for(by.login):
            continue
        _require_fitting(answer, question)
        made.append((question, _decision(answer, question, by)))
    if not made:
        msg = "Các ô này đã đủ người quyết định, hoặc đồng chí đã quyết định rồi."
        raise DecisionNotOpenError(msg)
    BoxDecision.objects.bulk_create(decision for _, decision in made)
    record_of(
        conference,
        action="count.boxes_decided",
        by=by,
        at=at,
        details={
            "thresholds": asdict(THRESHOLDS),
            "decisions": sorted(
                (_for_ledger(*one) for one in made),
                key=lambda one: (str(one["image"]), str(one["commitment"])),
            ),
        },
    )
    return len(made)


def _require_fitting(answer: Answer, question: Question) -> None:
    is_name = answer.value is BoxDecision.Value.NAME
    if is_name and not (question.is_name and answer.name.strip()):
        msg = "Ghi họ và tên đúng như trên phiếu, hoặc chọn “Không có tên”."
        raise DecisionNotOpenError(msg)
    if question.is_name and answer.value is BoxDecision.Value.MARKED:
        msg = "Dòng ghi thêm: ghi tên, hoặc chọn “Không có tên”."
        raise DecisionNotOpenError(msg)


def _decision(answer: Answer, question: Question, by: Actor) -> BoxDecision:
    return BoxDecision(
        pk=random_id(),
        page=question.page,
        box=question.box,
        look=len(question.decisions) + 1,
        value=answer.value,
        name=unicodedata.normalize("NFC", " ".join(answer.name.split())),
        person_key=answer.person_key,
        decided_by=by.login,
        salt=secrets.token_hex(_SALT_BYTES),
    )


def commitment(decision: BoxDecision, *, digest: str) -> str:
    """Return what binds a decision without saying it."""
    parts = (
        decision.salt,
        digest,
        str(decision.box),
        str(decision.look),
        str(decision.value),
        decision.name,
        decision.person_key,
        decision.decided_by,
    )
    return sha256("\x1f".join(parts).encode("utf-8")).hexdigest()


def _for_ledger(question: Question, decision: BoxDecision) -> dict[str, object]:
    box = question.page.boxes[question.box]
    return {
        "image": question.page.digest,
        "reason": box["reason"] or "check",
        "scores": box["scores"],
        "look": decision.look,
        "commitment": commitment(decision, digest=question.page.digest),
    }


@transaction.atomic
def rule_on_sheet(
    *,
    conference_id: int,
    token: str,
    value: SheetRuling.Value,
    by: Actor,
    at: date,
) -> SheetRuling:
    """Say of a whole sheet that it is invalid, scanned twice, or a sheet of its own.

    Raises:
        DecisionNotOpenError: If it is settled, or the person has ruled on it, or a
            sheet that lacks pages is called valid.
        KeyingNotOwnError: If the person does not count here.
        ConferenceStateError: If the conference is not counting.
    """
    conference = lock_conference(conference_id, ConferenceState.COUNTING)
    require_counter(conference, by)
    sheet = ScannedSheet.objects.get(conference=conference, token=token)
    rulings = list(sheet.rulings.all())
    if settled([one.value for one in rulings]) or any(
        one.ruled_by == by.login for one in rulings
    ):
        msg = "Tờ này đã đủ người quyết định, hoặc đồng chí đã quyết định rồi."
        raise DecisionNotOpenError(msg)
    if sheet.is_keyed and value is not SheetRuling.Value.TWICE:
        msg = "Tờ này nhập tay: phiếu không hợp lệ thì ghi ở trang nhập tờ đó."
        raise DecisionNotOpenError(msg)
    pages = pages_of_style(frozen_form(conference))[sheet.style]
    if value is SheetRuling.Value.OWN and sheet.pages.count() < pages:
        msg = (
            f"Tờ này mới có {sheet.pages.count()} trên {pages} trang: quét lại cho đủ."
        )
        raise DecisionNotOpenError(msg)
    ruling = SheetRuling.objects.create(
        pk=random_id(),
        sheet=sheet,
        look=len(rulings) + 1,
        value=value,
        ruled_by=by.login,
        salt=secrets.token_hex(_SALT_BYTES),
    )
    log_line(conference, by, "Quyết định về một tờ phiếu")
    record_of(
        conference,
        action="count.sheet_ruled",
        by=by,
        at=at,
        details={
            "images": sorted(sheet.pages.values_list("digest", flat=True)),
            "look": ruling.look,
            "commitment": ruling_commitment(ruling),
        },
    )
    return ruling


def ruling_commitment(ruling: SheetRuling) -> str:
    """Return what binds what was said of a sheet without saying it."""
    parts = (
        ruling.salt,
        ruling.sheet.token,
        str(ruling.look),
        str(ruling.value),
        ruling.ruled_by,
    )
    return sha256("\x1f".join(parts).encode("utf-8")).hexdigest()


@transaction.atomic
def ask_again(
    *, conference_id: int, image_id: str, box: int, by: Actor, at: date
) -> ScannedPage:
    """Put a box the reader was sure of to people: they doubt it.

    What people decide stands; the reader's own word is kept beside it.

    Raises:
        DecisionNotOpenError: If there is no such box, or people decide it already.
        KeyingNotOwnError: If the person does not count here.
        ConferenceStateError: If the conference is not counting.
    """
    conference = lock_conference(conference_id, ConferenceState.COUNTING)
    require_counter(conference, by)
    page = ScannedPage.objects.filter(
        conference=conference, image_id=image_id, rejection=""
    ).first()
    if page is None or not 0 <= box < len(page.boxes):
        msg = "Trang này không có ô đó."
        raise DecisionNotOpenError(msg)
    asked = {(one.page.pk, one.box) for one in questions_of(conference)}
    if (page.pk, box) in asked or page.boxes[box]["state"] == "?":
        msg = "Ô này đã nằm trong số ô cần người xem."
        raise DecisionNotOpenError(msg)
    read = page.boxes[box]
    page.boxes[box] = read | {"state": "?", "reason": ASKED, "read_as": read["state"]}
    page.save(update_fields=["boxes"])
    log_line(conference, by, "Đề nghị hai người xem lại một ô")
    record_of(
        conference,
        action="count.box_asked_again",
        by=by,
        at=at,
        details={"image": page.digest, "scores": read["scores"]},
    )
    return page


@transaction.atomic
def set_page_aside(
    *, conference_id: int, image_id: str, reason: str, by: Actor, at: date
) -> ScannedPage:
    """Say why a refused page needs no more attention.

    Raises:
        DecisionNotOpenError: If the page is not refused, or the reason is unknown.
        KeyingNotOwnError: If the person does not count here.
        ConferenceStateError: If the conference is not counting.
    """
    conference = lock_conference(conference_id, ConferenceState.COUNTING)
    require_counter(conference, by)
    page = ScannedPage.objects.filter(
        conference=conference, image_id=image_id, set_aside_as=""
    ).exclude(rejection="")
    found = page.first()
    if found is None or reason not in SET_ASIDE:
        msg = "Trang này không chờ xử lý."
        raise DecisionNotOpenError(msg)
    found.set_aside_as = reason
    found.save(update_fields=["set_aside_as"])
    log_line(conference, by, f"Trang bị loại: {SET_ASIDE[reason]}")
    record_of(
        conference,
        action="count.page_set_aside",
        by=by,
        at=at,
        details={"image": found.digest, "rejection": found.rejection, "as": reason},
    )
    return found


@transaction.atomic
def set_pages_aside(
    *, conference_id: int, rejection: str, reason: str, by: Actor, at: date
) -> int:
    """Say of all pages refused for one cause why they need no more attention.

    The blank backs of a stack, or a folder sent by mistake, are hundreds of pages.

    Returns:
        How many they were.

    Raises:
        DecisionNotOpenError: If no page refused for that waits, or the reason is
            unknown.
        KeyingNotOwnError: If the person does not count here.
        ConferenceStateError: If the conference is not counting.
    """
    conference = lock_conference(conference_id, ConferenceState.COUNTING)
    require_counter(conference, by)
    waiting = ScannedPage.objects.filter(
        conference=conference, set_aside_as="", rejection=rejection
    ).exclude(rejection="")
    digests = sorted(waiting.values_list("digest", flat=True))
    if not digests or reason not in SET_ASIDE:
        msg = "Không có trang bị loại nào như vậy chờ xử lý."
        raise DecisionNotOpenError(msg)
    waiting.update(set_aside_as=reason)
    log_line(conference, by, f"{len(digests)} trang bị loại: {SET_ASIDE[reason]}")
    record_of(
        conference,
        action="count.pages_set_aside",
        by=by,
        at=at,
        details={"images": digests, "rejection": rejection, "as": reason},
    )
    return len(digests)
