"""Plotly's script without the wrapping that makes a browser read it twice."""

from plotly.offline import get_plotlyjs

from explorer.scene import plotly_script as module
from explorer.scene.plotly_script import plotly_script


def test_only_the_wrapping_is_left_out() -> None:
    script, original = plotly_script()[0].decode(), get_plotlyjs()
    body = script[script.index("var Plotly=") : script.rindex("\nwindow.Plotly = Plotly;")]
    assert body in original
    assert len(original) - len(script) < 500
    assert "module.exports = factory()" not in script[:1000]


def test_the_licence_stands_in_front() -> None:
    script, version = plotly_script()
    head = script[:300].decode()
    assert head.startswith("/**")
    assert f"plotly.js v{version}" in head
    assert "MIT license" in head


def test_a_script_of_another_form_is_left_as_it_is(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(module, "get_plotlyjs", lambda: "/* x */ window.Plotly = {};")
    assert plotly_script()[0] == b"/* x */ window.Plotly = {};"
