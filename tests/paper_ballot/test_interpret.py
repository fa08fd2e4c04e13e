"""Ink becomes a decision only where it is beyond doubt."""

from __future__ import annotations

import pytest

from kecan.paper_ballot.decisions import Empty, Marked, NeedsReview, Reason
from kecan.paper_ballot.interpret import are_alike, decide_boxes
from kecan.paper_ballot.marks import BoxInk
from kecan.paper_ballot.thresholds import THRESHOLDS

EMPTY = BoxInk(
    coverage=0,
    faint=0,
    darkness=0,
    span=0,
    wide=0,
    near=0,
    side=0,
    loose=0,
    around=0,
    through=0,
    struck=0,
    frame=1,
    strokes=0,
    sticks_out=0,
    rim=1,
    rims=1,
    outside=1,
    at_frame=0,
    paler=0,
    shaded=0,
    stout=0,
)
TICK = EMPTY._replace(coverage=0.2, faint=0.25, darkness=0.9, span=0.9, wide=0.8)


def test_clear_paper_in_a_frame_is_empty() -> None:
    assert decide_boxes([EMPTY]) == [Empty()]


def test_a_plain_tick_is_a_mark() -> None:
    assert decide_boxes([TICK]) == [Marked()]


@pytest.mark.parametrize(
    ("ink", "reason"),
    [
        (TICK._replace(frame=0.2), Reason.FRAME_LOST),
        (EMPTY._replace(paler=0.05), Reason.FRAME_LOST),
        (TICK._replace(paler=0.05), Reason.FRAME_LOST),
        (TICK._replace(through=0.5), Reason.LINE_THROUGH),
        (TICK._replace(through=0.1), Reason.LINE_THROUGH),
        (EMPTY._replace(around=0.9), Reason.AROUND),
        (TICK._replace(coverage=0.08, wide=0.13), Reason.LINE_THROUGH),
        (TICK._replace(coverage=0.16, wide=0.2), Reason.LINE_THROUGH),
        (TICK._replace(side=0.2), Reason.BESIDE),
        (TICK._replace(coverage=0.7, side=0.2), Reason.BESIDE),
        (TICK._replace(loose=0.5), Reason.BESIDE),
        (TICK._replace(outside=0.6), Reason.BESIDE),
        (TICK._replace(outside=1.5), Reason.BESIDE),
        (EMPTY._replace(loose=0.2), Reason.BESIDE),
        (EMPTY._replace(struck=0.2), Reason.LINE_THROUGH),
        (EMPTY._replace(rim=1.6), Reason.BESIDE),
        (EMPTY._replace(rim=1.3, rims=1.25), Reason.BESIDE),
        (TICK._replace(struck=0.4), Reason.LINE_THROUGH),
        (TICK._replace(coverage=0.5, near=0.2), Reason.HEAVY),
        (TICK._replace(darkness=0.1), Reason.FAINT),
        (EMPTY._replace(coverage=0.03, span=0.2), Reason.SMALL),
        (TICK._replace(coverage=0.02), Reason.SMALL),
        (TICK._replace(span=0.2), Reason.SMALL),
        (TICK._replace(darkness=0.2), Reason.FAINT),
        (EMPTY._replace(faint=0.2), Reason.FAINT),
        (EMPTY._replace(shaded=0.04), Reason.FAINT),
    ],
)
def test_anything_unusual_goes_to_a_person(ink: BoxInk, reason: Reason) -> None:
    assert decide_boxes([ink]) == [NeedsReview(reason=reason)]


@pytest.mark.parametrize(
    "ink",
    [
        EMPTY._replace(faint=0.04),
        EMPTY._replace(loose=0.1),
        EMPTY._replace(struck=0.08),
        EMPTY._replace(rim=1.3),
        EMPTY._replace(through=0.04),
        EMPTY._replace(frame=0.7),
    ],
)
def test_what_clean_paper_and_print_show_calls_nobody(ink: BoxInk) -> None:
    assert decide_boxes([ink]) == [Empty()]


@pytest.mark.parametrize(
    "ink",
    [
        TICK._replace(loose=0.2),
        TICK._replace(outside=0.75),
        TICK._replace(outside=1.2),
        TICK._replace(side=0.04),
        TICK._replace(struck=0.2),
        TICK._replace(through=0.04),
        TICK._replace(near=0.08),
        TICK._replace(around=0.4),
        TICK._replace(coverage=0.7, side=0.1),
    ],
)
def test_what_a_plain_pen_leaves_around_its_mark_calls_nobody(ink: BoxInk) -> None:
    assert decide_boxes([ink]) == [Marked()]


