"""The exchange workbook at size: 6,000 people in full, 100,000 rows, in child processes.

Run: .venv/bin/python benchmarks/workbook.py
The floor of each figure is what python-calamine alone needs to load the same cells.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from python_calamine import CalamineWorkbook

from kecan.regulations.facts import (
    AnnualRating,
    OfficeHeld,
    PersonFacts,
    Post,
    PostKind,
    ProfessionLevel,
    RatingGrade,
    Register,
    Training,
    TrainingKind,
    Unit,
    UnitKind,
)
from kecan.vocabulary import Level, Line, PartialDate, PersonId, PostId, Sex, UnitId
from kecan.workbook import read_workbook, write_workbook

if TYPE_CHECKING:
    from collections.abc import Callable

PEOPLE, ROWS, UNITS = 6_000, 100_000, 60
GIVEN = ("Hoà", "Thuý", "Dũng", "Ưng", "Đức", "Páo", "Bình", "Yến")
SCHOOLS = ("Luật", "Hành chính", "Kinh tế", "Xây dựng Đảng", "Nông nghiệp")


def main() -> None:
    """Write the two workbooks, measure each job in its own process, print a table."""
    with tempfile.TemporaryDirectory() as folder:
        full, long = Path(folder) / "full.xlsx", Path(folder) / "long.xlsx"
        _measure("write full", full)
        _measure("write long", long)
        openpyxl = "installed" if find_spec("openpyxl") else "not installed"
        print(
            f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, "
            f"Python {platform.python_version()}, "
            f"python-calamine {version('python-calamine')}, openpyxl {openpyxl}"
        )
        print(f"{'job':58} {'rows':>10} {'seconds':>8} {'cpu s':>8} {'peak MB':>8}")
        for title, job, path in (
            (f"{PEOPLE:,} people x 60 cells: calamine alone", "floor", full),
            (f"{PEOPLE:,} people x 60 cells: check (goal 5 s, 500 MB)", "check", full),
            (f"{ROWS:,} people rows: calamine alone", "floor", long),
            (f"{ROWS:,} people rows: read (goal 10 s)", "check", long),
        ):
            told = _measure(job, path)
            print(
                f"{title:58} {told['rows']:>10,.0f} {told['seconds']:>8.2f} "
                f"{told['cpu']:>8.2f} {told['peak']:>8.0f}"
            )


def _measure(job: str, path: Path) -> dict[str, float]:
    done = subprocess.run(  # noqa: S603
        [sys.executable, __file__, job, str(path)],
        check=True,
        capture_output=True,
        text=True,
    )
    told: dict[str, float] = json.loads(done.stdout)
    return told


def _child(job: str, path: Path) -> None:
    jobs: dict[str, Callable[[Path], int]] = {
        "floor": _load,
        "check": _check,
        "write full": _write_full,
        "write long": _write_long,
    }
    start = time.perf_counter()
    rows = jobs[job](path)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cpu = time.process_time()
    told = {"rows": rows, "seconds": seconds, "cpu": cpu, "peak": peak}
    print(json.dumps(told))


def _load(path: Path) -> int:
    with CalamineWorkbook.from_path(path) as workbook:
        return sum(
            len(workbook.get_sheet_by_name(name).to_python())
            for name in workbook.sheet_names
        )


def _check(path: Path) -> int:
    result = read_workbook(path)
    if result.register is None:
        msg = f"the generated workbook has errors: {result.errors[:3]}"
        raise ValueError(msg)
    return sum(result.row_counts.values())


def _write_full(path: Path) -> int:
    write_workbook(_register(PEOPLE, is_full=True), path)
    return PEOPLE


def _write_long(path: Path) -> int:
    write_workbook(_register(ROWS, is_full=False), path)
    return ROWS


def _register(count: int, *, is_full: bool) -> Register:
    units = tuple(
        Unit(
            unit_id=UnitId(f"DV{at:03d}"),
            name=f"Phòng số {at}",
            kind=UnitKind.ADMINISTRATIVE,
            level=Level.DISTRICT,
        )
        for at in range(UNITS)
    )
    posts = tuple(
        Post(
            post_id=PostId(f"CD{at:03d}"),
            title=f"Trưởng phòng số {at}",
            unit_id=UnitId(f"DV{at:03d}"),
            kind=PostKind.HEAD,
            level=Level.DISTRICT,
            line=Line.GOVERNMENT,
            seats=1,
        )
        for at in range(UNITS)
    )
    people = tuple(_person(at, is_full=is_full) for at in range(count))
    return Register(units=units, posts=posts, people=people)


def _person(at: int, *, is_full: bool) -> PersonFacts:
    person = PersonFacts(
        person_id=PersonId(f"CB{at:06d}"),
        full_name=f"Nguyễn Văn {GIVEN[at % len(GIVEN)]} {at}",
        sex=Sex.MALE if at % 3 else Sex.FEMALE,
        born=PartialDate(1962 + at % 30, 1 + at % 12, 1 + at % 28),
        ethnicity="Kinh",
        home_place=f"Xã {at % 900}, Thanh Hoá",
        academic_title="Thạc sĩ",
        unit_id=UnitId(f"DV{at % UNITS:03d}"),
        party_joined=PartialDate(1995 + at % 20, 1 + at % 12, 3),
        party_official=PartialDate(1996 + at % 20, 1 + at % 12, 3),
    )
    return replace(person, **_facts(at)) if is_full else person  # type: ignore[arg-type]


def _facts(at: int) -> dict[str, object]:
    """Return three offices, three trainings and five ratings: 60 cells with the person."""
    return {
        "offices": tuple(
            OfficeHeld(
                post_id=PostId(f"CD{at % UNITS:03d}"),
                title="Trưởng phòng",
                since=PartialDate(2000 + 5 * turn, 1 + at % 12, 1),
                until=PartialDate(2005 + 5 * turn, 1 + at % 12, 1),
            )
            for turn in range(3)
        ),
        "trainings": tuple(
            Training(
                kind=TrainingKind.PROFESSION,
                level=ProfessionLevel.BACHELOR,
                field=SCHOOLS[(at + turn) % len(SCHOOLS)],
                completed=PartialDate(1990 + at % 20 + turn, 6),
            )
            for turn in range(3)
        ),
        "ratings": tuple(
            AnnualRating(year=year, grade=RatingGrade.GOOD)
            for year in range(2017, 2022)
        ),
    }


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _child(sys.argv[1], Path(sys.argv[2]))
    else:
        main()
