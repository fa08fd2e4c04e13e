"""Entering what the rules of a round leave to the operator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kecan.regulations.entered import entered_parameter
from kecan.regulations.rule_fields import RuleFaultError
from kecan.web.audit.actions import record
from kecan.web.plans.actions.states import locked_round, subject_of
from kecan.web.plans.entered_json import entered_to_json
from kecan.web.plans.models import RoundState
from kecan.web.plans.queries import pack_of
from kecan.web.plans.refusals import RuleValueError

if TYPE_CHECKING:
    from datetime import datetime

    from kecan.regulations.entered import EnteredValue
    from kecan.web.audit.actions import Actor
    from kecan.web.plans.models import PlanningRound

_BEFORE_SIGNING = (RoundState.OPENED, RoundState.REVIEWED, RoundState.PROPOSED)


@transaction.atomic
def enter_rule_value(
    *, round_id: int, entered: EnteredValue, by: Actor, at: datetime
) -> PlanningRound:
    """Write a value the rules leave open, with its document, over what was entered.

    Raises:
        RoundStateError: If the submission is signed: its lists were judged already.
        RuleValueError: If the rules have no such value, or it has another form.
    """
    asked = locked_round(round_id, *_BEFORE_SIGNING)
    pack = pack_of(asked)
    known = {(one.key, one.scope) for one in pack.all_parameters()}
    if (entered.key, entered.scope) not in known:
        msg = f"Bộ quy định của đợt không có giá trị “{entered.key}” cho phạm vi này."
        raise RuleValueError(msg)
    try:
        entered_parameter(entered, pack=pack)
    except RuleFaultError as fault:
        msg = f"Chưa ghi được giá trị: {fault.sentence.vi}."
        raise RuleValueError(msg) from fault
    written = entered_to_json(entered)
    place = (written["key"], written["scope"])
    kept = [one for one in asked.entered_values if (one["key"], one["scope"]) != place]
    asked.entered_values = [*kept, written]
    asked.save(update_fields=["entered_values"])
    record(
        action="round.rule_entered",
        by=by,
        at=at,
        subject=subject_of(asked),
        details=written,
    )
    return asked
