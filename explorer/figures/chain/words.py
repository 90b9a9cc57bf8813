"""What the chain page says: the names of the nodes, their formulas, and a line and a sentence for each step."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from explorer.autodiff import LOCALS, Graph, GraphNode
from explorer.conditions import Condition, is_at_least, is_known, is_too_large, is_unknown
from explorer.expression import (
    Call,
    Comparison,
    Expression,
    Node,
    Piecewise,
    rational_value,
    text_of,
)
from explorer.figures.chain.written import (
    COMPARISONS,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    function_name,
    keeps_signs_apart,
    written,
)
from explorer.numeric import number_text
from explorer.scene.scene import Case

__all__ = ["MOST_TOLD", "NUDGE", "NUDGED", "TOTAL", "Named", "defined", "missing", "opening"]

OVERFLOW = "o"
"""Before a node's number: the quantity that tells whether it, or what goes into it, is too large for a double."""
LARGEST = Expression.number(sys.float_info.max).root
NONE, HALF, ONE = (Expression.number(value).root for value in (0.0, 0.5, 1.0))

CONDITIONS = (*COMPARISONS, "and")
LONGEST_CONSTANT = 6
NUDGE, NUDGED = "nudge", "nudged"
"""The quantities of a nudge, and of the letter after it."""
TOTAL = "sum_"
"""Before a letter: the quantity of its slope, where it stands in several places."""
MOST_CAUSES = 4
MOST_TOLD = 30
"""In larger graphs words are short, and why there is no slope is told where that arises: the scene stays light."""
MOST_TRACED = 22
"""In larger graphs only boxes, wires and the sentence on f say what is too large for a double."""
MOST_WAYS = 3
"""More ways than these are counted, not written out."""
MOST_LINKS = 4
"""Chains of more links are not told one by one."""
NUMERALS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, eq=False)
class Named:
    """A graph with names for its nodes: letters as they are, v₁, v₂, … in the order of computation, and f at last."""

    graph: Graph

    @cached_property
    def operations(self) -> tuple[int, ...]:
        """The nodes that are computed, in order."""
        return tuple(k for k, node in enumerate(self.graph.nodes) if node.inputs)

    @cached_property
    def drawn(self) -> tuple[int, ...]:
        """The nodes that have a box: all but the constants, which stand in the boxes that use them."""
        return tuple(k for k in range(len(self.graph.nodes)) if self.graph.moving[k])

    def overflows(self) -> dict[str, Expression]:
        """By the names of quantities, for each node 1 where its value, or one that goes into it, is beyond the doubles.

        It is 0 where none is, and has no value after a gap.
        """
        found: dict[int, Node] = {}
        for k in self.operations:
            node = self.graph.nodes[k]
            asked = [Comparison("<", HALF, found[j]) for j in node.inputs if j in found]
            if self.is_number(k):
                asked.append(Comparison("<", LARGEST, Call("abs", (self.graph.values[k].root,))))
            found[k] = Piecewise(tuple((condition, ONE) for condition in asked), NONE)
        letters = self.graph.letters
        return {f"{OVERFLOW}{k}": Expression(found[k], letters) for k in found if self.is_number(k)}

    @property
    def traced(self) -> bool:
        """Whether what is too large for a double is traced to the first number that is."""
        return len(self.operations) <= MOST_TRACED

    def overflowed(self, k: int) -> tuple[Condition, ...]:
        """When a node's value, or one that goes into it, is beyond the doubles."""
        return (is_at_least(f"{OVERFLOW}{k}", 1.0),) if self.is_number(k) else ()

    def is_number(self, k: int) -> bool:
        """Whether a node is computed, and no condition."""
        node = self.graph.nodes[k]
        return bool(node.inputs) and node.operation not in CONDITIONS

    def too_large(self) -> Iterator[tuple[str, Condition]]:
        """For each node that may be too large for a double what it is, v₂ = e^v₁, and the test that it is."""
        for k in self.operations:
            if self.is_number(k):
                yield self.title(k), is_too_large(f"v{k}")

    @cached_property
    def names(self) -> tuple[str, ...]:
        """By node; a constant is written out."""
        number = {k: f"v{i}".translate(SUBSCRIPTS) for i, k in enumerate(self.operations, 1)}
        if self.operations:
            number[self.operations[-1]] = "f"
        for letter, leaves in self.repeated.items():
            # v₁ is a box.
            named = f"{letter} no. " if letter == "v" else letter
            for i, k in enumerate(leaves, 1):
                number[k] = named + (str(i) if letter == "v" else str(i).translate(SUBSCRIPTS))
        return tuple(
            number.get(k) or node.letter or _constant(node) for k, node in enumerate(self.graph.nodes)
        )

    @cached_property
    def repeated(self) -> Mapping[str, tuple[int, ...]]:
        """In a tree as typed, the nodes of each letter that occurs more than once."""
        nodes = self.graph.nodes
        leaves = {
            name: tuple(k for k, node in enumerate(nodes) if node.letter == name)
            for name in self.graph.letters
        }
        return {name: found for name, found in leaves.items() if len(found) > 1}

    def total(self, k: int) -> str:
        """At the last place of a letter to get its slope, a template of what all of them are together; else nothing."""
        letter = self.graph.nodes[k].letter
        places = self.repeated.get(letter or "", ())
        return f"∂f/∂{letter} = {{{TOTAL}{letter}:g4}}" if places and k == places[0] else ""

    def formula(self, k: int) -> str:
        """What a node is made of, in names: v₁ + 1."""
        node = self.graph.nodes[k]
        return written(node, [self.names[j] for j in node.inputs], self._exponent(node))

    def numbers(self, k: int) -> str:
        """The same as a template of the numbers."""
        node = self.graph.nodes[k]
        if node.operation == "negate":
            return self.formula(k)  # −(−1) = 1 has two signs to read; −1 = −1 says nothing
        form = "g4" if keeps_signs_apart(node) else "q4"
        holes = [self.names[j] if not self.graph.moving[j] else f"{{v{j}:{form}}}" for j in node.inputs]
        return written(node, holes, self._exponent(node))

    def computed(self, k: int) -> tuple[Case, ...]:
        """How a node comes by its value, for a line: v₂ = 3 + 1 = 4."""
        name, value = self.names[k], f"{{v{k}:g4}}"
        if self.graph.nodes[k].operation in CONDITIONS:
            return self._asked(k, f"{name}: {{}}")
        if self.graph.nodes[k].operation == "piecewise":
            return tuple(Case(line, when) for line, _, when in self._pieces(k))
        large = f"{name} = {self.formula(k)} is too large for a double"
        told: tuple[Case, ...] = ()
        if self.traced:
            lost = f"{name} = {self.formula(k)}: lost, for a number in it is too large for a double"
            told = (
                Case(large, (is_too_large(f"v{k}"), *self._defined_inputs(k))),
                *(Case(lost, (missing(f"v{k}"), when)) for when in self.overflowed(k)),
            )
        elif len(self.operations) <= MOST_TOLD:
            told = (Case(large, (is_too_large(f"v{k}"),)),)
        return (*told, Case(f"{name} = {self.numbers(k)} = {value}"))

    def computing(self, k: int) -> tuple[Case, ...]:
        """The same in words, a sentence without its stop; in a larger graph the line itself."""
        if len(self.operations) > MOST_TOLD:
            return self.computed(k)
        name, said, numbers, value = self.names[k], self.formula(k), self.numbers(k), f"{{v{k}:g4}}"
        if self.graph.nodes[k].operation in CONDITIONS:
            return self._asked(k, f"{name} asks whether {said}: {{}}, so it is {value}")
        if self.graph.nodes[k].operation == "piecewise":
            return tuple(Case(words, when) for _, words, when in self._pieces(k))
        return (Case(f"{name} is {said}{'' if said == numbers else f': {numbers}'} = {value}"),)

    def _asked(self, k: int, frame: str) -> tuple[Case, ...]:
        """Whether a condition holds, put into a frame; it has no answer where what it asks of has no value."""
        both = self.graph.nodes[k].operation == "and"
        asked = self.formula(k) if both else self.numbers(k)
        holds, fails, open_ = (
            ("both hold", "do not both hold", "have no answer")
            if both
            else ("holds", "does not hold", "has no answer")
        )
        unanswered = Case(frame.replace("{}", f"{asked} {open_}"), (missing(f"v{k}"),))
        return (
            *((unanswered,) if self._defined_inputs(k) else ()),
            Case(frame.replace("{}", f"{asked} {holds}"), (_holding(k),)),
            Case(frame.replace("{}", f"{asked} {fails}")),
        )

    def _pieces(self, k: int) -> Iterator[tuple[str, str, tuple[Condition, ...]]]:
        """A formula in pieces, as it is asked: the line and the words for each, and the test that they hold."""
        nodes, inputs = self.graph.nodes, self.graph.nodes[k].inputs
        name, value = self.names[k], f"{{v{k}:g4}}"
        for at in range(0, len(inputs), 2):
            last = at == len(inputs) - 1
            piece, asked = inputs[at if last else at + 1], self.names[inputs[at]]
            moves = not last and self.graph.moving[inputs[at]]
            if moves and self._defined_inputs(inputs[at]):
                why = f"{asked} has no answer"
                yield f"{name}: {why}", f"{name} is undefined, for {why}", (missing(f"v{inputs[at]}"),)
            if last or moves or nodes[inputs[at]].constant:
                why = "no condition holds" if last else f"{asked} holds"
                line, words = (
                    f"{name} = {self.names[piece]}",
                    f"{name} is its piece {self.names[piece]} here, for {why}",
                )
                if self.graph.moving[piece]:
                    line, words = f"{line} = {value}", f"{words}: {value}"
                yield line, words, (_holding(inputs[at]),) if moves else ()
        if len(inputs) % 2 == 0:
            yield f"{name}: no condition holds", f"{name} is undefined, for no condition holds", ()

    def title(self, k: int) -> str:
        """What stands at the top of a box."""
        return f"{self.names[k]} = {self.formula(k)}" if self.graph.nodes[k].inputs else self.names[k]

    def slope(self, k: int) -> str:
        """The name of the derivative of the output by a node."""
        return f"∂f/∂{self.names[k]}"

    def ways(self, k: int) -> str:
        """A template of the sum over the uses: 10 · 4 + 4 · 1."""
        uses = self.graph.uses[k]
        if len(uses) > MOST_WAYS:
            return f"the sum over {len(uses)} ways"
        return " + ".join(f"{{d{user}:q4}} · {{l{user}_{place}:q4}}" for user, place in uses)

    def inflow(self, k: int) -> str:
        """Forward, a template of the sum over the inputs: 2 · 1 + 5 · 0."""
        moving = [(place, j) for place, j in enumerate(self.graph.nodes[k].inputs) if self.graph.moving[j]]
        if len(moving) > MOST_WAYS:
            return f"the sum over {len(moving)} inputs"
        return " + ".join(f"{{l{k}_{place}:q4}} · {{d{j}:q4}}" for place, j in moving)

    def _exponent(self, node: GraphNode) -> str:
        """A short constant exponent in small raised digits, or nothing."""
        if node.operation != "power":
            return ""
        exact = rational_value(self.graph.nodes[node.inputs[1]].tree)
        whole = exact is not None and exact.denominator == 1 and abs(exact) < 100
        return str(exact).translate(SUPERSCRIPTS) if whole else ""

    def _defined_inputs(self, k: int) -> tuple[Condition, ...]:
        """That all that goes into a node and is computed has a value."""
        return tuple(defined(f"v{j}") for j in self.graph.nodes[k].inputs if self.graph.nodes[j].inputs)

    def undefined(self, k: int) -> tuple[Case, ...]:
        """Why a node has no value, where it has none."""
        formula, name, defined_ones = self.formula(k), self.names[k], self._defined_inputs(k)
        if len(self.operations) > MOST_TOLD:
            return (Case(f"{formula} has no value here, or one too large for a double."),)
        further = (Case(f"{name} is undefined, for what goes into it is."),) if defined_ones else ()
        large = f"{formula} is too large for a double here: nothing that depends on {name} can be computed."
        lost = f"{name} is lost, for a number that goes into it is too large for a double."
        here = f"{formula} has no value here: {name} is undefined, and so is all that depends on it."
        if self.graph.nodes[k].operation == "piecewise":
            # One of its pieces or conditions may have no value where it has one.
            return tuple(Case(f"{one.text}.", one.when) for one in self.computing(k))
        return (
            Case(large, (is_too_large(f"v{k}"), *(defined_ones if self.traced else ()))),
            Case(here, defined_ones),
            *(Case(lost, (when,)) for when in self.overflowed(k) if self.traced),
            *further,
        )

    def slopeless(self, k: int) -> tuple[Case, ...]:
        """Why the rules give no slope of the output by a node, where it has a value: there may be one, as of |x|²."""
        edges = [edge for edge in self.graph.uses[k] if self._missing(*edge)]
        found = [
            Case(
                f"{self._missing(user, place)}, so the chain rule gives no {self.slope(k)} here.",
                (missing(f"l{user}_{place}"),),
            )
            for user, place in edges
        ]
        if len(self.operations) > MOST_TOLD:
            return tuple(found)
        ahead = [
            Case(
                f"The chain rule gives no {self.slope(k)} here: on the way to f, {self._missing(user, place)}.",
                (missing(f"l{user}_{place}"),),
            )
            for user, place in self._ahead(k)
        ]
        return (
            *found,
            *ahead,
            Case(f"The chain rule gives no {self.slope(k)} here: a slope on the way to f is missing."),
        )

    def _ahead(self, k: int) -> list[tuple[int, int]]:
        """The first few edges beyond the next boxes, on the ways from a node to f, that may have no slope."""
        nodes, reached = self.graph.nodes, {k}
        edges = []
        for user in range(k + 1, len(nodes)):
            places = [place for place, j in enumerate(nodes[user].inputs) if j in reached]
            if places:
                reached.add(user)
            edges += [
                (user, place)
                for place in places
                if nodes[user].inputs[place] != k and self._missing(user, place)
            ]
        return edges[:MOST_CAUSES]

    def tangentless(self, k: int, by: str) -> tuple[Case, ...]:
        """Forward, why a node has no slope by a letter, where it has a value and no slope."""
        slope, node = f"∂{self.names[k]}/∂{by}", self.graph.nodes[k]
        found = [
            Case(f"{why}, so the chain rule gives no {slope} here.", (missing(f"l{k}_{place}"),))
            for place, j in enumerate(node.inputs)
            if self.graph.moving[j] and (why := self._missing(k, place))
        ]
        if len(self.operations) > MOST_TOLD:
            return tuple(found)
        return (*found, Case(f"The chain rule gives no {slope} here: a slope that goes into it is missing."))

    def unmoved(self, k: int, by: str) -> tuple[Case, ...]:
        """Why a node that has a value has none where a letter is nudged."""
        name, there = self.names[k], f"at {by} + Δ{by} = {{{NUDGED}:g6}}"
        inputs = [j for j in self.graph.nodes[k].inputs if self.graph.nodes[j].inputs]
        inside, known = tuple(defined(f"n{j}") for j in inputs), defined(f"v{k}")
        if not self.traced:
            none = f"{name} has no value {there}, or one too large for a double."
            return (Case(none, (known, missing(f"n{k}"))),)
        further = f"What goes into {name} has no value {there}, or one too large for a double: Δ{name} is not known."
        return (
            Case(
                f"{self.title(k)} is too large for a double {there}: Δ{name} is not known.",
                (known, is_too_large(f"n{k}")),
            ),
            Case(
                f"{self.title(k)} has no value {there}: there is no Δ{name}.",
                (known, missing(f"n{k}"), *inside),
            ),
            *((Case(further, (known, missing(f"n{k}"))),) if inside else ()),
        )

    def _missing(self, k: int, place: int) -> str:
        """Why an operation may have a value and no slope by an input; nothing where that cannot be."""
        node = self.graph.nodes[k]
        why = LOCALS[node.operation].why_none(place) if node.inputs else ""
        return f"{self.formula(k)} {why}" if why else ""


