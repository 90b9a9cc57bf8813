"""Every text of every page has a size of one scale, and one of two weights."""

import re
from pathlib import Path

import pytest

from explorer.scene import theme

ROOT = Path(__file__).parents[2]
SCALE = ROOT / "assets" / "live" / "styles" / "type.css"
SIZES = {
    name: int(size) for name, size in re.findall(r"--size-(\w+): (\d+)px", SCALE.read_text(encoding="utf-8"))
}
STYLES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(ROOT.glob("assets/**/*.css"))
    if path != SCALE
}
SAID = re.compile(r"font(?:-(?P<what>size|weight))?: (?P<value>[^;}]+)")
LAWFUL = {
    "size": {"0", "inherit", *(f"var(--size-{name})" for name in SIZES)},
    "weight": {"400", "600", "inherit"},
    None: {"inherit", *(f"var(--size-{name}) var(--family)" for name in SIZES)},
}


def strays(style: str) -> list[str]:
    """What a style sheet says of letters in other words than the scale's."""
    return [
        match[0]
        for match in SAID.finditer(style)
        if match["value"].removesuffix("!important").strip() not in LAWFUL[match["what"]]
    ]


@pytest.mark.parametrize("path", STYLES)
def test_a_style_sheet_takes_its_sizes_from_the_scale(path: str) -> None:
    assert not strays(STYLES[path])


OTHERS = (
    "a { font-size: 14px; }",
    "a { font-size: 1.1rem; }",
    "a { font-size: var(--size-tiny) }",
    "a { font-weight: 700 !important; }",
    "a { font: 600 12px serif; }",
)


@pytest.mark.parametrize("style", OTHERS)
def test_another_size_is_noticed(style: str) -> None:
    assert strays(style)


def torn(style: str) -> list[str]:
    """Rules that hold a size against all others, but let another's height of line stand: lines lie over each other."""
    return re.findall(
        r"{[^{}]*font-size: [^;}]*!important;[^{}]*line-height: (?![^;}]*!important)[^{}]*}", style
    )


@pytest.mark.parametrize("path", STYLES)
def test_a_size_that_is_held_holds_its_line_too(path: str) -> None:
    assert not torn(STYLES[path])
    assert torn("a { font-size: var(--size-wall) !important; line-height: var(--line-wall); }")


def test_scripts_and_pictures_know_the_same_scale() -> None:
    script = (ROOT / "assets" / "live" / "document" / "type.js").read_text(encoding="utf-8")
    listed = re.search(r"TYPE_SCALE = \[([\d, ]+)\]", script)
    assert listed
    assert sorted(map(int, listed[1].split(","))) == sorted(SIZES.values())
    drawn = {value for name, value in vars(theme).items() if name.endswith("_SIZE")}
    assert drawn <= set(SIZES.values())
