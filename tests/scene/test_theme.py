"""Colours: one set of roles in both themes, contrast by the WCAG formula, and roles written out."""

import itertools

import pytest

from explorer.scene.theme import PALETTE, Theme, axis, colour, layout, resolve_colours

THEMES: tuple[Theme, ...] = ("light", "dark")


def luminance(hexadecimal: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(hexadecimal[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_both_themes_know_the_same_roles() -> None:
    assert set(PALETTE["light"]) == set(PALETTE["dark"])


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    "role", ["f_text", "slope_text", "step_text", "partial_y_text", "ink", "guide", "fifth", "sixth"]
)
def test_text_can_be_read(theme: Theme, role: str) -> None:
    assert contrast(PALETTE[theme][role], PALETTE[theme]["paper"]) >= 4.5  # type: ignore[index]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("role", ["f", "slope", "step", "partial_y", "gradient", "guide", "fifth", "sixth"])
def test_lines_can_be_seen(theme: Theme, role: str) -> None:
    assert contrast(PALETTE[theme][role], PALETTE[theme]["paper"]) >= 2.9  # type: ignore[index]


@pytest.mark.parametrize("theme", THEMES)
def test_meanings_have_colours_of_their_own(theme: Theme) -> None:
    meanings = [PALETTE[theme][role] for role in ("f", "slope", "step", "partial_y", "gradient", "fifth")]
    for one, other in itertools.combinations(meanings, 2):
        assert one != other


def test_roles_are_written_out_anywhere_in_a_figure() -> None:
    figure = {"line": {"color": "$f"}, "fill": ["$slope@0.3", "$unknown", "x$f"], "n": 3, "none": None}
    assert resolve_colours(figure, "light") == {
        "line": {"color": "#0072B2"},
        "fill": ["rgba(213,94,0,0.3)", "$unknown", "x$f"],
        "n": 3,
        "none": None,
    }
    assert colour("f", "dark") == "#56B4E9"


def test_axes_and_layout_are_quiet() -> None:
    base = layout(xaxis=axis("x", (-2.0, 2.0), dtick=1))
    assert base["xaxis"]["range"] == [-2.0, 2.0]
    assert base["xaxis"]["dtick"] == 1
    assert base["xaxis"]["tickfont"]["size"] >= 12
    assert "title" not in base
    assert not base["showlegend"]