def _holding(k: int) -> Condition:
    """The test that a condition's node is 1."""
    return is_at_least(f"v{k}", 0.5)


def missing(quantity: str) -> Condition:
    """The condition that a quantity has no value."""
    return is_unknown(quantity)


def defined(quantity: str) -> Condition:
    """The condition that it has one."""
    return is_known(quantity)


def opening(named: Named, ahead: str) -> str:
    """The sentence before anything is computed; `ahead` says what comes."""
    graph, count = named.graph, len(named.operations)
    letters = _listed(graph.letters)
    if not count:
        return f"f is {letters} itself⟨. Press Step|⟩: its slope is 1."
    boxes = f"{_numeral(count).capitalize()} {'box' if count == 1 else 'boxes'} from {letters} to f"
    links = [_link(named, k) for k in named.operations]
    if count <= MOST_LINKS and all(links):
        boxes += ": " + ", ".join(links)
    return f"{boxes}.⟨ Press Step: {ahead}⟩"


def _link(named: Named, k: int) -> str:
    """What one box does to the one thing that goes into it, in words; nothing where two go in."""
    node, nodes = named.graph.nodes[k], named.graph.nodes
    moving = [j for j in node.inputs if named.graph.moving[j]]
    if len(moving) != 1:
        return ""
    if len(node.inputs) == 1:
        return "the other sign" if node.operation == "negate" else function_name(node.operation)
    constant = next(j for j in node.inputs if not named.graph.moving[j])
    first, c = node.inputs[0] == constant, named.names[constant]
    if node.operation == "power" and not first:
        exact = rational_value(nodes[constant].tree)
        return {2: "squared", 3: "cubed"}.get(exact, f"to the power {c}")  # type: ignore[call-overload, no-any-return]
    words = {
        "add": f"plus {c}",
        "multiply": f"times {c}",
        "subtract": f"taken from {c}" if first else f"minus {c}",
        "divide": f"{c} divided by it" if first else f"divided by {c}",
        "power": f"{c} to that power",
    }
    return words.get(node.operation, "")


def _numeral(count: int) -> str:
    return NUMERALS[count] if count < len(NUMERALS) else str(count)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _constant(node: GraphNode) -> str:
    assert node.constant is not None
    return _short(node.tree) or number_text(node.constant)


def _short(tree: Node) -> str:
    """A constant as it was written, where that is short."""
    text = text_of(tree).replace("pi", "π").replace("*", "·").replace("-", "−")
    return text if len(text) <= LONGEST_CONSTANT and "(" not in text else ""
