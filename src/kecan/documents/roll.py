"""Danh sách triệu tập, điểm danh: who is summoned, by category, with seat and sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, time

    from kecan.documents.model import Document
    from kecan.documents.paper import PaperFrame, Signatory


@dataclass(frozen=True, slots=True, kw_only=True)
class RollPerson:
    """A seat. ``is_present`` None before the conference leaves the place to sign."""

    seat: str
    name: str
    office: str
    is_present: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCategory:
    """A category of those summoned, in the order of the seats."""

    title: str
    people: tuple[RollPerson, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RollContent:
    """The roll of one conference."""

    frame: PaperFrame
    conference: str
    held_on: date
    starts_at: time
    hall: str
    categories: tuple[RollCategory, ...]
    maker: Signatory
    signatory: Signatory


def roll(content: RollContent) -> Document:
    """Return the roll, everybody once, numbered through."""
    raise NotImplementedError
