"""Find the mistake: the riddles in their drawer, the lines as things to tap, the reasons, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st

from explorer.expression import parse
from explorer.figures.check.asked import FIRST, Asked, read_check
from explorer.figures.check.words import counterexample_words
from explorer.practice import MISTAKES
from explorer.presets import RIDDLES, Riddle
from explorer.ui.check_parts import (
    Judged,
    explain,
    first_wrong,
    named,
    put_lines,
    refused,
    remember,
    verdicts,
)
from explorer.ui.drawer import put_text
from explorer.ui.page import Page
from explorer.ui.said import say


@dataclass(frozen=True)
class Posed:
    """A formula and lines in which somebody is to find a mistake."""

    formula: str
    lines: tuple[str, ...]


@lru_cache(maxsize=64)
def riddle_of(f: str, lines: tuple[str, ...]) -> Riddle | None:
    """The course's riddle with this function and these lines."""
    for riddle in RIDDLES:
        if read_check(riddle.formula).text == f and riddle.lines == lines:
            return riddle
    return None


def riddle_for(mistake: str) -> Posed | None:
    """A derivation with a mistake: the course's first riddle about it, else its row's own example."""
    for riddle in RIDDLES:
        if riddle.mistake == mistake:
            return Posed(riddle.formula, riddle.lines)
    examples = (row.example for row in MISTAKES if row.name == mistake)
    return next((Posed(formula, (line,)) for formula, line in examples), None)


def in_riddle(page: Page) -> bool:
    """Whether verdicts are kept back: as the link asks, then as the learner chose."""
    key = page.key("riddle")
    if page.entered or key not in st.session_state:
        mistake = page.reading.text("mistake")
        riddle = page.reading.text("riddle") == "1" or bool(mistake and riddle_for(mistake))
        st.session_state[key] = riddle
        st.session_state[page.key("why")] = page.reading.text("why") == "1" and not riddle
        st.session_state.pop(page.key("choice"), None)
    return bool(st.session_state[key])


def riddle_drawer(page: Page) -> None:
    """The button "Find the mistake" and what it opens: the riddles, those missed marked."""
    missed = st.session_state.get(page.key("missed"), ())
    with st.popover(
        "Find the mistake", key=page.key("riddles"), on_change="rerun", width="content"
    ) as drawer:
        if not drawer.open:
            return
        st.caption("Tap the first line that is wrong, if there is one; then say why.")
        for k, riddle in enumerate(RIDDLES):
            again = "  (once more)" if k in missed else ""
            st.button(
                rf"$\displaystyle {named(read_check(riddle.formula))}${again}",
                key=page.key(f"riddles.{k}"),
                on_click=_pose,
                args=(page, k),
                width="stretch",
                type="tertiary",
            )


def _pose(page: Page, k: int) -> None:
    """Put a riddle into the boxes and keep the verdicts back."""
    riddle = RIDDLES[k]
    put_text(page.key("f"), riddle.formula)
    put_lines(page, riddle.lines)
    st.session_state[page.key("riddle")] = True
    st.session_state[page.key("riddles")] = False
    st.session_state[page.key("order")] = FIRST
    for name in ("choice", "reason", "asked"):
        st.session_state.pop(page.key(name), None)


def pose_riddle(page: Page, asked: Asked, lines: Sequence[Judged]) -> bool:
    """The lines as things to tap, then the reasons, then what went wrong; whether all has been said."""
    key = page.key("choice")
    wrong = first_wrong(lines)
    riddle = riddle_of(asked.of.text, tuple(one.text for one in lines))
    chosen = st.session_state.get(key)
    if chosen is None:
        st.text(f"Which line is the first that is not {asked.sign}? Perhaps none is wrong.")
        for k, one in enumerate(lines):
            if one.line.expression is None:
                refused(page, one)
                continue
            st.button(
                rf"$\displaystyle {one.line.expression.latex()}$",
                key=page.key(f"line.{k}"),
                on_click=_choose,
                args=(page, k, wrong),
                width="stretch",
            )
        st.button("All are right", key=page.key("line.none"), on_click=_choose, args=(page, -1, wrong))
        return False
    hit = chosen == (-1 if wrong is None else wrong)
    st.text("That is it." if hit else f"Not quite: {missed_words(chosen, wrong)}")
    if wrong is None or riddle is None:
        verdicts(page, asked, lines)
        _onward(page)
        return True
    return _reasons(page, lines[wrong], riddle)


def _reasons(page: Page, one: Judged, riddle: Riddle) -> bool:
    assert one.line.expression is not None
    assert one.found is not None
    st.latex(rf"\text{{✗}}\quad {one.line.expression.latex()}")
    key = page.key("reason")
    given = st.session_state.get(key)
    turn = 1 + RIDDLES.index(riddle) % 2
    if given is None:
        st.text("Why is it wrong?")
        for k in (*range(turn, 3), *range(turn)):
            st.button(
                f"Because {riddle.reasons[k]}.",
                key=page.key(f"reason.{k}"),
                on_click=_give,
                args=(page, k, RIDDLES.index(riddle)),
                width="stretch",
            )
        return False
    if given:
        say(f"No: {riddle.replies[given - 1]}.")
    say(f"{'The reason' if given else 'Yes'}: {riddle.reasons[0]}.")
    with st.container(key="told"):
        st.latex(rf"\text{{✓}}\quad {parse(riddle.right, one.asked.f.variables).latex()}")
        say(counterexample_words(one.found, one.asked.f.variables, one.asked.name))
        explain(one)
    _onward(page)
    return True


def missed_words(chosen: int, wrong: int | None) -> str:
    """What is said of a line that was chosen instead of the first wrong one; -1 says that there is none."""
    if wrong is None:
        return "every line is right."
    if chosen < 0:
        return f"line {wrong + 1} differs."
    if chosen < wrong:
        return f"line {chosen + 1} is right, line {wrong + 1} is the first that differs."
    return f"it went wrong before that, in line {wrong + 1}."


def _onward(page: Page) -> None:
    with st.container(horizontal=True):
        following = _following(page)
        if following is not None:
            st.button("Next", key=page.key("next"), on_click=_pose, args=(page, following), type="primary")
        st.button(
            "Check my own lines", key=page.key("own"), on_click=remember, args=(page.key("riddle"), False)
        )


def _following(page: Page) -> int | None:
    """The next riddle that has not been solved; missed ones come last."""
    solved = st.session_state.get(page.key("solved"), ())
    missed = st.session_state.get(page.key("missed"), ())
    fresh = [k for k in range(len(RIDDLES)) if k not in solved and k not in missed]
    return next(iter([*fresh, *missed]), None)


def _choose(page: Page, k: int, wrong: int | None) -> None:
    st.session_state[page.key("choice")] = k
    st.session_state[page.key("missed.line")] = k != (-1 if wrong is None else wrong)


def _give(page: Page, k: int, posed: int) -> None:
    """A reason is given: the riddle is solved where line and reason were right, else it comes back at the end."""
    st.session_state[page.key("reason")] = k
    missed = [i for i in st.session_state.get(page.key("missed"), ()) if i != posed]
    solved = {*st.session_state.get(page.key("solved"), ())}
    if k == 0 and not st.session_state.get(page.key("missed.line")):
        solved.add(posed)
    else:
        missed.append(posed)
    st.session_state[page.key("missed")] = missed
    st.session_state[page.key("solved")] = solved
