"""Read a box of scans: in parallel, resumable, every page accounted for."""

from __future__ import annotations

import json
import logging
import os
import struct
from base64 import b64decode, b64encode
from concurrent.futures import FIRST_COMPLETED, wait
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2

from kecan.paper_ballot.align import Rejection
from kecan.paper_ballot.decisions import Empty, Marked
from kecan.paper_ballot.marks import BoxInk
from kecan.paper_ballot.page_strokes import packed_strokes
from kecan.paper_ballot.private_files import make_private
from kecan.paper_ballot.reading import printed_ballot, read_page
from kecan.paper_ballot.reason_words import REJECTION_WORDS
from kecan.paper_ballot.scans import ScanPlace, load_pages, page_count
from kecan.paper_ballot.snippets import png, question_picture, refused_picture
from kecan.paper_ballot.thresholds import THRESHOLDS
from kecan.paper_ballot.two_sides import SheetLie, sheet_lie

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Executor, Future

    from kecan.paper_ballot.form import BallotForm
    from kecan.paper_ballot.reading import PageReading
    from kecan.paper_ballot.scans import Scan
    from kecan.vocabulary import Language

CHUNK = 8
_LOG = logging.getLogger(__name__)
_AHEAD = 4
_SCORES = struct.Struct(f"<{len(BoxInk._fields)}f")
_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxRecord:
    """A box as counted: ``state`` is 1, 0 or ?; scores are of the first reader.

    They are kept packed: a count holds the boxes of thousands of pages at once.
    """

    contest: int
    line: int
    column: str
    state: str
    reason: str
    packed_scores: bytes

    @property
    def scores(self) -> dict[str, float]:
        """What was measured of the box; empty where that is not known."""
        values = _SCORES.unpack(self.packed_scores) if self.packed_scores else ()
        return {
            name: round(value, _DIGITS)
            for name, value in zip(BoxInk._fields, values, strict=False)
        }


def packed_scores(scores: Mapping[str, float]) -> bytes:
    """Return scores as a box keeps them; without all of them nothing."""
    if len(scores) < len(BoxInk._fields):
        return b""
    return _SCORES.pack(*(scores[name] for name in BoxInk._fields))


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRecord:
    """What became of one scanned page; ``rejection`` is empty when it was read.

    ``sheet_id`` is empty where the ballot has none; it is not to outlive the count.
    ``strokes`` are :func:`~kecan.paper_ballot.page_strokes.packed_strokes`. How the
    page lay in the scanner is known while a stack is put together, and not kept.
    """

    place: ScanPlace
    digest: str
    rejection: str = ""
    style: str = ""
    page: int = 0
    boxes: tuple[BoxRecord, ...] = ()
    strokes: bytes = b""
    sheet_id: str = ""
    lie: SheetLie | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFolder:
    """Where pictures for people go, and the language of the words on them."""

    path: Path
    language: Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    """A file beside the count that remembers what was read, to go on after a stop.

    It is bound to the ballot, the thresholds and where pictures go, and each line to
    its scan file as it was: what was scanned anew is read anew. A cut last line is
    read again.
    """

    path: Path
    event: str
    review: ReviewFolder | None = None

    def header(self) -> str:
        """Return the line a journal of this count begins with."""
        pictures = self.review and [str(self.review.path), self.review.language.value]
        return json.dumps(
            {
                "event": self.event,
                "thresholds": asdict(THRESHOLDS),
                "review": pictures,
            }
        )

    def records(self, stamps: FileStamps) -> list[PageRecord]:
        """Return what was read before of files that are as they were then.

        Nothing if the journal is another count's.
        """
        if not self.path.exists():
            return []
        found = []
        with self.path.open(encoding="utf-8") as lines:
            if next(lines, "").rstrip("\n") != self.header():
                return []
            for line in lines:
                try:
                    entry = json.loads(line)
                    stamp = entry.pop("stamp")
                    record = _from_json(entry)
                except (ValueError, KeyError, TypeError):
                    break
                if stamp is not None and stamp == stamps.get(record.place.path):
                    found.append(record)
        return found

    def renew(self, records: Sequence[PageRecord], stamps: FileStamps) -> None:
        """Write the journal whole, so that new lines follow good ones."""
        draft = self.path.with_suffix(".draft")
        try:
            make_private(draft)
            with draft.open("w", encoding="utf-8") as file:
                file.write(self.header() + "\n")
                file.writelines(_line(one, stamps) for one in records)
            draft.replace(self.path)
        finally:
            draft.unlink(missing_ok=True)

    def add(self, records: Sequence[PageRecord], stamps: FileStamps) -> None:
        """Append records and wait until they are on the disk."""
        with self.path.open("a", encoding="utf-8") as file:
            file.writelines(_line(one, stamps) for one in records)
            file.flush()
            os.fsync(file.fileno())


