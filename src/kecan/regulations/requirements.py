"""What a pack asks of a post of one level and line in one term, resolved once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.regulations.criteria_age import AgeRules, age_rules
from kecan.regulations.criteria_discipline import DisciplineRules, ListedCases
from kecan.regulations.criteria_record import RatingRules
from kecan.regulations.facts import DisciplineForm
from kecan.regulations.pack import UnknownParameterError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from kecan.regulations.pack import RulePack
    from kecan.regulations.parameters import Parameter
    from kecan.vocabulary import Level, Line, Term

    _Lookup = Callable[[str], Parameter]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standards:
    """The rules that do not depend on the month age is counted from."""

    in_post: Parameter
    higher_post: Parameter
    already_holds: Parameter
    subject_group: Parameter
    membership: Parameter
    profession: Parameter
    theory: Parameter
    theory_managed_by: Parameter
    ratings: RatingRules
    discipline: DisciplineRules
    political: Parameter


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirements:
    """Everything a pack asks for posts of one level and line in one term."""

    age: AgeRules
    standards: Standards


def requirements(
    pack: RulePack, *, term: Term, level: Level, line: Line, as_of: date
) -> Requirements:
    """Return what ``pack`` asks, as in force on ``as_of``.

    Raises:
        TermEndedError: If the term was over before ``as_of``.
        UnknownParameterError: If the pack lacks a rule it needs.
        OperatorValueMissingError: If such a rule has yet to be entered.
    """

    def rule(key: str) -> Parameter:
        return pack.parameter(key, on=as_of, level=level, line=line, term=term.label)

    return Requirements(
        age=age_rules(pack, term=term, level=level, line=line, as_of=as_of),
        standards=Standards(
            in_post=rule("personnel.must_belong"),
            higher_post=rule("planning.higher_post_only"),
            already_holds=rule("planning.not_already_held"),
            subject_group=rule("subject.must_match_group"),
            membership=rule("party.membership_needed"),
            profession=rule("profession.needed_at_planning"),
            theory=rule("theory.needed_at_planning"),
            theory_managed_by=rule("theory.needed_at_planning_when_managed_by"),
            ratings=RatingRules(
                window=rule("rating.window_years"),
                lowest=rule("rating.lowest_grade"),
                not_completed=rule("rating.not_completed_bars"),
            ),
            discipline=_discipline(rule),
            political=rule("political.standard_needed"),
        ),
    )


def _discipline(rule: _Lookup) -> DisciplineRules:
    bars_from = rule("discipline.bars_from_form")
    may_return = rule("discipline.may_return_after_expiry").is_true
    form = DisciplineForm(bars_from.text)
    try:
        exceptions = rule("discipline.exceptions")
    except UnknownParameterError:
        return DisciplineRules(
            rule=bars_from, bars_from=form, may_return=may_return, listed=None
        )
    listed = ListedCases(
        always=_forms(exceptions),
        after_expiry=_forms(rule("discipline.plannable_after_expiry")),
        remedied=_forms(rule("discipline.remedy_needed_for")),
        limitation_up_to=DisciplineForm(rule("discipline.limitation_up_to_form").text),
    )
    return DisciplineRules(
        rule=exceptions, bars_from=form, may_return=may_return, listed=listed
    )


def _forms(parameter: Parameter) -> frozenset[DisciplineForm]:
    return frozenset(DisciplineForm(code) for code in parameter.texts)