def test_marks_hardly_darker_than_paper_are_for_people_however_many() -> None:
    ghost = TICK._replace(darkness=0.1)

    assert decide_boxes([ghost] * 5) == [NeedsReview(reason=Reason.FAINT)] * 5


def test_ink_all_around_is_a_circle_unless_the_box_itself_is_filled() -> None:
    ring, filled = (TICK._replace(around=0.9, coverage=one) for one in (0.3, 0.9))

    assert decide_boxes([ring]) == [NeedsReview(reason=Reason.AROUND)]
    assert decide_boxes([filled]) == [Marked()]


def test_the_ends_of_a_cross_on_every_side_are_no_circle() -> None:
    ends = TICK._replace(coverage=0.4, around=0.75, strokes=0.95)
    circled = ends._replace(strokes=0.55)

    assert decide_boxes([ends]) == [Marked()]
    assert decide_boxes([circled]) == [NeedsReview(reason=Reason.AROUND)]


def test_a_cross_with_a_flat_arm_is_not_struck_out_where_crosses_leave_boxes() -> None:
    cross = TICK._replace(coverage=0.4, near=0.06)
    flat = cross._replace(struck=0.4, strokes=0.95, sticks_out=0.9)
    struck_out = NeedsReview(reason=Reason.LINE_THROUGH)

    assert decide_boxes([cross, cross, flat])[2] == Marked()
    for odd in (
        flat._replace(strokes=0.85),
        flat._replace(sticks_out=2.0),
        flat._replace(coverage=0.55),
    ):
        assert decide_boxes([cross, cross, odd])[2] == struck_out
    kept_in = cross._replace(near=0.02)
    assert decide_boxes([kept_in, kept_in, flat])[2] == struck_out
    assert decide_boxes([cross, flat])[1] == struck_out


def test_an_upright_line_is_no_mark_but_a_leaning_stroke_is() -> None:
    streak = TICK._replace(coverage=0.19, wide=0.2, span=1)
    leaning = streak._replace(coverage=0.1)

    assert decide_boxes([streak] * 3) == [NeedsReview(reason=Reason.LINE_THROUGH)] * 3
    assert decide_boxes([leaning]) == [Marked()]


def test_a_filled_box_has_no_stroke_over_it_until_one_leaves_the_fill() -> None:
    filled = TICK._replace(coverage=0.9, struck=0.8)

    assert decide_boxes([filled]) == [Marked()]
    assert decide_boxes([filled._replace(side=0.02)]) == [
        NeedsReview(reason=Reason.LINE_THROUGH)
    ]


def test_a_mark_struck_out_so_often_that_it_looks_filled_is_for_people() -> None:
    struck = TICK._replace(coverage=0.64, span=1, wide=1, near=0.07, struck=0.54)
    filled = TICK._replace(coverage=1.0, span=1, wide=1)
    doubt = NeedsReview(reason=Reason.LINE_THROUGH)

    assert decide_boxes([struck]) == [doubt]
    assert decide_boxes([filled, filled, struck])[2] == doubt


def test_a_frame_far_paler_than_the_others_of_its_page_was_painted_over() -> None:
    painted, pale = EMPTY._replace(frame=0.6), [EMPTY._replace(frame=0.6)] * 4
    doubt = NeedsReview(reason=Reason.FRAME_LOST)

    assert decide_boxes([EMPTY, EMPTY, EMPTY, painted])[3] == doubt
    assert decide_boxes(pale) == [Empty()] * 4


def test_ink_on_a_frame_is_told_from_the_grain_of_its_page() -> None:
    grainy = EMPTY._replace(at_frame=0.1)
    marked = EMPTY._replace(at_frame=0.3)
    doubt = NeedsReview(reason=Reason.BESIDE)

    assert decide_boxes([*[EMPTY] * 5, marked]) == [*[Empty()] * 5, doubt]
    assert decide_boxes([*[grainy] * 5, marked]) == [Empty()] * 6
    assert decide_boxes([TICK._replace(at_frame=2)]) == [Marked()]


def test_marks_that_all_lie_on_their_frames_are_not_the_grain_of_the_page() -> None:
    marked = EMPTY._replace(at_frame=0.5)

    decisions = decide_boxes([EMPTY, marked] * 5)

    assert decisions == [Empty(), NeedsReview(reason=Reason.BESIDE)] * 5


def test_pale_marks_count_only_where_the_voter_marks_palely_throughout() -> None:
    pale = TICK._replace(darkness=0.25, faint=0.3)

    assert decide_boxes([pale, pale]) == [NeedsReview(reason=Reason.FAINT)] * 2
    assert decide_boxes([pale, pale, pale]) == [Marked()] * 3


