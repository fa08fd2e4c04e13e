"""Which scanned pages make a sheet: by feeding order, or by the id sheets carry."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.paper_ballot.joined_sheets import contradict, sheets_by_id, vouched_for
from kecan.paper_ballot.stack_order import ballots_of_pages
from kecan.web.paper_count.models import ScannedSheet
from kecan.web.paper_count.queries import page_records, pages_of_style

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kecan.paper_ballot.batch import PageRecord
    from kecan.paper_ballot.form import BallotForm
    from kecan.web.conferences.models import Conference

TOKEN_BYTES = 16
_ID_BITS = 62


def random_id() -> int:
    """Return an id for a row: ids that grow would tell which sheets were read together."""
    return secrets.randbits(_ID_BITS)


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedSheet:
    """Pages to keep and their sheet: a new one, not saved yet, or one that is there."""

    sheet: ScannedSheet
    pages: Sequence[PageRecord]
    is_new: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedPages:
    """The sheets of a batch; ``second_scans`` bring nothing new and are not kept."""

    sheets: Sequence[JoinedSheet]
    second_scans: Sequence[PageRecord] = ()


def joined_pages(
    conference: Conference, form: BallotForm, fresh: Sequence[PageRecord]
) -> JoinedPages:
    """Return the sheets that pages in feeding order make, refused ones among them."""
    pages = pages_of_style(form)
    if not form.has_sheet_ids:
        groups = ballots_of_pages(fresh, pages_of_style=pages)
        return JoinedPages(sheets=[_new(conference, group) for group in groups])
    read = [one for one in fresh if not one.rejection]
    by_id = sheets_by_id(read)
    sheets: list[JoinedSheet] = []
    second_scans = list(by_id.second_scans)
    for group in by_id.ballots:
        if len({one.page for one in group}) < len(group):
            # Two sheets with one id: only the order they were fed in parts them.
            of_id = [one for one in read if one.sheet_id == group[0].sheet_id]
            parts = list(ballots_of_pages(of_id, pages_of_style=pages))
            first = _new(conference, parts[0])
            sheets.append(first)
            sheets += [
                _new(conference, part, same_as=first.sheet.token) for part in parts[1:]
            ]
            second_scans = [one for one in second_scans if one not in of_id]
            continue
        kept, again = _beside_known(conference, group)
        sheets += kept
        second_scans += again
    return JoinedPages(sheets=sheets, second_scans=second_scans)


def pages_of_rescan(
    sheet: ScannedSheet, form: BallotForm, fresh: Sequence[PageRecord]
) -> list[PageRecord] | None:
    """Return the pages that replace those of a sheet; None unless they are its own."""
    groups: list[Sequence[PageRecord]] = list(
        sheets_by_id([one for one in fresh if not one.rejection]).ballots
        if form.has_sheet_ids
        else ballots_of_pages(fresh, pages_of_style=pages_of_style(form))
    )
    if len(groups) != 1:
        return None
    (group,) = groups
    is_own = all(
        (one.style, one.sheet_id) == (sheet.style, sheet.sheet_id) for one in group
    )
    has_each_once = len({one.page for one in group}) == len(group)
    return vouched_for(group) if is_own and has_each_once else None


def _beside_known(
    conference: Conference, group: Sequence[PageRecord]
) -> tuple[list[JoinedSheet], list[PageRecord]]:
    """Add pages to the sheet of their id, or say that they were there before."""
    sheet = (
        ScannedSheet.objects.filter(
            conference=conference, style=group[0].style, sheet_id=group[0].sheet_id
        )
        .order_by("perhaps_same_as")  # the first of two with one id
        .first()
    )
    if sheet is None:
        return [_new(conference, group)], []
    there = {one.page: one for one in page_records(sheet.pages.all())}
    if any(one.page in there and contradict(one, there[one.page]) for one in group):
        return [_new(conference, group, same_as=sheet.token)], []
    fresh = [one for one in group if one.page not in there and not sheet.is_keyed]
    again = [one for one in group if one not in fresh]
    return ([JoinedSheet(sheet=sheet, pages=fresh)] if fresh else []), again


def _new(
    conference: Conference, pages: Iterable[PageRecord], *, same_as: str = ""
) -> JoinedSheet:
    group = vouched_for(list(pages))
    sheet = ScannedSheet(
        conference=conference,
        token=secrets.token_hex(TOKEN_BYTES),
        style=group[0].style,
        sheet_id=group[0].sheet_id,
        perhaps_same_as=same_as,
    )
    return JoinedSheet(sheet=sheet, pages=group, is_new=True)
