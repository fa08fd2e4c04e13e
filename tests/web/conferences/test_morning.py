"""A conference from the roll to the minutes, and everything it refuses on the way."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from tests.web.conferences import morning as m

from kecan.tally import InvalidReason, LineState
from kecan.web.accounts.actions import create_user
from kecan.web.audit.models import LedgerEntry
from kecan.web.audit.queries import ledger_head, verify_ledger
from kecan.web.conferences.actions import ballots, chain, closing, count, speaking
from kecan.web.conferences.models import (
    Conference,
    Contest,
    ContestLine,
    Minutes,
    WriteIn,
)
from kecan.web.conferences.queries import (
    DifferingPlace,
    ballot_shape,
    closed_totals,
    contests_at_a_glance,
    differing_places,
    keying_progress,
    lacks_quorum,
    open_differences,
    roll_by_category,
)
from kecan.web.conferences.refusals import (
    BallotNumbersError,
    ChainAlreadyPlannedError,
    ConferenceStateError,
    CountNotReadyError,
    KeyingFinishedError,
    KeyingNotOwnError,
    MinutesMissingError,
    NobodySummonedError,
    NomineeCountsError,
    RoundNotSubmittedError,
    SheetNotReadableError,
    TieOpenError,
    WrittenNameOpenError,
)
from kecan.web.conferences.rules import mark_in_words, step_from_json, step_to_json

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference() -> Conference:
    return m.first_conference(m.small_round())


@pytest.fixture
def in_count(conference: Conference) -> Conference:
    return m.counting(m.opened(conference))


def _closed(conference: Conference, agreeing: tuple[int, int]) -> Conference:
    for slot in (1, 2):
        m.keyed(conference, slot=slot, sheets=m.stack(agreeing))
    count.close_count(conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY)
    conference.refresh_from_db()
    return conference


def test_a_person_is_summoned_once_under_the_first_category(
    conference: Conference,
) -> None:
    ((category, seats),) = roll_by_category(conference)

    assert category == "Uỷ viên Ban Chấp hành Đảng bộ"
    assert [seat.number for seat in seats] == [1, 2, 3, 4, 5]


def test_the_rules_of_a_step_survive_being_stored(conference: Conference) -> None:
    step = step_from_json(conference.rules)

    assert step_to_json(step) == conference.rules
    assert step.threshold is not None
    assert mark_in_words(step.threshold) == "từ 30\u00a0% số đại biểu có mặt trở lên"


def test_a_round_gets_its_chain_once(conference: Conference) -> None:
    with pytest.raises(ChainAlreadyPlannedError):
        m.first_conference(conference.round)


def test_a_round_without_a_signed_submission_gets_no_chain() -> None:
    planning_round = m.small_round()
    planning_round.state = "proposed"
    planning_round.save()

    with pytest.raises(RoundNotSubmittedError, match="chưa ký Tờ trình"):
        m.first_conference(planning_round)


def test_a_conference_without_anybody_to_summon_is_refused(
    conference: Conference,
) -> None:
    for seat in conference.seats.all():
        seat.person.offices.all().delete()

    with pytest.raises(NobodySummonedError):
        chain.summon(conference_id=conference.pk, as_of=m.DAY, by=m.OFFICER, at=m.NOW)


def test_a_later_conference_waits_for_the_one_before(conference: Conference) -> None:
    later = conference.round.conferences.get(order=2)
    chain.summon(conference_id=later.pk, as_of=m.DAY, by=m.OFFICER, at=m.NOW)

    with pytest.raises(ConferenceStateError, match="cán bộ chủ chốt"):
        m.opened(later)


def test_a_conference_below_its_quorum_is_warned_with_numbers(
    conference: Conference,
) -> None:
    m.opened(conference, present=3)
    conference.refresh_from_db()

    assert lacks_quorum(conference) == (
        "Có mặt 3 trên 5 người được triệu tập, cần ít nhất 4 "
        "(từ 2/3 số người được triệu tập trở lên), còn thiếu 1."
    )


def test_the_counting_committee_has_three_people_and_no_nominee(
    conference: Conference,
) -> None:
    m.opened(conference)

    with pytest.raises(BallotNumbersError, match="ít nhất 3"):
        ballots.appoint_counting_committee(
            conference_id=conference.pk, members=[("a", "A")], by=m.OFFICER, at=m.NOW
        )
    with pytest.raises(NomineeCountsError, match="Nguyễn Văn An"):
        ballots.appoint_counting_committee(
            conference_id=conference.pk,
            members=[("a", "Nguyễn Văn An"), ("b", "B"), ("c", "C")],
            by=m.OFFICER,
            at=m.NOW,
        )


def test_nobody_sits_twice_in_a_counting_committee() -> None:
    conference = m.opened(m.first_conference(m.small_round()))
    for counter in m.COUNTERS[:2]:
        create_user(
            login=counter.login,
            full_name=counter.full_name,
            password=None,
            by=m.OFFICER,
            at=m.DAY,
            person_key="CB-007",
        )
    third = ("kiemphieu9", "Người thứ ba")
    one, other = ((each.login, each.full_name) for each in m.COUNTERS[:2])

    for members in ([one, other, third], [one, one, third]):
        with pytest.raises(
            BallotNumbersError, match="hai tài khoản của cùng một người"
        ):
            ballots.appoint_counting_committee(
                conference_id=conference.pk, members=members, by=m.OFFICER, at=m.NOW
            )


def test_more_ballots_than_people_present_are_refused(conference: Conference) -> None:
    m.opened(conference, present=4)

    with pytest.raises(BallotNumbersError, match="có mặt 4"):
        ballots.issue_ballots(
            conference_id=conference.pk, issued=5, by=m.COUNTERS[0], at=m.DAY
        )


def test_more_ballots_back_than_handed_out_are_refused(conference: Conference) -> None:
    with pytest.raises(BallotNumbersError, match="phát ra 5"):
        m.counting(m.opened(conference), returned=6)


def test_ballots_are_not_handed_out_without_a_list(conference: Conference) -> None:
    m.opened(conference)
    conference.contests.all().delete()

    with pytest.raises(BallotNumbersError, match="chưa có danh sách"):
        ballots.issue_ballots(
            conference_id=conference.pk, issued=5, by=m.OFFICER, at=m.DAY
        )


def test_a_step_with_a_ballot_cannot_end_by_discussion(conference: Conference) -> None:
    m.opened(conference)

    with pytest.raises(BallotNumbersError, match="có bỏ phiếu"):
        ballots.pass_without_ballot(conference_id=conference.pk, by=m.OFFICER, at=m.NOW)


def test_equal_keyings_close_and_the_mark_decides(in_count: Conference) -> None:
    closed = _closed(in_count, (5, 1))

    first, second = ContestLine.objects.order_by("order")
    assert (first.agree, first.disagree, first.neither, first.result) == (
        5,
        0,
        0,
        "passed",
    )
    assert (second.agree, second.result) == (1, "not_passed")
    assert "cần ít nhất 2" in second.sentence
    assert (closed.count.valid, closed.count.invalid) == (5, 0)


def test_totals_do_not_exist_before_the_count_is_closed(in_count: Conference) -> None:
    m.keyed(in_count, slot=1, sheets=m.stack((5, 1)))

    line = ContestLine.objects.first()
    assert line is not None
    assert (line.agree, in_count.count.valid) == (None, None)
    assert open_differences(in_count) == []
    assert keying_progress(in_count) == [(1, 5, True)]


def test_a_sheet_read_differently_blocks_closing_until_a_third_person_looks(
    in_count: Conference,
) -> None:
    m.keyed(in_count, slot=1, sheets=m.stack((5, 2)))
    m.keyed(in_count, slot=2, sheets=m.stack((5, 1)))

    with pytest.raises(CountNotReadyError, match="1 phiếu"):
        count.close_count(conference_id=in_count.pk, by=m.COUNTERS[0], at=m.DAY)
    with pytest.raises(KeyingNotOwnError, match="người thứ ba"):
        _resolve(in_count, by=1)
    _resolve(in_count, by=0)
    count.close_count(conference_id=in_count.pk, by=m.COUNTERS[0], at=m.DAY)

    assert ContestLine.objects.order_by("order").last().agree == 1  # type: ignore[union-attr]


def test_the_third_person_reads_in_words_what_the_two_keyed_differently(
    in_count: Conference,
) -> None:
    Contest.objects.update(write_in_lines=1)
    first = m.stack((5, 2))
    second = [
        replace(first[0], invalid_reason=InvalidReason.TORN),
        replace(first[1], write_ins=(("Lê Văn Giang",),)),
        m.sheet(3, m.DISAGREE, m.DISAGREE),
        *first[3:],
    ]
    m.keyed(in_count, slot=1, sheets=first)
    m.keyed(in_count, slot=2, sheets=second)

    contests = ballot_shape(in_count)
    read = [differing_places(one, contests) for one in open_differences(in_count)]

    line = f"Nguyễn Văn An ({contests[0].title})"
    assert read == [
        [_differing("Tình trạng phiếu", "hợp lệ", "Rách, không đọc được")],
        [_differing("Tên ghi thêm", "không có", "Lê Văn Giang")],
        [_differing(line, "đồng ý", "không đồng ý")],
    ]


def _differing(what: str, first: str, second: str) -> DifferingPlace:
    return DifferingPlace(what=what, first=first, second=second)


def test_the_totals_of_a_closed_count_tell_valid_ballots_from_invalid_ones(
    in_count: Conference,
) -> None:
    first, *others = m.stack((5, 2))
    torn = replace(first, invalid_reason=InvalidReason.TORN)
    for slot in (1, 2):
        m.keyed(in_count, slot=slot, sheets=[torn, *others])
    count.close_count(conference_id=in_count.pk, by=m.COUNTERS[0], at=m.DAY)
    in_count.refresh_from_db()

    totals = closed_totals(in_count)

    assert (totals.returned, totals.valid, totals.invalid) == (5, 4, 1)
    assert totals.invalid_reasons == {InvalidReason.TORN: 1}


def _resolve(conference: Conference, *, by: int, number: int = 2) -> None:
    count.resolve_sheet(
        conference_id=conference.pk,
        sheet=m.sheet(number, m.AGREE, m.DISAGREE),
        by=m.COUNTERS[by],
        at=m.DAY,
    )


def test_a_sheet_that_does_not_differ_is_not_resolved(in_count: Conference) -> None:
    for slot in (1, 2):
        m.keyed(in_count, slot=slot, sheets=m.stack((5, 1)))

    with pytest.raises(CountNotReadyError, match="không nằm trong"):
        _resolve(in_count, by=0)


def test_one_person_cannot_key_both_times_nor_take_a_taken_slot(
    in_count: Conference,
) -> None:
    one, other = m.COUNTERS[1], m.COUNTERS[2]
    count.start_keying(conference_id=in_count.pk, slot=1, by=one, at=m.DAY)

    with pytest.raises(KeyingNotOwnError, match="cả hai lượt"):
        count.start_keying(conference_id=in_count.pk, slot=2, by=one, at=m.DAY)
    with pytest.raises(KeyingNotOwnError, match="người khác"):
        count.start_keying(conference_id=in_count.pk, slot=1, by=other, at=m.DAY)


def test_a_stranger_cannot_key(in_count: Conference) -> None:
    stranger = m.Somebody(login="la", full_name="Người Lạ")

    with pytest.raises(KeyingNotOwnError, match="không thuộc Tổ kiểm phiếu"):
        count.start_keying(conference_id=in_count.pk, slot=1, by=stranger, at=m.DAY)


def test_a_keying_is_its_keyers_own_and_final_once_finished(
    in_count: Conference,
) -> None:
    m.keyed(in_count, slot=1, sheets=m.stack((5, 1)))
    keying = in_count.keyings.get(slot=1)

    with pytest.raises(KeyingNotOwnError):
        count.key_sheets(keying_id=keying.pk, sheets=m.stack((5, 5)), by=m.COUNTERS[2])
    with pytest.raises(KeyingFinishedError):
        count.key_sheets(keying_id=keying.pk, sheets=m.stack((5, 5)), by=m.COUNTERS[1])


def test_a_keying_with_missing_sheets_is_not_finished(in_count: Conference) -> None:
    with pytest.raises(CountNotReadyError, match="4 trên 5"):
        m.keyed(in_count, slot=1, sheets=m.stack((5, 1))[:4])


def test_sheets_that_do_not_fit_the_ballot_are_refused(in_count: Conference) -> None:
    keying = count.start_keying(
        conference_id=in_count.pk, slot=1, by=m.COUNTERS[1], at=m.DAY
    )
    contest = m.only_contest(in_count)
    contest.max_choices = 1
    contest.save()
    too_many = m.sheet(1, m.AGREE, m.AGREE)
    nobody = m.sheet(1, m.DISAGREE, m.DISAGREE)
    faulty = {
        "chỉ thu về 5": m.sheet(6, m.AGREE, m.DISAGREE),
        "không khớp": m.sheet(1, m.AGREE),
        "chọn 2 người, tối đa 1": too_many,
        "nhiều danh sách": replace(nobody, write_ins=((), ())),
        "có 2 dòng ghi thêm": replace(nobody, write_ins=(("A", "B", "C"),)),
        "phiếu trắng": m.sheet(1, LineState.NONE, LineState.NONE),
        "từ 1 đến 120 ký tự": replace(nobody, write_ins=(("Â" * 121,),)),
    }

    for sentence, sheet in faulty.items():
        with pytest.raises(SheetNotReadableError, match=sentence):
            count.key_sheets(keying_id=keying.pk, sheets=[sheet], by=m.COUNTERS[1])
    invalid = replace(too_many, invalid_reason=InvalidReason.TOO_MANY)
    count.key_sheets(keying_id=keying.pk, sheets=[invalid], by=m.COUNTERS[1])


def test_a_sheet_keyed_again_replaces_the_first_and_is_logged(
    in_count: Conference,
) -> None:
    keying = count.start_keying(
        conference_id=in_count.pk, slot=1, by=m.COUNTERS[1], at=m.DAY
    )
    for states in ((m.AGREE, m.AGREE), (m.AGREE, m.DISAGREE)):
        count.key_sheets(
            keying_id=keying.pk, sheets=[m.sheet(1, *states)], by=m.COUNTERS[1]
        )

    assert keying.sheets.count() == 1
    assert in_count.log.filter(text="Lượt 1: nhập lại phiếu số 1").exists()


def test_closing_before_two_keyings_are_finished_is_refused(
    in_count: Conference,
) -> None:
    with pytest.raises(CountNotReadyError, match="0 lượt"):
        count.close_count(conference_id=in_count.pk, by=m.COUNTERS[0], at=m.DAY)


def test_the_ledger_says_nothing_about_what_a_sheet_holds(in_count: Conference) -> None:
    _closed(in_count, (5, 1))

    told = json.dumps(list(LedgerEntry.objects.values_list("details", flat=True)))
    assert "agree" not in told
    assert verify_ledger() == ledger_head()


def test_a_tie_at_the_cap_waits_for_the_chair(in_count: Conference) -> None:
    contest = m.only_contest(in_count)
    contest.cap = 1
    contest.save()
    closed = _closed(in_count, (4, 4))
    first, second = ContestLine.objects.order_by("order")

    with pytest.raises(TieOpenError, match="2 dòng bằng phiếu"):
        _sign(closed, Minutes.Kind.COUNTING)
    with pytest.raises(TieOpenError, match="chưa ghi lý do"):
        _decide(first, passes=True, reason=" ")
    _decide(first, passes=True, reason="Cơ cấu")
    with pytest.raises(TieOpenError, match="đã đủ 1"):
        _decide(second, passes=True, reason="Cơ cấu")
    _decide(second, passes=False, reason="Đủ số lượng")

    assert ContestLine.objects.filter(result="tied").count() == 0


def test_each_contest_is_summed_up_for_whoever_still_has_to_decide(
    in_count: Conference,
) -> None:
    contest = m.only_contest(in_count)
    contest.cap = 1
    contest.save()
    closed = _closed(in_count, (4, 4))

    (before,) = contests_at_a_glance(closed)
    _decide(contest.lines.get(order=1), passes=True, reason="Cơ cấu")
    WriteIn.objects.create(contest=contest, text="Nguyễn Văn Đ", votes=1)
    (after,) = contests_at_a_glance(closed)

    shown = ("nominees", "passed", "tied", "written")
    assert [getattr(before, name) for name in shown] == [2, 0, 2, 0]
    assert [getattr(after, name) for name in shown] == [2, 1, 1, 1]


def _decide(line: ContestLine, *, passes: bool, reason: str) -> None:
    count.decide_tie(
        line_id=line.pk, passes=passes, reason=reason, by=m.OFFICER, at=m.DAY
    )


def _sign(conference: Conference, kind: Minutes.Kind) -> Minutes:
    return closing.sign_minutes(
        conference_id=conference.pk, kind=kind, signed_by=["A"], by=m.OFFICER, at=m.DAY
    )


def test_a_written_name_is_counted_and_resolved_or_kept(in_count: Conference) -> None:
    sheets = [replace(one, write_ins=(("Lê Thị Ước",),)) for one in m.stack((2, 1))]
    for slot in (1, 2):
        m.keyed(in_count, slot=slot, sheets=sheets)
    count.close_count(conference_id=in_count.pk, by=m.COUNTERS[0], at=m.DAY)
    written = WriteIn.objects.get()

    assert written.votes == 5
    with pytest.raises(WrittenNameOpenError, match="còn 1 tên ghi thêm"):
        _sign(in_count, Minutes.Kind.COUNTING)
    kept = count.resolve_write_in(
        write_in_id=written.pk, person_id=None, by=m.COUNTERS[0], at=m.DAY
    )
    assert (kept.person, kept.resolved_by) == (None, "kiemphieu1")
    assert _sign(in_count, Minutes.Kind.COUNTING).pk


def test_a_conference_closes_only_with_its_minutes_and_drops_who_failed(
    in_count: Conference,
) -> None:
    closed = _closed(in_count, (5, 1))
    with pytest.raises(MinutesMissingError):
        closing.close_conference(conference_id=closed.pk, by=m.OFFICER, at=m.NOW)
    minutes = [_sign(closed, kind) for kind in Minutes.Kind]
    closing.close_conference(conference_id=closed.pk, by=m.OFFICER, at=m.NOW)

    states = closed.round.proposals.order_by("person__sort_key").values_list(
        "state", flat=True
    )
    assert list(states) == ["proposed", "dropped"]
    assert all(len(one.ledger_head) == 64 for one in minutes)


def test_on_a_removal_ballot_agreeing_takes_the_person_out() -> None:
    planning_round = m.small_round(chain_key="yearly-review")
    planning_round.proposals.update(source="carried_over")
    conference = m.counting(m.opened(m.first_conference(planning_round)))
    closed = _closed(conference, (3, 2))
    for kind in Minutes.Kind:
        _sign(closed, kind)
    closing.close_conference(conference_id=closed.pk, by=m.OFFICER, at=m.NOW)

    states = planning_round.proposals.order_by("person__sort_key").values_list(
        "state", flat=True
    )
    assert list(states) == ["dropped", "passed"]


def test_a_step_without_a_ballot_lets_everybody_move_on() -> None:
    planning_round = m.small_round(chain_key="local-committee-build")
    conference = m.opened(m.first_conference(planning_round))
    ballots.pass_without_ballot(conference_id=conference.pk, by=m.OFFICER, at=m.NOW)
    _sign(conference, Minutes.Kind.CONFERENCE)
    closing.close_conference(conference_id=conference.pk, by=m.OFFICER, at=m.NOW)

    assert planning_round.proposals.filter(state="proposed").count() == 2


def test_directions_are_kept_for_the_minutes_only_while_the_conference_is_held(
    conference: Conference,
) -> None:
    with pytest.raises(ConferenceStateError):
        speaking.record_directions(
            conference_id=conference.pk, directions="x", by=m.OFFICER, at=m.NOW
        )
    m.opened(conference)
    speaking.record_directions(
        conference_id=conference.pk,
        directions="Làm đúng quy định.",
        by=m.OFFICER,
        at=m.NOW,
    )
    conference.refresh_from_db()

    assert conference.directions == "Làm đúng quy định."
