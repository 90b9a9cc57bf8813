"""One learner opens the dearest formulas that are known while another drags: the other is answered all the same."""

from tests.browser.conftest import Visit
from tests.browser.listener import Listener, arriving

DEAREST = (
    ("tangent", "{x^x/x>=170x^2: x, 5^tan(x^2)}"),
    ("tangent", "max((floor(7(x^2)))/(sec(2(x-1))),(10)+(2(x)))"),
    ("partial_derivatives", "sin(50x)"),
    ("partial_derivatives", "sin(1E10 x y)"),
)


def lacking(listener: Listener) -> str:
    """The last formulas, where they did not come."""
    return "" if any("is obtained" in title for title in listener.folds) else f"{listener.query}: no steps"


def test_a_release_is_answered_while_a_neighbour_opens_the_dearest_formulas(visit: Visit) -> None:
    """The neighbour opens them without a browser: what is tried is the server, not two browsers on one machine."""
    figure = visit.figure("tangent", f="x^2", x0=1)
    links = [(page, {"f": formula}) for page, formula in DEAREST]
    with arriving(visit.server.port, links, lacking) as neighbour:
        for _ in range(3):
            figure.drag(figure.handle("x0"), -30, moves=4)
        assert neighbour() == [""] * len(DEAREST)
