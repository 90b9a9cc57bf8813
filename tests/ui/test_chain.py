"""The chain page without a browser: what a link asks for that its formula does not have."""

from tests.ui.app import opened
from tests.ui.test_check import words


def test_what_a_link_says_of_other_letters_or_steps_is_left_out_in_words() -> None:
    page = opened("chain", f="(3x+1)^2", x="−2", y="5", by="z", step="99")
    assert page.session_state["chain.memory"]["x"] == -2
    assert "This formula has no y: what the link says of it was left out." in words(page)
    assert "This formula has no z: what the link says of it was left out." in words(page)
    assert "The link's value for step lies outside its control, which goes from 0 to 6" in words(page)
    page.text_input(key="chain.f").set_value("x y").run()
    assert "left out" not in words(page)
    assert "step is not a whole number" in words(opened("chain", f="x^2", step="2.5"))
    assert "left out" not in words(opened("chain", f="x y z", x="2", y="5", z="1", step="3", by="y"))


def test_a_slope_that_no_rule_gives_is_told_when_the_sweep_has_been_walked() -> None:
    seen = "The chain rule gives no ∂f/∂x here. Yet from both sides Δf/Δx heads for 0: seen in numbers, not proved."
    assert seen in words(opened("chain", f="x|x|", x="0", step="4"))
    assert seen not in words(opened("chain", f="x|x|", x="0", step="3"))
    assert seen not in words(opened("chain", f="x|x|", x="1", step="4"))


def test_a_tree_of_too_many_boxes_is_drawn_with_its_equal_parts_as_one_and_says_so() -> None:
    said = "boxes, and the page draws 60 at most: equal parts are one box."
    many, few = ("*".join(["(x+1)"] * count) for count in (31, 9))
    # 31 times x and x + 1, and 30 times what multiplies them
    assert f"As typed the formula makes 92 {said}" in words(opened("chain", f=many, share="0"))
    assert said not in words(opened("chain", f=many))
    assert said not in words(opened("chain", f=few, share="0"))
