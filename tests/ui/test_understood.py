"""What is said below a box: a plus that a link lost is offered in one click, in every box there is."""

import pytest

from tests.ui.app import opened

OFFER = "Use this instead"


def texts(page):
    return " ".join(text.value for text in page.text)


@pytest.mark.parametrize(
    ("path", "name", "text", "says", "meant"),
    [
        ("gradient_descent", "f", "x^2 y^2", "read as x^2*y^2", "x^2+y^2"),
        ("tangent", "f", "{x<0: -x, x 1}", "came as a space", "{x<0: -x, x+1}"),
        ("secant", "f", "sin x x^2", "read as sin(x*x^2)", "sin x+x^2"),
        ("partial_derivatives", "u", "x y", "read as x*y", "x+y"),
    ],
)
def test_a_lost_plus_is_offered_in_one_click(path, name, text, says, meant):
    tab = {"tab": "jacobian"} if name != "f" else {}
    page = opened(path, **{name: text}, **tab)
    assert says in texts(page)
    assert meant in [code.value for code in page.code]
    [offer] = [button for button in page.button if button.label == OFFER]
    offer.click().run()
    assert not page.exception
    assert page.text_input(f"{path}.{name}").value == meant
    assert "came as a space" not in texts(page)
    assert OFFER not in [button.label for button in page.button]


@pytest.mark.parametrize("text", ["sin x", "max(x, 1) - 1"])
def test_a_space_that_was_no_plus_is_not_spoken_of(text):
    assert "came as a space" not in texts(opened("tangent", f=text))


def test_both_components_are_refused_side_by_side():
    page = opened("partial_derivatives", tab="jacobian", u="x(", v="y 1")
    assert texts(page).count("The picture shows ") == 2
    assert "y+1" in [code.value for code in page.code]


def test_what_is_typed_later_is_read_as_it_stands():
    page = opened("tangent", f="x^2 1")
    page.text_input("tangent.f").set_value("x^2 x").run()
    assert "came as a space" not in texts(page)


def test_how_the_wrong_reading_was_read_is_not_said_beside_the_offer():
    page = opened("tangent", f="1/2x x^2")
    assert "came as a space" in texts(page)
    assert "needs brackets" not in texts(page)
    [offer] = [button for button in page.button if button.label == OFFER]
    offer.click().run()
    assert "needs brackets" in texts(page)
