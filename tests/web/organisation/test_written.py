"""How dates, codes and terms are written for people to read."""

from __future__ import annotations

import pytest

from kecan.web.organisation.templatetags.written import terms_whole


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("2026 - 2031", '<span class="nowrap">2026 - 2031</span>'),
        (
            "Bí thư, nhiệm kỳ 2025 - 2030",
            'Bí thư, nhiệm kỳ <span class="nowrap">2025 - 2030</span>',
        ),
        (
            "<b> & 2025 - 2030",
            '&lt;b&gt; &amp; <span class="nowrap">2025 - 2030</span>',
        ),
        ("Phòng Tài chính - Kế hoạch", "Phòng Tài chính - Kế hoạch"),
    ],
)
def test_the_years_of_a_term_stand_on_one_line_and_words_stay_escaped(
    words: str, written: str
) -> None:
    assert terms_whole(words) == written
