"""The check page's own parts: the learner's lines with their verdicts, what went wrong, and find the mistake."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, pairwise
from math import isfinite
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.expression import (
    MAX_CHARACTERS,
    Expression,
    ExpressionError,
    Line,
    parse,
    part_at,
    read_lines,
    spans_of,
)
from explorer.figures.check.asked import FIRST, SECOND, Asked, asked_of, choices_of
from explorer.figures.check.words import (
    bracketed_words,
    counterexample_words,
    diagnosis_words,
    exponent_words,
    not_compared,
    place_of,
    place_words,
    rewritten_words,
    right_words,
)
from explorer.increments import way_of_path, way_text
from explorer.numeric import place_text
from explorer.practice import Diagnosis, Placed, bracketed, diagnose, exponents_bracketed, rewritten
from explorer.symbolic import Verdict, VerdictKind, Verification, request
from explorer.ui.drawer import put_text
from explorer.ui.formulas import answered, session_name
from explorer.ui.late import all_there
from explorer.ui.page import Page
from explorer.ui.said import say
from explorer.ui.understood import offer

OPENING = "2x cos(3x)"
DOUBTS = {
    VerdictKind.REFUTED: ("?", "no difference found by numbers"),
    VerdictKind.CLOSE: ("≈", "very close, but not the same"),
}
"""What is said of a last line that numbers find right, and SymPy does not."""
SHOWN = 36
MOST_LINES = 8
"""So many boxes there are at most."""
LONGEST_LINES = MOST_LINES * (2 * MAX_CHARACTERS + 1)
"""Characters of a link's lines: as many formulas as there are boxes, with as much again in front of each."""

judged, stepped = lru_cache(maxsize=512)(diagnose), lru_cache(maxsize=128)(rewritten)


@dataclass(frozen=True)
class Judged:
    """A line of the learner's, as it was typed in which row, and what is known of it where it can be read.

    `asked` is what it was compared with. `itself`: it says y = and what was typed as the function. `before` is the
    line above a wrong one, if that is right.
    """

    line: Line
    row: int
    text: str
    found: Diagnosis | None
    asked: Asked
    itself: bool = False
    before: Expression | None = None


def choose_order(page: Page, f: Expression) -> Asked:
    """The switch that says which derivative the lines are about."""
    key, choices = page.key("order"), choices_of(f)
    if page.entered:
        linked = page.reading.text("by") if len(f.variables) > 1 else page.reading.text("order")
        st.session_state[key] = linked
    if st.session_state.get(key) not in choices:
        st.session_state[key] = asked_of(f, "").by if len(f.variables) > 1 else FIRST
    chosen = st.segmented_control(
        "Lines for",
        tuple(choices),
        format_func=choices.__getitem__,
        required=True,
        key=key,
        on_change=page.settle,
        args=("order", "by"),
        label_visibility="collapsed",
    )
    return asked_of(f, str(chosen))


def address_of(
    page: Page, asked: Asked, riddle: bool, text: str, lines: Sequence[Judged]
) -> dict[str, str | None]:
    """What the link says besides the function; a riddle's never says what went wrong."""
    wrong = first_wrong(lines)
    why = not riddle and wrong is not None and _is_told(page, lines[wrong])
    usual = asked_of(asked.f, FIRST)
    return {
        "lines": ";".join(linked_lines(text)),
        "riddle": "1" if riddle else None,
        "order": SECOND if asked.second else None,
        "by": asked.by if asked.by != usual.by else None,
        "why": "1" if why else None,
    }


