"""What may be read about a conference; nothing about a choice before the count closes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from kecan.tally import (
    Attendance,
    BallotCount,
    InvalidReason,
    LineState,
    Sheet,
    SheetDifference,
    compare_keyings,
    is_met,
    least_votes,
)
from kecan.web.accounts.models import User
from kecan.web.conferences.models import (
    BLIND_KEYINGS,
    HELD_STATES,
    Conference,
    ConferenceState,
    Contest,
    ContestLine,
    KeyedSheet,
    Keying,
    Minutes,
    RollSeat,
    SheetResolution,
)
from kecan.web.conferences.rules import mark_in_words, step_from_json
from kecan.web.permissions import Role
from kecan.web.plans.models import PlanningRound, RoundState

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from django.db.models import QuerySet


def ballot_shape(conference: Conference) -> list[Contest]:
    """Return the contests in ballot order."""
    return list(conference.contests.order_by("order"))


def contests_at_a_glance(conference: Conference) -> list[Contest]:
    """Return the contests in ballot order with what came of each.

    Each has ``nominees``, ``passed``, ``tied`` (waiting for the chair) and ``written``
    (names written in that nobody has said whom they mean).
    """
    line = ContestLine.Result
    counted = {
        "nominees": Count("lines", distinct=True),
        "passed": Count("lines", filter=Q(lines__result=line.PASSED), distinct=True),
        "tied": Count("lines", filter=Q(lines__result=line.TIED), distinct=True),
        "written": Count(
            "write_ins", filter=Q(write_ins__resolved_by=""), distinct=True
        ),
    }
    return list(conference.contests.order_by("order").annotate(**counted))


def needed_minutes(conference: Conference) -> frozenset[Minutes.Kind]:
    """Return the minutes that have to be signed before the conference closes."""
    if getattr(conference, "count", None) is not None:
        return frozenset(Minutes.Kind)
    return frozenset({Minutes.Kind.CONFERENCE})


def attendance_of(conference: Conference) -> Attendance:
    """Return the people and ballots around the count."""
    return Attendance(
        summoned=conference.summoned or 0,
        present=conference.present or 0,
        issued=conference.count.issued,
    )


def closed_totals(conference: Conference) -> BallotCount:
    """Return the numbers kept when the count was closed; no sheet is read again."""
    count = conference.count
    return BallotCount(
        attendance=attendance_of(conference),
        returned=count.returned or 0,
        valid=count.valid or 0,
        invalid=count.invalid or 0,
        invalid_reasons={
            InvalidReason(reason): number
            for reason, number in count.invalid_reasons.items()
        },
        lines=(),
        write_ins=(),
    )


def keyed_sheets(conference: Conference, slot: int) -> list[Sheet]:
    """Return the sheets of one keying; for the comparison only."""
    return _sheets(
        KeyedSheet.objects.filter(
            keying__conference=conference, keying__slot=slot
        ).order_by("sheet_number")
    )


def open_differences(conference: Conference) -> list[SheetDifference]:
    """Return the sheets that still need a third look.

    Empty until both keyings are finished: nobody sees the other's before.
    """
    blind_keyings = 2
    if conference.keyings.filter(is_finished=True).count() != blind_keyings:
        return []
    resolved = set(conference.resolutions.values_list("sheet_number", flat=True))
    return [
        difference
        for difference in compare_keyings(
            keyed_sheets(conference, 1), keyed_sheets(conference, 2)
        )
        if difference.number not in resolved
    ]


def agreed_sheets(conference: Conference) -> list[Sheet]:
    """Return every sheet as both keyings read it, or as the third look settled it."""
    agreed = {sheet.number: sheet for sheet in keyed_sheets(conference, 1)}
    for settled in _sheets(
        SheetResolution.objects.filter(conference=conference).order_by("sheet_number")
    ):
        agreed[settled.number] = settled
    return [agreed[number] for number in sorted(agreed)]


def _sheets(rows: Iterable[KeyedSheet | SheetResolution]) -> list[Sheet]:
    return [
        Sheet(
            number=row.sheet_number,
            states=tuple(
                tuple(LineState(state) for state in states) for states in row.states
            ),
            write_ins=tuple(tuple(names) for names in row.write_ins),
            invalid_reason=InvalidReason(row.invalid_reason)
            if row.invalid_reason
            else None,
        )
        for row in rows
    ]


def roll_by_category(conference: Conference) -> list[tuple[str, list[RollSeat]]]:
    """Return the roll under its categories, in seating order."""
    groups: dict[str, list[RollSeat]] = {}
    for seat in conference.seats.select_related("person").order_by("number"):
        groups.setdefault(seat.category_title, []).append(seat)
    return list(groups.items())


def lacks_quorum(conference: Conference) -> str:
    """Return the warning of a conference below its quorum; empty when it is met."""
    quorum = step_from_json(conference.rules).quorum
    present, summoned = conference.present, conference.summoned
    if present is None or not summoned:
        return ""
    if is_met(quorum, votes=present, base=summoned):
        return ""
    needed = least_votes(quorum, base=summoned)
    return (
        f"Có mặt {present} trên {summoned} người được triệu tập, cần ít nhất {needed} "
        f"({mark_in_words(quorum)}), còn thiếu {needed - present}."
    )


def keying_progress(conference: Conference) -> list[tuple[int, int, bool]]:
    """Return (slot, sheets keyed, finished) of each keying; counts only."""
    return [
        (keying.slot, keying.sheets.count(), keying.is_finished)
        for keying in conference.keyings.order_by("slot")
    ]


def keyings_open_to(conference: Conference, login: str) -> list[int]:
    """Return the slots an account may key: its own, or those nobody has taken."""
    taken = dict(conference.keyings.values_list("slot", "keyed_by"))
    own = [slot for slot, keyed_by in taken.items() if keyed_by == login]
    return own or [slot for slot in BLIND_KEYINGS if slot not in taken]


def missing_sheets(keying: Keying) -> list[int]:
    """Return the numbers of the returned sheets a keying does not have yet."""
    keyed = set(keying.sheets.values_list("sheet_number", flat=True))
    returned = keying.conference.count.returned or 0
    return [number for number in range(1, returned + 1) if number not in keyed]


def own_sheet(keying: Keying, number: int) -> Sheet | None:
    """Return a sheet as its own keying has it, for the person who keyed it."""
    found = _sheets(keying.sheets.filter(sheet_number=number))
    return found[0] if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferingPlace:
    """One thing the two keyings read differently on a sheet, in words."""

    what: str
    first: str
    second: str


STATE_WORDS = {
    LineState.AGREE: "đồng ý",
    LineState.DISAGREE: "không đồng ý",
    LineState.NONE: "để trống",
    LineState.BOTH: "đánh cả hai ô",
}
INVALID_WORDS = {
    InvalidReason.TOO_MANY: "Chọn quá số lượng",
    InvalidReason.BLANK: "Phiếu trắng",
    InvalidReason.BOTH_BOXES: "Đánh dấu cả hai ô ở một dòng",
    InvalidReason.SIGNED: "Có ký tên, dấu hiệu riêng",
    InvalidReason.TORN: "Rách, không đọc được",
    InvalidReason.NOT_ISSUED: "Không do Tổ kiểm phiếu phát ra",
}


def differing_places(
    difference: SheetDifference, contests: Sequence[Contest]
) -> list[DifferingPlace]:
    """Return what differs on a sheet, for the third person alone to read."""
    first, second = difference.first, difference.second
    if first is None or second is None:
        return []
    names = [[line.full_name for line in contest.lines.all()] for contest in contests]
    places = [
        DifferingPlace(
            what=f"{names[contest][line]} ({contests[contest].title})",
            first=STATE_WORDS[first.states[contest][line]],
            second=STATE_WORDS[second.states[contest][line]],
        )
        for contest, line in difference.places
    ]
    for what, one, other in (
        ("Tình trạng phiếu", _validity(first), _validity(second)),
        ("Tên ghi thêm", _written(first), _written(second)),
    ):
        if one != other:
            places.append(DifferingPlace(what=what, first=one, second=other))
    return places


def _validity(sheet: Sheet) -> str:
    if sheet.invalid_reason is None:
        return "hợp lệ"
    return INVALID_WORDS[sheet.invalid_reason]


def _written(sheet: Sheet) -> str:
    return "; ".join(name for names in sheet.write_ins for name in names) or "không có"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepResult:
    """What an earlier, closed step of the chain said about a nominee."""

    step: str
    result: str
    sentence: str


def earlier_results(conference: Conference) -> dict[int, list[StepResult]]:
    """Return, by proposal, why each nominee stands on this list or dropped out.

    Only closed conferences speak: their minutes are signed.
    """
    lines = (
        ContestLine.objects.filter(
            contest__conference__round=conference.round,
            contest__conference__order__lt=conference.order,
            contest__conference__state=ConferenceState.CLOSED,
        )
        .select_related("contest__conference")
        .order_by("contest__conference__order", "pk")
    )
    found: dict[int, list[StepResult]] = {}
    for line in lines:
        found.setdefault(line.proposal_id, []).append(
            StepResult(
                step=line.contest.conference.title,
                result=ContestLine.Result(line.result).label,
                sentence=line.sentence,
            )
        )
    return found


def counting_accounts(unit_key: str) -> list[User]:
    """Return the accounts that may be appointed to count in a unit."""
    return list(
        User.objects.filter(
            is_active=True,
            grants__role=Role.COUNTING_COMMITTEE,
            grants__until__isnull=True,
            grants__unit_key__in=("", unit_key),
        )
        .distinct()
        .order_by("full_name", "login")
    )


def conferences_of(
    unit_keys: Collection[str], *, counted_by: str
) -> QuerySet[Conference]:
    """Return the conferences of units (blank key: all) and those somebody counts now."""
    found = Conference.objects.select_related("round__unit")
    own = Q(counting_members__login=counted_by, state__in=HELD_STATES)
    if "" not in unit_keys:
        found = found.filter(own | Q(round__unit__key__in=unit_keys))
    return found.distinct().order_by("-round__as_of", "round__key", "order")


def rounds_without_chain(unit_keys: Collection[str]) -> QuerySet[PlanningRound]:
    """Return the rounds of units (blank key: all) that wait for their conferences."""
    found = PlanningRound.objects.filter(
        state=RoundState.SUBMITTED, conferences__isnull=True
    )
    if "" not in unit_keys:
        found = found.filter(unit__key__in=unit_keys)
    return found.order_by("-as_of", "key")