def test_a_pale_mark_needs_no_others_where_no_smear_says_that_it_was_rubbed_out() -> (
    None
):
    clean = TICK._replace(coverage=0.3, faint=0.4, darkness=0.25)
    faint = NeedsReview(reason=Reason.FAINT)

    assert decide_boxes([clean]) == [Marked()]
    assert decide_boxes([clean, clean]) == [Marked()] * 2
    for doubtful in (
        clean._replace(faint=0.45),
        clean._replace(darkness=0.2),
        clean._replace(coverage=0.95, faint=1.0),
    ):
        assert decide_boxes([doubtful]) == [faint]


def test_of_two_marks_on_a_page_the_much_fainter_goes_to_a_person() -> None:
    faint = TICK._replace(darkness=0.5)

    assert decide_boxes([TICK, faint]) == [Marked(), NeedsReview(reason=Reason.FAINT)]
    assert decide_boxes([faint, faint]) == [Marked()] * 2


def test_a_voter_whose_every_mark_sticks_out_is_not_odd() -> None:
    wide = TICK._replace(coverage=0.5, near=0.2, struck=0.3)
    wider = wide._replace(near=0.5)
    struck = wide._replace(struck=0.9)

    assert decide_boxes([wide, wide, wide]) == [Marked()] * 3
    assert decide_boxes([wide, wide, wider])[2] == NeedsReview(reason=Reason.HEAVY)
    assert decide_boxes([wide, wide, struck])[2] == NeedsReview(
        reason=Reason.LINE_THROUGH
    )


def test_a_mark_much_fainter_than_the_others_goes_to_a_person() -> None:
    faint = TICK._replace(darkness=0.45)

    assert decide_boxes([TICK, TICK, faint])[2] == NeedsReview(reason=Reason.FAINT)
    assert decide_boxes([faint, faint, faint]) == [Marked()] * 3
    assert decide_boxes([faint, faint, faint, TICK])[:3] == (
        [NeedsReview(reason=Reason.FAINT)] * 3
    )


def test_thin_strokes_are_no_fainter_for_a_box_filled_by_the_same_pencil() -> None:
    filled = TICK._replace(coverage=1, darkness=0.75)
    pencil, paler = TICK._replace(darkness=0.37), TICK._replace(darkness=0.25)

    assert decide_boxes([pencil, pencil, filled])[:2] == [Marked()] * 2
    assert decide_boxes([paler, pencil, filled])[0] == NeedsReview(reason=Reason.FAINT)
    assert decide_boxes([filled, filled, filled._replace(darkness=0.4)])[2] == (
        NeedsReview(reason=Reason.FAINT)
    )


def test_a_pencil_is_fainter_than_the_strokes_of_a_felt_pen() -> None:
    felt = TICK._replace(coverage=0.8, darkness=0.95)
    rubbed_out = TICK._replace(coverage=0.36, darkness=0.4)

    assert decide_boxes([felt, felt, rubbed_out])[2] == NeedsReview(reason=Reason.FAINT)


def test_one_mark_far_darker_than_many_puts_none_of_them_in_doubt() -> None:
    faint = TICK._replace(darkness=0.45)

    assert decide_boxes([faint] * 7 + [TICK])[:7] == [Marked()] * 7
    assert decide_boxes([faint] * 7 + [TICK] * 2)[:7] == (
        [NeedsReview(reason=Reason.FAINT)] * 7
    )


def test_a_dot_or_a_dash_is_a_mark_only_where_the_voter_marks_so_throughout() -> None:
    dash = TICK._replace(span=0.45, wide=0.45, coverage=0.09)
    doubt = NeedsReview(reason=Reason.SMALL)

    assert decide_boxes([dash]) == [doubt]
    assert decide_boxes([TICK, TICK, dash]) == [Marked(), Marked(), doubt]
    assert decide_boxes([dash, dash, dash]) == [Marked()] * 3


def test_far_more_ink_than_the_voter_uses_may_be_a_mark_struck_out() -> None:
    scribble = TICK._replace(coverage=0.8)

    assert decide_boxes([TICK, TICK, scribble])[2] == NeedsReview(reason=Reason.HEAVY)
    assert decide_boxes([scribble, scribble]) == [Marked()] * 2


def test_one_who_ticks_may_cross_a_box_as_well() -> None:
    cross = TICK._replace(coverage=0.55, strokes=0.97)
    doubt = NeedsReview(reason=Reason.HEAVY)

    assert decide_boxes([TICK, TICK, cross])[2] == Marked()
    assert decide_boxes([TICK, cross])[1] == Marked()
    for odd in (cross._replace(strokes=0.92), cross._replace(near=0.08)):
        assert decide_boxes([TICK, TICK, odd])[2] == doubt


