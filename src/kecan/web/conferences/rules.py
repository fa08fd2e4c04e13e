"""The rules of a step as a conference keeps them: frozen, readable, restorable."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from kecan.lettering.number_words import PER_CENT
from kecan.regulations.ballot_validity import BallotValidity, ValidityRule
from kecan.regulations.chains import (
    AttendeeCategory,
    Question,
    StepTemplate,
    Subjects,
    Tier,
    UnknownChainError,
    chain_keys,
    load_chain,
)
from kecan.regulations.facts import PostKind, UnitKind
from kecan.vocabulary import Base, Bound, Citation, Confidence, Sentence, Threshold

_PLAIN = (
    "announces_result",
    "over_cap",
    "tie_rule",
    "shortfall_rule",
    "write_in_lines",
    "write_ins_on_single_posts",
)
FAULTS_VI = {
    "over_choice": "chọn quá số lượng",
    "blank": "không đánh dấu ai",
    "both_boxes": "có người bị đánh dấu cả hai ô",
}
"""What may spoil a whole ballot, as its field of the rule pack is called."""


def step_to_json(step: StepTemplate) -> dict[str, Any]:
    """Return a step as JSON that :func:`step_from_json` turns back."""
    return {
        "key": step.key,
        "title": _sentence(step.title),
        "body": step.body,
        "has_ballot": step.has_ballot,
        "question": step.question.value,
        "subjects": step.subjects.value,
        "threshold": None if step.threshold is None else _mark(step.threshold),
        "quorum": _mark(step.quorum),
        "categories": [
            {
                "key": one.key,
                "title": _sentence(one.title),
                "post_kinds": [kind.value for kind in one.post_kinds],
                "unit_kinds": [kind.value for kind in one.unit_kinds],
                "tier": one.tier.value,
            }
            for one in step.categories
        ],
        "validity": {name: _rule(getattr(step.validity, name)) for name in FAULTS_VI},
        **{name: getattr(step, name) for name in _PLAIN},
    }


def with_rules_of_pack(rules: dict[str, Any], *, chain_key: str) -> dict[str, Any]:
    """Return frozen rules with what an older version did not freeze.

    It comes from the same step of the chain, or, where the step is gone from the rule
    pack, from any step: what is missing has so far been the same for all.
    """
    try:
        steps = load_chain(chain_key).steps
    except UnknownChainError:
        steps = tuple(step for key in chain_keys() for step in load_chain(key).steps)
    of_pack = next((one for one in steps if one.key == rules["key"]), steps[0])
    template = step_to_json(of_pack)
    tiers = {one["key"]: one["tier"] for one in template["categories"]}
    categories = [
        {"tier": tiers.get(one["key"], Tier.ANY.value), **one}
        for one in rules["categories"]
    ]
    return {**template, **rules, "categories": categories}


def step_from_json(rules: dict[str, Any]) -> StepTemplate:
    """Return the step a conference was planned with."""
    mark = rules["threshold"]
    return StepTemplate(
        key=rules["key"],
        title=Sentence(**rules["title"]),
        body=rules["body"],
        has_ballot=rules["has_ballot"],
        question=Question(rules["question"]),
        subjects=Subjects(rules["subjects"]),
        threshold=None if mark is None else _threshold(mark),
        quorum=_threshold(rules["quorum"]),
        categories=tuple(
            AttendeeCategory(
                key=one["key"],
                title=Sentence(**one["title"]),
                post_kinds=tuple(PostKind(kind) for kind in one["post_kinds"]),
                unit_kinds=tuple(UnitKind(kind) for kind in one["unit_kinds"]),
                tier=Tier(one["tier"]),
            )
            for one in rules["categories"]
        ),
        validity=BallotValidity(
            **{name: _validity_rule(rules["validity"][name]) for name in FAULTS_VI}
        ),
        **{name: rules[name] for name in _PLAIN},
    )


def mark_in_words(threshold: Threshold) -> str:
    """Return a mark as an official says it: "từ 30 % số đại biểu có mặt trở lên"."""
    percent = threshold.share * 100
    is_whole = percent.denominator == 1
    share = f"{percent.numerator}{PER_CENT}" if is_whole else str(threshold.share)
    base = BASES_VI[threshold.base]
    if threshold.bound is Bound.OVER:
        return f"trên {share} {base}"
    return f"từ {share} {base} trở lên"


def faults_in_words(validity: BallotValidity) -> str:
    """Return what spoils a whole ballot: "chọn quá số lượng; không đánh dấu ai"."""
    found = [
        words for name, words in FAULTS_VI.items() if getattr(validity, name).is_invalid
    ]
    return "; ".join(found) or "không trường hợp nào do cách đánh dấu"


BASES_VI = {
    Base.SUMMONED: "số người được triệu tập",
    Base.PRESENT: "số đại biểu có mặt",
    Base.ISSUED: "số phiếu phát ra",
    Base.RETURNED: "số phiếu thu về",
    Base.VALID: "số phiếu hợp lệ",
}


def _sentence(sentence: Sentence) -> dict[str, str]:
    return {"vi": sentence.vi, "en": sentence.en}


def _mark(mark: Threshold) -> dict[str, Any]:
    return {
        "share": str(mark.share),
        "bound": mark.bound.value,
        "base": mark.base.value,
        "confidence": mark.confidence.value,
        "source": _source(mark.source),
    }


def _rule(rule: ValidityRule) -> dict[str, Any]:
    return {
        "is_invalid": rule.is_invalid,
        "confidence": rule.confidence.value,
        "source": _source(rule.source),
    }


def _source(source: Citation) -> dict[str, str]:
    return {
        "document": source.document,
        "dated": source.dated.isoformat(),
        "place": source.place,
        "url": source.url,
    }


def _threshold(mark: dict[str, Any]) -> Threshold:
    return Threshold(
        share=Fraction(mark["share"]),
        bound=Bound(mark["bound"]),
        base=Base(mark["base"]),
        confidence=Confidence(mark["confidence"]),
        source=_citation(mark["source"]),
    )


def _validity_rule(rule: dict[str, Any]) -> ValidityRule:
    return ValidityRule(
        is_invalid=rule["is_invalid"],
        confidence=Confidence(rule["confidence"]),
        source=_citation(rule["source"]),
    )


def _citation(source: dict[str, str]) -> Citation:
    return Citation(
        document=source["document"],
        dated=date.fromisoformat(source["dated"]),
        place=source["place"],
        url=source["url"],
    )
