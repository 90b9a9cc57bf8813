"""Two small scenes built by hand, so that the live figure is tested without any page: a slope and a limit."""

from typing import Any

import numpy as np

from explorer.conditions import is_above, is_at, is_below
from explorer.expression import Expression, compile_tape
from explorer.scene import marks as m
from explorer.scene import scene as s
from explorer.scene import theme


def slope_scene(identity: str = "cubic", **changes: Any) -> s.Scene:
    x = Expression.variable("x")
    f = x**3 / 3 - x
    derivative, second = x**2 - 1, 2 * x
    at = {"x": Expression.variable("x0")}
    here = {name: e.substitute(at, variables=("x0",)) for name, e in (("y", f), ("slope", derivative))}
    place = Expression.variable("x0")
    tape = compile_tape(
        here | {"foot": place + 1, "rise": here["y"] + here["slope"], "minus_x0": -place}, ("x0",)
    )
    xs = np.linspace(-8, 8, 801)
    whole = {"meta": {"toggle": "derivative"}}
    figure = s.Picture(
        data=(
            {"type": "scatter", "mode": "lines", "x": xs, "y": f(xs), "line": {"color": "$f", "width": 4}},
            {"type": "scatter", "mode": "lines", "x": xs, "y": derivative(xs), "yaxis": "y2",
             "line": {"color": "$slope", "width": 4}, **whole},
            {"type": "scatter", "mode": "markers", "x": [-1, 1], "y": [2 / 3, -2 / 3],
             "marker": {"color": "$critical", "symbol": ["triangle-up", "star"], "size": 14,
                        "line": {"color": "$ink", "width": 1.5}}},
        ),
        layout=theme.layout(
            xaxis=theme.axis("", (-2.7, 2.7), anchor="y2", domain=[0, 1], title={"text": "x"}),
            yaxis=theme.axis("", (-1.2, 1.2), domain=[0.36, 1], scaleanchor="x", constrain="range"),
            yaxis2=theme.axis("", (-1.5, 4), domain=[0, 0.31]),
        ),
    )  # fmt: skip
    marks = (
        m.Segment(axes=("x", "y2"), role="slope", width=7, from_=("x0", 0.0), to=("x0", "slope")),
        m.Line(role="slope", dash="dash", width=3, through=("x0", "y"), slope="slope"),
        m.Region(role="slope", points=(("x0", "y"), ("foot", "y"), ("foot", "rise"))),
        m.Segment(role="guide", from_=("x0", "y"), to=("foot", "y")),
        m.Segment(role="slope", width=7, from_=("foot", "y"), to=("foot", "rise")),
        m.Label(role="slope", at=("foot", "rise"), text="{slope:2}", offset=(12, 5)),
        m.Label(role="guide", at=("foot", "y"), text="1", anchor="middle", offset=(-40, 20)),
        m.Reveal(role="slope", axes=("x", "y2"), trace=1, upto="x0"),
        m.Point(role="slope", axes=("x", "y2"), at=("x0", "slope"), size=12),
        m.Ghost(of=1),
    )
    x0 = s.Control(
        name="x0", label="x₀", min=-8, max=8, value=-0.5, step=0.1, role="slope",
        marks=(s.MarkedValue(-1, "maximum", "maximum"), s.MarkedValue(0, "inflection", "inflection"),
               s.MarkedValue(1, "minimum", "minimum")),
        handle=s.Handle(panel="curve", at=("x0", "y"), moves={"x": "x0"}, label="Drag along the curve"),
        align=s.Align("curve"), play=s.Play(8),
    )  # fmt: skip
    settings: dict[str, Any] = {
        "id": identity, "page": "slope", "title": "Tangent slopes", "controls": (x0,), "tape": tape,
        "panels": (s.Panel(name="curve", label="f and f′", figure=figure, marks=marks, height=640,
                           height_narrow=400),),
        "readouts": (
            s.Readout(name="slope", label="slope f′(x₀)", size="huge", role="slope",
                      text=(s.Case("{slope:2}"),)),
            s.Readout(name="f", label="f(x₀)", role="f", text="{y:2}"),
            s.Readout(name="x0", label="x₀", text="{x0}"),
            s.Readout(name="tangent", label="tangent", size="small", role="slope",
                      text="y = {y:2} {slope:s2}·(x {minus_x0:s2})"),
        ),
        "sentence": (
            s.Case("Flat: the slope is exactly zero at this maximum.", (is_at("x0", -1),)),
            s.Case("Flat: the slope is exactly zero at this minimum.", (is_at("x0", 1),)),
            s.Case("The curve is above zero here, yet falling: slope {slope:2}. "
                   "Drag until the line is flat.",
                   (is_above("y", 0), is_below("slope", 0))),
            s.Case("The curve is falling: slope {slope:2}.", (is_below("slope", 0),)),
            s.Case("The curve is rising: slope {slope:2}."),
        ),
        "toggles": (s.Toggle(name="derivative", label="f′ whole"),
                    s.Toggle(name="microscope", label="Microscope"),
                    s.Toggle(name="lagrange", label="f′(x)", on=True, group="notation"),
                    s.Toggle(name="leibniz", label="d/dx", group="notation")),
        "url": {"f": "x^3/3 - x"},
        "functions": {"f": compile_tape({"f": f}, ("x",)),
                      "derivative": compile_tape({"f": derivative}, ("x",)),
                      "second": compile_tape({"f": second}, ("x",))},
        "microscope": s.Microscope(panel="curve", function="f", at=("x0", "y"), slope="slope"),
        "sketch": s.Sketch(panel="curve", function="derivative", places=(-2.4, -1.6, -0.8, 0, 0.8, 1.6, 2.4),
                           question="Where is the slope of f positive, where is it zero? Drag the points.",
                           reveals="derivative"),
        "challenges": (
            s.Challenge(
                name="falling", question="Where is the curve above zero and yet falling? Move the point there.",
                kind="place", control="x0", intervals=((-1, 0),), start={"x0": -2},
                answer_text="Between −1 and 0 the curve is above zero and falls.",
                reasons=(s.Reason("because f′ is negative there", True, "Yes: falling means a negative slope."),
                         s.Reason("because f is negative there", False, "No: f is positive there."),
                         s.Reason("because f′ is falling there", False,
                                  "f′ falls there too, but that says how the curve bends.")),
            ),
        ),
        "story": (s.Stage("A slope is a number: how steep is it here?", {"x0": -0.5}),
                  s.Stage("At the top the slope is zero.", {"x0": -1.0}),
                  s.Stage("All the slopes together are a new function.", {"x0": 0.5}, {"derivative": True})),
    }  # fmt: skip
    return s.Scene(**(settings | changes))


