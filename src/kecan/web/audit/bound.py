"""What apps bind by their entries: verified with the chain, said by the apps themselves.

The ledger lies below the apps, so each hands its check in when it starts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.web.audit.queries import Head, verify_ledger

if TYPE_CHECKING:
    from collections.abc import Callable

_CHECKS: dict[str, Callable[[], None]] = {}


def hand_in_check(name: str, check: Callable[[], None]) -> None:
    """Have what entries bind verified with the ledger.

    Args:
        name: What is bound; handing it in again replaces the first.
        check: Raises LedgerBrokenError naming the entry that binds what was changed.
    """
    _CHECKS[name] = check


def verify_ledger_and_bound() -> Head:
    """Verify the chain, then everything that entries bind; return the head.

    Raises:
        LedgerBrokenError: If an entry, or something an entry binds, was changed.
    """
    head = verify_ledger()
    for check in _CHECKS.values():
        check()
    return head
