"""Scans in: received encrypted, read whole, kept in random order or not at all."""

from __future__ import annotations

import fcntl
import secrets
import tempfile
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction

from kecan.paper_ballot.accounting import (
    alike_pairs,
    without_repeats,
)
from kecan.paper_ballot.batch import all_places, chunks_of
from kecan.paper_ballot.kept_pages import KeptPage, read_and_keep
from kecan.paper_ballot.stack_order import ballots_of_pages
from kecan.web.audit.actions import record
from kecan.web.conferences.actions.count import log_line, require_counter
from kecan.web.conferences.actions.locking import lock_conference
from kecan.web.conferences.models import Conference, ConferenceState, Count
from kecan.web.paper_count.images import ImageStore
from kecan.web.paper_count.models import ScanCount, ScannedPage, ScannedSheet
from kecan.web.paper_count.queries import (
    frozen_form,
    page_records,
    pages_of_style,
    store_of,
)
from kecan.web.paper_count.refusals import ScansNotAcceptedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Executor
    from datetime import date

    from kecan.paper_ballot.batch import PageRecord
    from kecan.paper_ballot.form import BallotForm
    from kecan.web.audit.actions import Actor

_RANDOM = secrets.SystemRandom()
_TOKEN_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What came of one reading."""

    pages: int
    sheets: int
    incomplete: int
    refused: int
    same_image: int
    perhaps_twice: int

    @property
    def sentence(self) -> str:
        """What came of it, in one sentence."""
        rest = "".join(
            f"; {number} {words}"
            for number, words in (
                (self.incomplete, "tờ thiếu trang"),
                (self.refused, "trang bị loại"),
                (self.same_image, "ảnh đã có từ trước"),
                (self.perhaps_twice, "tờ nghi quét trùng"),
            )
            if number
        )
        return f"Đã đọc {self.pages} trang, {self.sheets} tờ phiếu{rest}."


@transaction.atomic
def receive_scans(
    *, conference_id: int, files: Iterable[bytes], by: Actor, at: date
) -> int:
    """Keep uploads, encrypted, until they are read; return how many came.

    The order of the files is the order they were fed in: it puts the pages of a
    ballot together and is forgotten with the files.

    Raises:
        BallotNotPrintedError: If the ballot was not printed from here.
        ScansNotAcceptedError: If the images of this count are destroyed, or nothing
            was sent.
        KeyingNotOwnError: If the person does not count here.
        ConferenceStateError: If the conference is not counting.
    """
    conference = lock_conference(conference_id, ConferenceState.COUNTING)
    require_counter(conference, by)
    frozen_form(conference)
    scans, _ = ScanCount.objects.get_or_create(
        conference=conference,
        defaults={
            "token": secrets.token_hex(_TOKEN_BYTES),
            "check_seed": secrets.token_hex(_TOKEN_BYTES),
        },
    )
    Count.objects.filter(conference=conference).update(is_scanned=True)
    store = ImageStore(token=scans.token)
    store.make_key()
    waiting = len(store.uploads())
    received = 0
    for content in files:
        received += 1
        name = f"{waiting + received:06d}-{secrets.token_hex(_TOKEN_BYTES)}"
        store.write(name, content, is_upload=True)
    if not received:
        msg = "Chưa chọn tệp quét nào: cần PDF, JPEG, PNG hoặc TIFF."
        raise ScansNotAcceptedError(msg)
    record(
        action="count.scans_received",
        by=by,
        at=at,
        subject=conference.title,
        details={"files": received},
    )
    return received


def read_waiting(
    *,
    conference_id: int,
    by: Actor,
    at: date,
    executor: Executor | None = None,
    replaces: str = "",
) -> ImportReport:
    """Read every waiting upload and keep the result, all of it or nothing.

    Args:
        conference_id: A conference that is counting.
        by: A member of its counting committee.
        at: The day.
        executor: Where pages are read; None reads them here.
        replaces: Token of a sheet whose pages these scans replace.

    Raises:
        ScansNotAcceptedError: If another reading is under way, or a rescan is not
            of one sheet.
        ConferenceStateError: If the conference is not counting.
    """
    conference = Conference.objects.get(pk=conference_id)
    form, store = frozen_form(conference), store_of(conference)
    with _only_reader(store), _plain_files(store) as plain:
        kept = list(_read(form, list(plain), store=store, executor=executor))
        kept = [_with_digest(page, plain) for page in kept]
        report = _keep(conference_id, kept, by=by, at=at, replaces=replaces)
        for name in store.uploads():
            store.remove(name, is_upload=True)
        _sweep(conference, store)
    return report


def progress_of(store: ImageStore) -> tuple[int, int] | None:
    """Return (pages read, pages) while a reading is under way."""
    try:
        with _only_reader(store):
            return None
    except ScansNotAcceptedError:
        words = (
            (store.folder / "progress").read_text("ascii").split()
            if (store.folder / "progress").exists()
            else ["0", "0"]
        )
        return int(words[0]), int(words[1])


@contextmanager
def _only_reader(store: ImageStore) -> Iterator[None]:
    """Hold the lock that a killed process lets go of by itself."""
    store.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (store.folder / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            msg = "Đang đọc ảnh quét của hội nghị này; đợi đọc xong."
            raise ScansNotAcceptedError(msg) from error
        yield


@contextmanager
def _plain_files(store: ImageStore) -> Iterator[Mapping[Path, str]]:
    """Lay the uploads open for the readers, in memory where there is such a place."""
    store.remove_plain()
    with tempfile.TemporaryDirectory(
        prefix=store.plain_prefix, dir=store.plain_base
    ) as folder:
        plain = {}
        for name in store.uploads():
            content = store.read(name, is_upload=True)
            path = Path(folder) / f"{name}{_ending(content)}"
            path.write_bytes(content)
            plain[path] = sha256(content).hexdigest()
        yield plain


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
    progress = store.folder / "progress"
    for pages in results:
        done += len(pages)
        progress.write_text(f"{done} {len(places)}", "ascii")
        yield from pages


def _with_digest(page: KeptPage, plain: Mapping[Path, str]) -> KeptPage:
    """Give a page that could not be decoded a name of its own: file and place."""
    if page.record.digest:
        return page
    place = page.record.place
    text = f"{plain[Path(place.path)]}:{place.page}"
    digest = sha256(text.encode("ascii")).hexdigest()
    return replace(page, record=replace(page.record, digest=digest))


@transaction.atomic
def _keep(
    conference_id: int,
    kept: Sequence[KeptPage],
    *,
    by: Actor,
    at: date,
    replaces: str,
) -> ImportReport:
    conference = lock_conference(conference_id, ConferenceState.COUNTING)
    require_counter(conference, by)
    form = frozen_form(conference)
    pages = pages_of_style(form)
    known = set(conference.scanned_pages.values_list("digest", flat=True))
    fresh, again = without_repeats([one.record for one in kept])
    again += [one for one in fresh if one.digest in known]
    fresh = [one for one in fresh if one.digest not in known]
    groups = list(ballots_of_pages(fresh, pages_of_style=pages))
    if replaces:
        _make_room(conference, replaces, groups)
    refused = [one for one in fresh if one.rejection]
    sheets = _write(
        conference,
        groups=groups,
        refused=refused,
        jpegs={one.record.digest: one.jpeg for one in kept},
        replaces=replaces,
    )
    report = ImportReport(
        pages=len(kept),
        sheets=len(sheets),
        incomplete=sum(len(one) < pages[one[0].style] for one in groups),
        refused=len(refused),
        same_image=len(again),
        perhaps_twice=_mark_twins(conference, sheets),
    )
    log_line(conference, by, _in_words(report, is_rescan=bool(replaces)))
    record(
        action="count.sheet_rescanned" if replaces else "count.scans_read",
        by=by,
        at=at,
        subject=conference.title,
        details={
            "event": form.event,
            "sheets": report.sheets,
            "refused": report.refused,
            "same_image": report.same_image,
        },
    )
    return report


def _in_words(report: ImportReport, *, is_rescan: bool) -> str:
    what = "Quét lại một tờ" if is_rescan else f"Đọc ảnh quét: {report.sheets} tờ phiếu"
    return f"{what}, {report.refused} trang bị loại, {report.same_image} ảnh trùng hệt"


def _make_room(
    conference: Conference, token: str, groups: Sequence[Sequence[PageRecord]]
) -> None:
    """Take away the pages of a sheet that a rescan brings again."""
    sheet = ScannedSheet.objects.filter(conference=conference, token=token).first()
    if sheet is None or len(groups) != 1 or groups[0][0].style != sheet.style:
        msg = (
            f"Quét lại phải đúng một tờ cùng mẫu in; ảnh vừa gửi có {len(groups)} tờ, "
            "chưa thay gì."
        )
        raise ScansNotAcceptedError(msg)
    sheet.rulings.all().delete()
    ScannedSheet.objects.filter(pk=sheet.pk).update(perhaps_same_as="")
    sheet.pages.filter(page__in=[one.page for one in groups[0]]).delete()


def _write(
    conference: Conference,
    *,
    groups: Sequence[Sequence[PageRecord]],
    refused: Sequence[PageRecord],
    jpegs: Mapping[str, bytes],
    replaces: str,
) -> list[ScannedSheet]:
    """Create sheets and pages in an order that comes from no voter and no feeder."""
    shuffled = list(groups)
    _RANDOM.shuffle(shuffled)
    sheets = [
        ScannedSheet(
            conference=conference,
            token=secrets.token_hex(_TOKEN_BYTES),
            style=group[0].style,
        )
        for group in shuffled
    ]
    if replaces:
        sheets = [ScannedSheet.objects.get(conference=conference, token=replaces)]
    else:
        ScannedSheet.objects.bulk_create(sheets)
    rows: list[tuple[ScannedSheet | None, PageRecord]] = [
        (sheet, one)
        for sheet, group in zip(sheets, shuffled, strict=True)
        for one in group
    ]
    rows += [(None, one) for one in refused]
    _RANDOM.shuffle(rows)
    pages = [_page(conference, sheet, one) for sheet, one in rows]
    ScannedPage.objects.bulk_create(pages)
    store = store_of(conference)
    for page in pages:
        if jpegs[page.digest]:
            store.write(page.image_id, jpegs[page.digest])
    return sheets


def _page(
    conference: Conference, sheet: ScannedSheet | None, one: PageRecord
) -> ScannedPage:
    return ScannedPage(
        conference=conference,
        sheet=sheet,
        image_id=secrets.token_hex(_TOKEN_BYTES),
        digest=one.digest,
        style=one.style,
        page=one.page,
        rejection=one.rejection,
        boxes=[
            {
                "contest": box.contest,
                "line": box.line,
                "column": box.column,
                "state": box.state,
                "reason": box.reason,
                "scores": {name: round(score, 4) for name, score in box.scores.items()},
            }
            for box in one.boxes
        ],
        signature=one.signature,
    )


def _mark_twins(conference: Conference, fresh: Sequence[ScannedSheet]) -> int:
    """Note on each new sheet the one it may be a second scan of; return how many."""
    pages = list(
        conference.scanned_pages.filter(rejection="")
        .select_related("sheet")
        .defer("boxes")
    )
    for page in pages:
        page.boxes = []
    of_digest = {page.digest: page.sheet.token for page in pages if page.sheet}
    sizes = Counter(of_digest.values())
    new = {sheet.token: sheet for sheet in fresh}
    marked: dict[str, ScannedSheet] = {}
    alike = Counter(
        frozenset((of_digest[one], of_digest[other]))
        for one, other in sorted(alike_pairs(page_records(pages)))
    )
    for sheets, number in alike.items():
        if len(sheets) == 1 or 2 * number <= min(sizes[token] for token in sheets):
            continue  # a page or two marked alike: most pages of a second scan are
        one, other = sorted(sheets)
        later, earlier = (one, other) if one in new else (other, one)
        if later in new and later not in marked:
            new[later].perhaps_same_as = earlier
            marked[later] = new[later]
    ScannedSheet.objects.bulk_update(marked.values(), ["perhaps_same_as"])
    return len(marked)


def _sweep(conference: Conference, store: ImageStore) -> None:
    """Remove pictures no page names: of a replaced page, of a write undone."""
    named = set(conference.scanned_pages.values_list("image_id", flat=True))
    for path in store.folder.iterdir():
        is_picture = path.is_file() and len(path.name) == 2 * _TOKEN_BYTES
        if is_picture and path.name not in named:
            path.unlink()
    (store.folder / "progress").unlink(missing_ok=True)
