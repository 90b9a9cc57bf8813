"""The rules page without a browser: parts that a link names or a learner chooses, and where the point stands."""

from streamlit.testing.v1 import AppTest

from explorer.expression import parse
from explorer.increments import walk, way_text
from explorer.ui.parts import described
from tests.ui.app import opened
from tests.ui.test_check import words


def scene_and_parts(page: AppTest) -> tuple[str, object]:
    standing = page.session_state["rules.standing"]
    return way_text(standing.way), standing.first


def test_a_link_opens_its_part_and_another_formula_begins_with_the_whole() -> None:
    page = opened("rules", f="(1+x)(2+x^2/4)", x0="1.5", h="0.25", part="2.2")
    way, stand = scene_and_parts(page)
    assert (way, stand.x0, stand.h) == ("2.2", 1.5, 0.25)
    page.text_input(key="rules.f").set_value("x*sin(x)").run()
    assert not page.exception
    assert scene_and_parts(page)[0] == ""


def test_a_formula_without_a_value_where_the_last_one_stood_begins_where_it_has_one() -> None:
    page = opened("rules", f="x^3", x0="1", h="1")
    page.text_input(key="rules.f").set_value("ln(ln(x))").run()
    assert not page.exception
    assert scene_and_parts(page)[1].x0 > 1
    page.text_input(key="rules.f").set_value("ln(x)").run()
    assert scene_and_parts(page)[1].x0 == 3


def test_a_part_that_is_not_there_is_refused_in_words() -> None:
    page = opened("rules", f="x^2", part="7.1")
    assert scene_and_parts(page)[0] == ""
    assert "The link names a part that this formula does not have: here is the whole." in words(page)


def test_a_refused_formula_leaves_the_last_one() -> None:
    page = opened("rules", f="x^2", part="1")
    page.text_input(key="rules.f").set_value("x^2 sinn(x)").run()
    assert not page.exception
    assert "Did you mean sin?" in words(page)
    assert scene_and_parts(page)[0] == "1"


def test_the_next_part_leads_through_all_of_them_to_the_whole_derivative() -> None:
    f = parse("x^2 sin(3x) + 5")
    way, seen = "", []
    for _ in range(20):
        if way == "end":
            break
        seen.append(way)
        way = described(f, tuple(int(k) for k in way.split(".") if k), 0)["next"]["part"]
    assert seen == [way_text(one) for one in walk(f.root)]
    assert way == "end"


def test_the_keys_lead_up_down_and_sideways() -> None:
    keys = described(parse("(1+x)(2+x^2/4)"), (2,), 0)["keys"]
    assert keys["up"] == ""
    assert keys["down"] == "2.1"
    assert keys["before"] == "1"
    assert keys["after"] is None


def test_a_step_that_is_refused_leaves_the_picture_as_it_is() -> None:
    usual = opened("rules", f="x^2", x0="1", h="1").session_state["rules.figure.start"][0]
    for h in ("50", "1e-9", "-5000000"):
        page = opened("rules", f="x^2", x0="1", h=h)
        assert "The link's value for Δx (h in the link)" in words(page)
        assert page.session_state["rules.figure.start"][0] == usual
        assert page.session_state["rules.memory"]["h"] == 1