def test_a_dot_of_a_thick_pen_is_no_mark_beside_its_strokes() -> None:
    felt = TICK._replace(coverage=0.8, span=1, wide=1)
    dot = TICK._replace(coverage=0.3, span=0.6, wide=0.6, stout=0.58)
    doubt = NeedsReview(reason=Reason.SMALL)

    assert decide_boxes([felt, felt, dot])[2] == doubt
    assert decide_boxes([dot]) == [doubt]
    assert decide_boxes([felt, felt, dot._replace(stout=0.43)])[2] == doubt
    assert decide_boxes([felt, felt, dot._replace(stout=0.4)])[2] == Marked()


def test_a_stroke_more_than_the_voters_other_marks_strikes_one_out() -> None:
    struck_out = NeedsReview(reason=Reason.LINE_THROUGH)
    fuller = TICK._replace(coverage=0.28)

    assert decide_boxes([TICK, TICK, fuller])[2] == Marked()
    for odd in (
        fuller._replace(sticks_out=0.5),
        fuller._replace(struck=0.15),
        fuller._replace(strokes=0.85),
    ):
        assert decide_boxes([TICK, TICK, odd])[2] == struck_out
        assert decide_boxes([TICK, odd])[1] == struck_out
        assert decide_boxes([odd, odd, odd]) == [Marked()] * 3


def test_a_mark_alone_on_its_page_is_struck_out_by_a_third_stroke() -> None:
    cross = TICK._replace(coverage=0.35, strokes=0.95, sticks_out=0.5)
    third = cross._replace(strokes=0.85)
    within = third._replace(sticks_out=0)

    assert decide_boxes([cross]) == [Marked()]
    assert decide_boxes([third]) == [NeedsReview(reason=Reason.LINE_THROUGH)]
    assert decide_boxes([within]) == [Marked()]
    assert decide_boxes([within._replace(coverage=0.5)]) == [
        NeedsReview(reason=Reason.HEAVY)
    ]


def test_of_two_marks_on_a_page_the_far_heavier_may_be_struck_out() -> None:
    scribble = TICK._replace(coverage=0.5)

    assert decide_boxes([TICK, scribble]) == [
        Marked(),
        NeedsReview(reason=Reason.HEAVY),
    ]


def test_a_few_filled_boxes_with_ink_far_beyond_their_frames_are_no_habit() -> None:
    filled = TICK._replace(coverage=1.0, near=0.05)
    scribbled = filled._replace(near=0.25)

    assert decide_boxes([filled, filled, filled]) == [Marked()] * 3
    assert decide_boxes([scribbled] * 4) == [NeedsReview(reason=Reason.HEAVY)] * 4


def test_who_fills_every_box_of_a_page_beyond_its_frame_has_a_thick_pen() -> None:
    filled = TICK._replace(coverage=1.0, near=0.22)
    doubt = NeedsReview(reason=Reason.HEAVY)

    assert decide_boxes([filled] * 8) == [Marked()] * 8
    assert decide_boxes([filled] * 8 + [filled._replace(near=0.31)])[8] == doubt
    for standing in filled._replace(near=0), TICK, filled._replace(struck=0.3):
        assert decide_boxes([standing] * 3 + [filled] * 6)[3:] == [doubt] * 6


def test_a_stroke_that_leaves_its_box_one_way_strikes_nothing_out() -> None:
    tail = TICK._replace(coverage=0.26, near=0.08, side=0.02, around=0.125)

    assert decide_boxes([TICK, TICK, TICK, tail]) == [Marked()] * 4
    for odd in tail._replace(around=0.25), tail._replace(near=0.11):
        assert decide_boxes([TICK, TICK, TICK, odd])[3] == NeedsReview(
            reason=Reason.HEAVY
        )


def test_crosses_of_a_thick_pen_leave_their_boxes_more_or_less() -> None:
    cross = TICK._replace(coverage=0.6, near=0.08, around=0.3)
    wide = cross._replace(near=0.27)
    doubt = NeedsReview(reason=Reason.HEAVY)

    assert decide_boxes([cross, cross, cross, wide]) == [Marked()] * 4
    assert decide_boxes([cross, cross, cross, wide._replace(coverage=0.77)])[3] == (
        Marked()
    )
    for odd in (
        wide._replace(near=0.285),
        wide._replace(coverage=0.79),
        wide._replace(side=0.02),
        wide._replace(strokes=0.85),
    ):
        assert decide_boxes([cross, cross, cross, odd])[3] == doubt
    kept_in = cross._replace(near=0.0)
    assert decide_boxes([kept_in, kept_in, kept_in, wide])[3] == doubt
    thin = cross._replace(coverage=0.4)
    spread = wide._replace(coverage=0.45)
    assert decide_boxes([thin, thin, thin, spread])[3] == doubt


