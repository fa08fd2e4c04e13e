"""Whatever the counting committee tries, in any order, the numbers hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from tests.web.conferences import morning as m

from kecan.tally import InvalidReason, LineState, Sheet
from kecan.web.audit.queries import ledger_head, verify_ledger
from kecan.web.conferences.actions import ballots, count
from kecan.web.conferences.models import Conference, ContestLine, Count
from kecan.web.conferences.refusals import ConferenceRefusalError

if TYPE_CHECKING:
    from collections.abc import Callable

ORDER = ["open", "voting", "counting", "counted"]
MEMBERS = st.sampled_from(m.COUNTERS)
SHEETS = st.builds(
    lambda number, states, reason: Sheet(
        number=number, states=(states,), write_ins=((),), invalid_reason=reason
    ),
    st.integers(1, 3),
    st.tuples(st.sampled_from(LineState), st.sampled_from(LineState)),
    st.one_of(st.none(), st.sampled_from(InvalidReason)),
)
STACK = [m.sheet(1, m.AGREE, m.DISAGREE), m.sheet(2, m.AGREE, m.AGREE)]


class CountOfOneConference(RuleBasedStateMachine):
    """Drives the actions of the count with any numbers, by any member, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.before = transaction.savepoint()
        self.reached = 0

    @initialize()
    def open_a_conference(self) -> None:
        self.conference = m.opened(m.first_conference(m.small_round()))

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.before)

    def attempt(self, act: Callable[[], object]) -> None:
        """Do it, or be refused: any other error fails the test."""
        try:
            with transaction.atomic():
                act()
        except (ConferenceRefusalError, Count.DoesNotExist):
            return

    @rule(issued=st.integers(-1, 7), by=MEMBERS)
    def issue(self, issued: int, by: m.Somebody) -> None:
        self.attempt(
            lambda: ballots.issue_ballots(
                conference_id=self.conference.pk, issued=issued, by=by, at=m.DAY
            )
        )

    @rule(returned=st.integers(-1, 7), by=MEMBERS)
    def collect(self, returned: int, by: m.Somebody) -> None:
        self.attempt(
            lambda: ballots.close_voting(
                conference_id=self.conference.pk, returned=returned, by=by, at=m.DAY
            )
        )

    @rule(slot=st.sampled_from([1, 2]), by=MEMBERS)
    def start(self, slot: int, by: m.Somebody) -> None:
        self.attempt(
            lambda: count.start_keying(
                conference_id=self.conference.pk, slot=slot, by=by, at=m.DAY
            )
        )

    @rule(sheet=SHEETS, by=MEMBERS)
    def key(self, sheet: Sheet, by: m.Somebody) -> None:
        for keying in self.conference.keyings.all():
            self.attempt(
                lambda keying=keying: count.key_sheets(  # type: ignore[misc]
                    keying_id=keying.pk, sheets=[sheet], by=by
                )
            )

    @rule()
    def key_what_is_missing_alike(self) -> None:
        for keying in self.conference.keyings.all():
            by = next(one for one in m.COUNTERS if one.login == keying.keyed_by)
            for sheet in STACK:
                self.attempt(
                    lambda keying=keying, sheet=sheet, by=by: count.key_sheets(  # type: ignore[misc]
                        keying_id=keying.pk, sheets=[sheet], by=by
                    )
                )

    @rule(by=MEMBERS)
    def finish(self, by: m.Somebody) -> None:
        for keying in self.conference.keyings.all():
            self.attempt(
                lambda keying=keying: count.finish_keying(  # type: ignore[misc]
                    keying_id=keying.pk, by=by, at=m.DAY
                )
            )

    @rule(sheet=SHEETS, by=MEMBERS)
    def resolve(self, sheet: Sheet, by: m.Somebody) -> None:
        self.attempt(
            lambda: count.resolve_sheet(
                conference_id=self.conference.pk, sheet=sheet, by=by, at=m.DAY
            )
        )

    @rule(by=MEMBERS)
    def close(self, by: m.Somebody) -> None:
        self.attempt(
            lambda: count.close_count(conference_id=self.conference.pk, by=by, at=m.DAY)
        )

    @invariant()
    def the_numbers_hold_and_nothing_moves_backwards(self) -> None:
        found = Conference.objects.first()
        if found is None:
            return
        place = ORDER.index(found.state)
        assert place >= self.reached
        self.reached = place
        assert (place >= 1) == Count.objects.exists()
        for counted in Count.objects.all():
            returned = counted.returned or 0
            assert 0 <= (counted.valid or 0) <= returned <= counted.issued <= 5
            assert counted.is_closed == (found.state == "counted")

    @invariant()
    def no_total_exists_before_the_count_is_closed_and_then_each_balances(self) -> None:
        counted = Count.objects.filter(is_closed=True).first()
        for line in ContestLine.objects.all():
            if counted is None:
                assert (line.agree, line.disagree, line.neither) == (None, None, None)
            else:
                total = sum((line.agree or 0, line.disagree or 0, line.neither or 0))
                assert total == counted.valid

    @invariant()
    def each_keying_is_of_another_person_and_has_each_returned_sheet_once(
        self,
    ) -> None:
        keyings = list(self.conference.keyings.all()) if self.reached else []
        assert len({keying.keyed_by for keying in keyings}) == len(keyings)
        counted = Count.objects.first()
        for keying in keyings:
            assert counted is not None
            numbers = set(keying.sheets.values_list("sheet_number", flat=True))
            assert numbers <= set(range(1, (counted.returned or 0) + 1))
            if keying.is_finished:
                assert len(numbers) == counted.returned


@pytest.mark.django_db
def test_no_order_of_actions_breaks_a_count() -> None:
    run_state_machine_as_test(
        CountOfOneConference,
        settings=settings(
            max_examples=12,
            stateful_step_count=30,
            # Each step writes: making a failure smaller would take minutes.
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )

    assert verify_ledger() == ledger_head()
