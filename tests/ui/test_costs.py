"""The costs page without a browser: its tabs open from links, and formulas follow what was typed."""

from tests.ui.app import opened


def formulas(**query: str) -> list[str]:
    return [part.value for part in opened("costs", **query).latex]


def test_both_slopes_are_shown_for_the_counts_of_a_link() -> None:
    product, slope, logarithm, its_slope = formulas(tab="log", heads="2", tails="1")
    assert "p^{2}" in product
    assert "p^{2}" in slope
    assert logarithm.count(r"\ln") == 3
    assert its_slope.count(r"\frac") == 2


def test_a_row_without_coins_is_a_product_of_nothing() -> None:
    assert formulas(tab="log", heads="0", tails="0")


def test_a_link_that_cannot_be_is_answered() -> None:
    page = opened("costs", tab="cubes", heads="-3", tails="nan", p="7", times="1e9")
    told = " ".join(part.value for part in page.text)
    assert "The link's value for p is not a number from 0 to 1" in told
    assert "The link's value for heads is not a number from 0 to 1000" in told
    assert "The link's value for times is not a number from 1 to 200" in told


def test_houses_are_typed_and_what_is_no_list_is_answered() -> None:
    page = opened("costs", points="1,2,6", x="4", loss="absolute")
    assert page.session_state["costs.memory"]["points"] == "1,2,6"
    assert page.session_state["costs.memory"]["x"] == 4
    assert page.session_state["costs.memory"]["loss"] == "absolute"
    for wrong in ("1,two", "1e9", "1," * 13):
        told = " ".join(part.value for part in opened("costs", points=wrong).text)
        assert "The link's houses were left out." in told


def test_slopes_of_a_product_say_nothing_of_the_joints_between_its_pieces() -> None:
    _, slope, _, logarithm_slope = formulas(tab="product", g="{p<0.5:p,1-p}")[-4:]
    for formula in (slope, logarithm_slope):
        assert "p > 0.5" in formula
        assert "otherwise" not in formula
