"""From printed ballots to scans to a closed count; nothing is lost, nothing guessed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from tests.web.conferences import morning as m
from tests.web.paper_count import scanned as s

from kecan.tally import InvalidReason, LineState
from kecan.web.conferences.actions import count
from kecan.web.conferences.models import WriteIn
from kecan.web.conferences.refusals import (
    ConferenceStateError,
    CountNotReadyError,
    KeyingNotOwnError,
)
from kecan.web.paper_count.actions import adjudicating, closing, importing
from kecan.web.paper_count.actions.adjudicating import Answer
from kecan.web.paper_count.models import (
    BoxDecision,
    ScannedPage,
    ScannedSheet,
    SheetRuling,
)
from kecan.web.paper_count.queries import batch_report, is_check
from kecan.web.paper_count.questions import (
    checks_one_in,
    contradicted,
    questions_of,
)
from kecan.web.paper_count.refusals import (
    BallotNotPrintedError,
    DecisionNotOpenError,
    ScanCountNotReadyError,
)
from kecan.web.papers.ballot_paper import ballot_to_print

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kecan.paper_ballot.form import BallotForm
    from kecan.sample.marked_sheets import MarkedPage
    from kecan.web.conferences.models import Conference, Count

pytestmark = pytest.mark.django_db


def close(conference: Conference) -> Count:
    return closing.close_scanned_count(
        conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY
    )


def read_and_decided(
    agreeing: tuple[int, int] = (5, 2),
) -> tuple[Conference, BallotForm, list[MarkedPage]]:
    """Return five scanned sheets on which nothing is open any more."""
    conference, form = s.printed()
    pages = s.scans(form, m.stack(agreeing))
    s.read(conference, pages)
    s.decide_all(conference, pages)
    return conference, form, pages


def votes(conference: Conference) -> list[int | None]:
    lines = m.only_contest(conference).lines.order_by("order")
    return [line.agree for line in lines]


def test_marks_on_paper_become_the_result() -> None:
    conference, _, _ = read_and_decided()

    closed = close(conference)

    assert (closed.valid, closed.invalid) == (5, 0)
    assert votes(conference) == [5, 2]
    numbers = ScannedSheet.objects.values_list("number", flat=True)
    assert sorted(n for n in numbers if n is not None) == [1, 2, 3, 4, 5]


def test_a_ballot_printed_elsewhere_is_not_read() -> None:
    conference = m.counting(m.opened(m.first_conference(m.small_round())))

    with pytest.raises(BallotNotPrintedError, match="chưa in từ phần mềm"):
        importing.receive_scans(
            conference_id=conference.pk, files=[b"x"], by=m.COUNTERS[0], at=m.DAY
        )


def test_who_does_not_count_sends_no_scans_and_decides_nothing() -> None:
    conference, _, _ = read_and_decided()

    with pytest.raises(KeyingNotOwnError):
        importing.receive_scans(
            conference_id=conference.pk, files=[b"x"], by=m.OFFICER, at=m.DAY
        )
    with pytest.raises(KeyingNotOwnError):
        adjudicating.decide_boxes(
            conference_id=conference.pk, answers=[], by=m.OFFICER, at=m.DAY
        )


def test_nothing_is_read_before_the_box_is_opened() -> None:
    conference = m.opened(m.first_conference(m.small_round()))
    ballot_to_print(conference, by=m.OFFICER, at=m.DAY)

    with pytest.raises(ConferenceStateError):
        importing.receive_scans(
            conference_id=conference.pk, files=[b"x"], by=m.COUNTERS[0], at=m.DAY
        )


def test_a_scanned_count_does_not_close_as_a_keyed_one() -> None:
    conference, _, _ = read_and_decided()
    for slot in (1, 2):
        m.keyed(conference, slot=slot, sheets=m.stack((5, 2)))

    with pytest.raises(CountNotReadyError, match="ở trang quét phiếu"):
        count.close_count(conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY)


@pytest.mark.parametrize(("fed", "says"), [(4, "còn thiếu 1 tờ"), (6, "thừa 1 tờ")])
def test_every_returned_ballot_is_scanned_once_or_the_count_stays_open(
    fed: int, says: str
) -> None:
    conference, form = s.printed()
    pages = s.scans(form, [*m.stack((5, 2)), m.sheet(6, m.DISAGREE, m.AGREE)][:fed])
    s.read(conference, pages)
    s.decide_all(conference, pages)

    with pytest.raises(ScanCountNotReadyError, match=says):
        close(conference)


def test_an_image_fed_again_is_reported_and_counts_once() -> None:
    conference, _, pages = read_and_decided()

    report = s.read(conference, pages[:2])

    assert (report.sheets, report.same_image) == (0, 2)
    assert report.sentence == "Đã đọc 2 trang: 2 ảnh trùng hệt ảnh đã có."
    last = conference.log.order_by("number").last()
    assert last is not None
    assert last.text == "Đọc ảnh quét: 2 ảnh trùng hệt ảnh đã có"
    assert close(conference).valid == 5


def scanned_again(page: MarkedPage) -> MarkedPage:
    """Return a second scan of the same paper: other grain, other bytes."""
    image = cv2.imdecode(np.frombuffer(page.jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)
    turn = cv2.getRotationMatrix2D((800, 1100), 0.4, 1.0)
    assert image is not None
    moved = cv2.warpAffine(
        image, turn, (image.shape[1], image.shape[0]), borderValue=(250,)
    )
    stored = cv2.imencode(".jpg", moved, [cv2.IMWRITE_JPEG_QUALITY, 70])[1]
    return replace(page, jpeg=stored.tobytes())


def test_a_sheet_scanned_twice_waits_for_two_people_who_compare_the_ink() -> None:
    conference, _, pages = read_and_decided()

    report = s.read(conference, [scanned_again(pages[0])])
    (twin,) = ScannedSheet.objects.exclude(perhaps_same_as="")
    with pytest.raises(ScanCountNotReadyError, match="nghi quét trùng"):
        close(conference)
    for by in m.COUNTERS[:2]:
        adjudicating.rule_on_sheet(
            conference_id=conference.pk,
            token=twin.token,
            value=SheetRuling.Value.TWICE,
            by=by,
            at=m.DAY,
        )
    s.decide_all(conference, pages)

    assert report.perhaps_twice == 1
    assert close(conference).valid == 5


def test_a_ballot_scanned_twice_is_known_by_the_one_page_that_bears_marks() -> None:
    conference, form = s.printed(write_in_lines=20)
    pages = s.scans(form, m.stack((5, 2)))
    s.read(conference, pages)
    assert not any(pages[1].meant)  # nobody wrote a name in

    report = s.read(conference, [scanned_again(page) for page in pages[:2]])

    assert report.perhaps_twice == 1


def test_a_refused_page_is_kept_with_its_reason_until_somebody_deals_with_it() -> None:
    conference, form = s.printed()
    pages = s.scans(form, m.stack((5, 2)))
    image = cv2.imdecode(np.frombuffer(pages[0].jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)
    sideways = cv2.imencode(".jpg", np.rot90(np.asarray(image)))[1].tobytes()

    s.read(conference, [*pages, replace(pages[0], jpeg=sideways)])
    s.read(conference, [replace(pages[0], jpeg=b"\xff\xd8\xff cut off")])
    s.decide_all(conference, pages)
    refused = ScannedPage.objects.exclude(rejection="")
    reasons = sorted(refused.values_list("rejection", flat=True))
    with pytest.raises(ScanCountNotReadyError, match="2 trang bị loại"):
        close(conference)
    for page in refused:
        adjudicating.set_page_aside(
            conference_id=conference.pk,
            image_id=page.image_id,
            reason="rescanned",
            by=m.COUNTERS[0],
            at=m.DAY,
        )

    assert reasons == ["landscape", "unreadable"]
    assert close(conference).valid == 5


def test_a_ballot_of_another_conference_is_foreign() -> None:
    conference, form = s.printed()
    other = replace(form, occasion="tại hội nghị khác")

    report = s.read(conference, s.scans(other, m.stack((5, 2))[:1]))

    assert (report.sheets, report.refused) == (0, 1)
    assert ScannedPage.objects.get().rejection == "foreign"


def doubtful() -> tuple[Conference, list[MarkedPage]]:
    """Return a conference every mark of which only a person may read."""
    conference, form = s.printed()
    pages = s.scans(form, m.stack((5, 2)), odd_share=1.0)
    s.read(conference, pages)
    return conference, pages


def say(
    conference: Conference, pages: Sequence[MarkedPage], by: m.Somebody, *, wrong: int
) -> None:
    """Let somebody decide everything that waits, the first few wrongly."""
    other = {s.MARKED: s.EMPTY, s.EMPTY: s.MARKED}
    answers = [
        s.as_meant(one, pages)
        for one in questions_of(conference)
        if one.waits_for(by.login)
    ]
    answers = [
        replace(one, value=other[one.value]) if place < wrong else one
        for place, one in enumerate(answers)
    ]
    adjudicating.decide_boxes(
        conference_id=conference.pk, answers=answers, by=by, at=m.DAY
    )


def test_two_people_decide_blind_and_a_third_where_they_differ() -> None:
    conference, pages = doubtful()
    first, second, third = m.COUNTERS

    say(conference, pages, first, wrong=2)
    waiting_for_first = [
        one for one in questions_of(conference) if one.waits_for(first.login)
    ]
    say(conference, pages, second, wrong=0)
    with pytest.raises(ScanCountNotReadyError, match="Còn 2 ô"):
        close(conference)
    say(conference, pages, third, wrong=0)
    close(conference)

    assert waiting_for_first == []
    assert votes(conference) == [5, 2]
    assert BoxDecision.objects.filter(look=3).count() == 2


def test_nobody_decides_a_box_twice_or_one_two_others_have_settled() -> None:
    conference, pages = doubtful()
    one = next(one for one in questions_of(conference))
    answer = s.as_meant(one, pages)

    def decide(by: m.Somebody) -> int:
        return adjudicating.decide_boxes(
            conference_id=conference.pk, answers=[answer], by=by, at=m.DAY
        )

    assert decide(m.COUNTERS[0]) == 1
    with pytest.raises(DecisionNotOpenError):
        decide(m.COUNTERS[0])
    assert decide(m.COUNTERS[1]) == 1
    with pytest.raises(DecisionNotOpenError):
        decide(m.COUNTERS[2])


def test_a_mark_people_call_invalid_counts_for_nobody() -> None:
    conference, pages = doubtful()
    for by in m.COUNTERS[:2]:
        adjudicating.decide_boxes(
            conference_id=conference.pk,
            answers=[
                Answer(
                    image_id=one.page.image_id,
                    box=one.box,
                    value=BoxDecision.Value.INVALID,
                )
                for one in questions_of(conference)
                if not one.is_check
            ],
            by=by,
            at=m.DAY,
        )
    s.decide_all(conference, pages)

    closed = close(conference)

    assert closed.valid == 5
    line = m.only_contest(conference).lines.order_by("order")[0]
    assert (line.agree, line.disagree, line.neither) == (0, 0, 5)


def test_what_two_people_say_of_a_whole_sheet_makes_it_invalid() -> None:
    conference, _, pages = read_and_decided()
    page = ScannedPage.objects.get(digest=pages[0].digest)
    assert page.sheet is not None
    for by in m.COUNTERS[:2]:
        adjudicating.rule_on_sheet(
            conference_id=conference.pk,
            token=page.sheet.token,
            value=SheetRuling.Value.SIGNED,
            by=by,
            at=m.DAY,
        )

    closed = close(conference)

    assert (closed.valid, closed.invalid_reasons) == (4, {"signed": 1})


def test_where_two_differ_about_a_sheet_the_third_decides() -> None:
    conference, _, pages = read_and_decided()
    page = ScannedPage.objects.get(digest=pages[0].digest)
    assert page.sheet is not None
    said = (SheetRuling.Value.SIGNED, SheetRuling.Value.OWN, SheetRuling.Value.OWN)
    for by, value in zip(m.COUNTERS, said, strict=True):
        adjudicating.rule_on_sheet(
            conference_id=conference.pk,
            token=page.sheet.token,
            value=value,
            by=by,
            at=m.DAY,
        )

    assert close(conference).valid == 5


def test_one_person_alone_makes_no_sheet_invalid() -> None:
    conference, _, pages = read_and_decided()
    page = ScannedPage.objects.get(digest=pages[0].digest)
    assert page.sheet is not None
    adjudicating.rule_on_sheet(
        conference_id=conference.pk,
        token=page.sheet.token,
        value=SheetRuling.Value.SIGNED,
        by=m.COUNTERS[0],
        at=m.DAY,
    )

    with pytest.raises(ScanCountNotReadyError, match="1 tờ"):
        close(conference)


def test_a_blank_sheet_is_invalid_by_its_marks() -> None:
    conference, form = s.printed()
    blank = m.sheet(5, LineState.NONE, LineState.NONE)
    pages = s.scans(form, [*m.stack((4, 2))[:4], blank])
    s.read(conference, pages)
    s.decide_all(conference, pages)

    closed = close(conference)

    assert (closed.valid, closed.invalid_reasons) == (4, {"blank": 1})


def test_the_rules_frozen_with_the_conference_say_what_makes_a_ballot_invalid() -> None:
    conference, form = s.printed()
    blank = m.sheet(4, LineState.NONE, LineState.NONE)
    both = m.sheet(5, LineState.BOTH, LineState.DISAGREE)
    pages = s.scans(form, [*m.stack((3, 2))[:3], blank, both])
    s.read(conference, pages)
    s.decide_all(conference, pages)
    conference.rules["validity"]["blank"]["is_invalid"] = False
    conference.rules["validity"]["both_boxes"]["is_invalid"] = True
    conference.save()

    closed = close(conference)

    assert (closed.valid, closed.invalid_reasons) == (4, {"both_boxes": 1})


def with_a_wrong_reading() -> Conference:
    """Return a count in which the reader was sure of a box, and wrong, and is caught."""
    conference, _, pages = read_and_decided()
    BoxDecision.objects.all().delete()
    page = ScannedPage.objects.get(digest=pages[0].digest)
    page.boxes[0]["state"] = "0"
    page.save()
    seeds = (f"{number:032x}" for number in range(10_000))
    for seed in seeds:
        conference.scan_count.check_seed = seed
        conference.scan_count.save()
        asked = questions_of(conference)
        if any(one.page.pk == page.pk and one.box == 0 for one in asked):
            break
    s.decide_all(conference, pages)
    return conference


def test_a_check_stands_among_the_doubtful_boxes_and_is_never_one_of_them() -> None:
    conference, form = s.printed()
    stack = m.stack((5, 2))
    pages = [
        *s.scans(form, stack[:3], odd_share=1.0),
        *s.scans(form, stack[3:], seed=50),
    ]
    s.read(conference, pages)
    sure: list[bool] = []
    for number in range(200):
        conference.scan_count.check_seed = f"{number:032x}"
        asked = questions_of(conference)
        doubtful_groups = {one.group for one in asked if not one.is_check}
        checks = [one for one in asked if one.is_check]
        assert {one.group for one in checks} <= doubtful_groups
        sure += [one.page.boxes[one.box]["state"] in {"0", "1"} for one in checks]

    assert sure
    assert all(sure)


def test_a_contradicted_check_stops_the_count_until_it_is_keyed_as_well() -> None:
    conference = with_a_wrong_reading()

    found = contradicted(conference)
    with pytest.raises(ScanCountNotReadyError, match="1 ô máy đọc chắc chắn"):
        close(conference)
    for slot in (1, 2):
        m.keyed(conference, slot=slot, sheets=m.stack((5, 2)))
    close(conference)

    assert len(found) == 1
    assert votes(conference) == [5, 2]


def test_both_counts_agree_line_by_line_or_the_count_stays_open() -> None:
    conference, _, _ = read_and_decided(agreeing=(5, 2))
    for slot in (1, 2):
        m.keyed(conference, slot=slot, sheets=m.stack((5, 3)))

    with pytest.raises(ScanCountNotReadyError, match="lệch 2 chỗ"):
        close(conference)

    found = closing.differences_from_keyed(conference, closing.ready_sheets(conference))
    assert [(one.what, one.by) for one in found] == [
        ("đồng ý", -1),
        ("không đồng ý", 1),
    ]


def test_a_keying_that_was_begun_has_to_be_finished() -> None:
    conference, _, _ = read_and_decided()
    m.keyed(conference, slot=1, sheets=m.stack((5, 2)))

    with pytest.raises(CountNotReadyError, match="cần đủ hai lượt"):
        close(conference)


def _read_with_a_name_and_keyed(
    keyed_name: str, *, read_name: str = "Nguyễn Văn Em", person_key: str = ""
) -> Conference:
    """Return a count with a written name and a spoiled sheet, scanned and keyed."""
    conference, form = s.printed(write_in_lines=1)
    blank = m.sheet(5, LineState.NONE, LineState.NONE)
    stack = [*m.stack((4, 2))[:4], blank]
    stack[0] = replace(stack[0], write_ins=(("Nguyễn Văn Em",),))
    pages = s.scans(form, stack)
    s.read(conference, pages)
    (asked,) = (one for one in questions_of(conference) if one.is_name)
    said = Answer(
        image_id=asked.page.image_id,
        box=asked.box,
        value=BoxDecision.Value.NAME,
        name=read_name,
        person_key=person_key,
    )
    for by in m.COUNTERS[:2]:
        adjudicating.decide_boxes(
            conference_id=conference.pk, answers=[said], by=by, at=m.DAY
        )
    s.decide_all(conference, pages)
    stack[0] = replace(stack[0], write_ins=((keyed_name,),))
    stack[4] = replace(blank, invalid_reason=InvalidReason.BLANK)
    for slot in (1, 2):
        m.keyed(conference, slot=slot, sheets=stack)
    return conference


def test_a_written_name_keyed_otherwise_than_read_keeps_both_counts_open() -> None:
    conference = _read_with_a_name_and_keyed("Nguyễn Văn Anh")

    with pytest.raises(ScanCountNotReadyError, match="lệch 2 chỗ"):
        close(conference)

    found = closing.differences_from_keyed(conference, closing.ready_sheets(conference))
    assert [(one.what, one.by) for one in found] == [
        ("ghi thêm Nguyễn Văn Anh", -1),
        ("ghi thêm Nguyễn Văn Em", 1),
    ]


@pytest.mark.parametrize(
    "keyed_name", ["Nguyễn Văn Em", "NGUYỄN VĂN EM", "Nguyễn Văn Em, 1975"]
)
def test_a_name_found_in_the_register_agrees_with_the_same_name_keyed_from_paper(
    keyed_name: str,
) -> None:
    conference = _read_with_a_name_and_keyed(
        keyed_name, read_name="Nguyễn Văn Em, 1975", person_key=f"{5:012d}"
    )

    close(conference)

    conference.refresh_from_db()
    assert conference.state == "counted"


@pytest.mark.parametrize("keyed_name", ["Nguyễn Văn Em, 1981", "Nguyễn Văn"])
def test_a_name_with_another_year_or_fewer_words_is_another_name(
    keyed_name: str,
) -> None:
    conference = _read_with_a_name_and_keyed(
        keyed_name, read_name="Nguyễn Văn Em, 1975", person_key=f"{5:012d}"
    )

    with pytest.raises(ScanCountNotReadyError, match="lệch 2 chỗ"):
        close(conference)


def test_two_counts_that_agree_on_spoiled_sheets_and_names_close() -> None:
    conference = _read_with_a_name_and_keyed("Nguyễn Văn Em")

    closed = close(conference)

    assert (closed.valid, closed.invalid, votes(conference)) == (4, 1, [4, 2])
    assert WriteIn.objects.get().votes == 1


def test_a_name_written_by_hand_is_read_by_two_and_tied_to_the_register() -> None:
    conference, form = s.printed(write_in_lines=1)
    stack = m.stack((5, 2))
    stack[0] = replace(stack[0], write_ins=(("Nguyễn Văn Em",),))
    pages = s.scans(form, stack)
    s.read(conference, pages)
    (asked,) = (one for one in questions_of(conference) if one.is_name)
    for by in m.COUNTERS[:2]:
        adjudicating.decide_boxes(
            conference_id=conference.pk,
            answers=[
                Answer(
                    image_id=asked.page.image_id,
                    box=asked.box,
                    value=BoxDecision.Value.NAME,
                    name="Nguyễn Văn Em, 1975",
                    person_key=f"{5:012d}",
                )
            ],
            by=by,
            at=m.DAY,
        )
    s.decide_all(conference, pages)
    close(conference)

    written = WriteIn.objects.get()
    assert (written.text, written.votes) == ("Nguyễn Văn Em, 1975", 1)
    assert written.person is not None
    assert written.person.full_name == "Nguyễn Văn Em"


def test_the_report_adds_up() -> None:
    conference, form, _ = read_and_decided()

    report = batch_report(conference, form=form)

    assert (report.issued, report.returned, report.counted) == (5, 5, 5)
    assert (report.not_returned, report.missing, report.refused) == (0, 0, ())


def test_a_box_somebody_doubts_is_decided_by_two_and_shows_the_reader_was_wrong() -> (
    None
):
    conference, _, pages = read_and_decided()
    # A box drawn for a second look was decided by people: that stays.
    seed, one_in = conference.scan_count.check_seed, checks_one_in()
    page = next(
        one
        for one in conference.scanned_pages.all()
        if one.boxes[0]["state"] == "1" and not is_check(seed, one, 0, one_in=one_in)
    )
    page.boxes[0]["state"] = "0"
    page.save()
    for slot in (1, 2):
        m.keyed(conference, slot=slot, sheets=m.stack((5, 2)))
    with pytest.raises(ScanCountNotReadyError, match="lệch"):
        close(conference)

    def ask() -> None:
        adjudicating.ask_again(
            conference_id=conference.pk,
            image_id=page.image_id,
            box=0,
            by=m.COUNTERS[0],
            at=m.DAY,
        )

    ask()
    with pytest.raises(DecisionNotOpenError, match="đã nằm trong"):
        ask()
    s.decide_all(conference, pages)
    assert len(contradicted(conference)) == 1
    close(conference)

    assert votes(conference) == [5, 2]


def test_a_keyer_may_correct_a_sheet_when_the_scans_say_otherwise() -> None:
    conference, _, _ = read_and_decided(agreeing=(5, 2))
    for slot in (1, 2):
        m.keyed(conference, slot=slot, sheets=m.stack((5, 3)))
    for keying in conference.keyings.all():
        by = m.COUNTERS[keying.slot]
        with pytest.raises(KeyingNotOwnError):
            count.reopen_keying(keying_id=keying.pk, by=m.COUNTERS[0], at=m.DAY)
        count.reopen_keying(keying_id=keying.pk, by=by, at=m.DAY)
        with pytest.raises(CountNotReadyError, match="Chỉ mở lại"):
            count.reopen_keying(keying_id=keying.pk, by=by, at=m.DAY)
        count.key_sheets(keying_id=keying.pk, sheets=m.stack((5, 2))[2:3], by=by)
        count.finish_keying(keying_id=keying.pk, by=by, at=m.DAY)

    assert close(conference).valid == 5


def test_a_keying_without_scans_stays_finished() -> None:
    conference = m.counting(m.opened(m.first_conference(m.small_round())))
    m.keyed(conference, slot=1, sheets=m.stack((5, 2)))

    with pytest.raises(CountNotReadyError, match="khi phiếu cũng đã quét"):
        count.reopen_keying(
            keying_id=conference.keyings.get().pk, by=m.COUNTERS[1], at=m.DAY
        )


def test_a_sheet_that_lacks_a_page_is_not_called_whole() -> None:
    conference, _, _ = read_and_decided()
    page = ScannedPage.objects.select_related("sheet").first()
    assert page is not None
    assert page.sheet is not None
    page.delete()

    with pytest.raises(DecisionNotOpenError, match="0 trên 1 trang"):
        adjudicating.rule_on_sheet(
            conference_id=conference.pk,
            token=page.sheet.token,
            value=SheetRuling.Value.OWN,
            by=m.COUNTERS[0],
            at=m.DAY,
        )
