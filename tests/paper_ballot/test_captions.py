"""The reason over a refused page is written in Vietnamese, whole, and inside its strip."""

from __future__ import annotations

import numpy as np
import pytest

from kecan.lettering.typefaces import Face, typeface
from kecan.paper_ballot.snippets import refused_picture
from kecan.web.paper_count.words import REJECTIONS

GREY = 128


@pytest.mark.parametrize("words", sorted(REJECTIONS.values()))
def test_every_reason_is_written_over_the_picture_from_edge_to_edge(words: str) -> None:
    page = np.full((1754, 1240), GREY, np.uint8)

    picture = refused_picture(page, words)

    strip, below = picture[:44], picture[44:]
    inked = np.flatnonzero(strip.min(axis=(0, 2)) < GREY)
    width = typeface(Face.BOLD).width(words, size=26.0)
    assert (below == GREY).all()
    assert inked[0] >= 8
    assert inked[-1] <= picture.shape[1] - 8
    assert inked[-1] - inked[0] > 0.9 * min(width, picture.shape[1] - 20)


def test_accents_change_what_is_drawn() -> None:
    page = np.full((1754, 1240), GREY, np.uint8)

    assert not np.array_equal(
        refused_picture(page, "Quét lại"), refused_picture(page, "Quet lai")
    )
