"""The window of the axes: chosen for the function, and the learner's to change and to reset."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from explorer.expression import Expression, parse
from explorer.figures.curve import choose_window
from explorer.figures.surface.still import choose_plane
from explorer.numeric import Window
from explorer.numeric.results import HUGE
from explorer.presets import Preset
from explorer.scene.frame import Frame
from explorer.ui.page import Page
from explorer.ui.release import FARTHEST, as_finite

_DECIMAL = re.compile(r"[-+]?(?:\d+[.,]?\d*|[.,]\d+)(?:[eE][-+]?\d{1,3})?")
NARROW = ", and farther off: so narrow a window is not drawn"
ENDS = ("left", "right", "bottom", "top")


@dataclass(frozen=True)
class Framed:
    """A function's window: as it is seen, as it suits the function, and as it was when the point was first placed.

    `turn` counts the windows that the page itself has set: what the figure says of an earlier one is not heard.
    `word` says what was wrong with the link's window, until another one is seen.
    """

    f: str
    window: Window
    home: Window
    first: Window
    turn: int
    word: str = ""

    def frame(self, panel: str) -> Frame:
        """What the figure is told of it, as a window of this panel."""
        seen = None if self.window == self.home else _bounds(self.window)
        return Frame(panel, _bounds(self.home), seen, self.window.equal)


def window_of(page: Page, f: Expression, home: Window) -> Framed:
    """The learner's window for this function, else its `home`."""
    memory = page.key("window")
    framed = st.session_state.get(memory)
    if page.entered:
        text = page.reading.text("window")
        linked, why = _linked(text)
        word = f"The link's window cannot be drawn; the usual one is shown. {why}" if text and why else ""
        framed = replace(_begun(page, f, linked or home, home), word=word)
    elif framed is None or framed.f != f.text or framed.home != home:
        framed = _begun(page, f, home, home)
    st.session_state[memory] = framed
    seen = as_seen(page)
    if seen.word:
        st.text(seen.word)
    return seen


def as_seen(page: Page) -> Framed:
    """The window as the figure last told it."""
    framed: Framed = st.session_state[page.key("window")]
    told, turn = told_window(st.session_state.get(page.key("figure")))
    if told is None or turn != framed.turn:
        return framed
    window = Window((told[0], told[1]), (told[2], told[3]), framed.window.equal) if told else framed.home
    if window != framed.window:
        framed = replace(framed, window=window, word="")
    st.session_state[page.key("window")] = framed
    return framed


def box_of(window: Window) -> tuple[tuple[float, float], tuple[float, float]]:
    """What is seen, as the ends of a picture in a program."""
    (left, right), (low, high) = window.x, window.y
    return (float(left), float(right)), (float(low), float(high))


def _begun(page: Page, f: Expression, window: Window, home: Window) -> Framed:
    return Framed(f.text, window, home, window, _next_turn(page))


def _next_turn(page: Page) -> int:
    counter = page.key("window.turn")
    st.session_state[counter] = turn = int(st.session_state.get(counter, 0)) + 1
    return turn


def _bounds(window: Window) -> tuple[float, float, float, float]:
    return (*window.x, *window.y)


def told_window(state: object) -> tuple[tuple[float, ...] | None, int]:
    """The window of the figure's last message, () for the usual one, None where it says none; and its turn.

    A browser says what it likes: what cannot be drawn was not said.
    """
    message = state.get("release") if isinstance(state, Mapping) else None
    if (
        not isinstance(message, Mapping)
        or "window" not in message
        or not isinstance(message.get("turn"), int)
    ):
        return None, 0
    window = message["window"]
    if window is None:
        return (), message["turn"]
    if not isinstance(window, (list, tuple)) or len(window) != 4:
        return None, 0
    numbers = [as_finite(number) for number in window]
    return (None, 0) if judge(numbers) else (tuple(n for n in numbers if n is not None), message["turn"])


