"""The commands that need the database: ``demo``, ``serve``, ``ledger``, copies."""

from __future__ import annotations

import errno
import socket
import sys
from pathlib import Path
from typing import Annotated

import typer

from kecan.web.backups.commands import backup, restore
from kecan.web.starting import (
    keep_plain_uploads_in,
    prepare_database,
    start_django,
)

web_app = typer.Typer()
ledger_app = typer.Typer(
    help="Nhật ký: chuỗi băm của mọi việc đã làm.", no_args_is_help=True
)
web_app.add_typer(ledger_app, name="ledger")
web_app.command("backup")(backup)
web_app.command("restore")(restore)

LOCAL_HOST = "127.0.0.1"
DEFAULT_PORT = 8000
_PORT_FAULTS = {
    errno.EADDRINUSE: "đã có chương trình chạy ở đó, thường là một Kecan khác."
    " Dừng nó, hoặc chọn cổng khác bằng --port.",
    errno.EADDRNOTAVAIL: "máy này không có địa chỉ ấy.",
    errno.EACCES: "cổng dưới 1024 cần quyền quản trị máy. Chọn cổng khác bằng --port.",
}
_MEMORY = Path("/dev/shm")  # noqa: S108  plain scans stay out of the disk
_WORKERS = 2
_BLOCKING_THREADS = 4

Port = Annotated[int, typer.Option(help="Cổng của máy chủ.", min=1, max=65535)]
Host = Annotated[str, typer.Option(help="Địa chỉ máy chủ lắng nghe.")]


@web_app.command("serve")
def serve(host: Host = LOCAL_HOST, port: Port = DEFAULT_PORT) -> None:
    """Chạy trang web (SQLite trong KECAN_HOME, hoặc DATABASE_URL)."""
    refuse_a_taken_port(host=host, port=port)
    prepare_database()
    run_server(host=host, port=port)


@web_app.command("admin")
def admin(
    login: Annotated[str, typer.Argument(help="Tên đăng nhập.")],
    name: Annotated[str, typer.Option("--name", help="Họ và tên.")],
) -> None:
    """Lập tài khoản quản trị hệ thống đầu tiên; các tài khoản khác lập ở trang web."""
    prepare_database()
    from kecan.web.accounts.commands import make_first_administrator

    def ask() -> str:
        return str(
            typer.prompt(
                "Mật khẩu", hide_input=True, confirmation_prompt="Mật khẩu, lần nữa"
            )
        )

    status = make_first_administrator(login=login, full_name=name, ask_password=ask)
    raise typer.Exit(status)


@web_app.command("demo")
def demo(
    port: Port = DEFAULT_PORT,
    serve_pages: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Chạy máy chủ khi xong.")
    ] = True,
) -> None:
    """Dựng huyện mẫu, chạy cả ngày làm việc, in văn bản, rồi chạy trang web."""
    from kecan.web.demonstration.run import run_demonstration

    if serve_pages:
        refuse_a_taken_port(host=LOCAL_HOST, port=port)
    run_demonstration(port=port, serves=serve_pages)
    if serve_pages:
        run_server(host=LOCAL_HOST, port=port)


@ledger_app.command("verify")
def ledger_verify(
    as_json: Annotated[bool, typer.Option("--json", help="In ra JSON.")] = False,
) -> None:
    """Tính lại chuỗi băm; mã kết thúc 1 và nêu mục sai đầu tiên nếu không khớp."""
    start_django()
    from kecan.web.audit.commands import print_verification

    raise typer.Exit(print_verification(as_json=as_json))


def refuse_a_taken_port(*, host: str, port: int) -> None:
    """End with status 2 if something listens there already.

    The server shares its port among its workers, and would share it with another Kecan
    as well: each request would then reach one of two databases.
    """
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            why = _PORT_FAULTS.get(error.errno or 0, str(error))
            sys.stderr.write(f"Không dùng được cổng {port} tại {host}: {why}\n")
            raise typer.Exit(2) from error


def run_server(*, host: str, port: int) -> None:
    """Serve until interrupted.

    Granian's own default of blocking threads would exhaust PostgreSQL, so it is set.
    """
    from granian.constants import Interfaces
    from granian.server import Server

    if _MEMORY.is_dir():
        keep_plain_uploads_in(_MEMORY / f"kecan-uploads-{port}")
    sys.stdout.write(f"Kecan: http://{host}:{port}/  (Ctrl+C để dừng)\n")
    sys.stdout.flush()
    Server(
        "kecan.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=_WORKERS,
        blocking_threads=_BLOCKING_THREADS,
        log_access=False,
        websockets=False,
    ).serve()
