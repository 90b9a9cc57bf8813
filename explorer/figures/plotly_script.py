"""Plotly's own script, as the installed package ships it."""

from __future__ import annotations

from plotly.offline import get_plotlyjs, get_plotlyjs_version


def plotly_script() -> tuple[bytes, str]:
    """The minified script in UTF-8, and the version of plotly.js that it is."""
    return get_plotlyjs().encode(), str(get_plotlyjs_version())
