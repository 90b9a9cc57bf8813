"""What every page opens with: its title, the menu, the style sheet, and the link as it was followed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from explorer.presets import COURSE, Stop
from explorer.ui.gate import pass_the_gate
from explorer.ui.parameters import Parameter, Reading, Value, plus_places, read
from explorer.ui.static_files import ROOT

NAMES = {"start": "Pages"} | {stop.page: stop.name for stop in COURSE}
TITLES = {"start": "Start"} | {stop.page: stop.title for stop in COURSE}


@dataclass(frozen=True)
class Page:
    """A page as entered: `entered` is true on the first run after arriving, by link, menu, Back or reload."""

    name: str
    entered: bool

    @property
    def reading(self) -> Reading:
        """The link as it is understood by now."""
        reading: Reading = st.session_state[self.key("reading")]
        return reading

    def key(self, name: str) -> str:
        """The session key of one of this page's widgets or memories."""
        return f"{self.name}.{name}"

    def remember(self, values: Mapping[str, Value]) -> None:
        """Keep what stands now, so that the menu leads back to it."""
        st.session_state[self.key("memory")] = dict(values)

    def settle(self, *names: str) -> None:
        """What a link left open the learner has chosen: that it was left out is not said any more."""
        st.session_state[self.key("reading")] = self.reading.settled(*names)

    def leave_out(self, *names: str) -> None:
        """Some numbers of the link are left to the page."""
        st.session_state[self.key("reading")] = self.reading.without(*names)

    def leave_out_all_but(self, name: str) -> None:
        """What a link says besides a formula that cannot be read belongs to that, and is left out."""
        st.session_state[self.key("reading")] = self.reading.only(name)


def open_page(name: str, parameters: tuple[Parameter, ...]) -> Page:
    """Set the page up, draw the menu and read the link.

    The link is read on arrival only: afterwards the live figure keeps the address up to date, and what the
    widgets hold is the truth. Arriving by the menu, without parameters, brings back what was left.
    """
    pass_the_gate(name)
    st.set_page_config(
        page_title=f"{TITLES[name]} · Calculus Explorer",
        page_icon=str(ROOT / "assets" / "images" / "icon.svg"),
        layout="wide",
    )
    entered = st.session_state.get("page") != name
    st.session_state["page"] = name
    st.session_state[f"{name}.late"] = []
    memory = f"{name}.reading"
    if entered or memory not in st.session_state:
        query = {key: st.query_params[key] for key in st.query_params}
        known = {parameter.name for parameter in parameters}
        if not known & set(query):
            query |= {
                k: str(v) for k, v in st.session_state.get(f"{name}.memory", {}).items() if v is not None
            }
        st.session_state[memory] = read(parameters, query, _plus_places())
        st.session_state.pop(f"{name}.figure.start", None)
    page = Page(name, entered)
    if not st.context.is_embedded:
        _menu(name)
    for sentence in page.reading.refused:
        st.text(sentence)
    return page


def _plus_places() -> dict[str, frozenset[int]]:
    """Where the link as it was followed has a plain +; what Streamlit offers has a space there."""
    context = get_script_run_ctx()
    return plus_places(context.query_string) if context else {}


def run_alone(part: Callable[[], None], every: float | None = None) -> None:
    """Run a part of the page as a fragment: what is done in it runs it again, and nothing else.

    It stands in a place of its own, and never within another. Of what is still to be sent, Streamlit drops what belongs
    to a fragment that is to run again, as one with a clock (`every`, in seconds) may be before its page has been sent.
    What stands behind it would come to a place that does not exist ("Bad delta path index", a white page) or to
    another's. The place belongs to the page, and is sent in any case.
    """
    with st.container():
        st.fragment(part, run_every=every)()


def page_exists(name: str) -> bool:
    """Whether the page's script stands: the map and the menu show only what can be opened."""
    return (ROOT / "pages" / f"{name}.py").exists()


def _menu(current: str) -> None:
    """One row: the pages in their groups; the live figure puts its tools into the slot at its end.

    On a phone the row holds the page that is open, as a button, between its neighbours; all pages are a sheet below it.
    """
    stops = [stop for stop in COURSE if page_exists(stop.page)]
    roles = _roles([stop.page for stop in stops], current)
    with st.container(key="menu", horizontal=True, vertical_alignment="center", gap="small"):
        st.page_link("app.py", label="Calculus Explorer", icon=":material/function:")
        st.html(f"<details class='menu-sheet'><summary>{NAMES[current]}</summary></details>")
        with st.container(key="pages", horizontal=True, vertical_alignment="center"):
            for part in dict.fromkeys(stop.part for stop in stops):
                with st.container(key=f"part-{part.split()[0].lower()}", horizontal=True):
                    for stop in stops:
                        if stop.part == part:
                            _menu_link(stop, roles.get(stop.page, "page"))
        with st.container(key="tools", width="content"):
            st.html("<i hidden></i>")  # an empty container is not drawn


def _roles(pages: list[str], current: str) -> dict[str, str]:
    """Which page is open, and which stand beside it; the start page has none."""
    if current not in pages:
        return {}
    here = pages.index(current)
    beside = {"before": here - 1, "here": here, "after": here + 1}
    return {pages[at]: role for role, at in beside.items() if 0 <= at < len(pages)}


def _menu_link(stop: Stop, role: str) -> None:
    with st.container(key=f"menu-{role}-{stop.page}", width="content"):
        st.page_link(f"pages/{stop.page}.py", label=stop.name)
