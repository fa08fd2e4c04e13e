"""What was read becomes sheets and pages, all of it in one transaction or none."""

from __future__ import annotations

import secrets
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import transaction

from kecan.paper_ballot.accounting import without_repeats
from kecan.paper_ballot.joined_sheets import contradict
from kecan.paper_ballot.page_strokes import unpacked_strokes
from kecan.paper_ballot.rescans import alike_pairs
from kecan.web.conferences.actions.count import log_line, require_counter
from kecan.web.conferences.actions.locking import lock_conference
from kecan.web.conferences.actions.recording import record_of
from kecan.web.conferences.models import ConferenceState, Count
from kecan.web.paper_count.joining import (
    TOKEN_BYTES,
    JoinedPages,
    JoinedSheet,
    joined_pages,
    pages_of_rescan,
    random_id,
)
from kecan.web.paper_count.looks import settled
from kecan.web.paper_count.models import ScannedPage, ScannedSheet
from kecan.web.paper_count.queries import (
    frozen_form,
    page_records,
    pages_of_style,
    store_of,
)
from kecan.web.paper_count.refusals import ScansNotAcceptedError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from kecan.paper_ballot.batch import PageRecord
    from kecan.paper_ballot.form import BallotForm
    from kecan.paper_ballot.kept_pages import KeptPage
    from kecan.web.audit.actions import Actor
    from kecan.web.conferences.models import Conference

