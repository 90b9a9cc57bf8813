"""Programs are run: here, or those of JAX all together in a process of their own."""

import json
import os
import subprocess
import sys

import pytest

from explorer.code import Program
from tests.browser.server import ROOT

AGREES = 1e-9
MOST_SECONDS = 300


def printed_by_jax(programs: list[Program]) -> list[dict[str, float]]:
    """What each prints. One process for all: to import JAX takes seconds, and its threads bear no fork."""
    answer = subprocess.run(
        [sys.executable, "tests/code/printing.py"],
        input=json.dumps([program.text for program in programs]),
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=os.environ | {"JAX_PLATFORMS": "cpu"},
        timeout=MOST_SECONDS,
    )
    assert answer.returncode == 0, answer.stderr[-3000:]
    found: list[dict[str, float]] = json.loads(answer.stdout)
    return found


def agree(program: Program, found: dict[str, float]) -> None:
    """The numbers that the program states are those that it prints."""
    stated = dict(program.prints)
    assert stated.keys() <= found.keys(), program.text
    assert {name: found[name] for name in stated} == pytest.approx(stated, rel=AGREES, abs=AGREES), (
        program.text
    )
