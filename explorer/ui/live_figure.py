"""Mounts the live figure: a scene goes in, one message comes back when the learner lets go."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any
from unicodedata import normalize

import streamlit as st

from explorer.figures.arrival import Arrival
from explorer.scene.scene import Control, Scene, still_figure
from explorer.ui.page import Page
from explorer.ui.parameters import Reading, Value
from explorer.ui.release import Release, judged, why_not
from explorer.ui.static_files import scripts

_LOADER = """
const here = (path) => new URL("app/static/" + path, document.baseURI).href;
const script = import(here("{live}"));
if (!window.Plotly) {{
  const early = {{ rel: "preload", as: "script", href: here("{plotly}") }};
  document.head.append(Object.assign(document.createElement("link"), early));
}}
export default async function (component) {{
  const {{ mount }} = await script;
  return mount(component);
}}
"""


@lru_cache(maxsize=1)
def live_component() -> Any:
    """The component that shows a scene, or a formula whose parts are chosen."""
    loader = _LOADER.format(live=scripts().live, plotly=scripts().plotly)
    return st.components.v2.component("live_figure", js=loader, isolate_styles=False)


def live_figure(
    page: Page,
    scene: Scene,
    *,
    keep: bool | Collection[str] = True,
    name: str = "figure",
    turn: int = 0,
    arrive: Callable[[Mapping[str, float]], Arrival] = Arrival,
) -> Release:
    """Show `scene` and return what stands; with `keep` a new scene's controls stay where the last one's were.

    `keep` may name the controls and switches that stay, while the others begin anew; `arrive` finds where they can.

    Each tab of a page keeps what stood in it, and is found that way by who comes back to it.
    A page's second figure has a `name` of its own and a scene that is not `main`. The window that a scene frames stays
    as the learner moved it until another `turn` comes.
    The start of a scene is frozen when it is first shown: releases leave the data as it is, so nothing is
    sent to the browser again while the learner explores.
    """
    standing_as = _standing_as(page, scene, name)
    identity, start = st.session_state.get(page.key(f"{name}.start"), (None, {}))
    if identity != scene.id:
        former, held = st.session_state.get(standing_as, ("", Release()))
        returning = former == scene.id
        stays = returning or keep
        arrival = Arrival(held.controls) if returning else arrive(held.controls)
        start = (
            _linked(page.reading, scene)
            if page.entered and scene.main
            else _kept(replace(held, controls=arrival.controls) if stays else Release(), scene, stays)
            | {"words": arrival.words if stays else {}}
            | ({"rows": held.rows} if returning and held.rows else {})
        )
        st.session_state[page.key(f"{name}.start")] = (scene.id, start)
        if page.entered and scene.main:
            refused = tuple(_refused(page.reading, scene).values())
            st.session_state[page.key("linked")] = (scene.id, refused)
    with st.container():  # stands even when it is empty, so that the figure keeps its place and its state
        linked, refused = st.session_state.get(page.key("linked"), ("", ()))
        if scene.main and linked == scene.id:
            for sentence in refused:
                st.text(sentence)
    plotly = {"url": f"app/static/{scripts().plotly}"}
    data = {**scene.to_json(), "start": start, "turn": turn, "plotly": plotly}
    result = live_component()(key=page.key(name), data=data, on_release_change=_nothing)
    word = judged(result.get("release"), scene)
    release = _standing(scene, start, word.release)
    st.session_state[standing_as] = (scene.id, release)
    if scene.main:
        page.remember(_address(scene, release))
        # The figure looks for this sign: the page has answered.
        st.html(f'<i class="answered-{word.seq}" hidden></i>')
    if word.failed:
        st.plotly_chart(still_figure(scene, dark=st.context.theme.type == "dark"), width="stretch")
        st.text("The live figure could not be loaded here, so this picture stands still.")
    return release


def _standing_as(page: Page, scene: Scene, name: str) -> str:
    """Where a tab keeps what stands in it; the limit page's function and its table begin with another control."""
    return page.key(f"{name}.{scene.page}.{scene.controls[0].name}.held")


def last_message(page: Page, name: str = "figure") -> object:
    """What the browser said last of a figure, of whatever form; None where it has said nothing."""
    said = st.session_state.get(page.key(name))
    return said.get("release") if isinstance(said, Mapping) else None


def stood(page: Page, scene: Scene, name: str = "figure") -> Release | None:
    """What this scene's figure was left as, or a link asks for, before it is shown; None where it begins anew."""
    identity, start = st.session_state.get(page.key(f"{name}.start"), (None, {}))
    if identity != scene.id:
        former, held = st.session_state.get(_standing_as(page, scene, name), ("", None))
        start = _linked(page.reading, scene) if page.entered and scene.main else {}
        if not any(start.values()):
            return held if former == scene.id and not page.entered else None
    return _standing(scene, start, judged(last_message(page, name), scene).release)


