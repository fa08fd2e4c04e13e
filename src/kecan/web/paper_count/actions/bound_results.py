"""Results of closed counts, bound by the ledger: sheets, votes, mark, who passed."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, transaction

from kecan.tally import LineResult, base_of, count_sheets, decide
from kecan.web.audit.models import LedgerEntry
from kecan.web.audit.queries import LedgerBrokenError
from kecan.web.conferences.actions.count import COUNT_CLOSED, TIE_DECIDED
from kecan.web.conferences.actions.recording import told_of
from kecan.web.conferences.actions.results import result_commitment
from kecan.web.conferences.models import Count
from kecan.web.conferences.queries import attendance_of, closed_totals
from kecan.web.conferences.refusals import ConferenceRefusalError
from kecan.web.conferences.rules import step_from_json
from kecan.web.paper_count.auditing import recorded_sheets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kecan.tally import Sheet
    from kecan.web.conferences.models import Conference

_NOT_READABLE = (ArithmeticError, LookupError, TypeError, ValueError)


def verify_results() -> None:
    """Check that every closed count stands as the ledger bound it.

    Counts closed in older versions, which nothing binds, are counted.

    Raises:
        LedgerBrokenError: If a sheet, a vote, the mark or who passed was changed, or a
            closed count added or removed past the program; it names the entry.
    """
    counts = _closed_counts()
    if counts is None:
        return  # a database of an older version, before it is brought up to date
    told = LedgerEntry.objects.filter(action=COUNT_CLOSED).order_by("sequence")
    stands = {bound_result(one.conference) for one in counts if one.salt}
    unbound = Counter(one.conference.title for one in counts if not one.salt)
    last = 1
    for entry in told:
        last = entry.sequence
        commitment = json.loads(entry.details).get("commitment")
        if commitment is None:
            unbound[entry.subject] -= 1
        elif commitment in stands:
            stands.remove(commitment)
        else:
            raise LedgerBrokenError(entry.sequence, _CHANGED)
    if stands or max(unbound.values(), default=0) > 0:
        raise LedgerBrokenError(last, _ADDED)


def result_stands(conference: Conference) -> bool:
    """Tell whether the ledger binds the result of a closed count as it is stored."""
    if not conference.count.is_closed:
        return False
    told = told_of(conference, COUNT_CLOSED)
    return bound_result(conference) in [one.get("commitment") for one in told]


def bound_result(conference: Conference) -> str | None:
    """Return what binds a closed count as it is stored; None of one nothing binds.

    Blank where it cannot be read any more, says somebody passed who has not, or has
    names no valid ballot bears.
    """
    if not conference.count.salt:
        return None
    try:
        sheets = recorded_sheets(conference)
        commitment = result_commitment(conference, sheets)
        stands = _passed_as_counted(conference) and _written_as_counted(
            conference, sheets
        )
    except (*_NOT_READABLE, ConferenceRefusalError, ObjectDoesNotExist):
        return ""
    return commitment if stands else ""


def _passed_as_counted(conference: Conference) -> bool:
    """Tell whether every line passed or not as its votes say, or as the chair decided."""
    threshold = step_from_json(conference.rules).threshold
    if threshold is None:
        return False
    base = base_of(threshold.base, closed_totals(conference))
    ties = _decided_ties(conference)
    for contest in conference.contests.order_by("order"):
        lines = list(contest.lines.order_by("order"))
        votes = [line.agree or 0 for line in lines]
        results = decide(votes, threshold=threshold, base=base, cap=contest.cap)
        for line, result in zip(lines, results, strict=True):
            is_decided = (
                result is LineResult.TIED and (line.full_name, line.result) in ties
            )
            if line.result != result and not is_decided:
                return False
    return True


def _written_as_counted(conference: Conference, sheets: Sequence[Sheet]) -> bool:
    """Tell whether the names written in are those on the sheets, as often as there."""
    contests = list(conference.contests.order_by("order"))
    totals = count_sheets(
        sheets,
        attendance=attendance_of(conference),
        shape=[one.lines.count() for one in contests],
    )
    return all(
        dict(one.write_ins.values_list("text", "votes")) == written
        for one, written in zip(contests, totals.write_ins, strict=True)
    )


def _decided_ties(conference: Conference) -> set[tuple[str, str]]:
    return {
        (
            one["nominee"],
            LineResult.PASSED if one["passes"] else LineResult.NOT_PASSED,
        )
        for one in told_of(conference, TIE_DECIDED)
    }


def _closed_counts() -> list[Count] | None:
    rows = Count.objects.filter(is_closed=True).select_related("conference__round")
    try:
        with transaction.atomic():
            return list(rows)
    except DatabaseError:
        return None


_CHANGED = "kết quả kiểm phiếu mà mục này khoá đã bị sửa hoặc xoá trong cơ sở dữ liệu"
_ADDED = "có kết quả kiểm phiếu đã khoá mà sổ không ghi"
