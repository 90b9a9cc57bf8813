"""The peer of the first picture: a stock Streamlit page with one chart of the same curve."""

import numpy as np
import plotly.graph_objects as go
import streamlit as st

x = np.linspace(-2.7, 2.7, 600)
st.set_page_config(layout="wide")
st.plotly_chart(go.Figure(go.Scatter(x=x, y=x**3 / 3 - x), layout={"height": 440}))
