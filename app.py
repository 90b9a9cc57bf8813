"""The start page: a point to drag, and the map of the course: what each page answers, one click to a striking example.

Streamlit runs this file as a script for each learner, and imports it once as the server's description.
"""

import streamlit as st
from streamlit.starlette import App

from explorer.figures.start import start_scene
from explorer.figures.thumbnail import thumbnail
from explorer.presets import COURSE, Stop
from explorer.ui.late import end_page
from explorer.ui.live_figure import live_figure
from explorer.ui.page import open_page, page_exists, run_alone
from explorer.ui.serving import MIDDLEWARE, ROUTES


def start_page() -> None:
    page = open_page("start", ())

    with st.container(key="hero", horizontal=True, vertical_alignment="center"):
        with st.container(key="hero-words"):
            st.title("Drag a point. Watch the calculus move.", anchor=False)
            st.markdown(
                "Type a function or pick one, then pull on it: slopes, limits, partial derivatives and gradient "
                "descent answer under your finger, with the exact formula beside the picture."
            )
            st.page_link("pages/tangent.py", label="Start with Slope", icon=":material/arrow_forward:")
        with st.container(key="hero-figure"):
            run_alone(lambda: live_figure(page, start_scene()))
    stops = [stop for stop in COURSE if page_exists(stop.page)]
    for part in dict.fromkeys(stop.part for stop in stops):
        st.header(part, anchor=False)
        with st.container(key=f"tiles-{part.split()[0].lower()}", horizontal=True):
            for stop in stops:
                if stop.part == part:
                    tile(stop)
    end_page(page)


def tile(stop: Stop) -> None:
    """A page's picture, name and question, which lead to it as a whole, and its example."""
    with st.container(key=f"tile-{stop.page}", border=True, horizontal=True, vertical_alignment="center"):
        st.image(thumbnail(stop.formula, stop.variables), width=128, alt=f"Graph of {stop.formula}")
        with st.container():
            st.page_link(f"pages/{stop.page}.py", label=f"**{stop.name}**", width="stretch")
            st.markdown(stop.question)
            st.page_link(
                f"pages/{stop.page}.py",
                label=stop.example,
                query_params=dict(stop.link),
                icon=":material/auto_awesome:",
                width="stretch",
            )


if __name__ == "__main__":
    start_page()
else:
    app = App(__file__, routes=ROUTES, middleware=MIDDLEWARE)
