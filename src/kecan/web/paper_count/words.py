"""What reasons, refusals and groups are called on the pages of a scanned count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.paper_ballot.reason_words import REASON_WORDS, REJECTION_WORDS
from kecan.web.paper_count.queries import ASKED

if TYPE_CHECKING:
    from collections.abc import Mapping

REASONS: Mapping[str, str] = {
    **{reason: words.vi for reason, words in REASON_WORDS.items()},
    ASKED: "Tổ kiểm phiếu đề nghị xem lại",
}
REJECTIONS: Mapping[str, str] = {
    reason: words.vi for reason, words in REJECTION_WORDS.items()
}


def in_words(code: str, known: Mapping[str, str]) -> str:
    """Return what a code is called; the code itself where it has no words yet."""
    return known.get(code, code)


def open_questions_words(waiting: int) -> str:
    """Return what is said of boxes and written lines that not enough people decided."""
    return f"Còn {waiting} ô, dòng ghi thêm chưa đủ người quyết định."
