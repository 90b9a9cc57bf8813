"""A notebook of the programs of a page: plain JSON in the form nbformat 4.5."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from explorer.code.program import Program

__all__ = ["notebook"]

ABOUT = {
    "SymPy": "SymPy derives the formula by rule and computes exactly.",
    "NumPy": "NumPy computes with doubles, on arrays as on numbers.",
    "JAX": "JAX derives the program itself (automatic differentiation). It is a package of its own: `pip install jax`.",
}


def notebook(title: str, programs: Sequence[Program]) -> str:
    """A notebook with a cell for each program and the picture behind NumPy's; `title` is a word of our own."""
    return json.dumps(
        {
            "cells": [cell | {"id": f"cell-{k}"} for k, cell in enumerate(_cells(title, programs))],
            "metadata": {
                "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
                "language_info": {"name": "python"},
            },
            "nbformat": 4,
            "nbformat_minor": 5,
        },
        ensure_ascii=False,
        indent=1,
    )


def _cells(title: str, programs: Sequence[Program]) -> Iterator[dict[str, Any]]:
    yield _words(f"# {title}", "The numbers of the Calculus Explorer's page, by three libraries.")
    for program in programs:
        yield _words(f"## {program.library}", ABOUT[program.library], program.why)
        if program.text:
            yield _code(program.text)
        if program.picture:
            yield _words("The picture, drawn by Matplotlib (`pip install matplotlib`):")
            yield _code(program.picture)


def _words(*paragraphs: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": "\n\n".join(filter(None, paragraphs))}


def _code(text: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "source": text.rstrip("\n"),
    }
