"""Hands and odd marks drawn on paper: what the reader takes, what a person gets."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.paper_ballot.ballots import reviewed, scan, wrong_boxes

from kecan.sample.scans import Hand, OddMark, ScanPlan, Truth

PLAN = ScanPlan(seed=11, skew=0.8)


@pytest.mark.parametrize("hand", list(Hand))
@pytest.mark.parametrize("pen", [0.3, 1.4])
def test_a_hand_that_marks_alike_throughout_leaves_hardly_a_doubt(
    hand: Hand, pen: float
) -> None:
    made = [
        scan(1, replace(PLAN, seed=seed, hands=(hand,), pen=pen)) for seed in (1, 2)
    ]

    assert [wrong_boxes(one) for one in made] == [[], []]
    assert sum(reviewed(one) for one in made) <= 2


@pytest.mark.parametrize("odd", list(OddMark))
def test_an_odd_mark_is_never_decided_as_if_it_were_plain(odd: OddMark) -> None:
    made = [
        scan(1, replace(PLAN, seed=seed, odd_share=0.4, odd_marks=(odd,)))
        for seed in range(4)
    ]

    assert any(truth is not Truth.EMPTY for truth in made[0].truth)
    assert [wrong_boxes(one) for one in made] == [[]] * 4
