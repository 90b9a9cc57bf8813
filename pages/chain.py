"""The chain rule as a graph: values flow forward, slopes flow back, and one sweep gives them all."""

import streamlit as st

from explorer.code import chain_programs
from explorer.figures.chain.scene import chain_scene, graph_thumbnail, read_chain
from explorer.figures.letters import start_of
from explorer.presets import CHAIN_LETTERS, CHAINS
from explorer.ui.chain_parts import KINDS, drawn_shared, left_out, silent_slopes, sweep_form, take_along
from explorer.ui.code import code_fold
from explorer.ui.formula_box import formula_box
from explorer.ui.late import end_page
from explorer.ui.live_figure import live_figure
from explorer.ui.page import open_page, run_alone
from explorer.ui.parameters import Choice, Number, Text

PARAMETERS = (
    Text("f", ""),
    *(Number(name) for name in CHAIN_LETTERS),
    Number("step", low=0, high=1000),
    Number("nudge", low=-1, high=1),
    Choice("sweep", "backward", tuple(KINDS)),
    Choice("by", "", CHAIN_LETTERS),
    Choice("share", "1", ("0", "1")),
)

page = open_page("chain", PARAMETERS)
typed = formula_box(
    page, CHAINS, CHAINS[0].formula, of="one to six letters", reads=read_chain, picture=graph_thumbnail
)
f = typed.expression
linked, former = page.key("linked.formula"), page.key("former.formula")
if page.entered:
    st.session_state[linked] = f.text if not typed.refused else None
asked = {}
if st.session_state[linked] == f.text:
    asked = {name: page.reading.number(name) for name in f.variables}
    left_out(page, f)
start = start_of(f, typed.preset.point if typed.preset else (), asked)
with typed.row:
    chosen = sweep_form(page, f)
chosen = drawn_shared(f, chosen)
# An example brings its point; another way to walk the same formula leaves its letters where they are.
stays = f.variables if typed.preset is None or st.session_state.get(former) == f.text else False
st.session_state[former] = f.text


def explore() -> None:
    """The figure; typing reruns the whole page, dragging only this."""
    scene = chain_scene(f, start, chosen.share, chosen.kind, chosen.by)
    release = live_figure(page, scene, keep=stays)
    silent_slopes(f, release, scene.controls[0].max)
    take_along(page, f, chosen, release)
    code_fold(page, lambda: chain_programs(f, release.controls))


run_alone(explore)
end_page(page)
