"""Other readers of marks, each in its own process on a layout of its own.

Marks, hands and scans come from the same generator as ours. A peer is run where it is
installed; of the others no figure is claimed.
"""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2

from kecan.paper_ballot.geometry import rectangle
from kecan.paper_ballot.layout import BoxLayout, Column, LineKind
from kecan.sample.scans import CANVAS_DPI, Truth, make_scan, office_plan

if TYPE_CHECKING:
    from kecan.paper_ballot.layout import PageLayout

ABSENT = {"SDAPS": "sdaps", "OMRChecker": "omrchecker"}
AMC = "auto-multiple-choice"
LINES = 15
DPI = 200
THRESHOLDS = (0.15, 0.07)  # AMC's black ratio for ticks as given, and a low one
_LAYOUT_DPI = 300  # of the places AMC writes down
_BOX = 4  # AMC's name for the zone of a box
_SOURCE = r"""\documentclass[a4paper]{article}
\usepackage[utf8]{inputenc}
\usepackage[box]{automultiplechoice}
\begin{document}
\AMCboxDimensions{size=5mm}
\AMCsetFoot{}
\onecopy{1}{
QUESTIONS
}
\end{document}
"""
_QUESTION = r"""\begin{questionmult}{qNUMBER}Nominee NUMBER
\begin{choiceshoriz}[o]\correctchoice{agree}\wrongchoice{disagree}\end{choiceshoriz}
\end{questionmult}
"""


def print_peers(like: PageLayout, *, pages: int = 40) -> None:
    """Run the peers that are here and name those that are not.

    Args:
        like: Any page of a ballot; its boxes are exchanged for the peer's.
        pages: Scans each peer reads.
    """
    if shutil.which(AMC):
        with TemporaryDirectory() as folder:
            _print_amc(Path(folder), like=like, pages=pages)
    absent = [name for name, command in ABSENT.items() if not shutil.which(command)]
    absent += [] if shutil.which(AMC) else ["AMC"]
    print(f"not installed, no figure is claimed: {', '.join(absent)}")


def _print_amc(folder: Path, *, like: PageLayout, pages: int) -> None:
    _run(folder, "prepare", *_prepared(folder))
    _run(folder, "meptex", "--src", "places.xy", "--data", "data")
    boxes = _amc_boxes(folder)
    with pypdfium2.PdfDocument(folder / "subject.pdf") as document:
        drawn = document[0].render(scale=CANVAS_DPI / 72, grayscale=True).to_numpy()
    printed = np.array(drawn).squeeze()
    page = replace(like, boxes=tuple(boxes.values()), write_in_zones=())
    truths: dict[str, tuple[Truth, ...]] = {}
    for seed in range(pages):
        made = make_scan(printed, page, office_plan(np.random.default_rng(seed)))
        (folder / f"{seed:04}.jpg").write_bytes(made.jpeg)
        truths[f"{seed:04}.jpg"] = made.truth
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    scans = sorted(truths)
    options = ("--data", "data", "--projet", ".", "--cr", "cr", "--multiple")
    _run(folder, "analyse", *options, "--n-procs", "1", *scans)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = sum(
        getattr(after, name) - getattr(before, name)
        for name in ("ru_utime", "ru_stime")
    )
    black = _amc_blackness(folder)
    count = len(boxes)
    print(
        f"AMC, its own layout, the same office marks at {DPI} dpi: {pages} pages, "
        f"{pages - len(black)} lost, {pages / seconds:.1f} pages/CPU-s"
    )
    for threshold in THRESHOLDS:
        wrong = sum(
            (black[scan].get(key, 0.0) > threshold) != (truth is Truth.MARKED)
            for scan in black
            for key, truth in zip(boxes, truths[scan], strict=True)
        )
        print(
            f"- threshold {threshold}: {wrong} wrong of {count * len(black)} boxes, "
            "none shown to a person"
        )


def _prepared(folder: Path) -> tuple[str, ...]:
    questions = "".join(
        _QUESTION.replace("NUMBER", str(number)) for number in range(1, LINES + 1)
    )
    (folder / "ballot.tex").write_text(_SOURCE.replace("QUESTIONS", questions), "utf-8")
    for name in ("data", "cr"):
        (folder / name).mkdir()
    files = ("subject.pdf", "corrected.pdf", "places.xy")
    options = zip(("--out-sujet", "--out-corrige", "--out-calage"), files, strict=True)
    return (
        *("--mode", "s", "--with", "pdflatex", "--data", "data", "--n-copies", "1"),
        *(part for option in options for part in option),
        "ballot.tex",
    )


def _run(folder: Path, *command: str) -> None:
    environment = {**os.environ, "HOME": str(folder), "DISPLAY": ""}
    subprocess.run(  # noqa: S603  # a benchmark runs the peer it names
        [str(shutil.which(AMC)), *command],
        cwd=folder,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _amc_boxes(folder: Path) -> dict[tuple[int, int], BoxLayout]:
    """Return the boxes of AMC's page by (question, answer), in reading order."""
    per_mm = _LAYOUT_DPI / 25.4
    query = (
        "select question, answer, xmin, xmax, ymin, ymax from layout_box"
        " where page = 1 and role = 1 order by question, answer"
    )
    with sqlite3.connect(folder / "data" / "layout.sqlite") as database:
        rows = database.execute(query).fetchall()
    return {
        (question, answer): BoxLayout(
            contest=1,
            line=question,
            kind=LineKind.NOMINEE,
            column=Column.AGREE if answer == 1 else Column.DISAGREE,
            rectangle=rectangle(
                left / per_mm,
                top / per_mm,
                (right - left) / per_mm,
                (bottom - top) / per_mm,
            ),
        )
        for question, answer, left, right, top, bottom in rows
    }


def _amc_blackness(folder: Path) -> dict[str, dict[tuple[int, int], float]]:
    """Return the share of black of every box AMC measured, by scan."""
    query = (
        "select p.src, z.id_a, z.id_b, z.black * 1.0 / z.total"
        " from capture_zone z join capture_page p"
        " on (z.student, z.page, z.copy) = (p.student, p.page, p.copy)"
        " where z.type = ? and z.total > 0"
    )
    with sqlite3.connect(folder / "data" / "capture.sqlite") as database:
        rows = database.execute(query, (_BOX,)).fetchall()
    found: dict[str, dict[tuple[int, int], float]] = {}
    for source, question, answer, share in rows:
        found.setdefault(Path(source).name, {})[question, answer] = share
    return found