def _linked(text: str) -> tuple[Window | None, str]:
    """The window that a link asks for, or None and why it cannot be drawn."""
    words = text.split(",")
    if not 4 <= len(words) <= 5:
        return None, "It is written as left,right,bottom,top, such as window=-2,2,-1,3."
    numbers = [constant(word) for word in words[:4]]
    why = judge(numbers)
    left, right, bottom, top = (number or 0.0 for number in numbers)
    return (None if why else Window((left, right), (bottom, top), words[4:] == ["="])), why


def standard_window(f: Expression, preset: Preset | None) -> Window:
    """The preset's window, else the one that suits the function."""
    chosen = choose_window(f) if len(f.variables) == 1 else choose_plane(f)
    if preset is not None:
        return Window(preset.x_window or chosen.x, preset.y_window or chosen.y, preset.equal or chosen.equal)
    return chosen


def window_form(page: Page, axes: tuple[str, str] = ("x", "y")) -> None:
    """Four numbers and a way back; a window that cannot be drawn is refused with a sentence."""
    with st.popover("Window", key=page.key("window.form"), on_change="rerun", width="content") as form:
        if form.open:  # a first view does without what nobody sees
            _window_numbers(page, axes)


def _window_numbers(page: Page, axes: tuple[str, str]) -> None:
    framed = as_seen(page)
    seen = framed.window
    labels = [f"{axis} {way}" for axis in axes for way in ("from", "to")]
    with st.form(page.key("window.numbers")):
        texts = [
            st.text_input(
                label,
                f"{value:.6g}",
                key=page.key(f"window.{name}.{value}"),
                autocomplete="off",
                max_chars=60,
            )
            for name, label, value in zip(ENDS, labels, _bounds(seen), strict=True)
        ]
        equal = st.checkbox("equal scales", value=seen.equal)
        apply, reset = st.columns(2)
        if apply.form_submit_button("Apply"):
            numbers = [
                value if text == f"{value:.6g}" else constant(text)
                for text, value in zip(texts, _bounds(seen), strict=True)
            ]
            if sentence := judge(numbers):
                st.text(sentence)
            else:
                _set(page, framed, numbers, equal)
        if reset.form_submit_button("Reset"):
            _set(page, framed, list(_bounds(framed.home)), framed.home.equal)


def _set(page: Page, framed: Framed, numbers: list[float | None], equal: bool) -> None:
    left, right, bottom, top = (number or 0.0 for number in numbers)
    window = Window((left, right), (bottom, top), equal)
    st.session_state[page.key("window")] = replace(framed, window=window, turn=_next_turn(page), word="")
    st.rerun()


def constant(text: str) -> float | None:
    """A number as it is typed: 3, −0,5, 1e-3, pi/2, 1/3, sqrt(2); None for anything else."""
    plain = text.strip().replace("−", "-")
    decimal = _DECIMAL.fullmatch(plain)
    try:
        value = float(plain.replace(",", ".") if decimal else parse(plain, ("x",)).over(())())
    except ValueError:  # an ExpressionError, or a formula with x in it
        return None
    return value if math.isfinite(value) else None


def judge(numbers: Sequence[float | None]) -> str:
    """Why these limits (left, right, bottom, top) cannot be drawn; empty when they can."""
    farthest = (FARTHEST, FARTHEST, HUGE, HUGE)
    known = [n for n, most in zip(numbers, farthest, strict=True) if n is not None and abs(n) <= most]
    if len(known) < 4:
        return "Every limit must be a number, one of x up to a million million, such as −2, 1/3 or pi/2."
    left, right, bottom, top = known
    if right - left < max(1e-6, 1e-9 * max(abs(left), abs(right))):
        return f"The left end of x must lie left of the right end{NARROW if right > left else ''}."
    if top - bottom < 1e-9 * max(1.0, abs(bottom), abs(top)):
        return f"The lower end of y must lie below the upper end{NARROW if top > bottom else ''}."
    return ""