_RANDOM = secrets.SystemRandom()
READ_WORDS = "Đọc ảnh quét"
"""Begins the line of the log that says what came of a reading."""
_RESCAN_WORDS = "Quét lại một tờ"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What came of one reading."""

    pages: int
    sheets: int
    incomplete: int
    refused: int
    same_image: int
    second_scans: int
    perhaps_twice: int

    @property
    def is_doubtful(self) -> bool:
        """Whether something of it waits for people to say what it is."""
        return bool(self.incomplete or self.refused or self.perhaps_twice)

    @property
    def sentence(self) -> str:
        """What came of it, in one sentence."""
        return f"Đã đọc {self.pages} trang: {self.counts}."

    @property
    def counts(self) -> str:
        """How many there were of each kind; kinds of which there were none are left out."""
        found = (
            (self.sheets, f"{self.sheets} tờ phiếu"),
            (self.incomplete, f"trong đó {self.incomplete} tờ thiếu trang"),
            (self.perhaps_twice, f"trong đó {self.perhaps_twice} tờ nghi quét trùng"),
            (self.refused, f"{self.refused} trang bị loại"),
            (self.same_image, f"{self.same_image} ảnh trùng hệt ảnh đã có"),
            (
                self.second_scans,
                f"{self.second_scans} trang quét lại của tờ đã có (theo mã tờ)",
            ),
        )
        words = [words for number, words in found if number]
        return ", ".join(words) or "không có trang phiếu nào"


@transaction.atomic
def keep_pages(
    conference_id: int,
    kept: Sequence[KeptPage],
    *,
    by: Actor,
    at: date,
    replaces: str = "",
) -> ImportReport:
    """Keep what was read: sheets, pages and pictures, in random order.

    Args:
        conference_id: A conference that is counting.
        kept: The pages in feeding order.
        by: A member of its counting committee.
        at: The day.
        replaces: Token of a sheet whose pages these scans replace.

    Raises:
        ScansNotAcceptedError: If a rescan is not of the sheet it replaces.
        ConferenceStateError: If the conference is not counting.
    """
    conference = lock_conference(conference_id, ConferenceState.COUNTING)
    require_counter(conference, by)
    form = frozen_form(conference)
    known = set(conference.scanned_pages.values_list("digest", flat=True))
    fresh, again = without_repeats([one.record for one in kept])
    again += [one for one in fresh if one.digest in known]
    fresh = [one for one in fresh if one.digest not in known]
    joined = (
        _replacing(conference, replaces, form, fresh)
        if replaces
        else joined_pages(conference, form, fresh)
    )
    gone = known.difference(conference.scanned_pages.values_list("digest", flat=True))
    refused = [one for one in fresh if one.rejection]
    jpegs = {one.record.digest: one.jpeg for one in kept}
    _write(conference, joined.sheets, refused=refused, jpegs=jpegs)
    _bring_back(conference, again, jpegs)
    sheets = [one.sheet for one in joined.sheets]
    report = ImportReport(
        pages=len(kept),
        sheets=len(sheets),
        incomplete=_incomplete(sheets, pages_of_style(form)),
        refused=len(refused),
        same_image=len(again),
        second_scans=len(joined.second_scans),
        perhaps_twice=sum(bool(one.perhaps_same_as) for one in sheets)
        if form.has_sheet_ids
        else _mark_twins(conference, sheets),
    )
    what = _RESCAN_WORDS if replaces else READ_WORDS
    log_line(conference, by, f"{what}: {report.counts}")
    record_of(
        conference,
        action="count.sheet_rescanned" if replaces else "count.scans_read",
        by=by,
        at=at,
        details={
            "event": form.event,
            "sheets": report.sheets,
            "refused": report.refused,
            "same_image": report.same_image,
            **({"replaced": sorted(gone)} if replaces else {}),
        },
    )
    return report


def _incomplete(sheets: Sequence[ScannedSheet], pages: Mapping[str, int]) -> int:
    return sum(one.pages.count() < pages[one.style] for one in sheets)


def _replacing(
    conference: Conference, token: str, form: BallotForm, fresh: Sequence[PageRecord]
) -> JoinedPages:
    """Take away the pages of a sheet that a rescan brings again.

    One person alone sends a rescan, so it changes nothing that was sure or confirmed:
    marks the reader was sure of, what people decided, what two said of the sheet.
    """
    sheet = ScannedSheet.objects.filter(conference=conference, token=token).first()
    pages = None if sheet is None else pages_of_rescan(sheet, form, fresh)
    if sheet is None or pages is None:
        msg = (
            "Quét lại phải là trang của đúng một tờ, cùng mẫu in"
            f"{', cùng mã tờ' if form.has_sheet_ids else ''} với tờ cần thay; ảnh vừa gửi "
            "không phải vậy, chưa thay gì."
        )
        raise ScansNotAcceptedError(msg)
    if settled([one.value for one in sheet.rulings.all()]) is not None:
        msg = "Tờ này đã có kết luận của hai người; không quét lại được nữa."
        raise ScansNotAcceptedError(msg)
    there = {one.page: one for one in sheet.pages.prefetch_related("decisions")}
    new = [one for one in pages if not _is_decided(there.get(one.page))]
    if any(_differs(one, there.get(one.page)) for one in pages):
        msg = (
            "Ảnh vừa gửi có dấu khác với dấu đã đọc chắc chắn hoặc đã có người quyết định "
            "trên tờ cần thay: đây là một tờ giấy khác, chưa thay gì. Nếu ảnh cũ sai, hai "
            "người kết luận bỏ ảnh cũ rồi gửi ảnh này như một tờ mới."
        )
        raise ScansNotAcceptedError(msg)
    if not new:
        msg = "Các trang vừa gửi đã có người quyết định trên ảnh cũ; giữ ảnh cũ."
        raise ScansNotAcceptedError(msg)
    sheet.rulings.all().delete()
    ScannedSheet.objects.filter(pk=sheet.pk).update(perhaps_same_as="")
    sheet.perhaps_same_as = ""
    sheet.pages.filter(page__in=[one.page for one in new]).delete()
    return JoinedPages(sheets=[JoinedSheet(sheet=sheet, pages=new)])


def _is_decided(page: ScannedPage | None) -> bool:
    return page is not None and bool(page.decisions.all())


def _differs(new: PageRecord, old: ScannedPage | None) -> bool:
    """Tell whether a page reads surely otherwise than it did, or than people said."""
    if old is None:
        return False
    (record,) = page_records([old])
    said: dict[int, list[str]] = {}
    for one in old.decisions.all():
        said.setdefault(one.box, []).append(one.value)
    known = replace(
        record,
        boxes=tuple(
            replace(box, state=settled(said.get(index, [])) or box.state)
            for index, box in enumerate(record.boxes)
        ),
    )
    return contradict(new, known)


def _write(
    conference: Conference,
    joined: Sequence[JoinedSheet],
    *,
    refused: Sequence[PageRecord],
    jpegs: Mapping[str, bytes],
) -> None:
    """Create sheets and pages in an order that comes from no voter and no feeder."""
    new = [one.sheet for one in joined if one.is_new]
    if new:
        close_as_scanned(conference)
    _RANDOM.shuffle(new)
    for sheet in new:
        sheet.pk = random_id()
    ScannedSheet.objects.bulk_create(new)
    rows: list[tuple[ScannedSheet | None, PageRecord]] = [
        (one.sheet, page) for one in joined for page in one.pages
    ]
    rows += [(None, one) for one in refused]
    _RANDOM.shuffle(rows)
    pages = [_page(conference, sheet, one) for sheet, one in rows]
    ScannedPage.objects.bulk_create(pages)
    store = store_of(conference)
    for page in pages:
        if jpegs[page.digest]:
            store.write(page.image_id, jpegs[page.digest])


def _bring_back(
    conference: Conference, again: Sequence[PageRecord], jpegs: Mapping[str, bytes]
) -> None:
    """Keep pictures that are gone and sent once more: a copy put back has none."""
    store = store_of(conference)
    pages = conference.scanned_pages.filter(digest__in=[one.digest for one in again])
    for image_id, digest in pages.values_list("image_id", "digest"):
        if jpegs[digest] and not (store.folder / image_id).exists():
            store.write(image_id, jpegs[digest])


def close_as_scanned(conference: Conference) -> None:
    """From its first sheet a count closes as a scanned one; files without any do nothing."""
    Count.objects.filter(conference=conference).update(is_scanned=True)


def _page(
    conference: Conference, sheet: ScannedSheet | None, one: PageRecord
) -> ScannedPage:
    return ScannedPage(
        pk=random_id(),
        conference=conference,
        sheet=sheet,
        image_id=secrets.token_hex(TOKEN_BYTES),
        digest=one.digest,
        style=one.style,
        page=one.page,
        rejection=one.rejection,
        boxes=[
            {
                "contest": box.contest,
                "line": box.line,
                "column": box.column,
                "state": box.state,
                "reason": box.reason,
                "scores": box.scores,
            }
            for box in one.boxes
        ],
        signature=unpacked_strokes(one.strokes),
    )


def _mark_twins(conference: Conference, fresh: Sequence[ScannedSheet]) -> int:
    """Note on each new sheet the one it may be a second scan of; return how many.

    Of a second scan half the pages that bear marks are alike, or more. In ballots of a
    dozen pages a page of few boxes is alike by chance here and there.
    """
    pages = list(
        conference.scanned_pages.filter(rejection="")
        .select_related("sheet")
        .defer("boxes")
    )
    for page in pages:
        page.boxes = []
    of_digest = {page.digest: page.sheet.token for page in pages if page.sheet}
    bearing_marks = _pages_bearing_marks(conference)
    new = {sheet.token: sheet for sheet in fresh}
    marked: dict[str, ScannedSheet] = {}
    alike = Counter(
        frozenset((of_digest[one], of_digest[other]))
        for one, other in sorted(alike_pairs(page_records(pages)))
    )
    for sheets, number in alike.items():
        if len(sheets) == 1 or 2 * number < min(bearing_marks[one] for one in sheets):
            continue
        one, other = sorted(sheets)
        later, earlier = (one, other) if one in new else (other, one)
        if later in new and later not in marked:
            new[later].perhaps_same_as = earlier
            marked[later] = new[later]
    ScannedSheet.objects.bulk_update(marked.values(), ["perhaps_same_as"])
    return len(marked)


def _pages_bearing_marks(conference: Conference) -> Counter[str]:
    """Return how many pages of each sheet bear a mark: no other page can be alike."""
    pages = conference.scanned_pages.filter(rejection="")
    rows = pages.values_list("sheet__token", "boxes").iterator()
    return Counter(
        token for token, boxes in rows if any(box["state"] != "0" for box in boxes)
    )