def line_boxes(page: Page, asked: Asked, default: Sequence[str]) -> tuple[str, tuple[DeltaGenerator, ...]]:
    """A box for each of the learner's lines and one more; what stands in them, a line each, and a place for each mark.

    The lines of a link are divided by semicolons.
    """
    memory = page.key("lines")
    if page.entered or memory not in st.session_state:
        written = _lines_in(page.reading.text("lines"))
        st.session_state[page.key("lines.cut")] = len(written) > MOST_LINES
        first = written[:MOST_LINES] or list(default)
        st.session_state[memory] = len(first)
        for k in range(MOST_LINES):
            st.session_state[f"{page.key(f'lines.{k}')}.first"] = first[k] if k < len(first) else ""
    texts: list[str] = []
    marks: list[DeltaGenerator] = []
    for k in range(min(st.session_state[memory] + 1, MOST_LINES)):
        key = page.key(f"lines.{k}")
        row = st.container(key=f"line-{k}")
        text = row.text_input(
            f"Line {k + 1}",
            value=st.session_state[f"{key}.first"],
            key=key,
            live="300ms",
            label_visibility="collapsed",
            placeholder="= …" if k else f"{asked.sign} = …",
            autocomplete="off",
        )
        texts.append(text or "")
        marks.append(row.container(key=f"mark-{k}"))
    if st.session_state.get(page.key("lines.cut")):
        st.caption(f"There is room for {MOST_LINES} lines: those that follow in the link were left out.")
    text = "\n".join(texts)
    kept, of = len(linked_lines(text)), len(_lines_in(text))
    if kept < of:
        held = f"at most {MOST_LINES} of them, and {LONGEST_LINES:,} characters in all"
        st.caption(
            f"Only the first {kept} of these {of} lines are kept when the page is loaded again: a link holds {held}."
        )
    filled = max((k + 1 for k, text in enumerate(texts) if text.strip()), default=0)
    if filled + 1 > len(texts) and filled < MOST_LINES:
        st.session_state[memory] = filled
        st.rerun()
    return text, tuple(marks)


def _lines_in(text: str) -> list[str]:
    """The lines of boxes or of a link, as they were typed."""
    return [line.strip() for line in text.replace("\n", ";").split(";") if line.strip()]


def linked_lines(text: str) -> list[str]:
    """Those lines that the link holds: as many from above as fit in whole."""
    lines = _lines_in(text)[:MOST_LINES]
    return [
        line
        for line, end in zip(lines, accumulate(map(len, lines)), strict=True)
        if end + MOST_LINES <= LONGEST_LINES
    ]


def put_lines(page: Page, lines: Sequence[str]) -> None:
    """Put lines into the boxes."""
    for k in range(MOST_LINES):
        put_text(page.key(f"lines.{k}"), lines[k] if k < len(lines) else "")
    st.session_state[page.key("lines")] = len(lines)


def judged_lines(asked: Asked, text: str, also: tuple[float, ...] = ()) -> tuple[Judged, ...]:
    """Every line against the derivative that is asked for; `also` is a place at which a learner stands."""
    lines = [_judged(asked, line, text, also) for line in read_lines(text, asked.f.variables)]
    for k, (above, one) in enumerate(pairwise(lines), 1):
        if (
            above.found
            and one.found
            and above.found.right
            and not one.found.right
            and above.asked == one.asked
        ):
            lines[k] = replace(one, before=None if above.itself else above.line.expression)
    return tuple(lines)


def _judged(asked: Asked, line: Line, text: str, also: tuple[float, ...]) -> Judged:
    """A line against what its name says that it is, or else what is asked for."""
    own, row, typed = asked.named(line.name), text.count("\n", 0, line.start), line.text_in(text)
    if own is None and line.expression is not None:
        refusal = ExpressionError(not_compared(asked.f), line.start)
        line = replace(line, expression=None, refusal=refusal)
    if line.expression is None or own is None:
        return Judged(line, row, typed, None, asked)
    found = judged(asked.f, line.expression, own.by, 2 if own.second else 1, also)
    called = line.name is not None and line.name.order == 0
    if called and not found.right and line.expression.root == asked.f.root:
        return Judged(line, row, typed, Diagnosis(True), own, itself=True)
    return Judged(line, row, typed, found, own)


def presented(f: Expression) -> None:
    """The function above its lines where they fill the screen: the formula box is not to be seen there."""
    with st.container(key="presented"):
        st.latex(named(f))


def first_wrong(lines: Sequence[Judged]) -> int | None:
    """The number of the first line that is not the derivative."""
    known = (k for k, one in enumerate(lines) if one.found and not one.found.right and not one.found.nowhere)
    return next(known, None)


