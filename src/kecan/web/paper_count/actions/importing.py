"""Scans in: received encrypted, read whole, kept in random order or not at all."""

from __future__ import annotations

import fcntl
import secrets
import tempfile
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction

from kecan.lettering.file_faults import file_fault
from kecan.paper_ballot.batch import all_places, chunks_of
from kecan.paper_ballot.kept_pages import KeptPage, read_and_keep
from kecan.web.conferences.actions.count import log_line, require_counter
from kecan.web.conferences.actions.locking import lock_conference
from kecan.web.conferences.actions.recording import record_of
from kecan.web.conferences.models import Conference, ConferenceState
from kecan.web.paper_count.actions.keeping import keep_pages
from kecan.web.paper_count.images import ImageStore, batch_of
from kecan.web.paper_count.joining import TOKEN_BYTES
from kecan.web.paper_count.models import ScanCount
from kecan.web.paper_count.queries import frozen_form, has_scans, store_of
from kecan.web.paper_count.refusals import (
    ReadingUnderWayError,
    ScansDroppedError,
    ScansNotAcceptedError,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Executor
    from datetime import date

    from kecan.paper_ballot.form import BallotForm
    from kecan.web.audit.actions import Actor
    from kecan.web.paper_count.actions.keeping import ImportReport

_DROPPED = "Trong lúc đọc có người bỏ một lần gửi: chưa ghi gì; đọc tiếp phần còn lại."
_FAULT = "fault"
_NO_ROOM = (
    "Bộ nhớ của máy không đủ chỗ mở các tệp đã nhận ({fault}): chưa đọc gì, các tệp vẫn "
    "còn. Đóng bớt chương trình rồi đọc tiếp, hoặc bỏ lần gửi này, gửi lại thành nhiều "
    "lần nhỏ hơn và đọc xong từng lần."
)
_NOTHING_SENT = "Chưa chọn tệp quét nào: cần PDF, JPEG, PNG hoặc TIFF."


def receive_scans(
    *, conference_id: int, files: Iterable[bytes], by: Actor, at: date
) -> int:
    """Keep uploads, encrypted, until they are read; return how many came.

    What is sent at once is one stack. The order of the files is the order they were
    fed in: it puts the pages of a ballot together and is forgotten with the files.

    Raises:
        BallotNotPrintedError: If the ballot was not printed from here.
        ScansNotAcceptedError: If nothing was sent, or the disk takes no more: then
            nothing of it is kept.
        KeyingNotOwnError: If the person does not count here.
        ConferenceStateError: If the conference is not counting.
    """
    with _disk_named("chưa nhận tệp nào"):
        coming = iter(files)
        first = list(islice(coming, 1))
        if not first:
            raise ScansNotAcceptedError(_NOTHING_SENT)
        _name_folder(conference_id, by)
        with transaction.atomic():
            conference = lock_conference(conference_id, ConferenceState.COUNTING)
            require_counter(conference, by)
            store = store_of(conference)
            store.make_key()
            received = store.receive(chain(first, coming))
            record_of(
                conference,
                action="count.scans_received",
                by=by,
                at=at,
                details={"files": received},
            )
    return received


@transaction.atomic
def _name_folder(conference_id: int, by: Actor) -> None:
    """Draw the folder of a conference and have the database know it for good.

    Only then are scans put there: those of a server that stopped meanwhile would lie,
    with their key, in a folder that no destruction ever finds.
    """
    conference = lock_conference(conference_id, ConferenceState.COUNTING)
    require_counter(conference, by)
    frozen_form(conference)
    ScanCount.objects.get_or_create(
        conference=conference,
        defaults={
            "token": secrets.token_hex(TOKEN_BYTES),
            "check_seed": secrets.token_hex(TOKEN_BYTES),
        },
    )


def read_waiting(
    *, conference_id: int, by: Actor, at: date, executor: Executor | None = None
) -> ImportReport:
    """Read every upload that waits and keep the result, all of it or nothing.

    What arrives meanwhile goes on waiting.

    Args:
        conference_id: A conference that is counting.
        by: A member of its counting committee.
        at: The day.
        executor: Where pages are read; None reads them here.

    Raises:
        ScansNotAcceptedError: If another reading is under way, one of them was
            dropped meanwhile, or the disk is full.
        ConferenceStateError: If the conference is not counting.
    """
    conference = Conference.objects.get(pk=conference_id)
    store = store_of(conference)
    with only_reader(store), _disk_named("các tệp đã nhận vẫn còn, chưa đọc"):
        (store.folder / _FAULT).unlink(missing_ok=True)
        waiting = store.uploads()
        contents = ((name, _upload(store, name)) for name in waiting)
        kept = _pages_of(conference, store, contents, executor=executor)
        report = _kept_unless_dropped(conference_id, store, waiting, kept, by=by, at=at)
        for name in waiting:
            store.remove(name, is_upload=True)
        _sweep(conference, store)
    return report


@transaction.atomic
def _kept_unless_dropped(
    conference_id: int,
    store: ImageStore,
    waiting: Sequence[str],
    kept: Sequence[KeptPage],
    *,
    by: Actor,
    at: date,
) -> ImportReport:
    """Keep what was read if all of it still waits; who drops a batch locks as well."""
    lock_conference(conference_id, ConferenceState.COUNTING)
    if not set(waiting) <= set(store.uploads()):
        raise ScansDroppedError(_DROPPED)
    return keep_pages(conference_id, kept, by=by, at=at)


def rescan_sheet(
    *, conference_id: int, token: str, files: Iterable[bytes], by: Actor, at: date
) -> ImportReport:
    """Read scans of one sheet at once and put them in the place of its pages.

    Nothing of them waits: what is not accepted, or was stopped, leaves no trace.

    Raises:
        ScansNotAcceptedError: If nothing was sent, they are not of that sheet,
            another reading is under way, or the disk is full.
        KeyingNotOwnError: If the person does not count here.
        ConferenceStateError: If the conference is not counting.
    """
    conference = Conference.objects.get(pk=conference_id)
    if not has_scans(conference):
        msg = f"{conference.title} chưa quét tờ phiếu nào nên không có tờ nào để thay."
        raise ScansNotAcceptedError(msg)
    store = store_of(conference)
    contents = [(f"{place:06d}", one) for place, one in enumerate(files)]
    if not contents:
        raise ScansNotAcceptedError(_NOTHING_SENT)
    with only_reader(store), _disk_named("chưa thay gì"):
        kept = _pages_of(conference, store, contents, executor=None)
        report = keep_pages(conference_id, kept, by=by, at=at, replaces=token)
        _sweep(conference, store)
    return report


def _pages_of(
    conference: Conference,
    store: ImageStore,
    contents: Iterable[tuple[str, bytes]],
    *,
    executor: Executor | None,
) -> list[KeptPage]:
    form = frozen_form(conference)
    with _plain_files(store, contents) as plain:
        kept = list(_read(form, list(plain), store=store, executor=executor))
        return [_with_digest(page, plain) for page in kept]


def _upload(store: ImageStore, name: str) -> bytes:
    """Return an upload; one that was changed on the disk is a file nobody can read."""
    try:
        return store.read(name, is_upload=True)
    except ValueError:
        return f"{name} was changed".encode("ascii")
    except FileNotFoundError as error:
        raise ScansDroppedError(_DROPPED) from error


@contextmanager
def _disk_named(what_stands: str) -> Iterator[None]:
    """Say in a sentence that the disk refused, and what stands now."""
    try:
        yield
    except OSError as error:
        msg = (
            f"Không ghi được ảnh quét vào đĩa ({file_fault(error).vi}): {what_stands}."
        )
        raise ScansNotAcceptedError(msg) from error


@transaction.atomic
def drop_batch(*, conference_id: int, batch: str, by: Actor, at: date) -> int:
    """Drop what was sent at once and waits, or is being read; return how many files.

    Nothing of it has become a sheet. A reading that has it in hand keeps nothing then,
    and what else it had goes on waiting.

    Raises:
        ScansNotAcceptedError: If it does not wait any more.
        KeyingNotOwnError: If the person does not count here.
        ConferenceStateError: If the conference is not counting.
    """
    conference = lock_conference(conference_id, ConferenceState.COUNTING)
    require_counter(conference, by)
    store = store_of(conference) if has_scans(conference) else None
    names = store.batches().get(batch) if store else None
    if store is None or not names:
        msg = "Lần gửi này không còn chờ: đã đọc vào lượt quét, hoặc đã bỏ."
        raise ScansNotAcceptedError(msg)
    done, pages = progress_of(store) or (0, 0)
    if pages and done == pages:
        msg = "Lần gửi này vừa đọc xong, đang ghi vào lượt quét; đợi ít giây."
        raise ScansNotAcceptedError(msg)
    for name in names:
        store.remove(name, is_upload=True)
    with suppress(ReadingUnderWayError), only_reader(store):
        store.remove_plain()  # of a reading that was killed over it
    record_of(
        conference,
        action="count.scans_dropped",
        by=by,
        at=at,
        details={"files": len(names)},
    )
    log_line(conference, by, f"Bỏ một lần gửi {len(names)} tệp chưa đọc")
    return len(names)


def progress_of(store: ImageStore) -> tuple[int, int] | None:
    """Return (pages read, pages) while a reading is under way."""
    try:
        with only_reader(store):
            return None
    except ReadingUnderWayError:
        note = store.folder / "progress"
        words = note.read_text("ascii").split() if note.exists() else []
        return (int(words[0]), int(words[1])) if words else (0, 0)


def note_fault(store: ImageStore, sentence: str) -> None:
    """Keep why a reading stopped that nobody waited for, until the next one begins."""
    with suppress(OSError):  # the disk is full: that is why it stopped
        (store.folder / _FAULT).write_text(sentence, "utf-8")


def fault_of(store: ImageStore) -> str:
    """Return why the last reading stopped; empty if it did not."""
    note = store.folder / _FAULT
    return note.read_text("utf-8") if note.exists() else ""


@contextmanager
def only_reader(store: ImageStore) -> Iterator[None]:
    """Hold the lock that a killed process lets go of by itself."""
    store.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (store.folder / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            msg = "Đang đọc ảnh quét của hội nghị này; đợi đọc xong."
            raise ReadingUnderWayError(msg) from error
        yield


@contextmanager
def _plain_files(
    store: ImageStore, contents: Iterable[tuple[str, bytes]]
) -> Iterator[Mapping[Path, str]]:
    """Lay files open for the readers, in memory where there is such a place.

    What was sent at once lies in a folder of its own: one stack, and no page of it
    joins one of another, whether they wait together or not.
    """
    store.remove_plain()
    with ExitStack() as until_read:
        with _room_named():
            made = tempfile.TemporaryDirectory(
                prefix=store.plain_prefix, dir=store.plain_base
            )
        folder = Path(until_read.enter_context(made))
        plain = {}
        for name, content in contents:
            path = folder / batch_of(name) / f"{name}{_ending(content)}"
            with _room_named():
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(content)
            plain[path] = sha256(content).hexdigest()
        yield plain


@contextmanager
def _room_named() -> Iterator[None]:
    """Say in a sentence that the memory has no room for what waits, and what to do."""
    try:
        yield
    except OSError as error:
        msg = _NO_ROOM.format(fault=file_fault(error).vi)
        raise ScansNotAcceptedError(msg) from error


def _ending(content: bytes) -> str:
    if b"%PDF-" in content[:1024]:
        return ".pdf"
    return ".tif" if content[:4] in {b"II*\x00", b"MM\x00*"} else ".jpg"


def _read(
    form: BallotForm,
    files: Sequence[Path],
    *,
    store: ImageStore,
    executor: Executor | None,
) -> Iterator[KeptPage]:
    places = all_places(files)
    chunks = list(chunks_of(places))
    forms = [form] * len(chunks)
    results = (
        map(read_and_keep, forms, chunks)
        if executor is None
        else executor.map(read_and_keep, forms, chunks)
    )
    done = 0
    for pages in results:
        done += len(pages)
        _note_progress(store, done, of=len(places))
        yield from pages


def _note_progress(store: ImageStore, done: int, *, of: int) -> None:
    """Write how far it is whole: a page that asks meanwhile never reads half of it."""
    draft = store.folder / "progress.part"
    draft.write_text(f"{done} {of}", "ascii")
    draft.replace(store.folder / "progress")


def _with_digest(page: KeptPage, plain: Mapping[Path, str]) -> KeptPage:
    """Give a page that could not be decoded a name of its own: file and place."""
    if page.record.digest:
        return page
    place = page.record.place
    text = f"{plain[Path(place.path)]}:{place.page}"
    digest = sha256(text.encode("ascii")).hexdigest()
    return replace(page, record=replace(page.record, digest=digest))


def _sweep(conference: Conference, store: ImageStore) -> None:
    """Remove pictures no page names: of a replaced page, of a write undone."""
    store.sweep(set(conference.scanned_pages.values_list("image_id", flat=True)))
    (store.folder / "progress").unlink(missing_ok=True)
