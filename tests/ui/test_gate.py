"""The gate before whole pages: in turn, the dear ones later, and no place is ever lost."""

import threading
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from explorer.expression import parse
from explorer.numeric import looks_dear
from explorer.ui import gate
from explorer.ui.gate import Gate
from tests.browser.server import ROOT

PATIENCE = 20


class Run(threading.Thread):
    """A script's run: enters, stays inside until it is told to end, and leaves or does not."""

    def __init__(self, door: Gate, came: float, dear: bool = False, leaves: bool = True) -> None:
        super().__init__(daemon=True)
        self.door, self.came, self.dear, self.leaves = door, came, dear, leaves
        self.inside, self.end, self.gone = threading.Event(), threading.Event(), threading.Event()
        self.stopped = False
        self.start()

    def run(self) -> None:
        try:
            self.door.enter(self.came, self.dear, self.look)
        except ConnectionError:
            self.stopped = True
            return
        self.inside.set()
        self.end.wait(PATIENCE)
        if self.leaves:
            self.door.leave()

    def look(self) -> None:
        if self.gone.is_set():
            raise ConnectionError("the session has gone")

    def finish(self) -> None:
        self.end.set()
        self.join(PATIENCE)


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> Gate:
    monkeypatch.setattr(gate, "LOOK", 0.01)
    monkeypatch.setattr(gate, "LONG", 1e6)
    return Gate(places=2)


def arrived(door: Gate, count: int, **more: bool) -> list[Run]:
    """So many runs, each of which waits before the next one comes."""
    runs = []
    for number in range(count):
        waiting = door.waiting
        runs.append(Run(door, number, **more))
        until(lambda waiting=waiting: door.waiting > waiting or runs[-1].inside.is_set())
    return runs


def until(condition: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(PATIENCE * 200):
        if condition():
            return
        pause.wait(0.005)
    raise AssertionError("the condition never came true")


def test_two_are_inside_and_the_others_follow_in_their_order(door: Gate) -> None:
    runs = arrived(door, 5)
    assert [run.inside.is_set() for run in runs] == [True, True, False, False, False]
    for index, run in enumerate(runs):
        assert run.inside.wait(PATIENCE)
        assert not any(later.inside.is_set() for later in runs[index + 2 :])
        run.finish()
    assert door.waiting == 0


def test_a_dear_one_is_passed_by_who_comes_soon_after_and_there_is_one_of_them_at_a_time(door: Gate) -> None:
    first = arrived(door, 2)
    dear = arrived(door, 2, dear=True)
    tame = Run(door, gate.LATER - 0.5)
    late = Run(door, gate.LATER + 9)
    until(lambda: door.waiting == 4)
    first[0].finish()
    assert tame.inside.wait(PATIENCE)
    assert not dear[0].inside.is_set()
    first[1].finish()
    assert dear[0].inside.wait(PATIENCE)
    tame.finish()
    assert late.inside.wait(PATIENCE)
    assert not dear[1].inside.is_set()
    for run in (dear[0], dear[1], late):
        run.finish()


def test_who_has_gone_waits_no_more(door: Gate) -> None:
    runs = arrived(door, 4)
    runs[2].gone.set()
    runs[2].join(PATIENCE)
    assert runs[2].stopped
    assert door.waiting == 1
    runs[0].finish()
    assert runs[3].inside.wait(PATIENCE)
    for run in (runs[1], runs[3]):
        run.finish()


@pytest.mark.parametrize("held_for_long", [False, True])
def test_a_place_is_free_again_when_its_run_ended_without_a_word_or_takes_long(
    held_for_long: bool, door: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = arrived(door, 4, leaves=False)
    if held_for_long:
        monkeypatch.setattr(gate, "LONG", 0.0)
    else:
        runs[0].finish()
        runs[1].finish()
    assert runs[2].inside.wait(PATIENCE)
    assert runs[3].inside.wait(PATIENCE)
    for run in runs:
        run.finish()


def test_who_enters_twice_has_one_place(door: Gate) -> None:
    door.enter(0, False, lambda: None)
    door.enter(0, False, lambda: None)
    other = Run(door, 1)
    assert other.inside.wait(PATIENCE)
    other.finish()
    door.leave()


@pytest.mark.parametrize("script", ["the start page", "a page with a figure", "a page that raises"])
def test_a_page_that_is_done_holds_no_place(script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    door = Gate(places=1)
    for user in ("explorer.ui.gate", "explorer.ui.late"):
        monkeypatch.setattr(f"{user}.GATE", door)
    # Run by itself the page has no others to link to, and raises in the midst of its menu.
    raises = script == "a page that raises"
    app = AppTest.from_file(ROOT / ("pages/tangent.py" if raises else "app.py"), default_timeout=60).run()
    if script == "a page with a figure":
        app.switch_page("pages/tangent.py").run()
    assert bool(app.exception) is raises
    other = Run(door, 0)
    assert other.inside.wait(PATIENCE)
    other.finish()


@pytest.mark.parametrize("text", ["5^tan(x^2)", "tan(20x) + floor(x^2)", "floor(20 sin x)", "1/sin(30x)"])
def test_a_formula_that_waves_or_steps_a_lot_looks_dear(text: str) -> None:
    assert looks_dear(parse(text))


@pytest.mark.parametrize(
    "text", ["x^2", "sin(3x)cos(5x)", "tan x", "|x|", "floor(x)", "x^x", "((x^2+1)^3+x)^4/(x+2)", "sqrt x"]
)
def test_an_everyday_formula_does_not(text: str) -> None:
    assert not looks_dear(parse(text))


@pytest.mark.parametrize("text", ["5^tan(x^2)", "5^tan(x^2+y)", "5^tan(w^2)"])
def test_a_dear_text_is_told_in_the_variables_of_every_page(text: str) -> None:
    assert gate._looks_dear(text)
    assert not gate._looks_dear(f"{text} +")
