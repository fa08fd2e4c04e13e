"""A small mark over a name or post is asked about, however much of it letters hide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.paper_ballot.pens import page, read, stroke

from kecan.paper_ballot.between_letters import _most_nearby, are_written_between
from kecan.paper_ballot.decisions import NeedsReview, Reason
from kecan.sample.scans import Hand, ScanPlan

if TYPE_CHECKING:
    from kecan.paper_ballot.reading import PageReading

_TICK = [(-1.8, 0.0), (-0.5, 1.7), (2.4, -2.4)]  # mm from its middle
_SLASH = [(-2.2, 2.2), (2.2, -2.2)]


def _asked(reading: PageReading) -> set[int]:
    """Return the lines with a box that is asked about as struck."""
    return {
        box.line
        for box, one in zip(reading.found.page.boxes, reading.decisions, strict=True)
        if one == NeedsReview(reason=Reason.ROW_STRUCK)
    }


@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize(
    ("mark", "across"), [(_TICK, 36), (_TICK, 106), (_SLASH, 98), (_SLASH, 41)]
)
def test_a_small_thin_mark_over_print_is_asked_about(
    mark: list[tuple[float, float]], across: float, *, dpi: int
) -> None:
    plain = page(ScanPlan(seed=5, dpi=dpi, skew=0.7, hands=(Hand.CROSS,)))
    before = read(plain)
    row = before.found.page.rows[6]
    x, y = row.rectangle.x + across, row.rectangle.centre[1]

    marked = stroke(
        plain, before, [(x + dx, y + dy) for dx, dy in mark], width=0.25, dark=0.7
    )

    assert _asked(before) == set()
    assert _asked(read(marked)) == {row.line}


@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize("across", [36, 41, 98, 106])
def test_a_speck_that_touches_letters_is_dust(across: float, *, dpi: int) -> None:
    image = page(ScanPlan(seed=5, dpi=dpi, skew=0.7, hands=(Hand.CROSS,)))
    before = read(image)
    for row in before.found.page.rows[2::3]:
        x, y = row.rectangle.x + across, row.rectangle.centre[1] + 1.2
        image = stroke(image, before, [(x, y), (x + 0.1, y)], width=0.45, dark=0.8)

    assert _asked(before) == _asked(read(image)) == set()


def test_a_speck_is_dust_only_where_the_row_has_little_ink_besides() -> None:
    more = np.zeros((32, 200), np.uint8)
    more[10:13, 50:53] = 60
    alone = _most_nearby(more)
    more[10:12, 150:152] = 60
    beside_a_bit = _most_nearby(more)
    more[10:13, 150:153] = 60
    beside_another = _most_nearby(more)
    more[10:13, 150:153] = 0
    more[11, 55:58] = 60

    assert (alone, beside_a_bit) == (0, 4 * 60)
    assert beside_another == 9 * 60
    assert _most_nearby(more) == 12 * 60


def test_a_row_is_held_against_the_plainer_rows_of_its_page() -> None:
    assert are_written_between([]) == []
    assert are_written_between([0.02, 0.05, 0.25, 0.1]) == [False, False, True, False]
    assert not any(are_written_between([0.2, 0.25, 0.3, 0.45]))
    assert are_written_between([0.2, 0.25, 0.3, 0.9])[-1]


@pytest.mark.parametrize(
    ("before", "left", "is_struck"),
    [
        (0.2, 0.19, True),
        (0.2, 0.11, False),
        (0.6, 0.2, False),
        (0.6, 0.3, True),
        (0.02, 0.6, False),
    ],
)
def test_of_ink_of_which_some_went_as_dirt_the_rest_is_dirt(
    before: float, left: float, *, is_struck: bool
) -> None:
    found = are_written_between([0.01, 0.01, left], before=[0.01, 0.02, before])

    assert found == [False, False, is_struck]


def test_as_much_ink_in_another_row_is_dirt_unless_much_is_left() -> None:
    before = [0.01, 0.01, 0.01, 0.2, 0.3]

    assert not any(are_written_between([0.01, 0.01, 0.01, 0.19, 0.2], before=before))
    assert are_written_between([0.01, 0.01, 0.01, 0.19, 0.29], before=before)[-1]