FileStamps = dict[str, list[int]]
"""By path: how large a scan file is and when it was last written, in nanoseconds."""


def file_stamps(paths: Iterable[str]) -> FileStamps:
    """Return what tells a scan file from one written later under its name."""
    found = {}
    for path in dict.fromkeys(paths):
        with suppress(OSError):
            about = Path(path).stat()
            found[path] = [about.st_size, about.st_mtime_ns]
    return found


def _line(record: PageRecord, stamps: FileStamps) -> str:
    """Return a record as a line of the journal."""
    entry = asdict(record) | {"stamp": stamps.get(record.place.path)}
    return json.dumps(entry, default=lambda kept: b64encode(kept).decode()) + "\n"


def _from_json(entry: dict[str, object]) -> PageRecord:
    fields = dict(entry)
    boxes = fields.pop("boxes")
    place = fields.pop("place")
    strokes = str(fields.pop("strokes"))
    lie = fields.pop("lie")
    assert isinstance(boxes, list)  # noqa: S101  # our own file
    assert isinstance(place, dict)  # noqa: S101  # our own file
    assert lie is None or isinstance(lie, list)  # noqa: S101  # our own file
    return PageRecord(
        place=ScanPlace(**place),
        boxes=tuple(
            BoxRecord(**box | {"packed_scores": b64decode(box["packed_scores"])})
            for box in boxes
        ),
        strokes=b64decode(strokes),
        lie=None if lie is None else SheetLie(*lie),
        **fields,  # type: ignore[arg-type]  # checked by the journal's header
    )


def all_places(files: Sequence[Path]) -> list[ScanPlace]:
    """Return every page of every file, in feeding order."""
    return [
        ScanPlace(path=str(path), page=page)
        for path in files
        for page in range(1, page_count(path) + 1)
    ]


def read_batch(  # a batch has this many sides
    form: BallotForm,
    places: Sequence[ScanPlace],
    *,
    executor: Executor,
    journal: Journal,
    on_progress: Callable[[int], None] = lambda _: None,
) -> list[PageRecord]:
    """Read every page once, going on where the journal stopped.

    Args:
        form: The ballot.
        places: The pages, in feeding order.
        executor: Where chunks of pages are read.
        journal: Remembers finished chunks, and where pictures of doubtful boxes and
            refused pages go.
        on_progress: Told how many more pages are done.
    """
    stamps = file_stamps(place.path for place in places)
    done = {record.place: record for record in journal.records(stamps)}
    journal.renew(list(done.values()), stamps)

    def collected(futures: set[Future[list[PageRecord]]]) -> set[Future[Any]]:
        finished, rest = wait(futures, return_when=FIRST_COMPLETED)
        for future in finished:
            records = future.result()
            journal.add(records, stamps)
            done.update({record.place: record for record in records})
            on_progress(len(records))
        return set(rest)

    on_progress(sum(place in done for place in places))
    chunks = chunks_of([place for place in places if place not in done])
    waiting: set[Future[list[PageRecord]]] = set()
    for chunk in chunks:
        waiting.add(executor.submit(read_chunk, form, chunk, journal.review))
        if len(waiting) >= _AHEAD * (os.cpu_count() or 1):
            waiting = collected(waiting)
    while waiting:
        waiting = collected(waiting)
    return [done[place] for place in places]


