"""Where point and increment stand on the rules page, from part to part, and which axes hold the picture there."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from explorer.expression import Expression
from explorer.figures.limit.quotient import SMALLEST, largest_h
from explorer.figures.rules.scene import Shown, Stand, rules_scene, window_for
from explorer.increments import Way
from explorer.scene.scene import Scene
from explorer.ui.live_figure import last_message
from explorer.ui.page import Page
from explorer.ui.release import judged


@dataclass(frozen=True)
class Standing:
    """Of which part, where the controls began, what the axes were made for, and where the controls are now."""

    formula: str
    way: Way
    first: Stand
    framed: Stand
    last: Stand


def standing_scene(page: Page, part: Shown, usual: Stand, fresh: bool) -> Scene:
    """The scene of a part, which begins where the last part's controls were left; at `usual` for a `fresh` formula.

    The axes of the rule's picture are chosen anew after a release that left the picture.
    """
    key = page.key("standing")
    known: Standing | None = st.session_state.get(key)
    before = None if page.entered else known
    standing = _standing(page, part, usual, before, fresh)
    scene = rules_scene(part.f, part.way, part.window, standing.first, standing.framed)
    standing = replace(standing, last=_released(page, scene, standing.last))
    if not part.fits(standing.framed, standing.last):
        standing = replace(standing, framed=standing.last)
        scene = rules_scene(part.f, part.way, part.window, standing.first, standing.framed)
    st.session_state[key] = standing
    return scene


def _standing(page: Page, part: Shown, usual: Stand, before: Standing | None, fresh: bool) -> Standing:
    text = part.f.text
    if before is not None and (before.formula, before.way) == (text, part.way):
        return before
    if before is None:
        first = _within(part, page.reading.number("x0"), page.reading.number("h"), usual)
    elif before.formula == text:
        first = _within(part, before.last.x0, before.last.h, usual)
    elif not fresh:
        # Another function may have no value where the last one stood: nothing could grow from there.
        valued = bool(np.isfinite(part.f(before.last.x0)))
        first = _within(part, before.last.x0 if valued else None, before.last.h, usual)
    else:
        first = usual
    return Standing(text, part.way, first, first, first)


def _within(part: Shown, x0: float | None, h: float | None, usual: Stand) -> Stand:
    """What is wanted as far as the controls can take it."""
    low, high = part.window.x
    largest = largest_h(part.window)
    return Stand(
        x0 if x0 is not None and low <= x0 <= high else usual.x0,
        h if h is not None and SMALLEST <= abs(h) <= largest else usual.h,
    )


def _released(page: Page, scene: Scene, last: Stand) -> Stand:
    """Where the learner let go of this scene, or as it stood before."""
    controls = judged(last_message(page), scene).release.controls
    return Stand(controls.get("x0", last.x0), controls.get("h", last.h))


def linked_places(page: Page, f: Expression) -> tuple[float, ...]:
    """Where the link that was followed wants the two points to be, as long as its formula is shown.

    A step that is too long even for the picture that reaches so far is refused, and makes it no wider.
    """
    key = page.key("linked.formula")
    if page.entered:
        st.session_state[key] = f.text
    x0, h = page.reading.number("x0"), page.reading.number("h")
    if x0 is None or st.session_state.get(key) != f.text:
        return ()
    if h is None or abs(h) > largest_h(window_for(f, (x0, x0 + h))):
        return (x0,)
    return (x0, x0 + h)
