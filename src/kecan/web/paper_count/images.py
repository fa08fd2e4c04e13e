"""Pictures of sheets on disk: AES-256-GCM, one key a conference, no names, no times."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterable

_KEY_BITS = 256
_NONCE_BYTES = 12
_NAME_BYTES = 16
_DRAFT = ".part"
_OWNER_ONLY = 0o600
_MEMORY = Path("/dev/shm")  # noqa: S108  plain scans stay out of the disk


class ImagesDestroyedError(LookupError):
    """The key is gone: nothing of this conference can be read again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageStore:
    """The pictures of one conference; ``token`` names its folder and its key."""

    token: str

    @property
    def folder(self) -> Path:
        """Where the encrypted pictures lie."""
        return Path(settings.BALLOT_IMAGES) / self.token

    @property
    def incoming(self) -> Path:
        """Where encrypted uploads wait until they are read."""
        return self.folder / "incoming"

    @property
    def key_file(self) -> Path:
        """Where the key lies, beside no picture."""
        return Path(settings.BALLOT_KEYS) / self.token

    def make_key(self) -> None:
        """Make the key where there is none; only its owner can read the file."""
        self.key_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with suppress(FileExistsError):
            descriptor = os.open(self.key_file, flags, _OWNER_ONLY)
            with os.fdopen(descriptor, "wb") as file:
                file.write(AESGCM.generate_key(bit_length=_KEY_BITS))
                file.flush()
                os.fsync(file.fileno())

    def _cipher(self) -> AESGCM:
        try:
            return AESGCM(self.key_file.read_bytes())
        except FileNotFoundError as error:
            raise ImagesDestroyedError(self.token) from error

    def write(self, name: str, content: bytes) -> None:
        """Encrypt a picture into a file; the name is bound to the content.

        Raises:
            FileExistsError: If there is such a picture.
        """
        path = self.folder / name
        if path.exists():
            raise FileExistsError(path)
        self._sealed(path, content).replace(path)

    def receive(self, contents: Iterable[bytes]) -> int:
        """Encrypt uploads behind those that wait, all or none; return how many."""
        self._folder_made(self.incoming)
        for left in self.incoming.glob(f"*{_DRAFT}"):
            left.unlink()  # of one that was killed
        waiting = self.uploads()
        first = int(waiting[-1].split("-")[0]) + 1 if waiting else 1
        batch = secrets.token_hex(_NAME_BYTES)
        drafts: list[Path] = []
        try:
            for number, content in enumerate(contents, start=first):
                name = f"{number:06d}-{batch}"
                drafts.append(self._sealed(self.incoming / name, content))
        except BaseException:
            for draft in drafts:
                draft.unlink()
            raise
        for draft in drafts:
            draft.replace(draft.with_suffix(""))
        return len(drafts)

    def _sealed(self, path: Path, content: bytes) -> Path:
        """Encrypt into a draft beside ``path``, on the disk when this returns."""
        self._folder_made(path.parent)
        draft = path.with_suffix(_DRAFT)
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = nonce + self._cipher().encrypt(
            nonce, content, path.name.encode("ascii")
        )
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        try:
            with os.fdopen(os.open(draft, flags, _OWNER_ONLY), "wb") as file:
                file.write(sealed)
                file.flush()
                os.fsync(file.fileno())
            os.utime(draft, (0, 0))  # its time would tell in which order sheets came
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        return draft

    def _folder_made(self, folder: Path) -> None:
        """Make a folder and those above it, each for its owner alone."""
        for one in (self.folder.parent, self.folder, folder):
            one.mkdir(mode=0o700, parents=True, exist_ok=True)

    def forget_times(self) -> None:
        """Write every picture's file anew, in random order.

        A file system keeps by itself when a file came to be, and nobody can set that:
        it would tell for good which sheets were read together.
        """
        paths = [path for path in self.folder.iterdir() if _is_picture(path)]
        secrets.SystemRandom().shuffle(paths)
        for path in paths:
            draft = path.with_suffix(_DRAFT)
            shutil.copyfile(path, draft)
            draft.chmod(_OWNER_ONLY)
            os.utime(draft, (0, 0))
            draft.replace(path)

    def sweep(self, named: set[str]) -> None:
        """Remove pictures that are not among the named, and drafts of killed writes."""
        for path in self.folder.iterdir():
            is_draft = path.suffix == _DRAFT
            if is_draft or (_is_picture(path) and path.name not in named):
                path.unlink()

    def read(self, name: str, *, is_upload: bool = False) -> bytes:
        """Return what a file holds.

        Raises:
            ImagesDestroyedError: If the key is gone.
            FileNotFoundError: If there is no such file.
            ValueError: If the file was changed.
        """
        path = (self.incoming if is_upload else self.folder) / name
        cipher = self._cipher()
        sealed = path.read_bytes()
        try:
            return cipher.decrypt(
                sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], name.encode("ascii")
            )
        except InvalidTag as error:
            msg = f"ballot image {name} was changed"
            raise ValueError(msg) from error

    def holds(self, name: str) -> bool:
        """Tell whether there is a picture of this name; a broken file leaves none."""
        return (self.folder / name).is_file()

    def uploads(self) -> list[str]:
        """Return the names of the uploads that wait."""
        if not self.incoming.is_dir():
            return []
        return sorted(
            path.name
            for path in self.incoming.iterdir()
            if path.is_file() and path.suffix != _DRAFT
        )

    def batches(self) -> dict[str, list[str]]:
        """Return the uploads that wait by what was sent at once, in feeding order."""
        found: dict[str, list[str]] = {}
        for name in self.uploads():
            found.setdefault(batch_of(name), []).append(name)
        return found

    def remove(self, name: str, *, is_upload: bool = False) -> None:
        """Remove one file; nothing happens where there is none."""
        ((self.incoming if is_upload else self.folder) / name).unlink(missing_ok=True)

    @property
    def plain_base(self) -> Path:
        """Where folders of plain files are made while they are read."""
        return _MEMORY if _MEMORY.is_dir() else Path(tempfile.gettempdir())

    @property
    def plain_prefix(self) -> str:
        """How the name of such a folder begins."""
        return f"kecan-{self.token}-"

    def remove_plain(self) -> None:
        """Remove the plain files a reading left that was killed."""
        for left in self.plain_base.glob(f"{self.plain_prefix}*"):
            shutil.rmtree(left, ignore_errors=True)

    def destroy(self) -> None:
        """Overwrite and remove the key, then every picture."""
        self.remove_plain()
        with suppress(FileNotFoundError), self.key_file.open("r+b") as file:
            file.write(secrets.token_bytes(self.key_file.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        self.key_file.unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)


def batch_of(name: str) -> str:
    """Return what an upload was sent with; blank for a file that never waited."""
    return name.partition("-")[2]


def _is_picture(path: Path) -> bool:
    return path.is_file() and len(path.name) == 2 * _NAME_BYTES
