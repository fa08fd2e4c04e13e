"""A batch with everything that goes wrong with sheets; every one must be reported."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

import cv2
import numpy as np

from kecan.paper_ballot.accounting import Standing, count_pages
from kecan.paper_ballot.batch import page_record
from kecan.paper_ballot.form import Style
from kecan.paper_ballot.reading import printed_ballot
from kecan.paper_ballot.scans import Scan, ScanPlace, decode_jpeg
from kecan.regulations.chains import shipped_validity
from kecan.sample.scans import ScanPlan, hard_plan, make_scan, printed_pages

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from numpy.typing import NDArray

    from kecan.paper_ballot.batch import PageRecord
    from kecan.paper_ballot.form import BallotForm

SHEETS = 40
LACKING = {3: 1, 17: 3, 30: 0}  # sheet: the page that is not there
AGAIN = (5, 21, 33)  # sheets fed a second time
STRANGERS = ("white", "black", "negative", "other ballot", "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class FedPage:
    """One page as fed: of a sheet, or a stranger with a name."""

    feed: int
    sheet: int = -1
    page: int = 0
    is_again: bool = False
    stranger: str = ""


def print_batch(form: BallotForm, *, pool: Executor) -> None:
    """Read a batch of hard scans and print what was reported of its troubles."""
    fed = _fed(pages=len(printed_ballot(form).layouts[0].pages))
    parts = [fed[start : start + 10] for start in range(0, len(fed), 10)]
    read = pool.map(read_fed, [form] * len(parts), parts)
    records = [one for part in read for one in part]
    _print(form, dict(zip(fed, records, strict=True)))


def _fed(*, pages: int) -> list[FedPage]:
    order = [(sheet, False) for sheet in range(SHEETS)] + [(one, True) for one in AGAIN]
    found: list[FedPage] = []
    for place, (sheet, is_again) in enumerate(order):
        if place % 8 == 1 and place // 8 < len(STRANGERS):
            name = STRANGERS[place // 8]
            found.append(FedPage(feed=len(found), stranger=name))
        for page in range(pages):
            if is_again or LACKING.get(sheet) != page:
                one = FedPage(
                    feed=len(found), sheet=sheet, page=page, is_again=is_again
                )
                found.append(one)
    return found


def read_fed(form: BallotForm, fed: list[FedPage]) -> list[PageRecord]:
    """Make and read pages as fed; all lie in one stack."""
    cv2.setNumThreads(1)
    records = []
    for one in fed:
        image = _stranger(form, one.stranger) if one.stranger else _sheet(form, one)
        scan = Scan(image=image, digest=sha256(image.tobytes()).hexdigest())
        place = ScanPlace(path=f"stack/{one.feed:04}.jpg")
        records.append(page_record(form, place, scan))
    return records


def _plan(sheet: int, page: int, *, is_again: bool = False) -> ScanPlan:
    plan = hard_plan(np.random.default_rng([sheet, page]))
    if is_again:
        return replace(plan, skew=-plan.skew, shift=(0.5, -0.5), quality=85, noise=2.0)
    return plan


@cache
def _printed(form: BallotForm) -> list[NDArray[np.uint8]]:
    return printed_pages(form, style=Style.NORMAL)


def _sheet(form: BallotForm, fed: FedPage) -> NDArray[np.uint8]:
    printed = _printed(form)[fed.page]
    layout = printed_ballot(form).layouts[0].pages[fed.page]
    plan = _plan(fed.sheet, fed.page, is_again=fed.is_again)
    return decode_jpeg(make_scan(printed, layout, plan).jpeg)


def _stranger(form: BallotForm, name: str) -> NDArray[np.uint8]:
    other = replace(form, occasion=f"{form.occasion} 2")
    layout = printed_ballot(other).layouts[0].pages[0]
    printed = _printed(other)[0]
    ballot = decode_jpeg(make_scan(printed, layout, _plan(0, 0)).jpeg)
    if name == "other ballot":
        return ballot
    if name == "text":
        height, width = ballot.shape
        middle = ballot[height // 4 : -height // 4, width // 4 : -width // 4]
        return np.asarray(cv2.resize(middle, (width, height)), np.uint8)
    if name == "negative":
        return np.asarray(255 - ballot, np.uint8)
    return np.full(ballot.shape, 246 if name == "white" else 6, np.uint8)


def _print(form: BallotForm, records: dict[FedPage, PageRecord]) -> None:
    layouts = printed_ballot(form).layouts
    counted = count_pages(
        form,
        list(records.values()),
        pages_of_style={one.style: len(one.pages) for one in layouts},
        rules=shipped_validity().rules,
    )
    refused = {one.digest for one in counted.rejected}
    strangers = [one.digest for fed, one in records.items() if fed.stranger]
    pages = [one.digest for fed, one in records.items() if not fed.stranger]
    open_pages = {
        page.digest: one.why
        for one in counted.ballots
        if one.standing is Standing.PENDING
        for page in one.pages
    }
    alike = {digest for pair in counted.alike for digest in pair}
    lacking = [_of(records, sheet) for sheet in LACKING]
    again = [_of(records, sheet) for sheet in AGAIN]
    print(
        f"a batch of {len(records)} hard pages: "
        f"{sum(one in refused for one in strangers)} of {len(strangers)} non-ballots "
        f"refused, {sum(one in refused for one in pages)} of {len(pages)} pages of "
        "ballots refused;\n"
        f"{sum(any(d in open_pages for d in sheet) for sheet in lacking)} of "
        f"{len(lacking)} sheets with a missing page open, "
        f"{sum(any(d in alike for d in sheet) for sheet in again)} of {len(again)} "
        "sheets fed twice reported"
    )


def _of(records: dict[FedPage, PageRecord], sheet: int) -> list[str]:
    return [one.digest for fed, one in records.items() if fed.sheet == sheet]
