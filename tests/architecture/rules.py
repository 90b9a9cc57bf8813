"""The walls of the house as functions: (path, source) -> sentences, one for each breach.

They read the source by its syntax tree, never by running it, so that a bad snippet can be shown to each.
"""

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from os.path import normpath
from pathlib import Path, PurePosixPath

ROOMS = Path(__file__).parents[2] / "explorer"
Rule = Callable[[PurePosixPath, str], list[str]]

# Who may import whom. A room always knows itself; `pages` and `app` know everything below them.
KNOWS = {
    "caching": set(),
    "conditions": set(),
    "presets": set(),
    "expression": set(),
    "numeric": {"expression"},
    "symbolic": {"expression"},
    "descent": {"expression", "numeric", "symbolic"},
    "autodiff": {"expression"},
    "practice": {"expression", "numeric"},
    "code": {"expression", "numeric", "descent", "autodiff", "increments", "data"},
    "increments": {"expression"},
    "data": {"expression", "numeric"},
    "scene": {"expression", "numeric", "data"},
}
KNOWS["figures"] = set(KNOWS)
KNOWS["ui"] = KNOWS["figures"] | {"figures"}
# A cache and conditions on named numbers are no mathematics and know none: every room may keep and ask.
for _known in KNOWS.values():
    _known.update({"caching", "conditions"})
LIBRARY_ROOMS = {
    "streamlit": {"app", "pages", "ui"},
    "plotly": {"scene", "figures"},
    "sympy": {"symbolic"},
    "mpmath": {"symbolic"},
    "starlette": {"app", "ui"},
}
# A worker pool runs app.py again in each process; explorer.symbolic's workers are plain processes on a pipe.
FORBIDDEN_MODULES = {
    "multiprocessing",
    "concurrent.futures.process",
    "pickle",
    "asteval",
    "simpleeval",
    "numexpr",
}
EVALUATORS = {
    "eval",
    "exec",
    "sympify",
    "parse_expr",
    "lambdify",
    "literal_eval",
    "parse_latex",
    "__import__",
}
UNSAFE_KEYWORDS = {"unsafe_allow_html", "unsafe_allow_javascript"}
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "misc", "common"}
UNFINISHED = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X")))
LONGEST_FILE, LONGEST_SCRIPT, LONGEST_PAGE = 450, 349, 110


@cache
def nodes(source: str) -> tuple[ast.AST, ...]:
    """All of its syntax tree, read once for all walls; the first one is the module."""
    return tuple(ast.walk(ast.parse(source)))


def room_of(path: PurePosixPath) -> str:
    """The room a file stands in: "numeric" for explorer/numeric/breaks.py, "pages", "app"."""
    parts = path.with_suffix("").parts
    return parts[1] if parts[0] == "explorer" and len(parts) > 1 else parts[0]


def imported_modules(path: PurePosixPath, source: str) -> Iterator[str]:
    """Every dotted name that is imported, relative ones resolved; what is taken from one counts too."""
    for node in nodes(source):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = path.parts[: len(path.parts) - node.level] if node.level else ()
            module = ".".join((*package, *filter(None, [node.module])))
            yield from (f"{module}.{alias.name}" for alias in node.names)


def begins_with(module: str, prefix: str) -> bool:
    return module == prefix or module.startswith(prefix + ".")


def libraries_stay_in_their_rooms(path: PurePosixPath, source: str) -> list[str]:
    return [
        f"{path} imports {module}: {library} belongs to {', '.join(sorted(rooms))}"
        for module in imported_modules(path, source)
        for library, rooms in LIBRARY_ROOMS.items()
        if begins_with(module, library) and room_of(path) not in rooms
    ]


def arrows_run_one_way(path: PurePosixPath, source: str) -> list[str]:
    room = room_of(path)
    allowed = KNOWS.get(room, set(KNOWS)) | {room}
    faults = []
    for module in imported_modules(path, source):
        parts = module.split(".")
        if parts[0] in {"pages", "app", "tests", "benchmarks"}:
            faults.append(f"{path} imports {module}: nothing imports {parts[0]}")
        if parts[0] == "explorer" and len(parts) > 1 and parts[1] not in allowed:
            faults.append(f"{path} imports {module}: {room} does not know {parts[1]}")
    return faults


def doors_are_used(path: PurePosixPath, source: str) -> list[str]:
    """What a room's door (`__init__`) offers is taken there by everybody outside; the rest from its module."""
    return [
        f"{path} imports {node.module}: the door of {parts[1]} offers {alias.name}"
        for node in nodes(source)
        if isinstance(node, ast.ImportFrom)
        and node.module
        and not node.level
        and len(parts := node.module.split(".")) > 2
        and parts[0] == "explorer"
        and parts[1] != room_of(path)
        for alias in node.names
        if alias.name in offered(parts[1])
    ]


