"""A box that was away behind another tab comes back with what was typed, whatever a late message has left."""

import pytest
import streamlit as st

from explorer.ui import formula_box
from explorer.ui.drawer import put_again, put_text, put_texts
from explorer.ui.page import Page
from explorer.ui.parameters import Text, read
from tests.ui.app import opened

LINKED, TYPED = "sin(x)cos(y)", "sin(x)cos(2y)"


@pytest.fixture
def session(monkeypatch):
    """What the session holds once the link's function stands in the box."""
    state = {}
    monkeypatch.setattr(st, "session_state", state)
    assert formula_box.first_text(page(entered=True), "f", "x y") == LINKED
    state["surface.f.good"] = TYPED
    return state


def page(entered=False):
    st.session_state["surface.reading"] = read((Text("f", "x y"),), {"f": LINKED}, {})
    return Page("surface", entered)


@pytest.mark.parametrize("straggler", [{}, {"surface.f": TYPED}])
def test_the_box_is_mounted_with_the_last_good_text(session, straggler):
    session.update(straggler)
    assert formula_box.first_text(page(), "f", "x y") == TYPED


def test_what_is_put_into_the_box_is_its_value_alone(session):
    put_text("surface.f", "x^2 y")
    assert session["surface.f"] == "x^2 y"
    assert formula_box.first_text(page(), "f", "x y") == ""
    session["surface.f.good"] = session["surface.f"]
    assert formula_box.first_text(page(), "f", "x y") == "x^2 y"


def test_a_message_that_left_by_a_clock_takes_no_text_back(session):
    for name, text in {"u": "x^2", "v": "y"}.items():
        put_text(f"surface.{name}", text)
    session["surface.f"] = TYPED
    texts = put_texts()
    assert texts == {"surface.u": "x^2", "surface.v": "y"}
    for name in "uv":
        session.pop(f"surface.{name}.first")
    session["surface.v"] = "5x + sin y"
    put_again(texts)
    assert put_texts() == texts
    assert session["surface.v.first"] == "", "the box takes the text that is put and no first one"
    assert "surface.u.first" not in session, "nothing is put where the text stands"
    assert session["surface.f"] == TYPED


def test_whoever_arrives_anew_finds_the_link(session):
    put_text("surface.f", "x^2 y")
    assert formula_box.first_text(page(entered=True), "f", "x y") == LINKED


def test_a_function_waits_behind_the_table():
    app = opened("secant", f="x^2")
    app.text_input("secant.f").set_value("x^3").run()
    for source in ("table", "function"):
        app.segmented_control("secant.source").set_value(source).run()
    assert not app.exception
    assert app.text_input("secant.f").value == "x^3"


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("chain", {"f": "w_1*x + b", "x": "7", "step": "5", "sweep": "forward"}),
        ("rules", {"f": "x^2 +* 1", "x0": "5", "part": "2.1"}),
        ("check", {"f": "sin(x", "lines": "cos(x)"}),
        ("tangent", {"f": "x +", "x0": "1"}),
    ],
)
def test_beside_a_formula_that_cannot_be_read_nothing_of_the_link_is_applied(path, query):
    app = opened(path, **query)
    said = " ".join(text.value for text in app.text)
    assert "What else the link says was left out." in said
    assert app.session_state[f"{path}.reading"].given == {"f"}
    if path == "chain":
        assert app.session_state["chain.memory"]["x"] == 1.0
        assert "step" not in app.session_state["chain.memory"]
    if path == "check":
        assert not any("differs" in caption.value for caption in app.caption)
    app.text_input(f"{path}.f").set_value("x^2 + 1").run()
    assert "left out" not in " ".join(text.value for text in app.text)


def test_a_formula_alone_in_a_link_leaves_nothing_out():
    assert "left out" not in " ".join(text.value for text in opened("tangent", f="x +").text)
