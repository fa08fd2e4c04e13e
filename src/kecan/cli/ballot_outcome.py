"""What ``kecan ballot read`` says when it is done: what came out, what was not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.paper_ballot.count_file import file_names
from kecan.paper_ballot.reason_words import REJECTION_WORDS
from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from kecan.paper_ballot.accounting import ScanCount
    from kecan.paper_ballot.scans import ScanPlace

_NAMED = 5  # refused pages of one reason that are named; count.json has all


def summary_words(counted: ScanCount) -> Sentence:
    """Return what a reading came to, and what of it nobody can tell from scans."""
    count, waiting = counted.count, len(counted.pending)
    vi = (
        f"Hợp lệ {count.valid}, không hợp lệ {count.invalid}, "
        f"chờ người xem {waiting} phiếu; {len(counted.rejected)} trang không đọc."
    )
    en = (
        f"Valid {count.valid}, invalid {count.invalid}, "
        f"waiting for a person {waiting} ballots; {len(counted.rejected)} pages refused."
    )
    if counted.same_image:
        given = len(counted.same_image)
        vi += f" Bỏ {given} trang trùng hệt một ảnh đã đọc."
        en += f" Left out {given} pages given twice as the very same image."
    if counted.second_scans:
        again = len(counted.second_scans)
        vi += f" Bỏ {again} trang quét lại (theo mã tờ)."
        en += f" Left out {again} pages scanned again (by the id of their sheet)."
    if counted.unmarked > 1:
        vi += (
            f" {counted.unmarked} phiếu không có dấu nào: ảnh không cho biết phiếu "
            "nào bị quét hai lần, chỉ số phiếu phát ra cho biết."
        )
        en += (
            f" {counted.unmarked} ballots have no mark: no scan tells whether one was "
            "scanned twice, only the number issued does."
        )
    if counted.unaccounted:
        vi += f" Chênh lệch với số phát ra: {counted.unaccounted} phiếu."
        en += f" Differs from the ballots issued by {counted.unaccounted}."
    if _is_perhaps_joined(counted):
        vi += (
            " Không phiếu nào thiếu trang: hoặc còn phiếu chưa quét, hoặc máy kéo hai tờ "
            "một lúc đúng chỗ giáp hai phiếu và hai phiếu đã ghép làm một. Đếm lại chồng "
            "giấy đã quét; nếu đủ thì quét lại cả chồng."
        )
        en += (
            " No ballot lacks a page: either ballots were not scanned, or two sheets were "
            "drawn in at once where two ballots meet, and these were joined to one. Count "
            "the paper that was scanned; if none is missing, scan the whole stack again."
        )
    return Sentence(vi, en)


def refusal_words(counted: ScanCount) -> list[Sentence]:
    """Return a sentence a reason why pages were not read: what to do, and which."""
    names = file_names(one.place.path for one in counted.rejected)
    places: dict[str, list[ScanPlace]] = {}
    for one in sorted(counted.rejected, key=lambda page: page.place):
        places.setdefault(one.rejection, []).append(one.place)
    found = []
    for reason, pages in sorted(places.items(), key=lambda each: -len(each[1])):
        why, more = REJECTION_WORDS[reason], len(pages) - _NAMED
        vi, en = (
            ", ".join(
                names[page.path] + (f" {word} {page.page}" if page.page > 1 else "")
                for page in pages[:_NAMED]
            )
            for word in ("trang", "page")
        )
        if more > 0:
            vi, en = f"{vi} và {more} trang khác", f"{en} and {more} more"
        found.append(
            Sentence(
                f"- {len(pages)} trang: {why.vi} ({vi}).",
                f"- {len(pages)} page{'s' * (len(pages) > 1)}: {why.en} ({en}).",
            )
        )
    return found


def _is_perhaps_joined(counted: ScanCount) -> bool:
    """Tell whether a ballot may be of two voters' pages: some are missing, no page is.

    The last pages of one and the first of the next missing together leave what looks
    like a whole ballot; only the number issued tells.
    """
    return (
        (counted.unaccounted or 0) > 0
        and not counted.rejected
        and any(len(one.pages) > 1 for one in counted.ballots)
        and all(one.why != "missing_page" for one in counted.ballots)
    )
