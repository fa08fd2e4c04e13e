"""``kecan demo``: a fresh database, the whole day, every paper, and what to open."""

from __future__ import annotations

import os
import secrets
import shlex
import shutil
import sys
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from kecan.sample.district import DAY, build_district
from kecan.workbook import read_workbook, write_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kecan.sample.district import District
    from kecan.web.demonstration.day import Day
    from kecan.web.plans.models import PlanningRound

SEED = 2022
_DATABASE_FILES = ("kecan.sqlite3", "kecan.sqlite3-wal", "kecan.sqlite3-shm")


def run_demonstration(*, port: int, serves: bool) -> None:
    """Build the district from a generated workbook, run the day, print the summary.

    ``serves`` is whether its pages are served next; else it is said how to.
    """
    folder = _fresh_home()
    from kecan.web.starting import prepare_database

    prepare_database()
    from kecan.paper_ballot.reading_pool import reading_pool
    from kecan.web.demonstration import day as steps
    from kecan.web.demonstration.cast import create_cast

    password = f"kecan-{secrets.token_hex(4)}"
    district = build_district(seed=SEED)
    users = create_cast(password=password, at=steps.NOW, district=district)
    _say("Nhập sổ dữ liệu của huyện Thạch Bình (hư cấu)")
    _import_district(district, folder / "so-du-lieu.xlsx", users["canbo"])
    with reading_pool() as executor:
        day = steps.Day(users=users, rng=Random(SEED), executor=executor)
        planning_round = _hold_the_day(day)
    _say("In văn bản")
    papers = list(_write_papers(planning_round.pk, folder / "van-ban"))
    _print_summary(planning_round.pk, folder=folder, papers=papers)
    say_how_to_sign_in(password=password, port=port)
    if not serves:
        say_how_to_serve(folder.resolve(), port=port)


def _hold_the_day(day: Day) -> PlanningRound:
    """Hold the morning on invented votes, and leave a count to practise on."""
    from kecan.web.demonstration import (
        conference_day,
        practice,
        review_day,
        scanned_day,
    )
    from kecan.web.demonstration import day as steps

    _say("Mở đợt, rà soát quy hoạch hiện có")
    planning_round = steps.open_the_round(day)
    review_day.review_the_plan(planning_round, day)
    _say("Xét điều kiện, đề xuất nguồn, ký Tờ trình")
    steps.propose_people(planning_round, day)
    steps.sign_the_submission(planning_round, day)
    _say("Ba hội nghị: điểm danh, in phiếu, bỏ phiếu, quét, kiểm phiếu")
    conference_day.hold_the_conferences(planning_round, day)
    _say("Thẩm định, phê duyệt")
    steps.approve(planning_round, day)
    _say("Để lại một hội nghị tập huấn đang kiểm phiếu để dùng thử")
    practice.leave_a_count_to_practise(day)
    scanned_day.destroy_pictures(planning_round, day.users)
    return planning_round


def _fresh_home() -> Path:
    """Empty the demonstration's own folder of an earlier run and make it the home."""
    folder = Path(os.environ.get("KECAN_HOME", "var")).resolve() / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    for name in _DATABASE_FILES:
        (folder / name).unlink(missing_ok=True)
    for name in ("ballot-images", "ballot-keys"):
        shutil.rmtree(folder / name, ignore_errors=True)
    os.environ["KECAN_HOME"] = str(folder)
    os.environ.pop("DATABASE_URL", None)
    return folder


def _import_district(district: District, workbook: Path, officer: object) -> None:
    from kecan.web.demonstration.day import NOW
    from kecan.web.plans.actions.register import import_workbook

    write_workbook(district.register, workbook)
    result = read_workbook(workbook, as_of=DAY)
    if result.register is None:
        msg = f"{workbook.name}: {[str(one) for one in result.findings[:3]]}"
        raise ValueError(msg)
    import_workbook(
        register=result.register,
        file_name=workbook.name,
        file_sha256=sha256(workbook.read_bytes()).hexdigest(),
        by=officer,  # type: ignore[arg-type]
        at=NOW,
    )


def _write_papers(round_id: int, folder: Path) -> Iterator[Path]:
    from kecan.web.papers.catalogue import all_files

    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for name, content in all_files(round_id):
        path = folder / name
        path.write_bytes(content)
        yield path


def _print_summary(round_id: int, *, folder: Path, papers: list[Path]) -> None:
    from kecan.web.demonstration.summary import summary_lines

    here = Path.cwd()
    shown = folder.relative_to(here) if folder.is_relative_to(here) else folder
    table = Table(title="Huyện Thạch Bình, sáng 10/05/2022", title_justify="left")
    for heading in ("bước", "kết quả"):
        table.add_column(heading)
    for step, result in summary_lines(round_id):
        table.add_row(step, result)
    table.add_row("Văn bản", f"{len(papers)} tệp trong {shown}/van-ban/")
    console = Console()
    console.print(table)


def say_how_to_sign_in(*, password: str, port: int) -> None:
    """Say where, and as whom, to sign in."""
    from kecan.web.demonstration.cast import CAST

    _say(f"Đăng nhập tại http://127.0.0.1:{port}/, mật khẩu chung: {password}")
    table = Table()
    for heading in ("tên đăng nhập", "họ và tên", "vai trò"):
        table.add_column(heading)
    for member in CAST:
        table.add_row(member.login, member.full_name, str(member.role.label))
    Console().print(table)
    _say(
        "Dùng thử: đăng nhập kiemphieu2 rồi kiemphieu3, mở Hội nghị, Tập huấn kiểm phiếu."
    )


def say_how_to_serve(folder: Path, *, port: int) -> None:
    """Say what to type for the pages of a demonstration that is not served yet."""
    own = shlex.quote(sys.argv[0]) if Path(sys.argv[0]).name == "kecan" else "kecan"
    home = shlex.quote(str(folder))
    _say("Trang web chưa chạy. Mở huyện mẫu này bằng lệnh:")
    sys.stdout.write(f"KECAN_HOME={home} {own} serve --port {port}\n")


def _say(sentence: str) -> None:
    sys.stdout.write(f"==> {sentence}\n")
    sys.stdout.flush()
