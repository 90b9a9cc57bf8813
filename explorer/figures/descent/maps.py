"""Two maps of a descent, a scene that follows the page's own: what each rate does, and where each start leads."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np

from explorer.descent import Basins, RateMap, number, round_down
from explorer.descent.maps import DIVERGED
from explorer.expression import Expression, compile_tape
from explorer.figures.descent.scene import start_labels
from explorer.figures.descent.view import View, excess_name
from explorer.scene import marks, theme
from explorer.scene.digits import step_for
from explorer.scene.marks import AnyMark
from explorer.scene.scene import Control, Handle, MarkedValue, Panel, Picture, Scene
from explorer.scene.theme import Role
from explorer.scene.wire import identity_of

BASIN_ROLES: tuple[Role, ...] = ("f", "slope", "partial_y", "step", "critical", "gradient")
"""Basins are numbered on the map as well: colours repeat after six minima."""

OUTCOME_LOOK: dict[str, tuple[str, str]] = {
    "converged": ("partial_y", "circle"),
    "stopped": ("guide", "square"),
    "cycling": ("step", "diamond"),
    "diverged": ("slope", "x"),
    "left_domain": ("ink", "triangle-up"),
}


def maps_scene(
    loss: Expression, view: View, start: tuple[float, ...], maps: tuple[RateMap, Basins], note: str
) -> Scene:
    """The scene; `note` says for which optimiser, steps and rate the maps hold, from this start."""
    rates, basins = maps
    # Both axes are logarithmic: what counts is how far above the lowest loss known a descent ends.
    rates = replace(rates, losses=rates.losses - view.lowest)
    names = ("x0", "y0")[: len(loss.variables)]
    known = (loss.text, loss.variables, replace(view, steps=0), "maps")
    first = float(loss(*start)) - view.lowest
    return Scene(
        id=identity_of(known),
        page="descent",
        title="Maps of the descent",
        controls=(
            Control(
                name="rate",
                label="η",
                min=view.rates[0],
                max=view.rates[1],
                value=view.rate,
                scale="log",
                step=0.02,
                role="step",
                marks=tuple(MarkedValue(rate, name) for rate, name in _named_rates(rates, view)),
                handle=Handle(
                    panel="rates", at=("rate", "foot"), moves={"x": "rate"}, shape="ring", label="η"
                ),
            ),
            *_starts(view),
        ),
        tape=compile_tape(
            {"foot": Expression.number(_foot(rates, first)), "start_loss": _start_loss(loss, names)}, names
        ),
        panels=(_rates_panel(rates, view, first), _basins_panel(basins, view)),
        sentence=note,
        main=False,
        follows=True,
    )


def _named_rates(rates: RateMap, view: View) -> list[tuple[float, str]]:
    """The bound of the optimiser that the maps are of, and the best rate in the long run."""
    named = ((rates.bound, "local bound" if rates.local else "bound"), (rates.best_rate, "best asymptotic"))
    low, high = view.rates
    return [(value, name) for value, name in named if value is not None and low <= value <= high]


def _start_loss(loss: Expression, names: tuple[str, ...]) -> Expression:
    return loss.substitute(
        {v: Expression.variable(name) for v, name in zip(loss.variables, names, strict=True)}, variables=names
    )


def _starts(view: View) -> tuple[Control, ...]:
    controls = []
    plane = len(view.windows) == 2
    for index, (name, label) in enumerate(start_labels(plane)):
        low, high = view.windows[index]
        handle = Handle(
            panel="basins",
            at=("x0", "y0") if plane else ("x0", 0.5),
            moves={"x": "x0", "y": "y0"} if plane else {"x": "x0"},
            shape="ring",
            label="the start",
        )
        controls.append(
            Control(
                name=name,
                label=label,
                min=min(low, view.start[index]),
                max=max(high, view.start[index]),
                value=view.start[index],
                step=step_for(high - low),
                decimals=max(1, 1 - math.floor(math.log10((high - low) / 5))),
                role="step",
                handle=handle if index == 0 else None,
            )
        )
    return tuple(controls)


def _heights(rates: RateMap, first: float) -> tuple[float, float]:
    """Powers of ten from the least loss up to a hundred times the loss at the start; what is more is cut."""
    high = math.ceil(math.log10(first)) + 2 if math.isfinite(first) and first > 0 else 2
    shown = rates.losses[np.isfinite(rates.losses) & (rates.losses > 0)]
    low = math.floor(math.log10(float(shown.min()))) if len(shown) else high - 6
    return float(min(max(low, high - 14), high - 4)), float(high)


def _foot(rates: RateMap, first: float) -> float:
    return float(10 ** _heights(rates, first)[0])


def _rates_panel(rates: RateMap, view: View, first: float) -> Panel:
    """The loss after the steps against η, both logarithmic: a shape and a colour for each outcome."""
    low, high = _heights(rates, first)
    capped = np.where(np.isnan(rates.losses), np.nan, np.clip(rates.losses, 10.0**low, 10.0**high))
    outcomes = np.array([str(outcome) for outcome in rates.outcomes])
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": rates.rates,
            "y": capped,
            "line": {"color": "$f", "width": 2},
            "hoverinfo": "skip",
            "showlegend": False,
        }
    ]
    for outcome, (role, symbol) in OUTCOME_LOOK.items():
        here = outcomes == outcome
        if here.any():
            traces.append(
                {
                    "type": "scatter",
                    "mode": "markers",
                    "name": outcome.replace("_", " "),
                    "x": rates.rates[here],
                    "y": capped[here],
                    "marker": {"color": f"${role}", "symbol": symbol, "size": 7},
                    "hoverinfo": "skip",
                    "showlegend": True,
                }
            )
    rows: list[AnyMark] = [marks.Vertical(x="rate", role="step", width=3)]
    for value, name in _named_rates(rates, view):
        left = name.startswith("best")
        ends = math.log(value / view.rates[0]) > 0.6 * math.log(view.rates[1] / view.rates[0])
        rows += [
            marks.Vertical(x=value, role="guide", dash="dash" if left else "solid", width=1.5),
            marks.Label(
                at=(value, float(10 ** (high - (0.9 if left else 0.3)))),
                text=f"{name} {number(round_down(value), 5)}",
                role="guide",
                size=theme.LABEL_SIZE,
                anchor="end" if left or ends else "start",
                offset=(-6 if left or ends else 6, 8),
            ),
        ]
    span = (math.log10(view.rates[0]), math.log10(view.rates[1]))
    heights = theme.axis(f"{excess_name(view.lowest)} after {rates.steps} steps", (low, high), type="log")
    layout = theme.layout(
        (10, 16, 44, 64),
        xaxis=theme.axis("η", span, type="log", exponentformat="power", dtick=1),
        yaxis=heights | {"exponentformat": "power", "dtick": math.ceil((high - low) / 7)},
        legend={
            "orientation": "h",
            "y": 1.02,
            "yanchor": "bottom",
            "x": 0,
            "font": {"size": theme.TICK_SIZE},
        },
    )
    layout |= {"showlegend": True, "margin": layout["margin"] | {"t": 34}}
    return Panel(
        name="rates",
        label="The loss after all steps against the learning rate",
        figure=Picture(tuple(traces), layout),
        marks=tuple(rows),
        height=420,
        height_narrow=280,
    )


def _basins_panel(basins: Basins, view: View) -> Panel:
    """The starts, coloured by the minimum that they reach; the start is dragged here as well."""
    labels = basins.labels
    plane = labels.ndim == 2
    count = len(basins.minima)
    shown = np.where(labels >= 0, labels % len(BASIN_ROLES), len(BASIN_ROLES)).astype(np.uint8)
    shown[labels == DIVERGED] = len(BASIN_ROLES) + 1
    colours = [*(f"${role}@0.55" for role in BASIN_ROLES), "$grid", "$paper"]
    total = len(colours)
    scale = [[(k + end) / total, colour] for k, colour in enumerate(colours) for end in (0, 1)]
    heat: dict[str, Any] = {
        "type": "heatmap",
        "x": basins.axes[0].astype(np.float32),
        "y": basins.axes[1].astype(np.float32) if plane else np.array([0.0, 1.0], dtype=np.float32),
        "z": shown if plane else np.stack([shown, shown]),
        "zmin": -0.5,
        "zmax": total - 0.5,
        "colorscale": scale,
        "showscale": False,
        "hoverinfo": "skip",
    }
    places = basins.minima if plane else np.column_stack([basins.minima, np.full(count, 0.5)])
    stars = {
        "type": "scatter",
        "mode": "markers+text",
        "x": places[:, 0] if count else np.empty(0),
        "y": places[:, 1] if count else np.empty(0),
        "text": [str(k + 1) for k in range(count)] if count <= 12 else [],
        "textposition": "top center",
        "textfont": {"size": theme.LABEL_SIZE, "color": "$ink"},
        "marker": {
            "symbol": "star",
            "size": 14,
            "color": "$critical",
            "line": {"color": "$ink", "width": 1.5},
        },
        "hoverinfo": "skip",
        "cliponaxis": True,
    }
    equal = {"scaleanchor": "x", "constrain": "domain"} if plane else {"showticklabels": False}
    layout = theme.layout(
        (10, 16, 44, 60),
        xaxis=theme.axis("x" if plane else "w at the start", view.windows[0], constrain="domain"),
        yaxis=theme.axis("y" if plane else "", view.windows[1] if plane else (0.0, 1.0), **equal),
    )
    return Panel(
        name="basins",
        label="Which minimum each start reaches",
        figure=Picture((heat, stars), layout),
        height=420 if plane else 200,
        height_narrow=330 if plane else 130,
    )
