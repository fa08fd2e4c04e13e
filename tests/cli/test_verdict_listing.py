"""The numbers of a large register are written as its readers write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kecan.cli.verdict_listing import Listing
from kecan.vocabulary import Language

if TYPE_CHECKING:
    from collections.abc import Mapping

NUMBERS: Mapping[Language, str] = {Language.VI: "1.234.567", Language.EN: "1,234,567"}


@pytest.mark.parametrize("language", Language)
def test_a_count_is_grouped_as_the_language_does(language: Language) -> None:
    listing = Listing(
        verdicts=(), differences=(), people={}, posts={}, language=language
    )

    assert listing.figure(1_234_567) == NUMBERS[language]
    assert listing.figure(999) == "999"
