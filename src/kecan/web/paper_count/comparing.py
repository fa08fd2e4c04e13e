"""The scanned and the keyed count side by side: where they differ, never how they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kecan.tally import BallotCount
    from kecan.web.conferences.models import Contest


@dataclass(frozen=True, slots=True, kw_only=True)
class CountDifference:
    """A number the two counts do not agree on; ``by`` is scanned minus keyed."""

    where: str
    what: str
    by: int

    @property
    def size(self) -> int:
        """How far the two are apart."""
        return abs(self.by)


def count_differences(
    scanned: BallotCount, keyed: BallotCount, contests: Sequence[Contest]
) -> list[CountDifference]:
    """Return every number of two counts that differs, in ballot order."""
    found = [
        ("Tổng số", "phiếu hợp lệ", scanned.valid - keyed.valid),
        ("Tổng số", "phiếu không hợp lệ", scanned.invalid - keyed.invalid),
        *_of_lines(scanned, keyed, contests),
        *_of_names(scanned, keyed, contests),
    ]
    return [
        CountDifference(where=where, what=what, by=by)
        for where, what, by in found
        if by
    ]


def _of_lines(
    scanned: BallotCount, keyed: BallotCount, contests: Sequence[Contest]
) -> Iterator[tuple[str, str, int]]:
    for place, contest in enumerate(contests):
        names = contest.lines.order_by("order").values_list("full_name", flat=True)
        for name, one, other in zip(
            names, scanned.lines[place], keyed.lines[place], strict=True
        ):
            where = f"{contest.title}: {name}"
            yield where, "đồng ý", one.agree - other.agree
            yield where, "không đồng ý", one.disagree - other.disagree
            yield where, "để trống, cả hai ô", one.neither - other.neither


def _of_names(
    scanned: BallotCount, keyed: BallotCount, contests: Sequence[Contest]
) -> Iterator[tuple[str, str, int]]:
    for place, contest in enumerate(contests):
        one, other = scanned.write_ins[place], keyed.write_ins[place]
        for name in sorted({*one, *other}):
            yield (
                contest.title,
                f"ghi thêm {name}",
                one.get(name, 0) - other.get(name, 0),
            )
