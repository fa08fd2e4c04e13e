"""The ``kecan`` command: the pure commands and those that need the database.

A command's module is loaded when the command is given, not to list it: what reads
ballots or solves a slate takes seconds to load, which no other command should wait for.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

from kecan.cli.app import app
from kecan.cli.usage import run
from kecan.web.commands import web_app

if TYPE_CHECKING:
    from collections.abc import Mapping

    import typer

COMMANDS = {
    "compare": (
        "kecan.cli.compare",
        "Thử phương án: nhiều bộ quy định, người thôi việc, bổ nhiệm, số vị trí.",
    ),
    "eligibility": (
        "kecan.cli.eligibility",
        "Xét điều kiện quy hoạch: từng người, từng chức danh, kèm căn cứ và bằng chứng.",
    ),
    "forecast": (
        "kecan.cli.forecast",
        "Dự báo theo tháng: ai nghỉ hưu, ai hết điều kiện, chức danh nào thiếu người.",
    ),
    "gaps": (
        "kecan.cli.gaps",
        "Thiếu hụt nguồn: chức danh cần ngành nào, có ai, nay và đầu mỗi nhiệm kỳ.",
    ),
    "retirement": ("kecan.cli.retirement", "Tháng nghỉ hưu, kèm căn cứ."),
    "remaining": (
        "kecan.cli.remaining",
        "Số tháng công tác còn lại; với --need, mã kết thúc 0 là đủ, 1 là thiếu.",
    ),
    "slate": (
        "kecan.cli.slate",
        "Lập phương án quy hoạch đã chứng minh, hoặc chỉ ra quy định mâu thuẫn.",
    ),
    "structure": (
        "kecan.cli.structure",
        "Cơ cấu từng danh sách: hiện có, cần, còn thiếu; so với quy hoạch đã phê duyệt.",
    ),
    "ballot": (
        "kecan.cli.ballot",
        "Phiếu giấy: in, đọc bản quét, bốc thăm đối chiếu.",
    ),
    "workbook": (
        "kecan.cli.workbook",
        "Sổ trao đổi dữ liệu (XLSX): mẫu, kiểm tra, chuyển đổi.",
    ),
}
"""Each pure command: its module, and what ``kecan --help`` says of it, as it does itself."""

BALLOT_COMMANDS = {
    "audit": (
        "kecan.cli.ballot_audit",
        "Bốc thăm tờ phiếu để đối chiếu với kết quả; mã 1 nếu chưa khẳng định được.",
    ),
    "prepare": (
        "kecan.cli.ballot_read",
        "Chuẩn bị bộ đọc phiếu trên máy này: một lần cho mỗi bản Kecan, chừng một phút.",
    ),
    "read": (
        "kecan.cli.ballot_read",
        "Đọc phiếu đã quét; ô nào chưa chắc thì để người xem, không đoán.",
    ),
}
"""The commands of ``kecan ballot`` that its own module does not hold."""


def main() -> None:
    """Run the command line."""
    _join(app, COMMANDS)
    if "ballot" in sys.argv[1:]:
        from kecan.cli.ballot import ballot_app  # noqa: PLC0415  loaded when given

        _join(ballot_app, BALLOT_COMMANDS)
    app.add_typer(web_app)
    run(app, words=sys.argv[1:])


def _join(group: typer.Typer, commands: Mapping[str, tuple[str, str]]) -> None:
    """Load the commands that are among the words given; of the others only list names."""
    for name, (module, line) in commands.items():
        if name in sys.argv[1:]:
            import_module(module)  # it registers its commands
        else:
            group.command(name, help=line)(_only_listed)


def _only_listed() -> None:
    msg = "A command was run that was not among the words given."
    raise AssertionError(msg)


if __name__ == "__main__":
    main()
