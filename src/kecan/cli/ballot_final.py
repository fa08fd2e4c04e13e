"""Whether a count.json is finished and agrees with itself, before sheets are drawn."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from kecan.paper_ballot.accounting import Standing
from kecan.paper_ballot.align import Rejection
from kecan.tally import LineState
from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kecan.tally import Sheet

_NO_BALLOT = {Rejection.BLANK.value, Rejection.FOREIGN.value}
_READ = {Standing.COUNTED.value, Standing.INVALID.value}


def why_not_final(count: dict[str, Any], *, event: str) -> Sentence | None:
    """Return why a count is another ballot's, or not finished; None if it is."""
    if count["event"] != event:
        return Sentence(
            "là kết quả của mẫu phiếu khác, không phải mẫu ở --form.",
            "counts another ballot than the one of --form.",
        )
    pending = sum(one["standing"] == Standing.PENDING.value for one in count["ballots"])
    if pending:
        return Sentence(
            f"còn {pending} phiếu chờ người quyết định; quyết định xong mới bốc thăm "
            "đối chiếu.",
            f"{pending} ballots still wait for a person; sheets are drawn after they "
            "are decided.",
        )
    refused = sum(one["reason"] not in _NO_BALLOT for one in count["rejected"])
    if refused:
        return Sentence(
            f"còn {refused} trang bị loại chưa đọc được; quét lại cho đủ mới bốc thăm "
            "đối chiếu.",
            f"{refused} pages were refused; sheets are drawn once they are read.",
        )
    unaccounted = count["batch"]["unaccounted"]
    if unaccounted:
        return Sentence(
            f"số phiếu lệch {unaccounted} so với số đã phát ra; tìm đủ mới bốc thăm "
            "đối chiếu.",
            f"differs by {unaccounted} from the ballots issued; sheets are drawn once "
            "all are accounted for.",
        )
    return None


def why_not_whole(count: dict[str, Any], record: Sequence[Sheet]) -> Sentence | None:
    """Return where a count contradicts itself: somebody changed it by hand.

    Args:
        count: What the file says, as it stands.
        record: Its ballots, as the audit goes by them.
    """
    place = next(_contradictions(count, record), None)
    if place is None:
        return None
    return Sentence(
        f"tự mâu thuẫn ở {place}: tệp đã bị sửa hoặc sửa chưa hết; đọc lại phiếu.",
        f"contradicts itself at {place}: the file was changed by hand, or not all of "
        "it; read the ballots again.",
    )


def _contradictions(count: dict[str, Any], record: Sequence[Sheet]) -> Iterator[str]:
    yield from _of_lists(count)
    yield from _of_totals(count["totals"], record)


def _of_lists(count: dict[str, Any]) -> Iterator[str]:
    used = Counter(one for ballot in count["ballots"] for one in ballot["sheets"])
    if Counter(one["sha256"] for one in count["sheets"]) != used:
        yield "ballots/sheets"
    for place, ballot in enumerate(count["ballots"]):
        if ballot["standing"] not in _READ or not ballot["sheets"]:
            yield f"ballots[{place}]"
    for place, page in enumerate(count["sheets"]):
        if any(box["state"] not in {"0", "1"} for box in page["boxes"]):
            yield f"sheets[{place}]"


def _of_totals(totals: dict[str, Any], record: Sequence[Sheet]) -> Iterator[str]:
    valid = [one for one in record if one.invalid_reason is None]
    if totals["valid"] != len(valid):
        yield "totals.valid"
    if totals["invalid"] != len(record) - len(valid):
        yield "totals.invalid"
    for contest, lines in enumerate(totals["contests"]):
        for line, said in enumerate(lines):
            agree = sum(one.states[contest][line] is LineState.AGREE for one in valid)
            if said["agree"] != agree:
                yield f"totals.contests[{contest}][{line}].agree"
