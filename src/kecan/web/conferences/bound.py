"""What the ledger binds of a closed count, asked before anybody signs or acts on it.

What was read from scans lies in an app above this one, which hands its check in when
it starts, as the apps do with :mod:`kecan.web.audit.bound`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.web.conferences.refusals import ResultNotBoundError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kecan.web.conferences.models import Conference

_CHECKS: dict[str, Callable[[Conference], bool]] = {}


def hand_in_result_check(name: str, stands: Callable[[Conference], bool]) -> None:
    """Have a result asked about before it is signed.

    Args:
        name: What is bound; handing it in again replaces the first.
        stands: Tells whether the result of a closed count is as the ledger binds it.
    """
    _CHECKS[name] = stands


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
