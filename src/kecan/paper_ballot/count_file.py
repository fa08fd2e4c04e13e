"""count.json: what was read, what was counted and what waits for a person.

Pages stand in the order of their image hash and carry no time and no sheet id, so
that nothing in the file can point to a person.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from kecan.paper_ballot.accounting import Standing
from kecan.paper_ballot.interpret import THRESHOLDS

if TYPE_CHECKING:
    from kecan.paper_ballot.accounting import Ballot, ScanCount
    from kecan.paper_ballot.batch import PageRecord
    from kecan.tally import BallotRules

FORMAT = "kecan-ballot-count-1"


def count_as_json(
    counted: ScanCount, *, event: str, rules: BallotRules
) -> dict[str, Any]:
    """Return a count as plain values for ``docs/schemas/ballot-count.schema.json``."""
    pages = [page for ballot in counted.ballots for page in ballot.pages]
    standings = [ballot.standing for ballot in counted.ballots]
    return {
        "format": FORMAT,
        "event": event,
        "thresholds": asdict(THRESHOLDS),
        "rules": asdict(rules),
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
        "ballots": [_ballot(one) for one in counted.ballots],
        "sheets": [_page(page) for page in sorted(pages, key=lambda one: one.digest)],
        "rejected": [
            {
                "file": PurePath(page.place.path).name,
                "page": page.place.page,
                "sha256": page.digest,
                "reason": page.rejection,
            }
            for page in sorted(
                counted.rejected, key=lambda one: (one.digest, one.place)
            )
        ],
    }


def _ballot(ballot: Ballot) -> dict[str, Any]:
    return {
        "standing": ballot.standing.value,
        "why": ballot.why,
        "sheets": sorted(page.digest for page in ballot.pages),
    }


def _page(page: PageRecord) -> dict[str, Any]:
    return {
        "sha256": page.digest,
        "file": PurePath(page.place.path).name,
        "file_page": page.place.page,
        "style": page.style,
        "page": page.page,
        "boxes": [
            {key: value for key, value in asdict(box).items() if key != "reason"}
            | ({"reason": box.reason} if box.reason else {})
            for box in page.boxes
        ],
    }
