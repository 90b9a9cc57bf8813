"""The window of the axes: chosen for the function, and the learner's to change and to reset."""

from __future__ import annotations

import math

import streamlit as st

from explorer.expression import Expression
from explorer.figures.curve import choose_window
from explorer.figures.surface_still import choose_plane
from explorer.numeric import Window
from explorer.presets import Preset
from explorer.ui.page import Page

ENDS = (("left", "x from"), ("right", "x to"), ("bottom", "y from"), ("top", "y to"))


def window_of(page: Page, f: Expression, preset: Preset | None) -> Window:
    """The learner's window for this function, else the preset's, else the one that suits the function."""
    chosen = standard_window(f, preset)
    memory = page.key("window")
    if page.entered:
        linked = _linked(page.reading.text("window"))
        if page.reading.text("window") and linked is None:
            st.text("The link's window cannot be drawn; the usual one is shown.")
        st.session_state[memory] = (f.text, linked or chosen)
    text, window = st.session_state.get(memory, (None, None))
    if text != f.text or window is None:
        st.session_state[memory] = (f.text, chosen)
        return chosen
    return window  # type: ignore[no-any-return]


def window_in_link(window: Window, f: Expression, preset: Preset | None) -> str:
    """A changed window as a link holds it: four numbers, and “=” for equal scales; else nothing."""
    if window == standard_window(f, preset):
        return ""
    return ",".join(f"{number:.12g}" for number in (*window.x, *window.y)) + (",=" if window.equal else "")


def _linked(text: str) -> Window | None:
    """The window that a link asks for, or None where it cannot be drawn."""
    words = text.split(",")
    try:
        left, right, bottom, top = (float(word) for word in words[:4])
    except ValueError:
        return None
    if len(words) > 5 or judge([left, right, bottom, top]):
        return None
    return Window((left, right), (bottom, top), words[4:] == ["="])


def standard_window(f: Expression, preset: Preset | None) -> Window:
    """The preset's window, else the one that suits the function."""
    chosen = choose_window(f) if len(f.variables) == 1 else choose_plane(f)
    if preset is not None:
        return Window(preset.x_window or chosen.x, preset.y_window or chosen.y, preset.equal or chosen.equal)
    return chosen


def window_form(page: Page, f: Expression, chosen: Window) -> None:
    """Four numbers and a way back; a window that cannot be drawn is refused with a sentence."""
    with st.popover("Window", key=page.key("window.form"), on_change="rerun", width="content") as form:
        if form.open:  # a first view does without what nobody sees
            _window_numbers(page, f, chosen)


def _window_numbers(page: Page, f: Expression, chosen: Window) -> None:
    with st.form(page.key("window.numbers")):
        current = (*chosen.x, *chosen.y)
        numbers = [
            st.number_input(
                label, value=value, step=None, format="%g", key=page.key(f"window.{name}.{value}")
            )
            for (name, label), value in zip(ENDS, current, strict=True)
        ]
        equal = st.checkbox("equal scales", value=chosen.equal)
        apply, reset = st.columns(2)
        if apply.form_submit_button("Apply"):
            sentence = judge(numbers)
            if sentence:
                st.text(sentence)
            else:
                left, right, bottom, top = numbers
                st.session_state[page.key("window")] = (f.text, Window((left, right), (bottom, top), equal))
                st.rerun()
        if reset.form_submit_button("Reset"):
            st.session_state.pop(page.key("window"), None)
            st.rerun()


def judge(numbers: list[float]) -> str:
    """Why these limits (left, right, bottom, top) cannot be drawn; empty when they can."""
    if any(number is None or not math.isfinite(number) or abs(number) > 1e12 for number in numbers):
        return "Every limit must be a number up to a million million."
    left, right, bottom, top = numbers
    if right - left < max(1e-6, 1e-9 * max(abs(left), abs(right))):
        return "The left end of x must lie left of the right end."
    if top - bottom < 1e-9 * max(1.0, abs(bottom), abs(top)):
        return "The lower end of y must lie below the upper end."
    return ""
