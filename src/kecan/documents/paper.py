"""What every paper shares: who issues it, its number and day, who signs, shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.documents.model import (
    Document,
    Heading,
    Recipients,
    Secrecy,
    Section,
    Signature,
    SignatureBlock,
)
from kecan.documents.number_words import day_of_paper
from kecan.documents.style_sheet import load_style_sheet

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from kecan.vocabulary import PartialDate

DEFAULT_STYLE = "hd-36-2018"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The committee that issues a paper, in the forms its papers need.

    Example: superior "Đảng bộ thành phố Hà Nội", issuer "Huyện uỷ An Bình",
    short_name "Huyện uỷ", party_body "Đảng bộ huyện", place "An Bình", symbol "HU".
    """

    superior: str
    issuer: str
    short_name: str
    party_body: str
    place: str
    symbol: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFrame:
    """Everything around the content: issuer, day, number, marks, recipients.

    ``number`` None leaves room for the clerk to write it. ``style`` is the key of
    a style sheet in ``documents/styles``.
    """

    letterhead: Letterhead
    dated: date
    number: int | None = None
    recipients: tuple[str, ...] = ()
    secrecy: Secrecy | None = None
    is_draft: bool = False
    style: str = DEFAULT_STYLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """Who signs: ``authority`` "T/M BAN THƯỜNG VỤ" (or empty), title and name."""

    title: str
    name: str
    authority: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One composition figure: how many have it, of how many, how many are needed.

    ``need`` None means no number is required.
    """

    title: str
    have: int
    of: int
    need: int | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.have <= self.of:
            msg = f"{self.title}: {self.have} of {self.of} cannot be"
            raise ValueError(msg)

    @property
    def more(self) -> int:
        """How many are still missing."""
        return max(0, (self.need or 0) - self.have)


@dataclass(frozen=True, slots=True, kw_only=True)
class Nominee:
    """A person on a list, told apart from namesakes by birth and office."""

    name: str
    born: PartialDate | None
    office: str