def verdicts(page: Page, asked: Asked, lines: Sequence[Judged], marks: Sequence[DeltaGenerator] = ()) -> None:
    """Each line with ✓ or ✗, in its box too where there are `marks`.

    Below the first wrong one stands where it shows, and what went wrong when asked.
    """
    wrong = first_wrong(lines)
    if st.session_state.pop(page.key("why"), False) and wrong is not None:
        remember(page.key("asked"), _about(lines[wrong]))
    verdict = _second_program(page, asked, lines)
    doubt = DOUBTS.get(verdict.kind) if isinstance(verdict, Verdict) else None
    for k, one in enumerate(lines):
        if one.found is None:
            refused(page, one)
            continue
        if one.found.nowhere:
            sign = "–", "nothing to compare"
        elif one.found.right:
            sign = doubt if doubt and one is lines[-1] else sign_of(asked, one)
        else:
            sign = "✗", "the first line that differs" if k == wrong else "differs as well"
        if marks:
            marks[one.row].markdown(f"**{sign[0]}**")
        _verdict(one, k, sign)
        if k == wrong:
            with st.container(key="fails", horizontal=True, vertical_alignment="center", gap="small"):
                say(counterexample_words(one.found, asked.f.variables, one.asked.name))
                told = _is_told(page, one)
                if not told:
                    _what_went_wrong(page, one)
            if told:
                with st.container(key="told"):
                    explain(one)
    if lines and all(_is_right(asked, one) for one in lines):
        if not doubt and not any(right_words(one.found, asked.title) for one in lines if one.found):
            st.text(f"Every line is {asked.title}." if len(lines) > 1 else f"This is {asked.title}.")
        with st.container():  # stands even when it is empty, so that what follows keeps its place
            if verdict is not None:
                st.caption(verdict.sentence)


def sign_of(asked: Asked, one: Judged) -> tuple[str, str]:
    """What is said of a true line: right, or what it is instead of what is asked for."""
    own = "f" if one.itself else one.asked.sign
    return "✓", "right" if _is_right(asked, one) else f"this is {own}; asked is {asked.sign}"


def _is_right(asked: Asked, one: Judged) -> bool:
    """Whether a line is what is asked for, and not another true one."""
    return one.found is not None and one.found.right and not one.itself and one.asked == asked


