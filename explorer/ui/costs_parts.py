"""The costs page's own parts: its tabs, the houses that are typed or chosen, and derivations side by side."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import streamlit as st

from explorer.code import Houses
from explorer.expression import Expression, Step, parse
from explorer.figures.costs.houses import FIRST, houses_scene
from explorer.figures.costs.products_words import NOWHERE
from explorer.figures.costs.questions import asked_of
from explorer.figures.thumbnail import thumbnail
from explorer.numeric.costs import COSTS, PlacesError, house_names, read_places
from explorer.numeric.logarithm import logarithm_of
from explorer.presets import HOUSES
from explorer.scene.scene import Scene
from explorer.ui.drawer import Card, examples_drawer
from explorer.ui.formulas import coloured
from explorer.ui.live_figure import stood
from explorer.ui.own_box import put_button
from explorer.ui.page import Page
from explorer.ui.release import Release
from explorer.ui.tabs import tabs

TABS = {"square": "Houses", "log": "Coins", "product": "Own product"}


@dataclass(frozen=True)
class Chosen:
    """Where the houses stand first, and the hub where a link says so."""

    places: tuple[float, ...]
    hub: float | None


def tab_switch(page: Page) -> None:
    """The switch itself, in the row under the menu."""
    with st.container(key="formula", horizontal=True, vertical_alignment="center", gap="small"):
        tabs(page, TABS)


def houses_row(page: Page) -> Chosen:
    """The row under the menu: the tabs, houses to type, Examples; and the houses with which the figure begins."""
    key = page.key("places")
    refused = ""
    if page.entered or key not in st.session_state:
        linked = page.reading.text("points")
        try:
            if "points" in page.reading.given:
                read_places(linked)
        except PlacesError as error:
            refused, linked = f"{error} The link's houses were left out.", ""
        st.session_state[key] = linked or ",".join(f"{place:g}" for place in FIRST)
        st.session_state[page.key("hub")] = page.reading.number("x") if page.entered else None
    with st.container(key="formula", horizontal=True, vertical_alignment="center", gap="small"):
        tabs(page, TABS)
        with st.container(key="houses-tools", horizontal=True, gap="small", width="content"):
            _typed(page, key)
            cards = [
                Card(
                    partial(thumbnail, houses.formula, ("x",)),
                    f"The sum of squares for houses at {houses.text}",
                    houses.title,
                    houses.look_for,
                    {key: houses.text, page.key("hub"): ""},
                )
                for houses in HOUSES
            ]
            examples_drawer(page.key("examples"), cards)
    with st.container():
        if refused:
            st.text(refused)
    hub = st.session_state.get(page.key("hub"))
    return Chosen(read_places(st.session_state[key]), hub if isinstance(hub, float) else None)


def _typed(page: Page, key: str) -> None:
    """Houses to type: the box opens with those that stand now."""
    with st.popover("Type houses", key=page.key("typing"), on_change="rerun", width="content") as box:
        if not box.open:
            return
        memory = st.session_state.get(page.key("memory"), {})
        st.text_input(
            "Houses at",
            value=str(memory.get("points") or st.session_state[key]),
            key=page.key("typed"),
            placeholder="1, 2, 6",
            autocomplete="off",
        )
        put_button(page.key("typed"), _judge, partial(_put, page, key), "houses")


def _judge(text: str) -> str:
    read_places(text)
    return ""


def _put(page: Page, key: str, text: str) -> None:
    """The houses become these, and the box shuts."""
    st.session_state[key] = text
    st.session_state[page.key("hub")] = None
    st.session_state[page.key("typing")] = False


def scene_of(page: Page, chosen: Chosen) -> Scene:
    """The scene of the houses, with questions about them as they stand."""
    scene = houses_scene(chosen.places, chosen.hub)
    release = stood(page, scene)
    return scene if release is None else asked_of(scene, places_of(release))


def places_of(release: Release) -> list[float]:
    """Where the houses stand in the figure."""
    standing = release.controls
    return [standing[name] for name in house_names()[: int(standing["houses"])]]


def houses_of(release: Release) -> Houses:
    """The houses and the hub as they stand in the figure."""
    standing = release.controls
    return Houses(places_of(release), standing["x"], _cost_of(release), standing["delta"])


def _cost_of(release: Release) -> str:
    return next(name for name in COSTS if release.toggles.get(name))


def house_formulas(release: Release) -> None:
    """The total and its slope, for the cost that is chosen."""
    left, right = st.columns(2, gap="large")
    total, slope = FORMULAS[_cost_of(release)]
    left.latex(coloured(total, "f_text"))
    right.latex(coloured(slope, "slope_text"))


FORMULAS = {
    "square": (
        r"C(x) = \sum_{i=1}^{N} (x - a_i)^2",
        r"\begin{aligned} C'(x) &= 2 \sum_{i=1}^{N} (x - a_i) \\ &= 0 \text{ at } x = \frac{1}{N} \sum_{i=1}^{N} a_i "
        r"\end{aligned}",
    ),
    "absolute": (
        r"C(x) = \sum_{i=1}^{N} |x - a_i|",
        r"\begin{aligned} C'(x) &= \#\{a_i < x\} - \#\{a_i > x\}, \\ &\text{none at a house} \end{aligned}",
    ),
    "huber": (
        r"\begin{aligned} C(x) &= \sum_{i=1}^{N} h(x - a_i) \\ h(d) &= \begin{cases} \frac12 d^2 & |d| \le \delta \\ "
        r"\delta \left(|d| - \frac{\delta}{2}\right) & \text{else} \end{cases} \end{aligned}",
        r"\begin{aligned} C'(x) &= \sum_{i=1}^{N} h'(x - a_i) \\ h'(d) &= \max(-\delta, \min(d, \delta)) \end{aligned}",
    ),
}
"""The total cost and its slope, in lines that a phone can hold."""


def coin_formulas(heads: int, tails: int) -> None:
    """How both slopes are found for so many heads and tails."""
    powers = [("p", heads), ("(1-p)", tails)]
    factors = [base if count == 1 else f"{base}^{count}" for base, count in powers if count > 0]
    both_derivations(parse("*".join(factors) or "1", ("p",)))


def both_derivations(g: Expression) -> None:
    """The slope of g by the rule for products, and that of ln g by the rule for sums, step by step."""
    logarithm = logarithm_of(g)
    left, right = st.columns(2, gap="large")
    with left:
        st.latex(coloured(f"g(p) = {g.latex()}", "f_text"))
        st.latex(coloured(f"g'(p) = {g.derivative('p').derivative_latex()}", "slope_text"))
    with right:
        if logarithm.exists:
            where = r" \quad \text{where } g(p) > 0" if logarithm.sized else ""
            st.latex(coloured(rf"\ln g(p) = {logarithm.sum.latex()}{where}", "f_text"))
            st.latex(coloured(rf"(\ln g)'(p) = {logarithm.slope.derivative_latex()}{where}", "slope_text"))
        else:
            st.text(NOWHERE)
    with st.expander("Both slopes, step by step", key="costs.steps", on_change="rerun") as steps:
        if not steps.open:
            return
        left, right = st.columns(2, gap="large")
        with left:
            st.markdown("**The product's way**")
            _steps(g.steps("p"))
        if logarithm.exists:
            with right:
                st.markdown("**The logarithm's way**")
                _steps(logarithm.sum.steps("p"))


def _steps(steps: tuple[Step, ...]) -> None:
    for step in steps:
        st.markdown(f"**{step.rule}**")
        st.latex(step.latex(primes=True))
