"""Text as people type it: cleaned, folded for comparison, checked for old encodings."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_BLANKS = re.compile(r"[^\S\n]+")
_LINE_BREAKS = re.compile(r"\s*\n\s*")
_NOT_A_WORD = re.compile(r"[\W_]+")

_BEYOND_LATIN_1 = frozenset("ĂăĐđĨĩŨũƠơƯư").union(map(chr, range(0x1EA0, 0x1EFA)))
_TCVN3 = re.compile(
    "[A-Za-z][¨©ª«¬®µ¶·¸¹¼½¾§¡¢£¤¥¦]"
    "|[A-Za-z]»[A-Za-z]"
    "|(?<![A-Za-z])[§®¡¢£¤¥¦¨©ª¬][a-zÀ-ÿµ¶·¸¹¼½¾]"
    "|[a-z][ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝÆÇËÎÏÐÑÖ×ØÜÞß]"
)
_PERHAPS_TCVN3 = re.compile("[a-z][ïñëîßäåæç÷øûüþ]")
_VNI = re.compile(
    "[aAeE][ùøûõïâêáàåãäéèúüëÙØÛÕÏÂÊÁÀÅÃÄÉÈÚÜË]"
    "|[oOuUyY][ùøûõïåäÙØÛÕÏÅÄ]"
    "|[öÖôÔ][ùøûõïÙØÛÕÏ]"
    "|oâ|OÂ"
    "|\\b[ñÑ][a-zA-Zöô]"
)
_SUSPECT = frozenset("»ºÃÄÆ\ufffd")
_MOJIBAKE = re.compile("Ã[\u0080-\u00bf]|á»|áº|Ä[‘\u0091]|Æ[°¡]")
_REPLACED = "\ufffd"


def clean(text: str) -> str:
    """Return ``text`` in NFC without stray blanks; line breaks inside are kept."""
    if _is_clean(text):
        return text.strip()
    composed = text if text.isascii() else unicodedata.normalize("NFC", text)
    if not composed.isascii():
        composed = _INVISIBLE.sub("", composed)
    composed = composed.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    return _LINE_BREAKS.sub("\n", _BLANKS.sub(" ", composed)).strip()


def _is_clean(text: str) -> bool:
    """Tell quickly whether only blanks at the ends may have to go."""
    return (
        text.isprintable()
        and "  " not in text
        and "_x000D_" not in text
        and unicodedata.is_normalized("NFC", text)
    )


def fold(text: str) -> str:
    """Return ``text`` for comparison: no marks, no case, no punctuation.

    Old and new tone placement (hoà, hòa) and uỷ, ủy become the same.
    """
    bare = text.casefold()
    if not bare.isascii():
        apart = unicodedata.normalize("NFD", bare.replace("đ", "d"))
        bare = "".join(mark for mark in apart if not unicodedata.combining(mark))
    return _NOT_A_WORD.sub(" ", bare).strip()


def legacy_encoding(text: str) -> str | None:
    """Return the name of the old encoding ``text`` is written in, None if it is not.

    A cell that holds one letter only Unicode has (đ, ơ, ệ …) is not legacy text.
    """
    if text.isascii():
        return None
    if not _SUSPECT.isdisjoint(text) and (_REPLACED in text or _MOJIBAKE.search(text)):
        return "UTF-8 mở sai bảng mã"
    if not _BEYOND_LATIN_1.isdisjoint(text):
        return None
    if _TCVN3.search(text):
        return "TCVN3 (ABC)"
    if _VNI.search(text):
        return "VNI"
    return "TCVN3 (ABC)" if len(_PERHAPS_TCVN3.findall(text)) > 1 else None


def has_legacy_letters(text: str) -> bool:
    """Tell whether a text has combinations of letters only TCVN3 or VNI gives.

    Unlike :func:`legacy_encoding` it does not trust a letter only Unicode has, as
    reading old bytes with a Vietnamese code page makes such letters.
    """
    return _TCVN3.search(text) is not None or _VNI.search(text) is not None
