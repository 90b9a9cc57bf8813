"""The walls of the house stand; and every rule is shown something that breaks it, so that it can fail."""

import re
from pathlib import Path, PurePosixPath

import pytest

from tests.architecture import rules

ROOT = Path(__file__).parents[2]


def sources(*patterns: str) -> dict[PurePosixPath, str]:
    return {
        PurePosixPath(path.relative_to(ROOT).as_posix()): path.read_text(encoding="utf-8")
        for pattern in patterns
        for path in sorted(ROOT.glob(pattern))
    }


PRODUCT = sources("app.py", "pages/*.py", "explorer/**/*.py")
ROOMS = {path: source for path, source in PRODUCT.items() if path.parts[0] == "explorer"}
PROOF = sources("tests/**/*.py", "benchmarks/**/*.py")
SCRIPTS = sources("assets/live/**/*.js")
STYLES = sources("assets/**/*.css")

WALLS = [
    (rules.libraries_stay_in_their_rooms, PRODUCT),
    (rules.arrows_run_one_way, PRODUCT),
    (rules.doors_are_used, PRODUCT | PROOF),
    (rules.conditions_are_words, PRODUCT | PROOF),
    (rules.modules_are_allowed, PRODUCT),
    (rules.no_evaluator_of_text, PRODUCT),
    (rules.no_raw_html, PRODUCT),
    (rules.public_names_are_explained, ROOMS),
    (rules.dataclasses_are_frozen, ROOMS),
    (rules.names_say_something, PRODUCT | PROOF | SCRIPTS),
    (rules.size_is_readable, PRODUCT | PROOF | SCRIPTS | STYLES),
    (rules.nothing_is_unfinished, PRODUCT | PROOF | SCRIPTS | STYLES),
    (rules.script_form_is_strict, SCRIPTS),
    (rules.scripts_take_from_earlier_folders, SCRIPTS),
]


@pytest.mark.parametrize(("rule", "files"), WALLS, ids=[rule.__name__ for rule, _ in WALLS])
def test_wall_stands(rule: rules.Rule, files: dict[PurePosixPath, str]) -> None:
    faults = [fault for path, source in files.items() for fault in rule(path, source)]
    assert not faults, "\n" + "\n".join(faults)


def test_no_module_waits_for_itself() -> None:
    faults = rules.modules_form_no_circle(PRODUCT)
    assert not faults, "\n" + "\n".join(faults)


def test_a_circle_of_modules_is_noticed() -> None:
    first, second = PurePosixPath("explorer/a/b.py"), PurePosixPath("explorer/a/c.py")
    sources = {first: "from explorer.a.c import one", second: "from explorer.a import b"}
    assert rules.modules_form_no_circle(sources)
    sources[second] = "if TYPE_CHECKING:\n    from explorer.a import b"
    assert rules.modules_form_no_circle(sources) == []


def test_scripts_can_be_joined_into_one() -> None:
    faults = rules.scripts_join(SCRIPTS)
    assert not faults, "\n" + "\n".join(faults)


BREACHES = [
    (rules.libraries_stay_in_their_rooms, "explorer/numeric/breaks.py", "import streamlit as st"),
    (rules.libraries_stay_in_their_rooms, "explorer/ui/menu.py", "from plotly import graph_objects"),
    (rules.libraries_stay_in_their_rooms, "pages/1_tangent.py", "def f():\n    from sympy.abc import x"),
    (rules.libraries_stay_in_their_rooms, "explorer/presets.py", "import numpy, mpmath"),
    (rules.arrows_run_one_way, "explorer/numeric/breaks.py", "from explorer.symbolic import derivative"),
    (rules.arrows_run_one_way, "explorer/symbolic/worker.py", "from ..numeric import sample"),
    (rules.arrows_run_one_way, "explorer/expression/tape.py", "import explorer.scene.scene"),
    (rules.arrows_run_one_way, "explorer/figures/slope/scene.py", "from explorer import ui"),
    (rules.arrows_run_one_way, "explorer/presets.py", "from explorer.expression import parse"),
    (rules.arrows_run_one_way, "explorer/ui/menu.py", "import pages.tangent"),
    (rules.arrows_run_one_way, "pages/tangent.py", "from tests.conftest import server"),
    (rules.conditions_are_words, "explorer/figures/start.py", 'FLAT = ("slope", 0.0, 0.0, "closed")'),
    (rules.doors_are_used, "explorer/ui/menu.py", "from explorer.expression.reader import parse"),
    (rules.modules_are_allowed, "explorer/symbolic/pool.py", "import multiprocessing.pool"),
    (
        rules.modules_are_allowed,
        "explorer/symbolic/pool.py",
        "from concurrent.futures import ProcessPoolExecutor",
    ),
    (rules.no_evaluator_of_text, "explorer/expression/reader.py", "value = eval(text)"),
    (rules.no_evaluator_of_text, "explorer/symbolic/worker.py", "f = sympy.lambdify(x, e)"),
    (
        rules.no_evaluator_of_text,
        "explorer/symbolic/worker.py",
        "from sympy.parsing.sympy_parser import parse_expr",
    ),
    (rules.no_evaluator_of_text, "explorer/symbolic/worker.py", "e = S(text)"),
    (rules.no_evaluator_of_text, "explorer/ui/parameters.py", "code = compile(text, '', 'single')"),
    (rules.no_raw_html, "explorer/ui/menu.py", "st.markdown(text, unsafe_allow_html=True)"),
    (rules.public_names_are_explained, "explorer/numeric/window.py", "def choose_window(f):\n    return f"),
    (rules.public_names_are_explained, "explorer/numeric/window.py", "class Window:\n    x = 1"),
    (rules.dataclasses_are_frozen, "explorer/numeric/window.py", "@dataclass\nclass Window:\n    x: int"),
    (
        rules.dataclasses_are_frozen,
        "explorer/ui/menu.py",
        "@dataclasses.dataclass(slots=True)\nclass A:\n    x: int",
    ),
    (rules.names_say_something, "explorer/numeric/utils.py", ""),
    (rules.size_is_readable, "explorer/numeric/window.py", "x = 1\n" * (rules.LONGEST_FILE + 1)),
    (rules.size_is_readable, "pages/tangent.py", "x = 1\n" * (rules.LONGEST_PAGE + 1)),
    (rules.nothing_is_unfinished, "app.py", "# TO" + "DO: later"),
    (rules.scripts_take_from_earlier_folders, "assets/live/a.js", ""),
    (rules.scripts_take_from_earlier_folders, "assets/live/tape/a.js", 'import { b } from "../figure/b.js";'),
    (rules.script_form_is_strict, "assets/live/a.js", 'import * as b from "./b.js";'),
    (rules.script_form_is_strict, "assets/live/a.js", 'import {b as c} from "./b.js";'),
    (rules.script_form_is_strict, "assets/live/a.js", "export default function () {}"),
    (rules.script_form_is_strict, "assets/live/a.js", "export {a};"),
    (rules.script_form_is_strict, "assets/live/a.js", "export let a = 1;"),
    (rules.script_form_is_strict, "assets/live/a.js", "const f = new Function(text);"),
    (rules.script_form_is_strict, "assets/live/a.js", "node.innerHTML = text;"),
    (rules.size_is_readable, "assets/live/a.js", "let x;\n" * (rules.LONGEST_SCRIPT + 1)),
    (rules.script_form_is_strict, "assets/live/a.js", 'fetch("https://example.org/");'),
]


