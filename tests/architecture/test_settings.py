"""The settings say what the installed programs understand, and every dependency is pinned."""

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest
from streamlit import config

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
PIN = re.compile(r"(?P<name>[\w.-]+)==(?P<version>[\d.]+)")


def setting_names(table: dict[str, object], prefix: str = "") -> Iterator[str]:
    for key, value in table.items():
        yield from setting_names(value, f"{prefix}{key}.") if isinstance(value, dict) else [prefix + key]


@pytest.mark.parametrize("name", list(setting_names(SETTINGS)))
def test_streamlit_knows_the_setting(name: str) -> None:
    config.get_option(name)


def test_a_setting_that_streamlit_does_not_know_is_noticed() -> None:
    with pytest.raises(RuntimeError):
        config.get_option("server.enableStaticServings")


def test_nothing_is_reported_to_anyone() -> None:
    assert SETTINGS["browser"]["gatherUsageStats"] is False


def requirements(file: str) -> list[str]:
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-r"))]


@pytest.mark.parametrize("line", requirements("requirements.txt") + requirements("requirements-dev.txt"))
def test_requirement_is_pinned_to_what_is_installed(line: str) -> None:
    pin = PIN.fullmatch(line)
    assert pin, f"{line} is not pinned"
    assert version(pin["name"]) == pin["version"]
