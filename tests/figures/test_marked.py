"""Marked places: of every kind all that can be seen, or a word about it; and words for those that are marked."""

import pytest

from explorer.expression import parse
from explorer.figures.curve import analyse, choose_window, span_of
from explorer.figures.marked import critical_trace, marked_places
from explorer.figures.slope.marks import direction_strip
from explorer.figures.slope.scene import slope_scene, start_in
from explorer.numeric import Window
from tests.figures.played import said

OPENINGS = (
    "cos(x)^2",
    "sin(x^2)",
    "x^3/3 - x",
    "x e^(-x/2) + |sin 2x|",
    "tan x",
    "1/(x^2-1)",
    "floor(x)",
    "sqrt(x)",
)
WIDE = tuple(
    (text, 26.6) for text in ("cos(x)^2", "x e^(-x/2) + |sin 2x|", "tan x", "sin(9x)", "x + 2sin(x)")
)
CROWDS = tuple((text, 0.7) for text in ("x^2 sin(1/x)", "sin(1/x)", "|sin(1/x)|", "x^3 cos(1/x)"))


def opened(text, half=None):
    f = parse(text)
    window = choose_window(f) if half is None else Window((-half, half), (-2.0, 2.0), False)
    analysis = analyse(f, span_of(f, window))
    return analysis, window, marked_places(analysis, window)


def kinds_in(analysis, window):
    low, high = window.x
    kinds = {
        "breaks": [b.x for b in analysis.breaks],
        "extrema": [p.x for p in analysis.critical],
        "inflections": [p.x for p in analysis.inflections],
        "zeros": list(analysis.zeros),
    }
    return {kind: [x for x in places if low <= x <= high] for kind, places in kinds.items()}


@pytest.mark.parametrize(
    ("text", "half"), [*((text, None) for text in OPENINGS), *WIDE, *CROWDS, ("floor(20x)", 3.0)]
)
def test_of_every_kind_all_are_marked_or_it_is_said(text, half):
    analysis, window, marked = opened(text, half)
    places = [place.value for place in marked.places]
    assert places == sorted(set(places))
    known = []
    for kind, seen in kinds_in(analysis, window).items():
        new = [x for x in seen if not any(abs(x - place) < 1e-6 for place in known)]
        missing = [x for x in new if not any(abs(x - place) < 1e-6 for place in places)]
        known += new
        assert bool(missing) == (kind in marked.word), (kind, missing)
    drawn = critical_trace(analysis, window)["x"]
    assert set(drawn) <= set(places)
    assert {
        p.value for p in marked.places if p.symbol in ("minimum", "maximum", "flat", "inflection")
    } <= set(drawn)


@pytest.mark.parametrize(("text", "half"), WIDE)
def test_a_kind_that_is_too_many_is_left_out_as_a_whole(text, half):
    _, _, marked = opened(text, half)
    symbols = {"extrema": {"minimum", "maximum", "flat"}, "inflections": {"inflection"}, "zeros": {"zero"}}
    for kind in set(symbols) & set(marked.incomplete):
        assert not any(
            place.symbol in symbols[kind] for place in marked.places if abs(place.value) <= half
        ), kind


@pytest.mark.parametrize(("text", "half"), CROWDS)
def test_towards_a_crowd_no_inflection_is_marked_where_an_extremum_is_not(text, half):
    analysis, _, marked = opened(text, half)
    turns = {p.x for p in analysis.critical if p.x != 0}
    left_out = [abs(x) for x in turns - {place.value for place in marked.places}]
    bends = [
        abs(place.value)
        for place in marked.places
        if place.symbol in ("inflection", "zero") and place.value != 0
    ]
    assert left_out
    assert min(bends, default=1.0) > max(left_out)


@pytest.mark.parametrize("text", OPENINGS)
def test_marks_ticks_and_strip_reach_as_far_as_equal_scales_may_show(text):
    """Equal scales show more than the window: of cos² x 3.33 on either side, though the window ends at 2.6."""
    analysis, window, marked = opened(text)
    margin = 0.4 * (window.x[1] - window.x[0])
    wider = Window((window.x[0] - margin, window.x[1] + margin), window.y, window.equal)
    places = [place.value for place in marked.places]
    for kind, seen in kinds_in(analysis, wider).items():
        if kind not in marked.incomplete:
            assert all(any(abs(x - place) < 1e-6 for place in places) for x in seen), kind
    strip = {(row["x0"], row["x1"]) for row in direction_strip(analysis, window)}
    stretches = {(low, high) for low, high, sign in analysis.monotone if sign}
    assert {one for one in stretches if one[1] > wider.x[0] and one[0] < wider.x[1]} <= strip


@pytest.mark.parametrize("text", ["floor(-x^2)", "ceil(x^2)", "floor(-|10x|)", "ceil((2x)^2)", "sign(x)^2"])
def test_a_hole_among_many_steps_has_its_word(text):
    f = parse(text)
    window = choose_window(f)
    scene = slope_scene(f, window, start_in(f, window))
    assert said(scene, scene.sentence, {"x0": 0.0}).startswith("Hole at x = 0: the values approach")


@pytest.mark.parametrize("text", ["floor(20x)", "floor(-x^2)", "|sin(9x)|"])
def test_breaks_near_the_middle_have_words_before_those_far_out(text):
    f = parse(text)
    window = Window((-1.0, 1.0), (-2.0, 2.0), False)
    scene = slope_scene(f, window, start_in(f, window))
    for b in analyse(f, span_of(f, window)).breaks:
        if abs(b.x) <= 0.5:
            assert b.sentence.split(":")[0] in said(scene, scene.sentence, {"x0": b.x})
