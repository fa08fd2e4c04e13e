"""Compile all that reading needs, once a machine and version, before anybody waits for it.

Compiling takes up to a minute and more memory than reading does: a process of its own
does so and ends. It reads ballots made up here, marked so that every loop is run.
"""

from __future__ import annotations

from multiprocessing import get_context
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pypdfium2

from kecan.paper_ballot.compiled import FOLDER
from kecan.paper_ballot.form import BallotContest, BallotForm, Nominee
from kecan.paper_ballot.pdf import render_ballot
from kecan.paper_ballot.reading import printed_ballot, read_page

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kecan.paper_ballot.layout import PageLayout

_MARK = "ready"  # a file beside the machine code: all of it is there
_FORM = BallotForm(
    superior="A",
    issuer="B",
    stamp="C",
    occasion="D",
    contests=(
        BallotContest(
            title="E",
            term="F",
            max_choices=9,
            write_in_lines=1,
            nominees=tuple(Nominee(name=f"Nguyễn Văn {one}") for one in range(12)),
        ),
    ),
)
_RESOLUTIONS = 200, 300  # their cells are as large as pixels, and are not
_TURN = 0.004  # of a whole page to the right, in pixels a pixel


def is_prepared() -> bool:
    """Tell whether reading will wait for nothing, or always would."""
    return FOLDER is None or (FOLDER / _MARK).exists()


def prepare() -> None:
    """Compile what is not kept yet. Where nothing can be kept, nothing is done."""
    if FOLDER is None or is_prepared():
        return
    child = get_context("spawn").Process(target=read_trial_pages, daemon=True)
    child.start()
    child.join()
    if child.exitcode == 0:
        (FOLDER / _MARK).touch()


def read_trial_pages() -> None:
    """Read ballots with every kind of ink, of both kinds of resolution."""
    printed = printed_ballot(_FORM)
    page = printed.layouts[0].pages[0]
    with pypdfium2.PdfDocument(render_ballot(_FORM)) as document:
        for dpi in _RESOLUTIONS:
            drawn = document[0].render(scale=dpi / 72, grayscale=True).to_numpy()
            sheet = np.ascontiguousarray(np.squeeze(drawn), np.uint8)
            _mark(sheet, page, per_mm=dpi / 25.4)
            read_page(_turned(sheet), printed)


def _mark(sheet: NDArray[np.uint8], page: PageLayout, *, per_mm: float) -> None:
    """Draw ticks, bows, a stroke beside a box, one over a row and one along its name."""

    def stroke(*places: tuple[float, float]) -> None:
        points = np.rint(np.array(places) * per_mm).astype(np.int32)
        cv2.polylines(sheet, [points], isClosed=False, color=(70,), thickness=3)

    for number, box in enumerate(page.boxes[:16:2]):
        x, y = box.rectangle.centre
        stroke((x - 2, y), (x, y + 2), (x + 3 + number % 2, y - 3 - number % 3))
    for box in page.boxes[1:9:4]:
        x, y = box.rectangle.centre
        stroke((x - 2, y - 2), (x + 2, y + 2))
        stroke((x + 4, y - 2), (x + 4.5, y + 3))
    x, y = page.boxes[11].rectangle.centre
    for side in (-1, 1):
        bow = ((side * (0.3 + one**2 / 4), one) for one in np.arange(-2, 2.5, 0.5))
        stroke(*((x + aside, y + down) for aside, down in bow))
    x, y = page.boxes[17].rectangle.centre
    stroke((60, y), (x + 6, y + 1))
    stroke((40, page.boxes[19].rectangle.centre[1]), (90, y + 9))


def _turned(sheet: NDArray[np.uint8]) -> NDArray[np.uint8]:
    height, width = sheet.shape
    matrix = np.array([[1, -_TURN, 4], [_TURN, 1, -4]])
    turned = cv2.warpAffine(sheet, matrix, (width, height), borderValue=(255,))
    return np.asarray(turned, np.uint8)
