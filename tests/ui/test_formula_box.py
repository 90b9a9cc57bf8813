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
    return Page("surface", read((Text("f", "x y"),), {"f": LINKED}, {}), entered)


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
