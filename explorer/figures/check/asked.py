"""Which derivative the lines of the check page are about: f′, f″, or the one by a letter while the others are held."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.expression import Expression, Naming
from explorer.figures.letters import read_letters

__all__ = ["FIRST", "SECOND", "Asked", "asked_of", "choices_of", "read_check"]

FIRST, SECOND = "first", "second"


@dataclass(frozen=True)
class Asked:
    """The formula, the letter by which it is derived, and whether that is done twice."""

    f: Expression
    by: str
    second: bool = False

    @property
    def of(self) -> Expression:
        """The formula that was derived last: f, or f′ where f″ is asked for."""
        return self.f.derivative(self.by) if self.second else self.f

    @property
    def true(self) -> Expression:
        """The derivative that is asked for."""
        return self.of.derivative(self.by)

    @property
    def held(self) -> tuple[str, ...]:
        """The letters that stand still."""
        return tuple(name for name in self.f.variables if name != self.by)

    @property
    def sign(self) -> str:
        """How it is written."""
        return f"∂f/∂{self.by}" if self.held else "f″" if self.second else "f′"

    @property
    def name(self) -> str:
        """What it is called in a sentence."""
        return self.sign if self.held or self.second else "the slope"

    @property
    def title(self) -> str:
        """What it is in full."""
        return (
            f"the derivative by {self.by}"
            if self.held
            else f"the {'second ' if self.second else ''}derivative"
        )

    def named(self, name: Naming | None) -> Asked | None:
        """What a line is about that has a name: what that says, or else what is asked; None for what is not compared.

        That is a third derivative, or a second one in several letters.
        """
        if name is None or not name.order:
            return self
        by = name.by if name.by in self.f.variables else self.by
        order: int | None = name.order
        if name.of is not None and name.of.root != self.f.root:
            order = name.order + 1 if name.of.root == self.f.derivative(by).root else None
        if order is None:
            return self
        if order > 2 or (order == 2 and self.held):
            return None
        return Asked(self.f, by, second=order == 2)


def choices_of(f: Expression) -> dict[str, str]:
    """What can be asked about a formula, each with its sign: f′ and f″ in one letter, a derivative by each of more."""
    if len(f.variables) > 1:
        return {name: Asked(f, name).sign for name in f.variables}
    return {FIRST: "first f′", SECOND: "second f″"}


def asked_of(f: Expression, choice: str) -> Asked:
    """What a choice asks for; another one than there are is the usual one: by x, or by the first letter."""
    if len(f.variables) > 1:
        usual = "x" if "x" in f.variables else f.variables[0]
        return Asked(f, choice if choice in f.variables else usual)
    return Asked(f, f.variables[0], second=choice == SECOND)


def read_check(text: str) -> Expression:
    """The expression of a text in up to six letters; a constant is one in x. Raises ExpressionError."""
    e = read_letters(text)
    return e if e.variables else Expression(e.root, ("x",), remarks=e.remarks)
