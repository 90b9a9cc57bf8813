"""Formulas that come late: none is lost between two looks, and whoever waits for them breaks no page."""

import ast
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

from explorer.figures.limit import scene as limit
from explorer.symbolic import Ticket
from explorer.ui import formulas
from tests.browser.server import ROOT
from tests.ui.app import opened
from tests.ui.delta_tree import DeltaTree

LINKS = {
    "tangent": {"f": "sqrt(3x+5) x"},
    "secant": {"f": "sqrt(3x+5)"},
    "partial_derivatives": {"f": "x^2 sin y + y"},
    "partial_derivatives of a map": {"tab": "jacobian", "u": "x^2 y", "v": "sin(x) + y"},
}
WITHOUT_FORMULAS = {"secant of a table": {"source": "table"}, "gradient_descent": {"f": "x^2 + 3y^2"}}


def at(link: str) -> None:
    opened(link.split(maxsplit=1)[0], **(LINKS | WITHOUT_FORMULAS)[link])


@pytest.fixture
def between_two_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every answer comes right after the page has looked for it the first time."""
    looked: set[str] = set()
    wait = Ticket.wait

    def missed(ticket: Ticket[object], seconds: float) -> bool:
        there = wait(ticket, 20)
        question = repr(ticket._question)
        return there if question in looked else bool(looked.add(question))

    monkeypatch.setattr(Ticket, "wait", missed)


@pytest.mark.usefixtures("between_two_looks")
def test_the_algebra_that_comes_between_two_looks_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[int] = []
    scene = limit.limit_scene

    def watched(*args: object, **kwargs: Sequence[object]) -> object:
        shown.append(len(kwargs["algebra"]))
        return scene(*args, **kwargs)

    monkeypatch.setattr(limit, "limit_scene", watched)
    at("secant")
    assert shown[0] == 0, "the first look is to miss it"
    assert shown[-1] > 2


@pytest.mark.usefixtures("between_two_looks")
@pytest.mark.parametrize("link", [link for link in LINKS if link != "secant"])
def test_formulas_that_come_between_two_looks_are_shown(link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[list[bool]] = []
    answered, there = formulas.answered, formulas.all_there

    def one(ticket: Ticket[object] | None) -> object:
        answer = answered(ticket)
        if ticket is not None:
            runs[-1].append(answer is not None)
        return answer

    def looked(*args: object) -> bool:
        runs.append([there(*args)])
        return runs[-1][0]

    for module in ("formulas", "partials", "jacobian_formulas"):
        monkeypatch.setattr(f"explorer.ui.{module}.all_there", looked)
    monkeypatch.setattr(formulas, "answered", one)
    at(link)
    assert not runs[0][0], "the first look is to miss them"
    assert all(runs[-1])
    assert len(runs[-1]) > 1


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[ForwardMsg]]:
    """What is sent to the browser, one after the other, while no answer ever comes."""
    messages: list[ForwardMsg] = []
    monkeypatch.setattr(Ticket, "wait", lambda ticket, seconds: False)
    monkeypatch.setattr(Ticket, "done", False)
    ForwardMsgQueue.on_before_enqueue_msg(
        lambda message: messages.append(ForwardMsg.FromString(message.SerializeToString()))
    )
    yield messages
    ForwardMsgQueue.on_before_enqueue_msg(None)


def queued(messages: Sequence[ForwardMsg], then: Callable[[ForwardMsgQueue], object]) -> list[ForwardMsg]:
    queue = ForwardMsgQueue()
    for message in messages:
        queue.enqueue(ForwardMsg.FromString(message.SerializeToString()))
    then(queue)
    return queue.flush()


@pytest.mark.parametrize("link", LINKS | WITHOUT_FORMULAS)
def test_a_page_comes_whole_whenever_a_part_of_it_is_asked_for_again(
    link: str, sent: list[ForwardMsg]
) -> None:
    """Streamlit drops what a fragment still has to say when that fragment is to run again.

    It is asked for again as soon as the browser knows of it, by its clock or by something in it; or at any moment,
    where the page stood before it is drawn anew. Then what it draws comes to its own place, or to an empty one.
    """
    at(link)
    begin = max(k for k, message in enumerate(sent) if message.HasField("navigation"))
    messages = sent[begin:]
    assert any(message.HasField("auto_rerun") for message in messages) == (link in LINKS)
    places = {m.delta.fragment_id: list(m.metadata.delta_path) for m in reversed(messages)}
    fragments = places.keys() - {""}
    assert fragments
    for cut in range(len(messages)):
        before = messages[:cut]
        known = {m.auto_rerun.fragment_id for m in before} | {m.delta.fragment_id for m in before}
        for stood in (False, True):
            for fragment in fragments if stood else known & fragments:
                again = partial(
                    ForwardMsgQueue.clear, retain_lifecycle_msgs=True, fragment_ids_this_run=[fragment]
                )
                browser = DeltaTree()
                if stood:
                    browser.receive(messages)
                browser.receive([*queued(before, lambda queue: None), *queued(messages[cut:], again)])
                *place, k = places[fragment]
                beside = browser.page.at(place).children
                assert k <= len(beside)
                assert k == len(beside) or beside[k].owner == fragment


@pytest.mark.parametrize(
    "script", [ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py"))], ids=lambda p: p.stem
)
def test_a_page_ends_with_the_word_that_it_has_ended(script: Path) -> None:
    body = ast.parse(script.read_text(encoding="utf-8")).body
    if script.name == "app.py":
        (body,) = [
            part.body for part in body if isinstance(part, ast.FunctionDef) and part.name == "start_page"
        ]
    assert ast.unparse(body[-1]) == "end_page(page)"


def test_every_fragment_stands_in_a_place_of_its_own() -> None:
    scripts = [*(ROOT / "pages").glob("*.py"), *(ROOT / "explorer" / "ui").glob("*.py")]
    assert [script.name for script in scripts if "fragment(" in script.read_text(encoding="utf-8")] == [
        "page.py"
    ]
