"""Colours by role, in both themes, and the still picture's base: the only place that knows what a thing looks like.

The colours are Okabe and Ito's (Color Universal Design, 2008), with darker tints for text on white. Contrast is
at least 4.5 for text and 3 for lines on #FFFFFF and #0E1117.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal

Theme = Literal["light", "dark"]
Role = Literal[
    "f",
    "slope",
    "step",
    "partial_y",
    "gradient",
    "fifth",
    "sixth",
    "critical",
    "guide",
    "ink",
    "paper",
    "grid",
    "f_text",
    "slope_text",
    "step_text",
    "partial_y_text",
    "deep",
    "lofty",
]

# "fifth" and "sixth" are for one of more parts than there are colours with a meaning of their own.
# "deep" and "lofty" are the ends of the heights of a surface: tints of f, the higher the lighter.
PALETTE: Mapping[Theme, Mapping[Role, str]] = MappingProxyType(
    {
        "light": MappingProxyType(
            {
                "f": "#0072B2",
                "slope": "#D55E00",
                "step": "#CC79A7",
                "partial_y": "#009E73",
                "gradient": "#1A1A1A",
                "fifth": "#332288",
                "sixth": "#7A3B00",
                "critical": "#F0E442",
                "guide": "#767676",
                "ink": "#1A1A1A",
                "paper": "#FFFFFF",
                "grid": "#E6E8EB",
                "f_text": "#0072B2",
                "slope_text": "#B84F00",
                "step_text": "#AA4D80",
                "partial_y_text": "#007A59",
                "deep": "#3B8FC2",
                "lofty": "#EAF4FB",
            }
        ),
        "dark": MappingProxyType(
            {
                "f": "#56B4E9",
                "slope": "#D55E00",
                "step": "#CC79A7",
                "partial_y": "#009E73",
                "gradient": "#FAFAFA",
                "fifth": "#9A7BFF",
                "sixth": "#F0E442",
                "critical": "#F0E442",
                "guide": "#9AA0A6",
                "ink": "#FAFAFA",
                "paper": "#0E1117",
                "grid": "#262B33",
                "f_text": "#56B4E9",
                "slope_text": "#D55E00",
                "step_text": "#CC79A7",
                "partial_y_text": "#009E73",
                "deep": "#10354D",
                "lofty": "#9CCBE8",
            }
        ),
    }
)

THUMBNAIL_LINE = "#2E86C1"
THUMBNAIL_AXIS = "#8A9199"
"""Thumbnails stand on either background without being told which: contrast at least 3 on both."""

FONT = '"Source Sans", system-ui, sans-serif'
TICK_SIZE = 13
LABEL_SIZE = 15
TEXT_SIZE = 17
SENTENCE_SIZE = 20
NUMBER_SIZE = 56
"""What is written in a picture, in pixels: sizes of the scale in assets/live/styles/type.css."""
BOLD = 600
"""The weight of a name; all else is of 400, and there is no third."""
ALIKE = 50
SMALL = 5e-4
"""Numbers along an axis so short, at 0, are powers of ten: written out they run into its title."""

_ROLE = re.compile(r"\$([a-z_]+)(?:@([0-9.]+))?\Z")


def colour(role: Role, theme: Theme, opacity: float = 1.0) -> str:
    """The CSS colour of a role."""
    hexadecimal = PALETTE[theme][role]
    if opacity >= 1:
        return hexadecimal
    red, green, blue = (int(hexadecimal[k : k + 2], 16) for k in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:g})"


def resolve_colours(part: Any, theme: Theme) -> Any:
    """A copy of Plotly JSON in which "$f" or "$f@0.3" is written as the theme's colour; arrays are passed on."""
    if isinstance(part, str):
        found = _ROLE.match(part)
        if found is None or found[1] not in PALETTE[theme]:
            return part
        role: Any = found[1]
        return colour(role, theme, float(found[2]) if found[2] else 1.0)
    if isinstance(part, Mapping):
        return {key: resolve_colours(value, theme) for key, value in part.items()}
    if isinstance(part, (list, tuple)):
        return [resolve_colours(value, theme) for value in part]
    return part


def axis(label: str, window: tuple[float, float], **settings: Any) -> dict[str, Any]:
    """A Plotly axis in the house's look: thin grid, a zero line, ticks of at least 12 px, no box.

    Large and small numbers are powers of ten, unless all are nearly the same: then every digit is needed.
    """
    low, high = window
    farthest = max(abs(low), abs(high))
    small = abs(high - low) < SMALL and farthest < 2 * SMALL
    written_out = 15 if farthest > ALIKE * abs(high - low) else 3 if small else 5
    return {
        "title": {"text": label, "font": {"size": LABEL_SIZE}, "standoff": 4},
        "range": list(window),
        "gridcolor": "$grid",
        "zerolinecolor": "$guide",
        "zerolinewidth": 1,
        "tickfont": {"size": TICK_SIZE},
        "exponentformat": "power",
        "minexponent": written_out,  # up to this power of ten
        "automargin": False,
        "ticklabelstandoff": 5,
        "ticks": "",  # beside level lines Plotly draws some, and they push the numbers into the title
        **settings,
    }


def axis_name(text: str, role: Role, level: float) -> dict[str, Any]:
    """What an axis shows, written at its top in the colour of the curve; `level` is the top as a share of the paper."""
    return {
        "text": text,
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": 6,
        "y": level,
        "yref": "paper",
        "yanchor": "top",
        "showarrow": False,
        "font": {"color": f"${role}", "size": LABEL_SIZE, "weight": BOLD},
        "bgcolor": "$paper@0.9",
    }


def note(text: str) -> dict[str, Any]:
    """What has to be said about a flat picture, in its upper left corner."""
    return axis_name(text, "guide", 1.0) | {
        "xref": "x domain",
        "yref": "y domain",
        "yshift": -4,
        "font": {"color": "$guide", "size": LABEL_SIZE},
    }


def layout(margin: Sequence[int] = (14, 16, 40, 64), **axes: Any) -> dict[str, Any]:
    """A Plotly layout on the theme's paper; `margin` is top, right, bottom, left in pixels."""
    top, right, bottom, left = margin
    return {
        "paper_bgcolor": "$paper",
        "plot_bgcolor": "$paper",
        "font": {"family": FONT, "color": "$ink", "size": TICK_SIZE},
        "margin": {"t": top, "r": right, "b": bottom, "l": left, "pad": 0},
        "showlegend": False,
        "hovermode": False,
        "dragmode": "pan",
        **axes,
    }
