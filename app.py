"""The start page: the map of the course, what each page answers, one click to a striking example.

Streamlit runs this file as a script for each learner, and imports it once as the server's description.
"""

import streamlit as st
from streamlit.starlette import App

from explorer.figures.thumbnail import thumbnail
from explorer.presets import COURSE
from explorer.ui.page import open_page, page_exists
from explorer.ui.serving import MIDDLEWARE, ROUTES


def start_page() -> None:
    open_page("start", "Start", ())

    st.title("Drag a point. Watch the calculus move.", anchor=False)
    st.markdown(
        "Type a function or pick one, then pull on it: slopes, limits, partial derivatives and gradient descent "
        "answer under your finger, with the exact formula beside the picture."
    )
    columns = st.columns(2)
    stops = [stop for stop in COURSE if page_exists(stop.page)]
    for index, stop in enumerate(stops):
        with columns[index % 2].container(border=True):
            picture, words = st.columns([2, 3], vertical_alignment="center")
            picture.image(
                thumbnail(stop.formula, stop.variables), width="stretch", alt=f"Graph of {stop.formula}"
            )
            with words:
                st.header(f"{index + 1} {stop.title}", anchor=False)
                st.markdown(stop.question)
                st.page_link(f"pages/{stop.page}.py", label="Open", icon=":material/arrow_forward:")
                st.page_link(
                    f"pages/{stop.page}.py",
                    label=stop.example,
                    query_params=dict(stop.link),
                    icon=":material/auto_awesome:",
                )


if __name__ == "__main__":
    start_page()
else:
    app = App(__file__, routes=ROUTES, middleware=MIDDLEWARE)
