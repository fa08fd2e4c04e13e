"""Reading the ledger and checking that nobody changed it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone

from kecan.web.audit.models import LedgerEntry, LedgerHead

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.db.models import QuerySet

GENESIS_HASH = "0" * 64
HEAD_KEY = 1
_CHUNK = 500


class LedgerBrokenError(Exception):
    """The ledger is not what was written.

    Attributes:
        sequence: Number of the first entry that does not verify.
    """

    def __init__(self, sequence: int, reason: str) -> None:
        super().__init__(
            f"Nhật ký không còn nguyên vẹn từ mục số {sequence}: {reason}. "
            "Dừng công việc, giữ nguyên cơ sở dữ liệu và báo cấp có thẩm quyền."
        )
        self.sequence = sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Where the ledger stands.

    Attributes:
        sequence: Number of the last entry, 0 before the first.
        hash: Its hash, 64 hexadecimal digits; printed on the minutes.
    """

    sequence: int
    hash: str


def ledger_head() -> Head:
    """Return the number and hash of the last entry."""
    head = LedgerHead.objects.filter(pk=HEAD_KEY).first()
    if head is None:
        return Head(sequence=0, hash=GENESIS_HASH)
    return Head(sequence=head.sequence, hash=head.hash)


def newest_entries() -> QuerySet[LedgerEntry]:
    """Return the entries, the newest first."""
    return LedgerEntry.objects.order_by("-sequence")


def entries_about(
    *, action: str = "", day: date | None = None, subject: str = ""
) -> QuerySet[LedgerEntry]:
    """Return the entries of a kind, a day of the office and a subject, the newest first.

    Args:
        action: The code of what was done; empty for everything.
        day: In the clock of the office; None for every day.
        subject: What the subject must hold, capitals aside, or the conference an entry
            names ("dot-2022/1"); empty for anything.
    """
    found = newest_entries()
    if action:
        found = found.filter(action=action)
    if subject:
        capital = subject[:1].upper() + subject[1:]  # SQLite folds ASCII only
        found = found.filter(
            Q(subject__icontains=subject)
            | Q(subject__icontains=capital)
            | Q(
                details__contains=f'"conference":{json.dumps(subject, ensure_ascii=False)}'
            )
        )
    return found if day is None else found.filter(_made_on(day))


def actions_taken() -> list[str]:
    """Return the kinds of entry there are."""
    found = LedgerEntry.objects.order_by("action").values_list("action", flat=True)
    return list(found.distinct())


def _made_on(day: date) -> Q:
    """Entries say a day, an instant of the office's clock, or one of UTC."""
    begins = datetime.combine(day, time(), timezone.get_default_timezone())
    ends = begins + timedelta(days=1)
    first, last = (f"{one.astimezone(UTC):%Y-%m-%dT%H:%M:%S}" for one in (begins, ends))
    here = begins.isoformat()[-len("+00:00") :]
    return (
        Q(at=day.isoformat())
        | Q(at__startswith=f"{day}T", at__endswith=here)
        | Q(at__endswith="+00:00", at__gte=first, at__lt=last)
    )


def entry_hash(entry: LedgerEntry) -> str:
    """Return the SHA-256 of everything the entry says, and of the entry before it."""
    fields = [
        entry.sequence,
        entry.at,
        entry.actor,
        entry.actor_name,
        entry.action,
        entry.subject,
        entry.details,
        entry.previous_hash,
    ]
    text = json.dumps(fields, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def verify_ledger() -> Head:
    """Recompute the whole chain and return its head.

    Writers wait meanwhile, so that what is read is one state.

    Raises:
        LedgerBrokenError: If an entry was changed, removed, added or moved, or the
            end was cut off; it names the first entry that does not verify.
    """
    with transaction.atomic():
        LedgerHead.objects.select_for_update().filter(pk=HEAD_KEY).first()
        head = ledger_head()
        last = _verify_entries()
    if last != head:
        raise LedgerBrokenError(
            min(last.sequence, head.sequence) + 1,
            f"sổ ghi đến mục {last.sequence}, đầu chuỗi ghi đến mục {head.sequence}",
        )
    return head


def _verify_entries() -> Head:
    last = Head(sequence=0, hash=GENESIS_HASH)
    try:
        for entry in _stored_entries():
            _verify_entry(entry, after=last)
            last = Head(sequence=entry.sequence, hash=entry.hash)
    except DatabaseError as error:
        raise LedgerBrokenError(last.sequence + 1, "nội dung không đọc được") from error
    return last


def _stored_entries() -> Iterator[LedgerEntry]:
    return LedgerEntry.objects.order_by("sequence", "pk").iterator(chunk_size=_CHUNK)


def _verify_entry(entry: LedgerEntry, *, after: Head) -> None:
    expected = after.sequence + 1
    if entry.sequence != expected:
        raise LedgerBrokenError(expected, f"thấy mục số {entry.sequence} ở vị trí này")
    if entry.previous_hash != after.hash:
        raise LedgerBrokenError(expected, "không nối với mục đứng trước")
    if entry.hash != entry_hash(entry):
        raise LedgerBrokenError(expected, "nội dung đã bị sửa")
