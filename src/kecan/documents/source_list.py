"""Danh sách nguồn nhân sự đủ điều kiện: who may be put forward, by term and post."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kecan.documents.model import Document
    from kecan.documents.paper import PaperFrame, Signatory
    from kecan.vocabulary import PartialDate, TermPair


@dataclass(frozen=True, slots=True, kw_only=True)
class EligiblePerson:
    """A row: somebody the rules find eligible for a post."""

    name: str
    born: PartialDate | None
    unit: str
    office: str
    planned_post: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceGroup:
    """The sources of one body or post in one term, in the order to be printed."""

    caption: str
    people: tuple[EligiblePerson, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceBlock:
    """All groups of one term ("2025 - 2030")."""

    term: str
    groups: tuple[SourceGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceListContent:
    """The list of eligible sources; ``judged_under`` names the rules and the day."""

    frame: PaperFrame
    terms: tuple[TermPair, ...]
    judged_under: str
    blocks: tuple[SourceBlock, ...]
    maker: Signatory
    signatory: Signatory


def source_list(content: SourceListContent) -> Document:
    """Return the list of eligible sources."""
    raise NotImplementedError
