"""A page for the measurement `workers`: with ?hang=n a formula that never ends, else a little arithmetic."""

import sys
from pathlib import Path

import numpy as np
import streamlit as st

sys.path.insert(0, str(Path(__file__).parents[2]))

from explorer.expression import parse
from explorer.symbolic import OverBudget, Pool


@st.cache_resource
def pool():
    return Pool(command=(sys.executable, "-m", "tests.symbolic.mischief"))


if "hang" in st.query_params:
    try:
        pool().wait(pool().submit({"task": "hang", "learner": st.query_params["hang"]}))
    except OverBudget as over:
        st.write(over.sentence)
else:
    st.write(float(parse("x^2 sin x")(np.linspace(0, 1, 2000)).sum()))
