"""What may be read of a scanned count; nothing of a choice before it closes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from kecan.paper_ballot.batch import BoxRecord, PageRecord, packed_scores
from kecan.paper_ballot.composing import layout_of
from kecan.paper_ballot.form import Style
from kecan.paper_ballot.form_json import form_from_json
from kecan.paper_ballot.page_strokes import packed_strokes
from kecan.paper_ballot.scans import ScanPlace
from kecan.web.paper_count.images import ImageStore
from kecan.web.paper_count.keyed_sheets import sheets_to_key
from kecan.web.paper_count.looks import settled
from kecan.web.paper_count.models import BallotPrint, ScannedPage, ScannedSheet
from kecan.web.paper_count.refusals import BallotNotPrintedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kecan.paper_ballot.form import BallotForm
    from kecan.web.conferences.models import Conference
    from kecan.web.paper_count.keyed_sheets import SheetToKey


_BOX = ("contest", "line", "column", "state", "reason")
_FEW_MISSING = 3  # ballots: with more missing a stack has yet to be scanned
ASKED = "asked"
"""The reason of a box the reader was sure of and a person wants decided by people."""


def form_on_record(conference: Conference) -> BallotForm:
    """Return the form of a ballot that was printed, whichever version draws it how.

    Enough for what was read from its sheets; to look at a picture again takes
    :func:`frozen_form`.
    """
    return form_from_json(BallotPrint.objects.get(conference=conference).form)


def frozen_form(conference: Conference) -> BallotForm:
    """Return the form the ballot was printed from, if it is still drawn the same.

    Raises:
        BallotNotPrintedError: If it was never printed from here, or by a version
            that draws it otherwise.
    """
    frozen = BallotPrint.objects.filter(conference=conference).first()
    if frozen is None:
        msg = (
            f"Phiếu của {conference.title} chưa in từ phần mềm nên không nhận được ảnh "
            "quét; tải phiếu PDF để in, hoặc nhập phiếu bằng tay."
        )
        raise BallotNotPrintedError(msg)
    form = form_from_json(frozen.form)
    if form.event != frozen.event:
        msg = (
            f"Phiếu của {conference.title} in bằng phiên bản khác (mã {frozen.event}); "
            "nhập phiếu bằng tay."
        )
        raise BallotNotPrintedError(msg)
    return form


@lru_cache(maxsize=8)
def pages_of_style(form: BallotForm) -> Mapping[str, int]:
    """Return how many pages a ballot of each style has."""
    return {style.value: len(layout_of(form, style=style).pages) for style in Style}


def store_of(conference: Conference) -> ImageStore:
    """Return the pictures of a conference whose scans have begun."""
    return ImageStore(token=conference.scan_count.token)


def has_scans(conference: Conference) -> bool:
    """Tell whether sheets of a conference were ever scanned."""
    return hasattr(conference, "scan_count")


def page_records(pages: Iterable[ScannedPage]) -> list[PageRecord]:
    """Return stored pages as the reader gave them, without their place in a file."""
    return [
        PageRecord(
            place=ScanPlace(path=""),
            digest=page.digest,
            rejection=page.rejection,
            style=page.style,
            page=page.page,
            boxes=tuple(
                BoxRecord(
                    **{key: box[key] for key in _BOX},
                    packed_scores=packed_scores(box["scores"]),
                )
                for box in page.boxes
            ),
            strokes=packed_strokes(bytes(page.signature)),
        )
        for page in pages
    ]


def is_check(seed: str, page: ScannedPage, box: int, *, one_in: int) -> bool:
    """Tell whether a box the reader was sure of is among those people look at too."""
    if page.boxes[box]["state"] == "?":
        return False
    drawn = sha256(f"{seed},{page.digest},{box}".encode()).digest()
    return int.from_bytes(drawn[:8], "big") % one_in == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetProblem:
    """A sheet that waits for people: which pages it lacks, whom it resembles."""

    sheet: ScannedSheet
    missing_pages: tuple[int, ...]
    twin: ScannedSheet | None

    @property
    def is_doubtful(self) -> bool:
        """Tell whether the scan raises the doubt, and not a ruling that waits for more."""
        return bool(self.missing_pages) or self.twin is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchReport:
    """How far the scans account for the ballots; numbers of sheets, never of marks."""

    issued: int
    returned: int
    sheets: int
    scanned_twice: int
    pages: int
    refused: tuple[ScannedPage, ...]
    set_aside: int
    refused_reasons: tuple[tuple[str, int], ...]
    problems: tuple[SheetProblem, ...]
    to_key: tuple[SheetToKey, ...]
    pages_a_ballot: int

    @property
    def is_perhaps_joined(self) -> bool:
        """Tell whether a ballot may be of two voters' pages: few are missing, no page is.

        The last pages of one ballot and the first of the next are then missing
        together, and what is left of both looks whole. Only the number tells.
        """
        return (
            self.pages_a_ballot > 1
            and 0 < self.missing <= _FEW_MISSING
            and not self.refused
            and not self.problems
        )

    @property
    def not_returned(self) -> int:
        """Ballots handed out that did not come back: spoiled, exchanged, taken away."""
        return self.issued - self.returned

    @property
    def counted(self) -> int:
        """Sheets that will count, valid or not."""
        return self.sheets - self.scanned_twice

    @property
    def missing(self) -> int:
        """Returned ballots that no scanned sheet accounts for; negative: too many."""
        return self.returned - self.counted

    @property
    def open_points(self) -> tuple[str, ...]:
        """What keeps the count from closing, a sentence each; none if it balances."""
        doubtful = sum(one.is_doubtful for one in self.problems)
        unsettled = len(self.problems) - doubtful
        found = (
            (bool(self.refused), f"Còn {len(self.refused)} trang bị loại chưa xử lý."),
            (
                bool(doubtful),
                f"Còn {doubtful} tờ thiếu trang hoặc nghi quét trùng.",
            ),
            (
                bool(unsettled),
                f"Còn {unsettled} tờ chưa đủ hai người kết luận giống nhau.",
            ),
            (
                bool(self.to_key),
                f"Còn {len(self.to_key)} tờ nhập tay chưa đủ hai người nhập giống nhau.",
            ),
            (
                self.missing > 0,
                (
                    f"Thu về {self.returned} phiếu, mới quét được {self.counted}: còn thiếu "
                    f"{self.missing} tờ."
                ),
            ),
            (
                self.missing < 0,
                (
                    f"Thu về {self.returned} phiếu mà quét được {self.counted}: thừa "
                    f"{self.surplus} tờ, có thể quét trùng hoặc nhập tay thừa. Mở tờ thừa, "
                    "hai người cùng ghi kết luận “Quét trùng”."
                ),
            ),
        )
        return tuple(sentence for is_open, sentence in found if is_open)

    @property
    def surplus(self) -> int:
        """Scanned sheets beyond the ballots returned; negative: too few."""
        return -self.missing


def batch_report(conference: Conference, *, form: BallotForm) -> BatchReport:
    """Return the report of everything scanned so far."""
    sheets = {
        sheet.token: sheet
        for sheet in conference.scanned_sheets.prefetch_related("rulings")
    }
    have: dict[int, set[int]] = {}
    read = conference.scanned_pages.filter(rejection="")
    for sheet_id, page in read.values_list("sheet_id", "page"):
        have.setdefault(sheet_id or 0, set()).add(page)
    pages = pages_of_style(form)
    problems = []
    twice = 0
    for sheet in sheets.values():
        ruling = settled([one.value for one in sheet.rulings.all()])
        twice += ruling == "twice"
        wanted = set(range(1, pages[sheet.style] + 1))
        if sheet.is_keyed:
            continue
        missing = tuple(sorted(wanted - have.get(sheet.pk, set())))
        twin = sheets.get(sheet.perhaps_same_as)
        if ruling is None and (missing or twin or sheet.rulings.all()):
            problems.append(SheetProblem(sheet=sheet, missing_pages=missing, twin=twin))
    refused = conference.scanned_pages.exclude(rejection="")
    open_ones = tuple(refused.filter(set_aside_as=""))
    reasons = Counter(page.rejection for page in open_ones)
    return BatchReport(
        issued=conference.count.issued,
        returned=conference.count.returned or 0,
        sheets=len(sheets),
        scanned_twice=twice,
        pages=read.count(),
        refused=open_ones,
        set_aside=refused.exclude(set_aside_as="").count(),
        refused_reasons=tuple(sorted(reasons.items())),
        problems=tuple(problems),
        to_key=tuple(sheets_to_key(conference)),
        pages_a_ballot=max(pages.values()),
    )
