"""The algebra of the difference quotient for the live figure: asked for without waiting, shown when it is there."""

from __future__ import annotations

from functools import partial

from explorer.expression import Expression
from explorer.figures.curve import analyse, span_of
from explorer.figures.limit.algebra import algebra_lines, rules_instead
from explorer.figures.slopeless import slopeless
from explorer.numeric import Window
from explorer.scene.scene import FormulaLine
from explorer.symbolic import OverBudget, Quotient, request
from explorer.ui.formulas import session_name
from explorer.ui.late import all_there
from explorer.ui.page import Page


def ask_for_algebra(f: Expression) -> None:
    """Have it worked out while the page does something else."""
    request(Quotient(f), session_name())


def algebra_of(page: Page, f: Expression, window: Window) -> tuple[FormulaLine, ...] | None:
    """The lines, or None as long as they are being worked out."""
    remark = partial(slopeless, analyse(f, span_of(f, window)), window)
    ticket = request(Quotient(f), session_name())
    if not all_there(page, [ticket]):
        return None
    try:
        return algebra_lines(ticket.result(), remark)
    except OverBudget as reason:
        return rules_instead(f, reason.sentence, remark)