def _standing(scene: Scene, start: Mapping[str, Any], told: Release) -> Release:
    """What stands: as it was told last, else as it began, else as it is in the scene."""
    begun = start.get("rows") or (scene.columns.rows if scene.columns else ())
    return Release(
        {c.name: c.value for c in scene.controls} | start.get("controls", {}) | told.controls,
        {t.name: t.on for t in scene.toggles} | start.get("toggles", {}) | told.toggles,
        told.rows or tuple(map(tuple, begun)),
    )


def _linked(reading: Reading, scene: Scene) -> dict[str, dict[str, Any]]:
    """What the link that was followed asks for; a control stays at home where that lies outside its range."""
    controls = {
        c.name: reading.number(c.name)
        for c in scene.controls
        if c.name in reading.given and c.name not in _refused(reading, scene)
    }
    toggles = {}
    for toggle in scene.toggles:
        if toggle.group in reading.given:
            asked = reading.text(toggle.group)
            if any(one.group == toggle.group and one.name == asked for one in scene.toggles):
                toggles[toggle.name] = asked == toggle.name
        elif toggle.name in reading.given:
            toggles[toggle.name] = reading.text(toggle.name) == "1"
    standing = {toggle.name: toggle.on for toggle in scene.toggles} | toggles
    for toggle in scene.toggles:
        if toggle.usually and toggle.name not in toggles:
            other = toggle.usually.removeprefix("!")
            toggles[toggle.name] = standing[other] == (other == toggle.usually)
    return {"controls": controls, "toggles": toggles}


def _refused(reading: Reading, scene: Scene) -> dict[str, str]:
    """The linked values that this scene's controls cannot take, each with the sentence that says so."""
    refused = {}
    for control in scene.controls:
        value = reading.number(control.name) if control.name in reading.given else None
        if value is not None and (why := why_not(control, value, scene)):
            refused[control.name] = f"The link's value for {_called(control)} {why}; it was left out."
    return refused


def _called(control: Control) -> str:
    """The control's name on the page, and that in the link where it is another one."""
    own = control.label.split(",")[0]
    return own if normalize("NFKC", own) == control.name else f"{own} ({control.name} in the link)"


def _kept(held: Release, scene: Scene, keep: bool | Collection[str]) -> dict[str, Any]:
    """What stood before, as far as it is to stay and the new scene has room for it.

    It is marked as kept: "Reset" leads to the scene's own values. Controls that take the rows of a table
    stay together or not at all: two of them on one row would be a start that nobody chose.
    """
    staying = {*held.controls, *held.toggles} if isinstance(keep, bool) else set(keep)
    wanted = [c for c in scene.controls if c.name in staying & held.controls.keys()]
    refused = [c for c in wanted if why_not(c, held.controls[c.name], scene)]
    rowless = any(c.values for c in refused)
    controls = {
        c.name: held.controls[c.name] for c in wanted if c not in refused and not (c.values and rowless)
    }
    return {
        "controls": controls,
        "toggles": {name: on for name, on in held.toggles.items() if name in staying},
        "kept": True,
    }


def _address(scene: Scene, release: Release) -> dict[str, Value]:
    """What a link to this state holds, in the words of the live figure's address."""
    values: dict[str, Value] = dict(scene.url)
    if scene.frame:
        values["window"] = scene.frame.text
    values |= {c.name: release.controls[c.name] for c in scene.controls if c.url and not _unsaid(c, release)}
    if scene.columns:
        values[scene.columns.name] = scene.columns.text(release.rows)
    if scene.listed:
        count = int(release.controls[scene.listed.count])
        values[scene.listed.name] = ",".join(
            f"{release.controls[name]:.12g}" for name in scene.listed.controls[:count]
        )
    for toggle in scene.toggles:
        if toggle.url and toggle.group and release.toggles[toggle.name]:
            values[toggle.group] = toggle.name
        elif toggle.url and not toggle.group:
            values[toggle.name] = "1" if release.toggles[toggle.name] else "0"
    return values


def _unsaid(control: Control, release: Release) -> bool:
    """Whether nobody has touched what the control would say."""
    unsaid_at = control.unsaid_at
    return bool(unsaid_at) and all(release.controls[name] == value for name, value in unsaid_at.items())


def _nothing() -> None:
    """A state value is only kept for components that name a callback."""