@cache
def offered(room: str) -> set[str]:
    """The names that a room's door imports or defines for others."""
    door = ROOMS / room / "__init__.py"
    source = door.read_text(encoding="utf-8") if door.is_file() else ""
    return {
        name
        for node in nodes(source)
        if isinstance(node, ast.ImportFrom | ast.FunctionDef | ast.ClassDef)
        for name in ([a.name for a in node.names] if isinstance(node, ast.ImportFrom) else [node.name])
    }


def conditions_are_words(path: PurePosixPath, source: str) -> list[str]:
    """A condition is made by a word of explorer.conditions, never written as the tuple that it is."""
    kinds = {"closed", "open", "undefined", "defined", "unsure", "sure"}
    return [
        f"{path}:{node.lineno} writes a condition as a tuple"
        for node in nodes(source)
        if isinstance(node, ast.Tuple)
        and len(node.elts) == 4
        and isinstance(last := node.elts[3], ast.Constant)
        and last.value in kinds
        and path.name != "conditions.py"
    ]


def modules_are_allowed(path: PurePosixPath, source: str) -> list[str]:
    return [
        f"{path} imports {module}"
        for module in imported_modules(path, source)
        if any(begins_with(module, forbidden) for forbidden in FORBIDDEN_MODULES)
        or module.endswith(".ProcessPoolExecutor")
    ]


def no_evaluator_of_text(path: PurePosixPath, source: str) -> list[str]:
    """Typed text is read by explorer.expression.parse and meets no evaluator, anywhere."""
    faults = []
    for node in nodes(source):
        names = []
        if isinstance(node, ast.Name):
            names = [node.id]
        elif isinstance(node, ast.Attribute):
            names = [node.attr]
        elif isinstance(node, ast.ImportFrom):
            names = [alias.name for alias in node.names]
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in {"compile", "S"}
        ):
            names = ["eval"]
        faults += [f"{path}:{node.lineno} evaluates text: {name}" for name in names if name in EVALUATORS]
    return faults


def no_raw_html(path: PurePosixPath, source: str) -> list[str]:
    return [
        f"{path}:{node.value.lineno} lets HTML through: {node.arg}"
        for node in nodes(source)
        if isinstance(node, ast.keyword) and node.arg in UNSAFE_KEYWORDS
    ]


def public_names_are_explained(path: PurePosixPath, source: str) -> list[str]:
    return [
        f"{path}:{node.lineno} has no docstring: {node.name}"
        for node in ast.iter_child_nodes(nodes(source)[0])
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and ast.get_docstring(node) is None
    ]


def dataclasses_are_frozen(path: PurePosixPath, source: str) -> list[str]:
    """A result is a frozen dataclass: sessions share what is cached. A private one may change."""

    def is_frozen(decorator: ast.expr) -> bool:
        keywords = decorator.keywords if isinstance(decorator, ast.Call) else []
        return any(
            k.arg == "frozen" and isinstance(k.value, ast.Constant) and k.value.value for k in keywords
        )

    def is_dataclass(decorator: ast.expr) -> bool:
        target = decorator.func if isinstance(decorator, ast.Call) else decorator
        return getattr(target, "attr", getattr(target, "id", None)) == "dataclass"

    return [
        f"{path}:{node.lineno} can be changed by whoever holds it: {node.name}"
        for node in nodes(source)
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
        for decorator in node.decorator_list
        if is_dataclass(decorator) and not is_frozen(decorator)
    ]


def names_say_something(path: PurePosixPath, source: str) -> list[str]:
    del source
    return [f"{path}: {part} says nothing" for part in path.with_suffix("").parts if part in VAGUE_NAMES]


def size_is_readable(path: PurePosixPath, source: str) -> list[str]:
    of_page = path.parts[0] in {"pages", "app.py"}
    limit = LONGEST_PAGE if of_page else LONGEST_SCRIPT if path.suffix == ".js" else LONGEST_FILE
    lines = len(source.splitlines())
    return [f"{path} has {lines} lines, more than {limit}"] if lines > limit else []


def nothing_is_unfinished(path: PurePosixPath, source: str) -> list[str]:
    return [
        f"{path}:{number} is unfinished: {line.strip()}"
        for number, line in enumerate(source.splitlines(), 1)
        if UNFINISHED.search(line)
    ]


# The live figure's scripts are joined into one by dropping these words, so each keeps to one line.
IMPORT_LINE = re.compile(
    r'import \{ ?(?P<names>[\w$]+(?:, [\w$]+)*) ?\} from "(?P<file>\.\.?/(?:[a-z_]+/)?[a-z0-9_]+\.js)";$'
)
EXPORT_LINE = re.compile(r"export (?:async )?(?:function\*? |const |class )(?P<name>[\w$]+)")
DECLARATION = re.compile(
    r"(?:export )?(?:async )?(?:function\*? |const |let |var |class )(?P<name>[\w$]+|[\[{].*?[\]}])"
)
SCRIPT_EVALUATORS = re.compile(
    r"\beval\s*\(|\bnew Function\b|\bdocument\.write\b|\bimport\s*\(|\b(?:inner|outer|insertAdjacent)HTML\b"
)
SCRIPT_COMMENT = re.compile(r"\s*(//|/\*|\*)")
OUTSIDE_ADDRESS = re.compile(r"https?://(?!www\.w3\.org/)")