def limit_scene() -> s.Scene:
    x, place, h = (Expression.variable(name) for name in ("x", "x0", "h"))
    f = x**2
    both = ("x0", "h")
    y = f.substitute({"x": place}, variables=both)
    y1 = f.substitute({"x": place + h}, variables=both)
    tape = compile_tape(
        {"y": y, "x1": place + h, "y1": y1, "dy": y1 - y, "quotient": (y1 - y) / h, "limit": 2 * place}, both
    )
    xs = np.linspace(-3, 6, 901)
    hs = np.linspace(-2, 2, 401)
    hs[200] = np.nan
    curve = s.Picture(
        data=(
            {"type": "scatter", "mode": "lines", "x": xs, "y": f(xs), "line": {"color": "$f", "width": 4}},
        ),
        layout=theme.layout(xaxis=theme.axis("x", (-0.5, 3)), yaxis=theme.axis("", (-1, 6))),
    )
    slopes = s.Picture(
        data=({"type": "scatter", "mode": "lines", "x": hs, "y": 2 + hs,
               "line": {"color": "$step", "width": 4, "dash": "dashdot"}},),
        layout=theme.layout(xaxis=theme.axis("h", (-2, 2)), yaxis=theme.axis("", (-1, 6))),
    )  # fmt: skip
    curve_marks = (
        m.Line(role="step", dash="dashdot", width=3, through=("x0", "y"), slope="quotient"),
        m.Line(role="slope", dash="dash", width=3, through=("x0", "y"), slope="limit", toggle="tangent"),
        m.Segment(role="guide", from_=("x0", "y"), to=("x1", "y")),
        m.Segment(role="step", width=6, from_=("x1", "y"), to=("x1", "y1")),
        m.Label(role="guide", at=("x1", "y"), text="Δx = {h:g3}", anchor="middle", offset=(-60, 22)),
        m.Label(role="step", at=("x1", "y1"), text="Δy = {dy:g3}", offset=(16, 22)),
    )
    slope_marks = (
        m.Point(axes=("x", "y"), role="slope", shape="ring", at=(0.0, "limit"), size=14),
        m.Point(role="step", at=("h", "quotient"), size=16),
        m.Horizontal(role="slope", dash="dash", y="limit", toggle="limit"),
    )
    controls = (
        s.Control(name="x0", label="x₀", min=-3, max=6, value=1, role="f",
                  handle=s.Handle(panel="curve", at=("x0", "y"), moves={"x": "x0"})),
        s.Control(name="h", label="h", min=-2, max=2, value=1, scale="symlog", smallest=1e-6, step=0.1,
                  role="step", marks=tuple(s.MarkedValue(v, f"{v:g}".replace("-", "−")) for v in (-1, -0.1, 0.1, 1)),
                  handle=s.Handle(panel="curve", at=("x1", "y1"), moves={"x": "h"}, offset="x0", shape="ring"),
                  play=s.Play(6, runs=(s.Run("h → 0⁺", ((1, 1e-6),)), s.Run("h → 0⁻", ((-1, -1e-6),)),
                                       s.Run("both", ((1, 1e-6), (-1, -1e-6)))))),
    )  # fmt: skip
    return s.Scene(
        id="square", page="limit", title="From secant to tangent", controls=controls, tape=tape,
        panels=(s.Panel(name="curve", label="f", figure=curve, marks=curve_marks, height=600,
                        height_narrow=300, share=2),
                s.Panel(name="slopes", label="slope against h", figure=slopes, marks=slope_marks,
                        height=600, height_narrow=200)),
        readouts=(s.Readout(name="quotient", label="Δy / Δx", size="huge", role="step",
                            text=(s.Case("0/0 says nothing", (is_at("h", 0),)),
                                  s.Case("{quotient:g6}"))),
                  s.Readout(name="dy", label="Δy", role="step", text="{dy:g6}"),
                  s.Readout(name="dx", label="Δx", text="{h:g6}")),
        sentence=(s.Case("At h = 0 there is no second point.", (is_at("h", 0),)),
                  s.Case("From x = {x0} to {x1:g4} the average slope is {quotient:g6}. "
                         "Drag the ringed point closer: what number is it heading for?")),
        toggles=(s.Toggle(name="tangent", label="Tangent"), s.Toggle(name="limit", label="Limit")),
        url={"f": "x^2"},
        tables=(s.Table(name="table", label="Table", head=("h", "x₀ + h"), rows=tuple(
            s.Row((f"{v:g}".replace("-", "−"), "{x1:g4}"), {"h": v}, (is_at("h", v),))
            for v in (1, 0.1, 0.01, -0.1, -1))),),
        derivations=(s.Derivation(name="algebra", label="The algebra", one_by_one=True, lines=(
            s.FormulaLine("<math xmlns='http://www.w3.org/1998/Math/MathML'><mi>a</mi><mo>=</mo><mn>1</mn></math>",
                          "substituted"),
            s.FormulaLine("<math xmlns='http://www.w3.org/1998/Math/MathML'><mn>2</mn><mi>x</mi></math>", "h → 0"),
        )),),
    )  # fmt: skip
