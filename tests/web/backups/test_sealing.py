"""A sealed stream opens as it was written, or not at all."""

from __future__ import annotations

import io
import random
import unicodedata

import pytest

from kecan.web.backups import sealing
from kecan.web.backups.sealing import (
    BackupBrokenError,
    NotABackupError,
    OpeningReader,
    SealingWriter,
)

PASSPHRASE = "mười hai ký tự"  # noqa: S105  # of the tests
CHUNK = 64


@pytest.fixture(autouse=True)
def _small_and_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of a few bytes and a cheap key, so that every byte can be tried."""
    monkeypatch.setattr(sealing, "_CHUNK", CHUNK)
    monkeypatch.setattr(sealing, "_SCRYPT_COST", 2)


def _sealed(data: bytes) -> bytes:
    target = io.BytesIO()
    writer = SealingWriter(
        target, passphrase=PASSPHRASE, random_bytes=random.Random(7).randbytes
    )
    for at in range(0, len(data), 50):
        writer.write(data[at : at + 50])
    writer.finish()
    return target.getvalue()


def _opened(sealed: bytes, passphrase: str = PASSPHRASE) -> bytes:
    return OpeningReader(io.BytesIO(sealed), passphrase=passphrase).read()


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_was_written_is_read_back(size: int) -> None:
    data = random.Random(size).randbytes(size)

    assert _opened(_sealed(data)) == data


def test_nothing_of_the_data_can_be_seen_in_the_file() -> None:
    assert b"Quy hoach" not in _sealed(b"Quy hoach " * 20)


def test_a_passphrase_opens_however_its_letters_are_composed() -> None:
    decomposed = unicodedata.normalize("NFD", PASSPHRASE)

    assert _opened(_sealed(b"x"), decomposed) == b"x"


def test_another_passphrase_does_not_open_it() -> None:
    with pytest.raises(BackupBrokenError):
        _opened(_sealed(b"x"), PASSPHRASE + "!")


def test_any_changed_byte_is_noticed() -> None:
    sealed = _sealed(bytes(2 * CHUNK + 5))

    for at in range(len(sealed)):
        changed = bytearray(sealed)
        changed[at] ^= 1
        with pytest.raises((BackupBrokenError, NotABackupError)):
            _opened(bytes(changed))


def test_a_file_cut_anywhere_is_noticed() -> None:
    sealed = _sealed(bytes(3 * CHUNK))

    for end in range(len(sealed)):
        with pytest.raises((BackupBrokenError, NotABackupError)):
            _opened(sealed[:end])


def test_chunks_put_in_another_order_are_noticed() -> None:
    sealed = _sealed(bytes(3 * CHUNK))
    head, size = len(sealing.MAGIC) + 23, CHUNK + 16
    swapped = (
        sealed[:head]
        + sealed[head + size : head + 2 * size]
        + sealed[head : head + size]
        + sealed[head + 2 * size :]
    )

    with pytest.raises(BackupBrokenError):
        _opened(swapped)
