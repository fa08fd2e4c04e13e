"""The scanned and the keyed count side by side: where they differ, never how they stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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
        apart = _names_apart(scanned.write_ins[place], keyed.write_ins[place])
        for name, by in sorted(apart.items()):
            yield contest.title, f"ghi thêm {name}", by


def _names_apart(
    scanned: Mapping[str, int], keyed: Mapping[str, int]
) -> dict[str, int]:
    """Return how far two counts are apart on each written name, scanned minus keyed.

    Who is found in the register is called by name and year of birth; whoever keys the
    paper writes the year only where it stands there, so a bare name agrees with either.
    A name is no other for its capitals.
    """
    spelled = {name.casefold(): name for name in (*keyed, *scanned)}
    apart = Counter[str]()
    for names, sign in ((scanned, 1), (keyed, -1)):
        for name, votes in names.items():
            apart[name.casefold()] += sign * votes
    for name in spelled:
        bare, comma, _ = name.partition(",")
        if comma and apart[bare] * apart[name] < 0:
            by = min(abs(apart[bare]), abs(apart[name]))
            sign = 1 if apart[name] > 0 else -1
            apart[name] -= sign * by
            apart[bare] += sign * by
    return {spelled[name]: by for name, by in apart.items() if by}
