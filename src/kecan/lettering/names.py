"""Vietnamese names and words: a key to search by and keys to sort by."""

from __future__ import annotations

import unicodedata

_TONES = {"\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0301": "5", "\u0323": "6"}
_NO_TONE = "1"
_END = "00"
_ALPHABET = " '’-.0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_CODES = {letter: f"{place:02d}" for place, letter in enumerate(_ALPHABET, start=1)}
_UNKNOWN = "99"


def fold_for_search(name: str) -> str:
    """Return ``name`` without case, accents or tone marks, spaces collapsed.

    ``Hòa`` and ``Hoà`` fold alike because both lose their mark; ``Đ`` becomes ``d``.
    """
    letters = unicodedata.normalize("NFD", name.casefold())
    bare = "".join(one for one in letters if not unicodedata.combining(one))
    return " ".join(bare.replace("đ", "d").split())


def sort_key(name: str) -> str:
    """Return text that sorts as officials do: given name first, then the rest.

    It holds digits only, so every database orders it alike. Tones count after
    letters and once a syllable, so old and new tone placement sort together.
    """
    *rest, given = name.split() or [""]
    return _code((given,)) + _code(tuple(rest))


def dictionary_key(words: str) -> str:
    """Return text that sorts as a dictionary does: from the first syllable on."""
    return _code(tuple(words.split()))


def _code(syllables: tuple[str, ...]) -> str:
    letters, tones = [], []
    for syllable in syllables:
        marks = unicodedata.normalize("NFD", syllable.lower())
        tone = [_TONES[mark] for mark in marks if mark in _TONES]
        bare = "".join(mark for mark in marks if mark not in _TONES)
        letters.append(unicodedata.normalize("NFC", bare))
        tones.append(tone[0] if tone else _NO_TONE)
    codes = (_CODES.get(letter, _UNKNOWN) for letter in " ".join(letters))
    return "".join(codes) + _END + "".join(tones) + _END
