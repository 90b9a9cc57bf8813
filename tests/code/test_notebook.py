"""The notebook of every page: of the form that nbformat demands, and its cells run and draw."""

import json

import nbclient
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from explorer.code import notebook
from tests.code.printing import read
from tests.code.running import agree
from tests.code.screens import SCREENS

FRESH = "%reset -f"
QUIET = "%matplotlib inline"
PAGES = sorted({screen.split(": ")[0] for screen in SCREENS})
RUN = ("tangent", "partial_derivatives", "gradient_descent", "regression", "classes", "features", "costs")
"""The pages whose notebooks are run, too: each draws another kind of picture."""


def of_page(page: str) -> list[str]:
    return [screen for screen in SCREENS if screen.startswith(f"{page}: ")]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_a_notebook(page):
    for screen in of_page(page):
        text = notebook("Slope", SCREENS[screen]())
        found = nbformat.reads(text, as_version=4)
        nbformat.validate(found)
        assert (found.nbformat, found.nbformat_minor) == (4, 5)
        assert all(type(cell["source"]) is str for cell in json.loads(text)["cells"])


def test_notebooks_run_and_draw():
    """All in one kernel, which forgets everything between two of them: to start one takes seconds."""
    cells, stated, drawn = [new_code_cell(QUIET)], [], []
    for page in RUN:
        programs = SCREENS[of_page(page)[0]]()
        cells.append(new_code_cell(FRESH))
        for cell in nbformat.reads(notebook(page, programs), as_version=4).cells:
            # JAX has a test of its own: to import it would take longer than all of this.
            if cell.cell_type != "code" or "import jax" in cell.source:
                continue
            cells.append(new_code_cell(cell.source))
            drawn += [cells[-1]] if "plt.show()" in cell.source else []
            stated += [
                (program, cells[-1]) for program in programs if program.text.rstrip("\n") == cell.source
            ]
    nbclient.NotebookClient(new_notebook(cells=cells), timeout=240, kernel_name="python3").execute()
    assert len(stated) == 2 * len(RUN)
    for program, cell in stated:
        agree(program, read("".join(output.text for output in cell.outputs)))
    assert len(drawn) == len(RUN)
    assert all(any("image/png" in output.get("data", {}) for output in cell.outputs) for cell in drawn)
