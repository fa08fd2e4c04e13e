"""A count in which not one ballot is valid closes, and its papers say so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.web.conferences import morning as m
from tests.web.conftest import UNIT, account, client_of

from kecan.tally import InvalidReason
from kecan.vocabulary import Base
from kecan.web.conferences.actions import chain, count
from kecan.web.conferences.rules import step_from_json
from kecan.web.paper_count.auditing import audited_contests
from kecan.web.paper_count.refusals import AuditNotPossibleError
from kecan.web.permissions import Role

pytestmark = pytest.mark.django_db


def test_where_no_ballot_is_valid_nobody_passes_and_the_papers_say_so() -> None:
    planned = m.first_conference(m.small_round())
    step = step_from_json(planned.rules)
    assert step.threshold is not None
    of_valid = replace(step, threshold=replace(step.threshold, base=Base.VALID))
    chain.edit_step(conference_id=planned.pk, step=of_valid, by=m.OFFICER, at=m.NOW)
    conference = m.counting(m.opened(planned))
    blank = [
        replace(one, invalid_reason=InvalidReason.BLANK) for one in m.stack((0, 0))
    ]
    for slot in (1, 2):
        m.keyed(conference, slot=slot, sheets=blank)

    count.close_count(conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY)

    lines = m.only_contest(conference).lines.all()
    assert {line.result for line in lines} == {"not_passed"}
    assert all("không có phiếu nào để tính mức" in line.sentence for line in lines)
    conference.refresh_from_db()
    with pytest.raises(AuditNotPossibleError, match="không có phiếu hợp lệ nào"):
        audited_contests(conference)
    conference.round.state = "concluded"
    conference.round.save()
    head = client_of(account("truong", roles=[(Role.ORGANISING_HEAD, UNIT)]))
    for address in (
        f"/hoi-nghi/{conference.pk}/ket-qua/",
        f"/hoi-nghi/{conference.pk}/van-ban/bien-ban-kiem-phieu.docx",
        f"/hoi-nghi/{conference.pk}/van-ban/bien-ban-hoi-nghi.docx",
        f"/dot/{conference.round_id}/van-ban/bao-cao-ket-qua.docx",
    ):
        assert head.get(address).status_code == 200, address