def test_what_fills_its_box_beside_crosses_of_a_thick_pen_may_be_crossed_out() -> None:
    cross = TICK._replace(coverage=0.7, near=0.08, around=0.3)
    fuller = cross._replace(coverage=0.82, near=0.2)

    assert decide_boxes([cross, cross, cross, fuller]) == [Marked()] * 4
    crossed_out = fuller._replace(coverage=0.87)
    assert decide_boxes([cross, cross, cross, crossed_out])[3] == (
        NeedsReview(reason=Reason.HEAVY)
    )


def test_where_more_marks_are_crossed_out_than_stand_they_are_still_odd() -> None:
    cross = TICK._replace(coverage=0.55)
    crossed_out = cross._replace(coverage=0.9, near=0.12)

    decided = decide_boxes([cross, cross, crossed_out, crossed_out, crossed_out])

    assert decided == [Marked()] * 2 + [NeedsReview(reason=Reason.HEAVY)] * 3


def test_crosses_of_a_thick_pen_are_as_full_as_each_other_and_not_crossed_out() -> None:
    kept_in = TICK._replace(coverage=0.75)
    leaving = kept_in._replace(near=0.12)
    crossed_out = leaving._replace(coverage=0.9)

    marks = [kept_in, kept_in, leaving, leaving, leaving]
    assert decide_boxes(marks) == [Marked()] * 5
    assert decide_boxes([*marks, crossed_out])[5] == NeedsReview(reason=Reason.HEAVY)


def test_a_loop_that_leaves_the_box_adds_nothing_unless_ink_lies_farther_out() -> None:
    cross = TICK._replace(coverage=0.4)
    looped = cross._replace(near=0.09, around=0.25)
    heavy = NeedsReview(reason=Reason.HEAVY)

    assert decide_boxes([cross, cross, looped])[2] == Marked()
    assert decide_boxes([cross, cross, looped._replace(side=0.02)])[2] == heavy
    assert decide_boxes([cross, cross, looped._replace(coverage=0.5)])[2] == heavy


def test_two_marks_of_one_line_must_look_alike() -> None:
    assert are_alike(TICK, TICK, thresholds=THRESHOLDS)
    assert not are_alike(TICK, TICK._replace(coverage=0.5), thresholds=THRESHOLDS)
    assert not are_alike(TICK, TICK._replace(darkness=0.4), thresholds=THRESHOLDS)
    blob = TICK._replace(span=0.6, wide=0.6)
    assert not are_alike(TICK, blob, thresholds=THRESHOLDS)


def test_traces_are_asked_about_where_all_of_a_page_is_as_faint() -> None:
    faint, trace = EMPTY._replace(faint=0.09), EMPTY._replace(faint=0.02)
    asked = NeedsReview(reason=Reason.FAINT)

    assert decide_boxes([faint, trace, EMPTY]) == [asked, asked, Empty()]
    assert decide_boxes([TICK, faint, trace]) == [Marked(), asked, Empty()]
    assert decide_boxes([trace, EMPTY]) == [Empty(), Empty()]


@pytest.mark.parametrize(
    ("side", "stout", "is_blot"),
    [(0.7, 0.6, True), (0.7, 0.3, False), (0.95, 0.6, False)],
)
def test_a_drop_of_ink_beside_the_strokes_of_a_pen_is_for_people(
    side: float, stout: float, *, is_blot: bool
) -> None:
    drop = TICK._replace(coverage=0.32, span=side, wide=side, stout=stout)

    found = decide_boxes([TICK, TICK, drop])[2]

    assert (found == NeedsReview(reason=Reason.HEAVY)) is is_blot


def test_all_marks_of_a_thick_pen_fill_their_outlines() -> None:
    thick = TICK._replace(coverage=0.45, span=0.8, wide=0.8)

    assert decide_boxes([thick, thick, thick]) == [Marked()] * 3


def test_one_who_fills_some_boxes_and_ticks_others_drops_no_ink() -> None:
    filled = TICK._replace(coverage=0.96, span=1, wide=1)
    hatched = filled._replace(coverage=0.9)

    decided = decide_boxes([TICK, TICK, hatched, hatched, filled])

    assert decided == [Marked()] * 5