def script_imports(path: PurePosixPath, source: str) -> dict[PurePosixPath, list[str]]:
    """Where a script's imports lie -> names taken from there."""
    taken: dict[PurePosixPath, list[str]] = {}
    for line in source.splitlines():
        if match := IMPORT_LINE.match(line):
            place = PurePosixPath(normpath(path.parent / match["file"]))
            taken.setdefault(place, []).extend(match["names"].split(", "))
    return taken


SCRIPT_FOLDERS = (
    *("document", "tape", "words", "controls", "marks", "picture", "descent", "space"),
    *("graph", "asking", "showing", "figure"),
)
"""The rooms of the live figure's scripts: each takes from itself and from those before it."""


def scripts_take_from_earlier_folders(path: PurePosixPath, source: str) -> list[str]:
    def place(file: PurePosixPath) -> int:
        return SCRIPT_FOLDERS.index(file.parent.name) if file.parent.name in SCRIPT_FOLDERS else -1

    if place(path) < 0:
        return [f"{path} stands in no folder of the live figure"]
    return [
        f"{path} imports from {other.parent.name}, which stands above it"
        for other in script_imports(path, source)
        if place(other) > place(path)
    ]


def script_declarations(source: str) -> list[str]:
    """The names that a script declares at its top level, a destructuring counting as what it stands for."""
    found = []
    for line in source.splitlines():
        if match := DECLARATION.match(line):
            found += re.findall(r"[\w$]+", match["name"])
    return found


def script_form_is_strict(path: PurePosixPath, source: str) -> list[str]:
    faults = []
    for number, line in enumerate(source.splitlines(), 1):
        if re.match(r"\s*import\b(?!\.)", line) and not IMPORT_LINE.match(line):
            faults.append(f"{path}:{number} imports in another form: {line.strip()}")
        if re.match(r"\s*export\b", line) and not EXPORT_LINE.match(line):
            faults.append(f"{path}:{number} exports in another form: {line.strip()}")
        if SCRIPT_COMMENT.match(line):
            continue
        if SCRIPT_EVALUATORS.search(line):
            faults.append(f"{path}:{number} evaluates text or loads a script: {line.strip()}")
        if OUTSIDE_ADDRESS.search(line):
            faults.append(f"{path}:{number} names an address outside: {line.strip()}")
    return faults


def scripts_join(scripts: dict[PurePosixPath, str]) -> list[str]:
    """Faults that only all scripts together show: a name declared twice, one that nobody exports, a circle."""
    faults = []
    owner: dict[str, PurePosixPath] = {}
    for file, source in scripts.items():
        for name in [file.name, *script_declarations(source)]:
            if name in owner:
                faults.append(f"{name} is declared in {owner[name]} and in {file}")
            owner[name] = file
    exports = {
        file: {m["name"] for line in source.splitlines() if (m := EXPORT_LINE.match(line))}
        for file, source in scripts.items()
    }
    imports = {file: script_imports(file, source) for file, source in scripts.items()}
    for file, taken in imports.items():
        for other, names in taken.items():
            missing = set(names) - exports.get(other, set())
            faults += [f"{file} imports {name}, which {other} does not export" for name in sorted(missing)]
    named = {str(file): [str(other) for other in taken] for file, taken in imports.items()}
    return faults + [f"{' -> '.join(circle)} is a circle" for circle in circles(named)]


def modules_form_no_circle(sources: dict[PurePosixPath, str]) -> list[str]:
    """What is imported where a module is loaded; names for the type checker alone are no circle."""
    modules = {module_of(path): path for path in sources}
    imports = {
        module: [
            found
            for node in nodes(sources[path])[0].body  # type: ignore[attr-defined]
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in imported_modules(path, ast.unparse(node))
            for found in [name if name in modules else name.rpartition(".")[0]]
            if found in modules and found != module
        ]
        for module, path in modules.items()
    }
    return [f"{' -> '.join(circle)} is a circle" for circle in circles(imports)]


def module_of(path: PurePosixPath) -> str:
    """Its dotted name; a door is called as its room."""
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def circles(imports: dict[str, list[str]]) -> list[list[str]]:
    """The circles that a depth-first walk closes; `imports` says for each what it takes from."""
    found: list[list[str]] = []
    done: set[str] = set()

    def walk(file: str, trail: list[str]) -> None:
        if file in trail:
            found.append([*trail[trail.index(file) :], file])
        elif file not in done and file in imports:
            for other in imports[file]:
                walk(other, [*trail, file])
            done.add(file)

    for file in imports:
        walk(file, [])
    return found
