"""What ``kecan ledger verify`` prints."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from django.db import connection
from rich.console import Console

from kecan.web.audit.bound import verify_ledger_and_bound
from kecan.web.audit.queries import LedgerBrokenError

_NO_LEDGER = (
    "Chưa có nhật ký nào ở đây; đặt KECAN_HOME đúng thư mục dữ liệu (huyện mẫu: var/demo), "
    "hoặc DATABASE_URL đúng cơ sở dữ liệu.\n"
)


def print_verification(*, as_json: bool) -> int:
    """Verify the ledger, print what was found and return the exit status.

    Returns:
        0 if every entry is as it was written, 1 if not, 2 if there is no ledger.
    """
    if not _has_ledger():
        sys.stderr.write(_NO_LEDGER)
        return 2
    try:
        head = verify_ledger_and_bound()
    except LedgerBrokenError as broken:
        finding: dict[str, object] = {
            "verified": False,
            "first_broken_sequence": broken.sequence,
            "message": str(broken),
        }
        _print(finding, as_json=as_json)
        return 1
    message = f"Nhật ký nguyên vẹn: {head.sequence} mục, mã băm cuối {head.hash}."
    finding = {
        "verified": True,
        "entries": head.sequence,
        "head": head.hash,
        "message": message,
    }
    _print(finding, as_json=as_json)
    return 0


def _has_ledger() -> bool:
    """Tell whether there is a database with a ledger; none is made by asking."""
    name = str(connection.settings_dict["NAME"])
    is_file = connection.vendor == "sqlite" and not name.startswith("file:")
    if is_file and not Path(name).is_file():
        return False
    tables = connection.introspection.django_table_names(only_existing=True)
    return "audit_ledgerhead" in tables


def _print(finding: dict[str, object], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(finding, ensure_ascii=False) + "\n")
        return
    style = "green" if finding["verified"] else "bold red"
    Console().print(str(finding["message"]), style=style, highlight=False)
