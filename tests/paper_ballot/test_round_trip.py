"""Any marks and any allowed distortion read back the same, or go to a person."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.paper_ballot.ballots import reviewed, scan, wrong_boxes

from kecan.sample.scan_troubles import Trouble
from kecan.sample.scans import Hand, OddMark, ScanPlan, Truth, hard_plan, office_plan

PLANS = st.builds(
    ScanPlan,
    seed=st.integers(0, 2**31 - 1),
    dpi=st.sampled_from([150, 200, 240, 300]),
    skew=st.floats(-3, 3),
    scale=st.floats(0.985, 1.015),
    shift=st.tuples(st.floats(-2, 2), st.floats(-2, 2)),
    quality=st.integers(45, 95),
    is_upside_down=st.booleans(),
    noise=st.floats(0, 7),
    troubles=st.lists(st.sampled_from(list(Trouble)), max_size=2).map(tuple),
    odd_share=st.sampled_from([0.0, 0.05, 0.3]),
    contrast=st.floats(0.55, 1),
    border=st.floats(-3, 12),
    glass=st.sampled_from([5, 120, 250]),
    pen=st.none() | st.floats(0.25, 1.2),
    hands=st.lists(st.sampled_from(list(Hand)), min_size=1).map(tuple),
    odd_marks=st.lists(st.sampled_from(list(OddMark)), min_size=1).map(tuple),
)


def _scribbled_out(*, odd_share: float) -> ScanPlan:
    return ScanPlan(
        seed=32884,
        dpi=150,
        quality=45,
        odd_share=odd_share,
        hands=(Hand.CROSS,),
        odd_marks=(OddMark.STRUCK_OUT,),
    )


CORPUS: list[tuple[int, ScanPlan]] = [
    # A tick scribbled out by a hand that also fills boxes was taken for a filled one.
    (
        1,
        ScanPlan(
            seed=1925337304,
            skew=-0.69,
            scale=1.0075,
            shift=(0.56, -0.67),
            quality=47,
            noise=3.7,
            troubles=(Trouble.FOLD, Trouble.STRETCH),
            odd_share=0.02,
            contrast=0.55,
        ),
    ),
    # Of five marks three were scribbled out: the crosses seemed to be the odd ones.
    (0, _scribbled_out(odd_share=0.3)),
    # Whoever strikes out everything has no habit to be measured by.
    (0, _scribbled_out(odd_share=0.95)),
    # The paper around a box with a dot was lightened and that in the box was not.
    (
        0,
        ScanPlan(
            seed=1763648770,
            dpi=300,
            skew=2.5,
            scale=1.0082,
            quality=45,
            noise=1.2,
            troubles=(Trouble.CAST,),
            odd_share=0.3,
            contrast=0.73,
            border=12.0,
            glass=120,
            pen=1.07,
            hands=(Hand.FILL,),
            odd_marks=(OddMark.NAME_STRUCK, OddMark.DOT),
        ),
    ),
    # A thin cross over a name added less than other pages' print alone may add.
    (
        0,
        ScanPlan(
            seed=4426,
            dpi=150,
            quality=45,
            odd_share=0.3,
            border=1.0,
            glass=5,
            pen=0.25,
            hands=(Hand.CROSS,),
            odd_marks=(OddMark.AT_NAME,),
        ),
    ),
    # Whoever ticked most names of a page made thin ticks over names seem usual.
    (
        1,
        ScanPlan(
            seed=649900296,
            skew=-2.8,
            scale=0.991,
            quality=85,
            noise=4.7,
            odd_share=0.35,
            contrast=0.57,
            pen=0.25,
            hands=(Hand.TICK,),
            odd_marks=(OddMark.AT_NAME,),
        ),
    ),
    # Letters made dense by a thin cross were lifted as a stain.
    (
        0,
        ScanPlan(
            seed=4427,
            dpi=150,
            quality=45,
            odd_share=0.3,
            contrast=0.75,
            glass=5,
            pen=0.25,
            hands=(Hand.FILL,),
            odd_marks=(OddMark.AT_NAME, OddMark.CIRCLE),
        ),
    ),
]
"""Scans once read wrongly: (page, plan). Each failing scan found joins it."""


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(page=st.integers(0, 2), plan=PLANS)
def test_a_scan_is_read_as_marked_or_shown_to_a_person(
    page: int, plan: ScanPlan
) -> None:
    assert wrong_boxes(scan(page, plan)) == []


@pytest.mark.parametrize(("page", "plan"), CORPUS)
def test_a_scan_once_read_wrongly_is_read_rightly(page: int, plan: ScanPlan) -> None:
    assert wrong_boxes(scan(page, plan)) == []


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_ordinary_office_scans_leave_hardly_any_box_to_a_person(dpi: int) -> None:
    generator = np.random.default_rng(20220510 + dpi)

    made = [scan(one % 3, office_plan(generator, dpi=dpi)) for one in range(12)]

    assert [wrong_boxes(one) for one in made] == [[]] * 12
    assert sum(reviewed(one) for one in made) <= 2
    assert any(Truth.MARKED in one.truth for one in made)


def test_hard_scans_are_never_read_wrongly() -> None:
    generator = np.random.default_rng(1954)

    made = [scan(one % 3, hard_plan(generator)) for one in range(18)]

    assert [wrong_boxes(one) for one in made] == [[]] * 18
