"""Random ids of sheets, a setting that is off unless a committee turns it on.

With one id on all pages of a ballot, pages are joined and second scans found with
certainty. Whoever hands out ballots could also note which id a voter got: the
reason why it is off, and why no file, table or ledger keeps an id after the count.
"""

from __future__ import annotations

import re
import secrets
from zlib import crc32

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: said over a telephone
_LENGTH = 7  # what is left of the 42 bytes of the code; 34 thousand million ids
_ID = re.compile(f"[{_LETTERS}]{{{_LENGTH}}}")
SPECIMEN = "-" * _LENGTH
"""Stands for the id in the layout, and on a specimen, which no reader takes."""
_FIELDS = 5  # B1, event, style, page, id


def draw_sheet_ids(copies: int) -> tuple[str, ...]:
    """Return as many different ids, in an order that says nothing."""
    drawn: dict[str, None] = {}
    while len(drawn) < copies:
        drawn["".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))] = None
    return tuple(drawn)


def checked_text(said: str) -> str:
    """Return what a code says with the check sum behind it."""
    return f"{said}|{crc32(said.encode('ascii')):08x}"


def parted_code(text: str) -> tuple[str, str]:
    """Return the text of a code as its layout has it, and the id of the sheet.

    The id is empty where the code has none. A code that has something else in its
    place, a specimen's for one, gives an empty text: that of no layout.
    """
    said, _, check = text.rpartition("|")
    fields = said.split("|")
    if len(fields) != _FIELDS:
        return text, ""
    is_whole = said.isascii() and f"{crc32(said.encode('ascii')):08x}" == check
    if not is_whole or not _ID.fullmatch(fields[-1]):
        return "", ""
    return checked_text("|".join((*fields[:-1], SPECIMEN))), fields[-1]
