"""Provisional units and posts for what a list only names, to be completed by hand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from kecan.regulations.facts import PostKind, UnitKind
from kecan.vocabulary import Level, Line
from kecan.workbook.choices import LEVELS, LINES, POST_KINDS, UNIT_KINDS
from kecan.workbook.text import fold

if TYPE_CHECKING:
    from kecan.workbook.register_rows import Row

_Kind = TypeVar("_Kind", UnitKind, PostKind)

_UNIT_KINDS: tuple[tuple[UnitKind, str], ...] = (
    (UnitKind.ARMED_FORCES, r"cong an|quan su|bien phong"),
    (UnitKind.FRONT, r"mttq|mat tran"),
    (
        UnitKind.PARTY_BODY,
        (
            r"^ban (to chuc|tuyen giao|dan van|noi chinh)|uy ban kiem tra|ubkt"
            r"|^van phong (huyen|tinh|thanh|thi|quan|dang) uy|trung tam chinh tri"
        ),
    ),
    (UnitKind.COMMITTEE, r"^(huyen|tinh|thanh|thi|quan|dang) uy"),
    (
        UnitKind.COMMUNE,
        r"^((dang uy|ubnd|uy ban nhan dan|hdnd) )?(xa|phuong|thi tran)\b",
    ),
    (UnitKind.ADMINISTRATIVE, r"^(phong|so|van phong|thanh tra|chi cuc)\b"),
    (UnitKind.PEOPLES_COUNCIL, r"^(hdnd|hoi dong nhan dan|thuong truc hdnd)"),
    (UnitKind.PEOPLES_COMMITTEE, r"^(ubnd|uy ban nhan dan)"),
    (
        UnitKind.PUBLIC_SERVICE,
        r"^(truong|trung tam|benh vien|ban quan ly|nha van hoa|dai truyen thanh)",
    ),
    (UnitKind.UNION, r"^(hoi|huyen doan|tinh doan|doan thanh nien|lien doan)\b"),
    (UnitKind.PARTY_BASE, r"^(chi bo|dang bo)"),
)
_POST_KINDS: tuple[tuple[PostKind, str], ...] = (
    (
        PostKind.SPECIALIST,
        r"^(chuyen vien|nhan vien|can bo|cong chuc|vien chuc|can su)",
    ),
    (PostKind.DEPUTY_SECRETARY, r"^pho bi thu(?! doan| chi doan)"),
    (PostKind.SECRETARY, r"^bi thu(?! doan| chi doan)"),
    (PostKind.COUNCIL_VICE_CHAIR, r"^pho chu tich (hdnd|hoi dong nhan dan)"),
    (PostKind.COUNCIL_CHAIR, r"^chu tich (hdnd|hoi dong nhan dan)"),
    (
        PostKind.PEOPLES_COMMITTEE_VICE_CHAIR,
        r"^pho chu tich (ubnd|uy ban nhan dan)",
    ),
    (PostKind.PEOPLES_COMMITTEE_CHAIR, r"^chu tich (ubnd|uy ban nhan dan)"),
    (
        PostKind.STANDING_MEMBER,
        r"^(uy vien (ban thuong vu|btv)|uv ?btv)( (huyen|tinh|dang|thi|thanh) uy)?$",
    ),
    (
        PostKind.COMMITTEE_MEMBER,
        (
            r"^(uy vien (ban chap hanh|bch)|uv ?bch|huyen uy vien|dang uy vien|tinh uy vien)"
            r"( dang bo)?( (huyen|tinh|dang|thi|thanh) uy)?$"
        ),
    ),
    (PostKind.DEPUTY, r"^pho\b"),
    (
        PostKind.HEAD,
        (
            r"^(truong (ban|phong|cong an)|giam doc|chanh|chu nhiem|vien truong|chi huy truong"
            r"|hieu truong|thu truong|chu tich (hoi|uy ban mttq|mttq|lien doan)|bi thu)"
        ),
    ),
)
_LINES = {
    PostKind.SECRETARY: Line.PARTY,
    PostKind.DEPUTY_SECRETARY: Line.PARTY,
    PostKind.STANDING_MEMBER: Line.PARTY,
    PostKind.COMMITTEE_MEMBER: Line.PARTY,
    PostKind.COUNCIL_CHAIR: Line.GOVERNMENT,
    PostKind.COUNCIL_VICE_CHAIR: Line.GOVERNMENT,
    PostKind.PEOPLES_COMMITTEE_CHAIR: Line.GOVERNMENT,
    PostKind.PEOPLES_COMMITTEE_VICE_CHAIR: Line.GOVERNMENT,
}


@dataclass(slots=True)
class Provisional:
    """Units and posts met so far, each once, with the codes given to them.

    A kind or line is filled in only where the name says it; the rest stays empty for
    the operator. Everything else a post needs stays empty too.
    """

    level: Level
    units: list[Row] = field(default_factory=list)
    posts: list[Row] = field(default_factory=list)
    _unit_codes: dict[str, str] = field(default_factory=dict)
    _post_codes: dict[tuple[str, str], str] = field(default_factory=dict)

    def unit(self, name: str) -> str:
        """Return the code of the unit of that name, empty for no name."""
        if not name:
            return ""
        key = fold(name)
        if key not in self._unit_codes:
            code = f"TAM-DV-{len(self.units) + 1:03d}"
            self._unit_codes[key] = code
            kind = _first(key, _UNIT_KINDS)
            self.units.append(
                {
                    "unit_id": code,
                    "name": name,
                    "kind": UNIT_KINDS.label(kind) if kind is not None else "",
                    "level": LEVELS.label(self.level),
                }
            )
        return self._unit_codes[key]

    def office(self, title: str, unit: str) -> str:
        """Return the code of a post held in a unit, empty for one without leadership."""
        if _first(fold(title), _POST_KINDS) is PostKind.SPECIALIST:
            return ""
        return self._post(title, unit)

    def planned_post(self, title: str) -> str:
        """Return the code of a post people are planned for.

        It is the post of that title met before if there is exactly one, else a post
        of a unit the operator has to name.
        """
        codes = [
            code
            for (known, _), code in self._post_codes.items()
            if known == fold(title)
        ]
        return codes[0] if len(codes) == 1 else self._post(title, "")

    def _post(self, title: str, unit: str) -> str:
        key = (fold(title), unit)
        if key not in self._post_codes:
            code = f"TAM-CD-{len(self.posts) + 1:03d}"
            self._post_codes[key] = code
            kind = _first(key[0], _POST_KINDS)
            line = _LINES.get(kind) if kind is not None else None
            self.posts.append(
                {
                    "post_id": code,
                    "title": title,
                    "unit_id": unit,
                    "kind": POST_KINDS.label(kind) if kind is not None else "",
                    "level": LEVELS.label(self.level),
                    "line": LINES.label(line) if line is not None else "",
                }
            )
        return self._post_codes[key]


def _first(folded: str, patterns: tuple[tuple[_Kind, str], ...]) -> _Kind | None:
    return next((kind for kind, words in patterns if re.search(words, folded)), None)
