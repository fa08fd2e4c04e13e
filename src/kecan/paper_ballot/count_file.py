"""count.json: what was read, what was counted and what waits for a person.

Pages stand in the order of their image hash and carry no time and no sheet id, so
that nothing in the file can point to a person.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import asdict
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from kecan.paper_ballot.accounting import Standing
from kecan.paper_ballot.thresholds import THRESHOLDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kecan.paper_ballot.accounting import Ballot, ScanCount
    from kecan.paper_ballot.batch import PageRecord
    from kecan.tally import BallotRules

FORMAT = "kecan-ballot-count-1"


def count_text(counted: ScanCount, *, event: str, rules: BallotRules) -> Iterator[str]:
    """Yield count.json piece by piece: all of a large count would fill the memory.

    It keeps to ``docs/schemas/ballot-count.schema.json``.
    """
    head = {
        "format": FORMAT,
        "event": event,
        "thresholds": asdict(THRESHOLDS),
        "rules": asdict(rules),
        **summary(counted),
    }
    pages = [page for ballot in counted.ballots for page in ballot.pages]
    names = file_names(one.place.path for one in (*pages, *counted.rejected))
    pages.sort(key=lambda one: one.digest)
    refused = sorted(counted.rejected, key=lambda one: (one.digest, one.place))
    lists = {
        "ballots": (_ballot(one) for one in counted.ballots),
        "sheets": (_page(one, file=names[one.place.path]) for one in pages),
        "rejected": (_rejected(one, file=names[one.place.path]) for one in refused),
    }
    yield json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    for name, entries in lists.items():
        yield f',\n "{name}": ['
        for number, entry in enumerate(entries):
            yield ("," if number else "") + "\n  "
            yield json.dumps(entry, ensure_ascii=False)
        yield "\n ]"
    yield "\n}\n"


def summary(counted: ScanCount) -> dict[str, Any]:
    """Return what was counted and what became of the batch, as plain values."""
    pages = [page for ballot in counted.ballots for page in ballot.pages]
    standings = [ballot.standing for ballot in counted.ballots]
    return {
        "totals": {
            "valid": counted.count.valid,
            "invalid": counted.count.invalid,
            "invalid_reasons": {
                reason.value: number
                for reason, number in sorted(counted.count.invalid_reasons.items())
            },
            "contests": [
                [asdict(line) for line in lines] for lines in counted.count.lines
            ],
        },
        "batch": {
            "ballots": len(standings),
            "counted": standings.count(Standing.COUNTED),
            "invalid": standings.count(Standing.INVALID),
            "pending": standings.count(Standing.PENDING),
            "pages_read": len(pages),
            "pages_rejected": len(counted.rejected),
            "unaccounted": counted.unaccounted,
            "unmarked": counted.unmarked,
            "perhaps_scanned_twice": [list(pair) for pair in counted.alike],
            "has_sheet_ids": any(page.sheet_id for page in pages),
            "same_image": sorted(page.digest for page in counted.same_image),
            "second_scans": sorted(page.digest for page in counted.second_scans),
        },
    }


def file_names(paths: Iterable[str]) -> dict[str, str]:
    """Return what each file is called: its name, and folders where two share it.

    Bytes of a name that are no letters of any script are written as numbers.
    """
    found: dict[str, str] = {}
    left, depth = set(paths), 1
    while left:
        tails = {path: "/".join(PurePath(path).parts[-depth:]) for path in left}
        often = Counter(tails.values())
        alone = {path for path, tail in tails.items() if often[tail] == 1}
        found |= {path: _as_text(tails[path]) for path in alone}
        left, depth = left - alone, depth + 1
    return found


def _as_text(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _rejected(page: PageRecord, *, file: str) -> dict[str, Any]:
    return {
        "file": file,
        "page": page.place.page,
        "sha256": page.digest,
        "reason": page.rejection,
    }


def _ballot(ballot: Ballot) -> dict[str, Any]:
    return {
        "standing": ballot.standing.value,
        "why": ballot.why,
        "sheets": sorted(page.digest for page in ballot.pages),
    }


def _page(page: PageRecord, *, file: str) -> dict[str, Any]:
    return {
        "sha256": page.digest,
        "file": file,
        "file_page": page.place.page,
        "style": page.style,
        "page": page.page,
        "boxes": [
            {
                "contest": box.contest,
                "line": box.line,
                "column": box.column,
                "state": box.state,
                "scores": box.scores,
            }
            | ({"reason": box.reason} if box.reason else {})
            for box in page.boxes
        ],
    }
