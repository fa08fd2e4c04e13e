"""Encrypting a stream under a passphrase, so that any change or cut is noticed.

A file is a header, then chunks. Each chunk is sealed with ChaCha20-Poly1305 under a
nonce of its number and whether it is the last (the STREAM construction of Hoang,
Reyhanitabar, Rogaway and Vizár, CRYPTO 2015), and with the header as associated data.
The key is scrypt (RFC 7914) of the passphrase and the salt in the header.
"""

from __future__ import annotations

import hashlib
import unicodedata
from typing import TYPE_CHECKING, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MAGIC = b"KECAN-BACKUP-1\n"
LEAST_PASSPHRASE = 12
_SALT_BYTES = 16
_PREFIX_BYTES = 7
_COUNTER_BYTES = 4
_CHUNK = 1 << 20
_TAG_BYTES = 16
_KEY_BYTES = 32
_SCRYPT_COST, _SCRYPT_BLOCK, _SCRYPT_LANES = 1 << 15, 8, 1
_SCRYPT_MEMORY = 1 << 26


class NotABackupError(Exception):
    """The file does not begin as a copy made by Kecan does."""


class BackupBrokenError(Exception):
    """A chunk does not verify: another passphrase, or the file was changed or cut."""


def is_copy(path: Path) -> bool:
    """Tell whether a file begins as a copy made by Kecan does."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


class SealingWriter:
    """A stream that seals what is written to it; only ``finish`` makes it whole.

    Args:
        target: Where the sealed bytes go.
        passphrase: At least ``LEAST_PASSPHRASE`` characters.
        random_bytes: Draws salt and nonce prefix: ``secrets.token_bytes``.
    """

    def __init__(
        self,
        target: BinaryIO,
        *,
        passphrase: str,
        random_bytes: Callable[[int], bytes],
    ) -> None:
        salt, self._prefix = random_bytes(_SALT_BYTES), random_bytes(_PREFIX_BYTES)
        self._header = MAGIC + salt + self._prefix
        self._cipher = ChaCha20Poly1305(_key(passphrase, salt))
        self._target = target
        self._waiting = bytearray()
        self._counter = 0
        target.write(self._header)

    def write(self, data: bytes) -> int:
        """Take bytes; whole chunks are sealed and written on."""
        self._waiting += data
        # One chunk always waits: the last one is sealed differently.
        while len(self._waiting) > _CHUNK:
            self._seal(bytes(self._waiting[:_CHUNK]), is_last=False)
            del self._waiting[:_CHUNK]
        return len(data)

    def finish(self) -> None:
        """Seal and write the last chunk."""
        self._seal(bytes(self._waiting), is_last=True)
        self._waiting.clear()

    def _seal(self, chunk: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._prefix, self._counter, is_last=is_last)
        self._target.write(self._cipher.encrypt(nonce, chunk, self._header))
        self._counter += 1


class OpeningReader:
    """The readable stream inside a sealed file; every byte it gives was verified.

    Raises:
        NotABackupError: If the file is none of ours.
        BackupBrokenError: From ``read``, before any byte of a bad chunk is given.
    """

    def __init__(self, source: BinaryIO, *, passphrase: str) -> None:
        length = len(MAGIC) + _SALT_BYTES + _PREFIX_BYTES
        header = source.read(length)
        if len(header) != length or not header.startswith(MAGIC):
            raise NotABackupError
        salt = header[len(MAGIC) : len(MAGIC) + _SALT_BYTES]
        self._header, self._prefix = header, header[len(MAGIC) + _SALT_BYTES :]
        self._cipher = ChaCha20Poly1305(_key(passphrase, salt))
        self._chunks = self._open_chunks(source)
        self._waiting = bytearray()

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` verified bytes, all that remain when negative."""
        while size < 0 or len(self._waiting) < size:
            chunk = next(self._chunks, None)
            if chunk is None:
                break
            self._waiting += chunk
        end = len(self._waiting) if size < 0 else size
        given = bytes(self._waiting[:end])
        del self._waiting[:end]
        return given

    def _open_chunks(self, source: BinaryIO) -> Iterator[bytes]:
        sealed, counter = source.read(_CHUNK + _TAG_BYTES), 0
        while True:
            following = source.read(_CHUNK + _TAG_BYTES)
            nonce = _nonce(self._prefix, counter, is_last=not following)
            try:
                yield self._cipher.decrypt(nonce, sealed, self._header)
            except InvalidTag as error:
                raise BackupBrokenError from error
            if not following:
                return
            sealed, counter = following, counter + 1


def _key(passphrase: str, salt: bytes) -> bytes:
    return hashlib.scrypt(
        unicodedata.normalize("NFC", passphrase).encode(),
        salt=salt,
        n=_SCRYPT_COST,
        r=_SCRYPT_BLOCK,
        p=_SCRYPT_LANES,
        maxmem=_SCRYPT_MEMORY,
        dklen=_KEY_BYTES,
    )


def _nonce(prefix: bytes, counter: int, *, is_last: bool) -> bytes:
    return prefix + counter.to_bytes(_COUNTER_BYTES, "big") + bytes([is_last])
