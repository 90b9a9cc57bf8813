"""The chain page's own parts: how the sweep is walked, and the table to take along."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

import streamlit as st

from explorer.expression import Expression
from explorer.figures.chain.scene import MOST_BOXES, boxes_of, sweep_csv
from explorer.figures.chain.silent import silent_words
from explorer.figures.chain.walk import Kind
from explorer.presets import CHAIN_LETTERS
from explorer.ui.page import Page
from explorer.ui.release import Release

KINDS: dict[str, str] = {"backward": "Backward", "forward": "Forward", "nudge": "Nudge"}


@dataclass(frozen=True)
class Chosen:
    """How the sweep is walked: which way, by which letter, over a graph whose equal parts are shared or not."""

    kind: Kind
    by: str
    share: bool


def sweep_form(page: Page, f: Expression) -> Chosen:
    """The button that says which sweep it is, and what it opens."""
    kind, by, share = (page.key(name) for name in ("sweep", "by", "share"))
    if page.entered:
        st.session_state[kind] = page.reading.text("sweep")
        st.session_state[share] = page.reading.text("share") == "1"
        st.session_state[by] = page.reading.text("by")
    if st.session_state[by] not in f.variables:
        st.session_state[by] = f.variables[0]
    with st.popover("Sweep", key=page.key("sweep.form"), width="content"):
        st.segmented_control(
            "Which way", tuple(KINDS), format_func=KINDS.__getitem__, required=True, key=kind
        )
        st.caption(
            "Backward, one sweep gives the slopes by all letters. Forward, each letter needs a sweep of its own. "
            "Nudge a letter, and see what each box really makes of it."
        )
        if st.session_state[kind] != "backward" and len(f.variables) > 1:
            st.segmented_control("By which letter", f.variables, required=True, key=by)
        st.toggle("Equal parts are one box", key=share)
    return Chosen(cast(Kind, st.session_state[kind]), st.session_state[by], st.session_state[share])


def drawn_shared(f: Expression, chosen: Chosen) -> Chosen:
    """What can be drawn of it: a tree of too many boxes only with its equal parts as one, which is said."""
    with st.container():  # stands even when it is empty, so that the figure keeps its place
        if chosen.share or (boxes := boxes_of(f, share=False)) <= MOST_BOXES:
            return chosen
        st.text(
            f"As typed the formula makes {boxes} boxes, and the page draws {MOST_BOXES} at most: "
            "equal parts are one box."
        )
    return replace(chosen, share=True)


def left_out(page: Page, f: Expression) -> None:
    """Says of what a link asks for letters that its formula does not have."""
    given = [name for name in CHAIN_LETTERS if name in page.reading.given]
    by = page.reading.text("by")
    with st.container():  # stands even when it is empty, so that the figure keeps its place
        for name in dict.fromkeys((*given, *filter(None, [by]))):
            if name not in f.variables:
                st.text(f"This formula has no {name}: what the link says of it was left out.")


def silent_slopes(f: Expression, release: Release, last: float) -> None:
    """What the sweep's rules do not say of the slopes, once it has been walked to its last step."""
    point = {name: release.controls[name] for name in f.variables}
    with st.container():  # stands even when it is empty, so that what follows keeps its place
        if release.controls["step"] >= last:
            for sentence in silent_words(f, point):
                st.text(sentence)


def take_along(page: Page, f: Expression, chosen: Chosen, release: Release) -> None:
    """The table of the whole sweep as it stands, for a spreadsheet."""
    point = {name: release.controls[name] for name in f.variables}
    st.download_button(
        "Download the sweep as CSV",
        sweep_csv(f, point, chosen.share),
        "sweep.csv",
        "text/csv",
        on_click="ignore",
        key=page.key("csv"),
    )
