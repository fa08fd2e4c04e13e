"""What a copy holds: the database at one instant, the files beside it, a manifest."""

from __future__ import annotations

import hashlib
import io
import json
import secrets
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from kecan.web.backups.sealing import BackupBrokenError, OpeningReader, SealingWriter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

DATABASE_NAME = "kecan.sqlite3"
MEDIA_NAME = "media"
SCAN_NAMES = ("ballot-images", "ballot-keys")
"""Where pictures of scanned ballots and their keys lie; in no copy."""
_MANIFEST_NAME = "manifest.json"
_BLOCK = 1 << 20


class CopyDamagedError(Exception):
    """The copy opens, but what is inside is not what the manifest or SQLite expects."""


def write_archive(
    home: Path, target: Path, *, passphrase: str, told: dict[str, Any]
) -> None:
    """Write an encrypted copy of the database and media under ``home``.

    The database is copied by SQLite's own backup while others may write; the copy is
    one state. ``target`` appears whole, readable by its owner only, or not at all.

    Args:
        home: The folder of the instance (``KECAN_HOME``).
        target: The file to write; must not exist.
        passphrase: What the copy is encrypted under.
        told: What the manifest says besides the digests: the day, the ledger's head.
    """
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".kecan-") as folder:
        database = Path(folder) / DATABASE_NAME
        _copy_database(home / DATABASE_NAME, database)
        draft = Path(folder) / "sealed"
        with draft.open("wb") as stream:
            draft.chmod(0o600)
            writer = SealingWriter(
                stream, passphrase=passphrase, random_bytes=secrets.token_bytes
            )
            _fill(writer, database, home / MEDIA_NAME, told)
            writer.finish()
        # A hard link refuses an existing file; a rename would replace it.
        target.hardlink_to(draft)


def read_archive(source: Path, folder: Path, *, passphrase: str) -> dict[str, Any]:
    """Open a copy into ``folder``, check every file and the database, and return what
    its manifest tells.

    Raises:
        NotABackupError: If the file is no copy made by Kecan.
        BackupBrokenError: If the passphrase is another, or the file was changed.
        CopyDamagedError: If a file is missing or the database is not sound.
    """  # noqa: D205  # the first sentence needs two lines
    with source.open("rb") as stream:
        reader = OpeningReader(stream, passphrase=passphrase)
        try:
            with tarfile.open(
                mode="r|gz", fileobj=cast("IO[bytes]", reader)
            ) as archive:
                archive.extractall(folder, filter="data")
        except (tarfile.TarError, EOFError, OSError) as error:
            raise CopyDamagedError from error
        if reader.read():
            raise BackupBrokenError
    manifest: dict[str, Any] = json.loads((folder / _MANIFEST_NAME).read_text("utf-8"))
    if dict(_digests(folder)) != manifest["sha256"]:
        raise CopyDamagedError
    _require_sound(folder / DATABASE_NAME)
    return manifest


def _copy_database(source: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as held,
        closing(sqlite3.connect(target)) as copy,
    ):
        held.backup(copy)
    target.chmod(0o600)


def _fill(
    writer: SealingWriter, database: Path, media: Path, told: dict[str, Any]
) -> None:
    digests = {DATABASE_NAME: _digest(database)}
    pictures = sorted(one for one in media.rglob("*") if one.is_file())
    for one in pictures:
        digests[f"{MEDIA_NAME}/{one.relative_to(media).as_posix()}"] = _digest(one)
    manifest = json.dumps({**told, "sha256": digests}, ensure_ascii=False).encode()
    with tarfile.open(mode="w|gz", fileobj=cast("IO[bytes]", writer)) as archive:
        entry = tarfile.TarInfo(_MANIFEST_NAME)
        entry.size = len(manifest)
        archive.addfile(entry, io.BytesIO(manifest))
        archive.add(database, DATABASE_NAME)
        for one in pictures:
            archive.add(one, f"{MEDIA_NAME}/{one.relative_to(media).as_posix()}")


def scans_known_to(database: Path) -> set[str]:
    """Return the scanned counts a database knows, as their folders and keys are named."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as held:
        try:
            rows = held.execute("SELECT token FROM paper_count_scancount").fetchall()
        except sqlite3.OperationalError:
            return set()  # of a version that scanned nothing
    return {str(token) for (token,) in rows}


def _digests(folder: Path) -> Iterator[tuple[str, str]]:
    for one in sorted(folder.rglob("*")):
        name = one.relative_to(folder).as_posix()
        if one.is_file() and name != _MANIFEST_NAME:
            yield name, _digest(one)


def _digest(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            found.update(block)
    return found.hexdigest()


def _require_sound(database: Path) -> None:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as held:
        sound = held.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        loose = held.execute("PRAGMA foreign_key_check").fetchone()
    if not sound or loose is not None:
        raise CopyDamagedError