def _verdict(one: Judged, k: int, sign: tuple[str, str]) -> None:
    assert one.line.expression is not None
    assert one.found is not None
    with st.container(key=f"verdict-{k}", horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(key=f"judged-{k}", horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{sign[0]}**", width="content")
            st.latex(one.line.expression.latex(), width="content")
        st.caption(sign[1], width="content")
    said = right_words(one.found, one.asked.title) if one.found.right else ""
    if one.found.nowhere:
        said = counterexample_words(one.found)
    # How a line is read that is not right; where another reading would be, that one alone is told.
    remarks = () if one.found.right else (_otherwise(one) or one.line.expression.remarks)
    if said or remarks:
        st.caption(" ".join([*remarks, *filter(None, [said])]))


def _second_program(page: Page, asked: Asked, lines: Sequence[Judged]) -> Any:
    """What SymPy says of the last line where our own numbers have found all right, when it is there."""
    last = lines[-1].line.expression if lines and _is_right(asked, lines[-1]) else None
    if last is None or not all(one.found and one.found.right for one in lines):
        return None
    ticket = request(Verification(asked.of, last, (asked.by,)), session_name())
    all_there(page, (ticket,))
    return answered(ticket)


def refused(page: Page, one: Judged) -> None:
    """The line with a caret under its mistake, one sentence, and the mend where there is an obvious one."""
    error = one.line.refusal
    assert error is not None
    place = error.position - one.line.start
    start = max(0, min(place - SHOWN // 2, len(one.text) - SHOWN))
    shown = "".join(c if c.isprintable() else "·" for c in one.text[start : start + SHOWN])
    st.code(f"{shown or ' '}\n{' ' * (place - start)}^", language=None)
    st.text(error.message)
    if error.suggestion is not None:
        mended = error.suggestion.split("\n")
        offer(mended[one.row], page.key(f"lines.{one.row}"))


def _otherwise(one: Judged) -> tuple[str, ...]:
    """How a wrong line is read, where it would be right if what follows an exponent belonged to it."""
    typed = one.line.expression
    for meant, read, longer in exponents_bracketed(typed) if typed else ():
        if _would_be_right(one, meant):
            return (exponent_words(one.text, read, longer),)
    return ()


def _would_be_right(one: Judged, meant: Expression) -> bool:
    return judged(one.asked.f, meant, one.asked.by, 2 if one.asked.second else 1).right


def _what_went_wrong(page: Page, one: Judged) -> None:
    """What is tapped for the diagnosis; another line asks for another tap."""
    tapped = page.key("asked"), _about(one)
    st.button("What went wrong?", key=page.key("ask"), on_click=remember, args=tapped, type="primary")


def _about(one: Judged) -> tuple[str, str, str]:
    return one.asked.of.text, one.asked.by, one.text


def _is_told(page: Page, one: Judged) -> bool:
    """Whether somebody has asked what went wrong in this line."""
    return st.session_state.get(page.key("asked")) == _about(one)


def explain(one: Judged) -> None:
    """What went wrong in words, with each place marked in the formula and the right derivative of that part.

    Where brackets under a bar mend all, that is said. Below a right line what went wrong is a step from there.
    """
    asked, found, typed = one.asked, one.found, one.line.expression
    assert found is not None
    meant = bracketed(typed) if typed else None
    if typed and meant and _would_be_right(one, meant):
        say(bracketed_words(typed, meant))
        return
    if _otherwise(one):
        say("With these brackets the line is right: nothing else went wrong.")
        return
    if one.before is not None and typed:
        for sentence, place in rewritten_words(stepped(one.before, typed), found):
            say(sentence)
            if place is not None:
                st.code(place_words(one.before, place), language=None)
        return
    sign = "'" if not asked.held else rf"_{{\!{asked.by}}}'"
    for sentence, places in diagnosis_words(found):
        say(sentence)
        for placed in places:
            st.code(place_words(asked.of, placed.place), language=None)
            st.latex(rf"\left({placed.part.latex()}\right){sign} = {placed.derivative.derivative_latex()}")
            _to_its_rule(asked, placed, dict(place_of(found, asked.f.variables)))


def _to_its_rule(asked: Asked, placed: Placed, place: Mapping[str, float]) -> None:
    """Leads to the part on the rules page, in the formula that was derived; held letters stand still there."""
    held = _held(asked, place)
    in_x = {name: Expression.number(value) for name, value in held.items()} | {
        asked.by: Expression.variable("x")
    }
    shown = asked.of.substitute(in_x, ("x",))
    if not _readable(shown.text):
        return
    paths = [path for path, span in spans_of(asked.of.root).items() if span == placed.place]
    at = paths[0] if paths else ()
    ways = (at[:n] for n in range(len(at), -1, -1))  # the rule of 3x where its 3 was lost
    path = next((way for way in ways if part_at(asked.of.root, way) == placed.part.root), at)
    part = way_text(way_of_path(shown.root, path))
    words = "".join(f", {name} held at {place_text(value)}" for name, value in held.items())
    st.page_link(
        "pages/rules.py",
        label=f"See the rule of this part as a picture{words}",
        query_params={"f": shown.text} | ({"part": part} if part else {}),
        icon=":material/arrow_forward:",
    )


def _held(asked: Asked, place: Mapping[str, float]) -> dict[str, float]:
    """Where the held letters stand in that picture: where the line fails, but not at 0 where 1 does as well.

    At 0 a held factor leaves nothing of what it stands at: e^(x·0) has no slope inside to be seen.
    """
    held = {name: round(place.get(name, 1.0), 2) for name in asked.held}
    moved = {name: value or 1.0 for name, value in held.items()}
    at = {asked.by: 1.0, **place, **moved}
    known = isfinite(asked.true(*(at[name] for name in asked.f.variables)))
    return moved if known else held


def _readable(text: str) -> bool:
    """Whether a formula that we have printed can be typed too: a derivative may be too long for that."""
    try:
        parse(text)
    except ExpressionError:
        return False
    return True


def remember(key: str, value: object) -> None:
    """What a tap leaves behind."""
    st.session_state[key] = value


def named(f: Expression) -> str:
    """The formula with its name, as LaTeX."""
    return f"f({', '.join(f.variables)}) = {f.latex()}"
