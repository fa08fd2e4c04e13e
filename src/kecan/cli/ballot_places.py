"""Where a drawn ballot lies in the stack: the scan file and the pages it was fed as."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from kecan.vocabulary import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannedAt:
    """One page of a ballot: the file and its page there, from 1 as fed."""

    file: str
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPlace:
    """The pages of one ballot, in the order of files and of feeding."""

    pages: tuple[ScannedAt, ...]

    @property
    def words(self) -> Sentence:
        """Say where to look: "chong-1.pdf, trang 13, 14, 15"."""
        files = [
            (file, ", ".join(str(one.page) for one in pages))
            for file, pages in groupby(self.pages, key=lambda one: one.file)
        ]
        return Sentence(
            "; ".join(f"{file}, trang {pages}" for file, pages in files),
            "; ".join(f"{file}, page {pages}" for file, pages in files),
        )