@pytest.mark.parametrize(("rule", "path", "source"), BREACHES)
def test_wall_notices_a_breach(rule: rules.Rule, path: str, source: str) -> None:
    assert rule(PurePosixPath(path), source)


LAWFUL = [
    ("explorer/symbolic/worker.py", 'import sympy\n\nx = sympy.Symbol("x")'),
    (
        "explorer/figures/slope/scene.py",
        "import re\nfrom explorer.numeric import sample\n\nword = re.compile('a')",
    ),
    ("explorer/ui/menu.py", "import streamlit as st\nfrom explorer import presets\n\nst.page_link('app.py')"),
    ("explorer/numeric/window.py", '@dataclass(frozen=True)\nclass Window:\n    """Bounds."""\n\n    x: int'),
    ("pages/tangent.py", "import streamlit as st\nfrom explorer.ui import menu"),
]


@pytest.mark.parametrize(("path", "source"), LAWFUL)
def test_walls_let_lawful_code_pass(path: str, source: str) -> None:
    python_rules = {rule for rule, files in WALLS if files is not SCRIPTS}
    assert [fault for rule in python_rules for fault in rule(PurePosixPath(path), source)] == []


@pytest.mark.parametrize(
    ("scripts", "word"),
    [
        ({"a.js": "const x = 1;", "b.js": "export function x() {}"}, "declared"),
        ({"a.js": "const [x, y] = [1, 2];", "b.js": "let y = 1;"}, "declared"),
        ({"a.js": 'import {x} from "./b.js";', "b.js": "const x = 1;"}, "does not export"),
        ({"a.js": 'import {x} from "./gone.js";'}, "does not export"),
        ({"one/a.js": 'import {x} from "./b.js";', "two/b.js": "export const x = 1;"}, "does not export"),
        ({"one/a.js": "", "two/a.js": ""}, "a.js is declared"),
        (
            {
                "a.js": 'import {b} from "./b.js";\nexport const a = 1;',
                "b.js": 'import {a} from "./a.js";\nexport const b = 1;',
            },
            "circle",
        ),
    ],
)
def test_joining_notices_a_breach(scripts: dict[str, str], word: str) -> None:
    placed = {PurePosixPath(file): source for file, source in scripts.items()}
    assert any(word in fault for fault in rules.scripts_join(placed))


def test_joining_lets_lawful_scripts_pass() -> None:
    scripts = {
        PurePosixPath(
            "one/a.js"
        ): 'import { run, C } from "../two/b.js";\nexport function a() {\n  return run;\n}',
        PurePosixPath(
            "two/b.js"
        ): 'import { c } from "./c.js";\nexport class C {}\nexport const run = () => c;',
        PurePosixPath("two/c.js"): "export const c = 1;",
    }
    assert rules.scripts_join(scripts) == []
    assert [f for path, source in scripts.items() for f in rules.script_form_is_strict(path, source)] == []


def test_a_nested_sheet_says_nothing_that_a_browser_leaves_out() -> None:
    """The frame's sheets stand nested in `:root`, where keyframes, fonts and pages are dropped without a word."""
    dropped = re.compile(r"@(?:keyframes|font-face|page|property|import|counter-style)\b")
    faults = {
        path.name: dropped.findall(style)
        for path, style in sources("assets/*.css").items()
        if dropped.search(style)
    }
    assert not faults
