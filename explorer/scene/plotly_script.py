"""Plotly's own script, as the installed package ships it."""

from __future__ import annotations

from plotly.offline import get_plotlyjs, get_plotlyjs_version

# The package's script is wrapped for module loaders: Plotly stands in a function that a loader calls, and a browser
# reads such a function twice, once to skip it and once to run it (650 ms against 395 ms in headless Chromium).
_WRAPPED = '() => {\n"use strict";var Plotly='
_RETURNED = "\nwindow.Plotly = Plotly;\nreturn Plotly;\n"


def plotly_script() -> tuple[bytes, str]:
    """The minified script in UTF-8, and the version of plotly.js that it is.

    It is a plain script: the wrapping for module loaders is left out where it has the known form.
    """
    script = get_plotlyjs()
    licence, wrapped, rest = script.partition(_WRAPPED)
    body, returned, _ = rest.rpartition(_RETURNED)
    if wrapped and returned:
        script = (
            f'{licence[: licence.index("*/") + 2]}\n"use strict";var Plotly={body}\nwindow.Plotly = Plotly;\n'
        )
    return script.encode(), str(get_plotlyjs_version())