def chunks_of(places: Iterable[ScanPlace]) -> Iterator[list[ScanPlace]]:
    """Part pages into what one task reads: neighbours of one file, a few at once."""
    chunk: list[ScanPlace] = []
    for place in places:
        if chunk and (len(chunk) == CHUNK or chunk[0].path != place.path):
            yield chunk
            chunk = []
        chunk.append(place)
    if chunk:
        yield chunk


def read_chunk(
    form: BallotForm, places: Sequence[ScanPlace], review: ReviewFolder | None
) -> list[PageRecord]:
    """Read pages of one file; what cannot be read becomes a refused record."""
    cv2.setNumThreads(1)
    pages = load_pages(Path(places[0].path), [place.page for place in places])
    return [
        page_record(form, place, scan, review)
        for place, scan in zip(places, pages, strict=True)
    ]


def page_record(
    form: BallotForm,
    place: ScanPlace,
    scan: Scan | Rejection,
    review: ReviewFolder | None = None,
) -> PageRecord:
    """Read one page; leave pictures of what a person has to see in ``review``.

    Where the program itself fails, the page is refused as ``fault``: the others of the
    batch are read, and this one is keyed from paper.
    """
    if isinstance(scan, Rejection):
        return PageRecord(place=place, digest="", rejection=scan.value)
    try:
        return _page_read(form, place, scan, review)
    except OSError:
        raise  # the disk is full or gone: no page can be kept
    except Exception:  # noqa: BLE001  one page never stops a batch
        _LOG.exception("%s, page %s", place.path, place.page)
        rejection = Rejection.FAULT.value
        return PageRecord(place=place, digest=scan.digest, rejection=rejection)


def _page_read(
    form: BallotForm, place: ScanPlace, scan: Scan, review: ReviewFolder | None
) -> PageRecord:
    reading = read_page(scan.image, printed_ballot(form))
    if isinstance(reading, Rejection):
        if review is not None:
            name = f"refused-{reading.value}-{scan.digest[:16]}.png"
            words = REJECTION_WORDS[reading].in_language(review.language)
            picture = png(refused_picture(scan.image, words))
            (review.path / name).write_bytes(picture)
        return PageRecord(place=place, digest=scan.digest, rejection=reading.value)
    record = PageRecord(
        place=place,
        digest=scan.digest,
        style=reading.found.layout.style,
        page=reading.found.page.number,
        boxes=_boxes(reading),
        strokes=packed_strokes(reading.signature),
        sheet_id=reading.found.sheet_id,
        lie=sheet_lie(reading.found.paper),
    )
    if review is not None:
        for index, box in enumerate(record.boxes):
            if box.state == "?":
                picture = png(question_picture(scan.image, reading, box=index))
                (review.path / snippet_name(record, index)).write_bytes(picture)
    return record


def snippet_name(record: PageRecord, box: int) -> str:
    """Return the file name of a doubtful box's picture in the review folder."""
    return f"{record.boxes[box].reason}-{record.digest[:16]}-{box:03}.png"


def take_back_pictures(review: Path, records: Iterable[PageRecord]) -> None:
    """Remove the pictures of pages that stand for no ballot, such as second scans.

    Nothing in a count refers to them; whoever looks through the folder would decide a
    mark twice.
    """
    for record in records:
        for box, one in enumerate(record.boxes):
            if one.state == "?":
                (review / snippet_name(record, box)).unlink(missing_ok=True)


def _boxes(reading: PageReading) -> tuple[BoxRecord, ...]:
    records = []
    for box, decision, ink in zip(
        reading.found.page.boxes, reading.decisions, reading.inks, strict=True
    ):
        match decision:
            case Marked():
                state, reason = "1", ""
            case Empty():
                state, reason = "0", ""
            case _:
                state, reason = "?", decision.reason.value
        records.append(
            BoxRecord(
                contest=box.contest,
                line=box.line,
                column=box.column.value,
                state=state,
                reason=reason,
                packed_scores=_SCORES.pack(*ink),
            )
        )
    return tuple(records)
