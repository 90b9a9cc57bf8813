"""The formula on the rules page: its parts as things to choose, the way back up, and the next part."""

from __future__ import annotations

from typing import Any

import streamlit as st

from explorer.expression import Expression, Mark, marked_mathml, part_at, text_of
from explorer.increments import Way, below, increment_of, path_of, read_way, walk, way_text
from explorer.scene.theme import PALETTE
from explorer.ui.live_figure import live_component
from explorer.ui.page import Page

MOST_CHIPS = 8
"""So many parts have buttons besides; all can be chosen in the formula."""


def chosen_part(page: Page, f: Expression) -> Way:
    """The part that the link names, then the one that was chosen; the whole where that does not exist."""
    key = page.key("part")
    if page.entered or key not in st.session_state:
        linked = page.reading.text("part")
        way = read_way(f.root, linked)
        st.session_state[key] = (f.text, way or ())
        st.session_state[page.key("part.refused")] = linked if way is None else ""
    text, way = st.session_state[key]
    if text != f.text:
        st.session_state[page.key("part.refused")] = ""
        st.session_state[key] = (f.text, ())
        return ()
    return tuple(way)


def formula_parts(page: Page, f: Expression, way: Way) -> None:
    """The typeset formula; a part that is chosen in it is shown by the next run."""
    refused = st.session_state.get(page.key("part.refused"))
    with st.container():  # stands even when it is empty, so that the formula keeps its place
        if refused:
            st.text("The link names a part that this formula does not have: here is the whole.")
    turn = st.session_state.get(page.key("turn"), 0)
    live_component()(
        key=page.key("parts"),
        data={"parts": described(f, way, turn, finished(page, f))},
        on_part_change=lambda: _choose(page, f),
    )


def finished(page: Page, f: Expression) -> bool:
    """Whether the learner has come to the end of the parts of this formula."""
    return st.session_state.get(page.key("finished")) == f.text


def _choose(page: Page, f: Expression) -> None:
    """Take what the browser says, as far as it is a part of this formula."""
    said = st.session_state.get(page.key("parts"), {}).get("part")
    part = said.get("part") if hasattr(said, "get") else None
    way = read_way(f.root, part) if isinstance(part, str) and part != "end" else None
    if part == "end":
        st.session_state[page.key("finished")] = f.text
        way = ()
    if way is not None:
        st.session_state[page.key("part")] = (f.text, way)
        st.session_state[page.key("part.refused")] = ""
        st.session_state[page.key("turn")] = st.session_state.get(page.key("turn"), 0) + 1


def described(f: Expression, way: Way, turn: int, at_the_end: bool = False) -> dict[str, Any]:
    """Everything that the browser shows: plain strings, and MathML printed by our own tree.

    At the end of the walk the whole derivative takes the place of the crumbs, which there say nothing.
    """
    ways = _all_ways(f)
    marked = {path_of(f.root, one): Mark(part=way_text(one)) for one in ways}
    tour = walk(f.root)
    here = tour.index(way) if way in tour else -1
    onward = tour[here + 1] if here + 1 < len(tour) else None
    parent, children = way[:-1] if way else None, _children(f, way)
    siblings = _children(f, way[:-1]) if way else []
    place = siblings.index(way) if way in siblings else 0
    keys = {
        "whole": "",
        "up": None if parent is None else way_text(parent),
        "down": way_text(children[0]) if children else None,
        "before": way_text(siblings[place - 1]) if place > 0 else None,
        "after": way_text(siblings[place + 1]) if place + 1 < len(siblings) else None,
        "next": "end" if onward is None else way_text(onward),
    }
    part = part_at(f.root, path_of(f.root, way))
    return {
        "palette": {theme: dict(colours) for theme, colours in PALETTE.items()},
        "turn": turn,
        "mathml": marked_mathml(f.root, marked),
        "part": way_text(way),
        "label": f"{text_of(part)}: {increment_of(part).rule}. Arrow keys choose a part, Enter the next one.",
        "derivative": f.derivative().derivative_mathml() if at_the_end and not way else None,
        "crumbs": [_leading(f, way[:k], here=k == len(way)) for k in range(len(way) + 1)],
        "below": [_leading(f, child) for child in children[:MOST_CHIPS]],
        "next": {
            "part": keys["next"],
            "says": "The whole derivative" if onward is None else f"Next part ({here + 2} of {len(tour)})",
        },
        "keys": keys,
    }


def _leading(f: Expression, way: Way, here: bool = False) -> dict[str, object]:
    node = part_at(f.root, path_of(f.root, way))
    return {
        "part": way_text(way),
        "mathml": marked_mathml(node, {}),
        "says": f"the whole, {text_of(node)}" if not way else f"the part {text_of(node)}",
        "here": here,
    }


def _children(f: Expression, way: Way) -> list[Way]:
    return [(*way, k + 1) for k in range(len(below(part_at(f.root, path_of(f.root, way)))))]


def _all_ways(f: Expression) -> list[Way]:
    found: list[Way] = [()]
    for way in found:  # grows by the parts of what it has come to
        found.extend(_children(f, way))
    return found
