"""What stands behind a closed count, asked before anybody signs or acts on it.

What was read from scans, and from paper in an audit, lies in an app above this one,
which hands its answers in when it starts, as with :mod:`kecan.web.audit.bound`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.web.conferences.refusals import (
    ResultContradictedError,
    ResultNotBoundError,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from kecan.web.conferences.models import Conference


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperVerdict:
    """What an audit on paper says of a result so far, in words."""

    conclusion: str
    is_confirmed: bool
    is_contradicted: bool


_CHECKS: dict[str, Callable[[Conference], bool]] = {}
_AUDITS: dict[str, Callable[[Conference], PaperVerdict | None]] = {}


def hand_in_result_check(name: str, stands: Callable[[Conference], bool]) -> None:
    """Have a result asked about before it is signed.

    Args:
        name: What is bound; handing it in again replaces the first.
        stands: Tells whether the result of a closed count is as the ledger binds it.
    """
    _CHECKS[name] = stands


def hand_in_audit(
    name: str, verdict: Callable[[Conference], PaperVerdict | None]
) -> None:
    """Have an audit on paper asked about before its result is signed.

    Args:
        name: Which audit; handing it in again replaces the first.
        verdict: Says what the paper says; None where no audit was begun.
    """
    _AUDITS[name] = verdict


def paper_verdict(conference: Conference) -> PaperVerdict | None:
    """Return what the audit of a closed count says; None where none was begun."""
    if not hasattr(conference, "count"):
        return None
    said = [one for verdict in _AUDITS.values() if (one := verdict(conference))]
    return said[0] if said else None


def require_paper_agrees(
    verdict: PaperVerdict | None, *, despite: str, instead: str
) -> None:
    """Refuse to go on from a result that the paper contradicts, but by the chair's word.

    Args:
        verdict: What the audit says.
        despite: Why the chair goes on all the same; blank where nobody said.
        instead: What is not done now, as the sentence to the user says it.

    Raises:
        ResultContradictedError: If the paper contradicts the result and no reason is given.
    """
    if verdict is not None and verdict.is_contradicted and not despite.strip():
        msg = (
            f"{verdict.conclusion} {instead} trên kết quả đã khoá; nếu chủ trì vẫn quyết "
            "định làm thì phải ghi rõ lý do."
        )
        raise ResultContradictedError(msg)


def require_result_stands(conference: Conference, *, instead: str) -> None:
    """Refuse to go on from a result that is not the one the ledger binds.

    Args:
        conference: Counted; one that counted nothing has no result to change.
        instead: What is not done now, as the sentence to the user says it.

    Raises:
        ResultNotBoundError: If the result was changed past the program.
    """
    if not hasattr(conference, "count"):
        return
    if all(stands(conference) for stands in _CHECKS.values()):
        return
    msg = (
        f"Kết quả kiểm phiếu của {conference.title} trong cơ sở dữ liệu không còn như khi "
        f"khoá: có người sửa ngoài phần mềm. {instead}; giữ nguyên cơ sở dữ liệu, lập biên "
        "bản và đọc lại cả chồng phiếu."
    )
    raise ResultNotBoundError(msg)
