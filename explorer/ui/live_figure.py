"""Mounts the live figure: a scene goes in, one message comes back when the learner lets go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import streamlit as st

from explorer.figures.scene import Scene, still_figure
from explorer.ui.static_files import script_names

_LOADER = """
const here = (path) => new URL("app/static/" + path, document.baseURI).href;
const script = import(here("{live}"));
export default async function (component) {{
  const {{ mount }} = await script;
  return mount(component);
}}
"""


@dataclass(frozen=True)
class Release:
    """What the learner left standing: the value of every control, every switch and every zoomed axis."""

    controls: Mapping[str, float] = field(default_factory=dict)
    toggles: Mapping[str, bool] = field(default_factory=dict)
    views: Mapping[str, Any] = field(default_factory=dict)
    failed: bool = False


@lru_cache(maxsize=1)
def _component() -> Any:
    _, live = script_names()
    return st.components.v2.component("live_figure", js=_LOADER.format(live=live), isolate_styles=False)


def _numbers(values: object) -> dict[str, float]:
    """The browser's word is not trusted to be of the right form."""
    if not isinstance(values, Mapping):
        return {}
    return {str(k): float(v) for k, v in values.items() if isinstance(v, (int, float))}


def live_figure(key: str, scene: Scene, start: Mapping[str, float], toggles: Mapping[str, bool]) -> Release:
    """Show `scene`; its controls stand at `start` when the scene is new, and stay where they are when it is not.

    The start of a scene is frozen when it is first shown: later releases leave the data as it was, so
    nothing is sent to the browser again while the learner explores.
    """
    memory = f"{key}.start"
    identity, held = st.session_state.get(memory, (None, None))
    if identity != scene.id or held is None:
        held = {"controls": dict(start), "toggles": dict(toggles)}
        st.session_state[memory] = (scene.id, held)
    plotly, _ = script_names()
    data = {**scene.to_json(), "start": held, "plotly": {"url": f"app/static/{plotly}"}}
    result = _component()(key=key, data=data, on_release_change=_nothing)
    message = result.get("release") or {}
    if not isinstance(message, Mapping) or message.get("id") != scene.id:
        message = {}
    release = Release(
        controls={**held["controls"], **_numbers(message.get("controls"))},
        toggles={k: bool(v) for k, v in {**held["toggles"], **_numbers(message.get("toggles"))}.items()},
        views=message.get("views") or {},
        failed=bool(message.get("failed")),
    )
    if release.failed:
        st.plotly_chart(still_figure(scene, dark=st.context.theme.type == "dark"), width="stretch")
        st.text("The live figure could not be loaded here, so this picture stands still.")
    return release


def _nothing() -> None:
    """A state value is only kept for components that name a callback."""
