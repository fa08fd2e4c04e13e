"""Letterheads: the names a committee's papers need, read from its own name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.documents.paper import Letterhead, PaperFrame, Signatory
from kecan.web.papers.models import PaperDetails

if TYPE_CHECKING:
    from datetime import date

    from kecan.web.organisation.models import Unit
    from kecan.web.plans.models import PlanningRound


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    party_body: str
    symbol: str


_KINDS = {
    "Tỉnh uỷ": _Kind(party_body="Đảng bộ tỉnh", symbol="TU"),
    "Thành uỷ": _Kind(party_body="Đảng bộ thành phố", symbol="TU"),
    "Huyện uỷ": _Kind(party_body="Đảng bộ huyện", symbol="HU"),
    "Quận uỷ": _Kind(party_body="Đảng bộ quận", symbol="QU"),
    "Thị uỷ": _Kind(party_body="Đảng bộ thị xã", symbol="ThU"),
    "Đảng uỷ": _Kind(party_body="Đảng bộ", symbol="ĐU"),
}
_PLACE_KINDS = ("xã", "phường", "đặc khu", "thị trấn")


def details_of(planning_round: PlanningRound) -> PaperDetails:
    """Return what was entered for the papers of a round; all blank before."""
    return PaperDetails.objects.filter(round=planning_round).first() or PaperDetails()


def letterhead_of(unit: Unit, *, superior: str) -> Letterhead:
    """Return the letterhead of "Huyện uỷ Thạch Bình", "Đảng uỷ xã An Hoà" and such.

    The superior body is the parent committee of the unit; ``superior`` stands in
    where the register has none.
    """
    short_name = _short_name(unit.name)
    kind = _KINDS.get(short_name)
    rest = _place_of(unit.name, short_name)
    place_kind = next((one for one in _PLACE_KINDS if rest.startswith(f"{one} ")), "")
    party_body = "đảng bộ" if kind is None else f"{kind.party_body} {place_kind}"
    return Letterhead(
        superior=_superior(unit) or superior,
        issuer=unit.name,
        short_name=short_name,
        party_body=party_body.strip(),
        place=rest.removeprefix(place_kind).strip(),
        symbol="……" if kind is None else kind.symbol,
    )


def _short_name(name: str) -> str:
    written = name.replace("ủy", "uỷ")
    return next((one for one in _KINDS if written.startswith(f"{one} ")), name)


def _place_of(name: str, short_name: str) -> str:
    return "" if name == short_name else name[len(short_name) :].strip()


def _superior(unit: Unit) -> str:
    """Return "Đảng bộ tỉnh Thanh Hoá" for a unit under Tỉnh uỷ Thanh Hoá."""
    if unit.parent is None:
        return ""
    name = unit.parent.name
    short_name = _short_name(name)
    if short_name not in _KINDS:
        return name
    return f"{_KINDS[short_name].party_body} {_place_of(name, short_name)}"


def frame_of(
    planning_round: PlanningRound, *, dated: date | None, number: int | None = None
) -> PaperFrame:
    """Return the frame of a paper of the round's committee.

    Without a day the paper leaves room for it; the file itself then carries the
    day the round judges at.
    """
    superior = details_of(planning_round).superior
    return PaperFrame(
        letterhead=letterhead_of(planning_round.unit, superior=superior),
        dated=dated or planning_round.as_of,
        has_day=dated is not None,
        number=number,
    )


def standing_signatory(details: PaperDetails) -> Signatory:
    """Return who signs for the Standing Committee, as the officer entered it."""
    return Signatory(
        authority="T/M BAN THƯỜNG VỤ",
        title=details.signatory_post,
        name=details.signatory_name,
    )
