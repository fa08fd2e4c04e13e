"""What people read from the paper in an audit, bound by the ledger from then on."""

from __future__ import annotations

import json

from django.db import DatabaseError, transaction

from kecan.web.audit.commitments import committed
from kecan.web.audit.models import LedgerEntry
from kecan.web.audit.queries import LedgerBrokenError
from kecan.web.paper_count.models import AuditedSheet

AUDIT_READ = "count.audit_sheet_read"


def audited_commitment(reading: AuditedSheet) -> str:
    """Return what binds a reading of a sheet pulled for the audit without saying it."""
    return committed(
        [
            reading.salt,
            reading.audit_id,
            reading.number,
            reading.look,
            reading.is_valid,
            reading.agreed,
            reading.read_by,
        ]
    )


def verify_audited_sheets() -> None:
    """Check that every reading stands as the ledger bound it, and no other is there.

    Readings of older versions, which nothing binds, are counted.

    Raises:
        LedgerBrokenError: If one was changed, added or removed past the program; it
            names the entry that bound it, or the last one of an audit.
    """
    found = list(
        LedgerEntry.objects.filter(action=AUDIT_READ)
        .order_by("sequence")
        .values_list("sequence", "details")
    )
    bound = {
        json.loads(details).get("commitment", ""): sequence
        for sequence, details in found
    }
    unbound = sum("commitment" not in json.loads(details) for _, details in found)
    bound.pop("", None)
    if not bound and not _holds_salts():
        return  # a database of an older version, before it is brought up to date
    stands = {audited_commitment(one) for one in AuditedSheet.objects.exclude(salt="")}
    gone = [sequence for one, sequence in bound.items() if one not in stands]
    if gone:
        raise LedgerBrokenError(min(gone), _CHANGED)
    is_added = bool(stands - bound.keys())
    if is_added or AuditedSheet.objects.filter(salt="").count() > unbound:
        raise LedgerBrokenError(found[-1][0] if found else 1, _ADDED)


def _holds_salts() -> bool:
    try:
        with transaction.atomic():
            AuditedSheet.objects.values_list("salt").first()
    except DatabaseError:
        return False
    return True


_CHANGED = "điều đã đọc trên giấy ở tờ đối chiếu mà mục này ghi đã bị sửa hoặc xoá"
_ADDED = "có điều đọc trên giấy khi đối chiếu mà sổ không ghi"
