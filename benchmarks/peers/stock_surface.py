"""The peer of the surface page's first picture: a stock Streamlit page with one surface of the same function."""

import numpy as np
import plotly.graph_objects as go
import streamlit as st

x = np.linspace(-2, 2, 81)
st.set_page_config(layout="wide")
st.plotly_chart(go.Figure(go.Surface(x=x, y=x, z=x[None, :] ** 2 - x[:, None] ** 2), layout={"height": 440}))
