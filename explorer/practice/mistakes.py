"""The mistakes that learners make, one row each: a rule gone wrong at one place of the formula.

The list is that of any first course (power, product, quotient, chain, the table of functions). The more specific a
mistake is, the higher it stands: where several explain a line, the first one names it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from explorer.expression import Node
from explorer.practice import misread, slips, still, wording
from explorer.practice.parts import Part
from explorer.practice.slips import Slips

__all__ = ["MISTAKES", "Mistake"]


@dataclass(frozen=True, eq=False)
class Mistake:
    """A wrong rule: what a learner calls it, how it reads, a sentence about it, an example (function, wrong line).

    `short` follows "It may also be". `own` gives another sentence where that depends on the part.

    `slips` gives the slopes that come out at a part where the rule goes wrong so. `joins` says whether it is looked
    for beside a second mistake; what explains nearly anything is not. `inner`: what becomes of the inner derivative is
    the mistake itself, so that it cannot be missing as well. `resort`: it is said only where nothing else explains.
    `case_of` names the mistake that this one is a case of: beside it the other has nothing to add.
    """

    name: str
    short: str
    rule: str
    sentence: str
    example: tuple[str, str]
    slips: Callable[[Part], Slips] = field(repr=False)
    own: Callable[[Node], str | None] | None = field(default=None, repr=False)
    joins: bool = True
    inner: bool = False
    resort: bool = False
    case_of: str = ""

    def said_of(self, part: Node) -> str:
        """The sentence for the learner where the rule went wrong at this part."""
        return (self.own and self.own(part)) or self.sentence


SIGN = "The sign of this function's slope is turned."
PLUS = "The product rule has a plus between its two terms."
"""A minus is lost more often than one is put where none belongs: the cosine's slip stands before the product's,
and what turns the first factor's slope before the minus put in front of the first term."""

MISTAKES = (
    Mistake("logarithm_inner_missing", "a missing slope inside the logarithm", "(ln u)′ = 1/u",
            "The logarithm of something gives u′/u, not 1/u: the slope of the inside is missing.",
            ("ln(x^2+1)", "1/(x^2+1)"), slips.logarithm_inner_missing, case_of="inner_derivative_missing"),
    Mistake("base_logarithm_missing", "a missing ln a", "(aᵘ)′ = aᵘ·u′",
            "Another base than e brings the factor ln a: it is missing here.",
            ("2^x", "2^x"), slips.base_logarithm_missing, own=wording.base_logarithm_missing),
    Mistake("power_rule_on_exponential", "the power rule used on an exponential", "(aᵘ)′ = u·aᵘ⁻¹",
            "The power rule is for a moving base. Here the exponent moves: aᵘ stays as it is, times ln a, times u′.",
            ("e^(2x)", "2x e^(2x-1)"), slips.power_rule_on_exponential),
    Mistake("power_rule_on_moving_exponent", "one rule where base and exponent both move",
            "(uᵛ)′ = v·uᵛ⁻¹·u′",
            "Base and exponent both move: the power rule is for a fixed exponent, that of exponentials for a fixed "
            "base. Here both take part: uᵛ = e^(v·ln u).",
            ("x^x", "x*x^(x-1)"), slips.power_rule_on_moving_exponent),
    Mistake("reciprocal_minus_lost", "the minus of 1/u, lost", "(1/u)′ = u′/u²",
            "What stands below the line, 1/u or u⁻ⁿ, has a minus in its slope, (1/u)′ = −u′/u²: it is lost here.",
            ("1/cos(x)", "-sin(x)/cos(x)^2"), slips.reciprocal_minus_lost),
    Mistake("trigonometric_sign", "the wrong sign of a function's slope", "(cos u)′ = sin u·u′", SIGN,
            ("cos(x)", "sin(x)"), slips.trigonometric_minus_lost, own=wording.trigonometric_sign),
    Mistake("sign_inside", "the other sign inside a function's slope", "(tanh u)′ = (1 + tanh²u)·u′",
            "The sign inside this function's slope is the other one.",
            ("tanh(x)", "1 + tanh(x)^2"), slips.sign_inside, own=wording.sign_inside),
    Mistake("other_function", "the slope of another function", "(arctan u)′ = (arcsin u)′",
            "This is the slope of another function.",
            ("arctan(x)", "1/sqrt(1-x^2)"), misread.other_function, own=wording.other_function),
    Mistake("last_link_missing", "a missing last link of the chain", "f(g(h))′ = f′(g(h))·g′(h)",
            "The chain is longer: its last link, the slope of what is innermost, is missing.",
            ("sin(cos(3x))", "-cos(cos(3x)) sin(3x)"), slips.last_link_missing,
            case_of="inner_derivative_missing"),
    Mistake("inner_derivative_missing", "a missing inner derivative", "g(h)′ = g′(h)",
            "The inner derivative is missing: the slope outside has to be multiplied by the slope inside.",
            ("sin(3x)", "cos(3x)"), slips.inner_derivative_missing),
    Mistake("inner_derivative_added", "an inner derivative that was added", "g(h)′ = g′(h) + h′",
            "The inner derivative was added: the slope outside is multiplied by it.",
            ("(x^2+1)^5", "5(x^2+1)^4 + 2x"), slips.inner_derivative_added, inner=True),
    Mistake("product_of_derivatives", "the product of the slopes", "(u·v)′ = u′·v′",
            "The slope of a product is not the product of the slopes: it is u′·v + u·v′.",
            ("x^2 sin(x)", "2x cos(x)"), slips.product_of_derivatives),
    Mistake("product_minus", "a minus in the product rule", "(u·v)′ = u′·v − u·v′",
            PLUS,
            ("x^2 sin(x)", "2x sin(x) - x^2 cos(x)"), slips.product_minus),
    Mistake("quotient_turned", "a numerator the wrong way round", "(u/v)′ = (u·v′ − u′·v)/v²",
            "The numerator is the wrong way round: u′·v comes first, then minus u·v′.",
            ("sin(x)/x", "(sin(x) - x cos(x))/x^2"), slips.quotient_turned),
    Mistake("quotient_minus", "a plus in the quotient rule", "(u/v)′ = (u′·v + u·v′)/v²",
            "The quotient rule has a minus between its two terms.",
            ("sin(x)/x", "(x cos(x) + sin(x))/x^2"), slips.quotient_minus),
    Mistake("trigonometric_sign", "the wrong sign of a function's slope", "(sin u)′ = −cos u·u′", SIGN,
            ("sin(x)", "-cos(x)"), slips.trigonometric_minus_put, own=wording.trigonometric_sign),
    Mistake("quotient_denominator", "a denominator that was not squared", "(u/v)′ = (u′·v − u·v′)/v",
            "In the quotient rule the denominator is squared.",
            ("sin(x)/x", "(x cos(x) - sin(x))/x"), slips.quotient_denominator),
    Mistake("denominator_lost", "a lost denominator", "(u/v)′ = u′·v − u·v′",
            "The numerator of the quotient rule is there, but not what it is divided by: v².",
            ("sin(x)/x", "x cos(x) - sin(x)"), slips.denominator_lost),
    Mistake("quotient_of_derivatives", "the quotient of the slopes", "(u/v)′ = u′/v′",
            "The slope of a quotient is not the quotient of the slopes: it is (u′·v − u·v′)/v².",
            ("sin(x)/x^2", "cos(x)/(2x)"), slips.quotient_of_derivatives),
    Mistake("denominator_slope_lost", "a denominator whose own slope was left out", "(u/v)′ = u′/v²",
            "The denominator is squared, but its own slope takes no part: the numerator is u′·v − u·v′.",
            ("(2x+1)/(x-4)", "2/(x-4)^2"), slips.denominator_slope_lost),
    Mistake("denominator_held", "a denominator held like a constant", "(u/v)′ = u′/v",
            "The denominator was held like a constant. It moves as well: (u′·v − u·v′)/v².",
            ("sin(x)/x", "cos(x)/x"), slips.denominator_held),
    Mistake("numerator_not_derived", "a numerator left as it stands", "(u/v)′ = u/v′",
            "Only the denominator was derived, and the numerator left as it stands: it is (u′·v − u·v′)/v².",
            ("sin(x)/x^2", "sin(x)/(2x)"), slips.numerator_not_derived),
    Mistake("one_factor_only", "a product of which one factor was derived", "(u·v)′ = u′·v",
            "Only one factor was derived: each of them takes its turn, u′·v + u·v′.",
            ("x^2 sin(x)", "2x sin(x)"), slips.one_factor_only),
    Mistake("factor_left_out", "a factor left out of a product rule's term", "(u·v)′ = u′·v + v′",
            "Each term of the product rule keeps the factor that is not derived, u′·v + u·v′: one is left out.",
            ("x^2 e^x", "2x e^x + e^x"), slips.factor_left_out),
    Mistake("power_not_lowered", "an exponent that was not lowered", "(uⁿ)′ = n·uⁿ·u′",
            "The exponent came down as a factor, but it has to be lowered by 1 as well.",
            ("x^3", "3x^3"), slips.power_not_lowered, own=wording.power_not_lowered),
    Mistake("power_raised", "an exponent that was raised", "(uⁿ)′ = n·uⁿ⁺¹·u′",
            "The exponent goes down by 1: after 3 comes 2, and after −2 comes −3.",
            ("x^(-2)", "-2x^(-1)"), slips.power_raised, own=wording.power_raised),
    Mistake("factor_not_brought_down", "an exponent that did not come down as a factor", "(uⁿ)′ = uⁿ⁻¹·u′",
            "The exponent was lowered, but it has to come down as a factor as well.",
            ("x^3", "x^2"), slips.factor_not_brought_down, own=wording.factor_not_brought_down),
    Mistake("factor_lowered", "a factor lowered like the exponent", "(uⁿ)′ = (n − 1)·uⁿ⁻¹·u′",
            "The factor is the old exponent: only the new exponent is smaller by 1.",
            ("x^3", "2x^2"), slips.factor_lowered, own=wording.factor_lowered),
    Mistake("exponent_without_brackets", "a fraction as exponent without its brackets",
            "u^(p/q) written u^p/q",
            "A fraction in the exponent needs brackets: x^-1/2 means x⁻¹ divided by 2, and x^(-1/2) is meant.",
            ("sqrt(x)", "1/2 x^-1/2"), slips.exponent_without_brackets),
    Mistake("power_without_brackets", "a power that does not take the whole inside", "(c·u)ⁿ written c·uⁿ",
            "A power takes the whole inside, its factor too: (2x)² is 4x², not 2x².",
            ("arcsin(2x)", "2/sqrt(1-2x^2)"), slips.power_without_brackets),
    Mistake("absolute_value_dropped", "an absolute value that was dropped", "|u|′ = u′",
            "The slope of |u| is u′ only where u is above 0; below it is −u′, and at 0 there is none.",
            ("|x|", "1"), slips.absolute_value_dropped, own=wording.absolute_value_dropped),
    Mistake("inner_derivative_inside", "an inner derivative put inside", "g(h)′ = g′(h′)",
            "The inner derivative was put inside: the inside stays as it is, and its slope is a factor.",
            ("sin(x^2)", "cos(2x)"), slips.inner_derivative_inside),
    Mistake("sum_taken_apart", "a sum inside that was taken apart", "g(u + v) = g(u) + g(v)",
            "The sum inside was taken apart: what is outside is taken of the whole sum.",
            ("sqrt(x^2+9)", "1"), misread.sum_taken_apart, joins=False, own=wording.sum_taken_apart),
    Mistake("product_taken_apart", "a product inside that was taken apart", "ln(u·v) = ln u·ln v",
            "A product or quotient was taken apart: what is outside is taken of the whole.",
            ("ln(x sin(x))", "ln(sin(x))/x + ln(x) cos(x)/sin(x)"), misread.product_taken_apart, joins=False,
            own=wording.product_taken_apart),
    Mistake("power_moved", "a power that belongs elsewhere", "(g(u))ⁿ taken for g(uⁿ)",
            "The power belongs elsewhere.",
            ("ln(x)^3", "3/x"), misread.power_moved, joins=False, own=wording.power_moved),
    Mistake("inside_lost", "an inside that was lost", "g(h)′ = g′(x)·h′",
            "The inside was lost: the slope outside is taken at the inside, which stays where it stood.",
            ("tan(3x)", "1/cos(x)^2"), slips.inside_lost),
    Mistake("only_inner_derivative", "a chain of which only the inside was derived", "g(h)′ = h′",
            "Only the inside was derived: the slope outside, at the inside, is missing.",
            ("sin(x^2)", "2x"), slips.only_inner_derivative, inner=True),
    Mistake("outside_not_derived", "an outside left as it stands", "g(h)′ = g(h)·h′",
            "The slope of the inside is there, but the function outside was left as it stands: it is derived as well.",
            ("sin(x^2)", "2x sin(x^2)"), slips.outside_not_derived, inner=True),
    Mistake("other_variable", "the slope by the other variable", "∂f/∂y instead of ∂f/∂x",
            "This is the slope by the other variable: here that one is held.",
            ("x^2 y", "x^2"), still.other_variable, joins=False),
    Mistake("held_variable_dropped", "a held variable left out", "∂(u·c)/∂x = ∂u/∂x",
            "The variable that is held is a constant factor here, and such a factor stays.",
            ("x^2 y", "2x"), still.held_variable_dropped),
    Mistake("held_variable_derived", "a held variable that was derived", "∂(u·c)/∂x = u′·c′",
            "The variable that is held was derived as well: it stands still, so its own slope takes no part.",
            ("x^2 y^3", "2x*3y^2"), still.held_variable_derived),
    Mistake("constant_factor_lost", "a lost constant factor", "(c·u)′ = u′",
            "A constant factor was lost: it stays in front.",
            ("5x^2", "2x"), still.constant_factor_lost, own=wording.constant_factor_lost),
    Mistake("constant_as_variable", "e or π taken for a variable", "e and π taken for variables",
            "e and π are numbers: as they do not change, their slope is 0.",
            ("x^2 + e^2", "2x + 2e"), still.constant_as_variable, joins=False),
    Mistake("power_rule_on_constant", "the power rule used on a number", "(cⁿ)′ = n·cⁿ⁻¹",
            "The power rule is for a base that moves. A power of a number, as π² or 2³, is a number: its slope is 0.",
            ("pi^2 x", "2pi x"), still.power_rule_on_constant),
    Mistake("constant_kept", "a constant that was kept", "(u + c)′ = u′ + c",
            "A constant does not change: its slope is 0, so it vanishes.",
            ("x^2 + 5", "2x + 5"), still.constant_kept),
    Mistake("constant_slope_one", "a constant given the slope 1", "(u + c)′ = u′ + 1",
            "The slope of a letter by itself is 1; a number does not change, so its slope is 0.",
            ("x^2 + 5", "2x + 1"), still.constant_slope_one, joins=False),
    Mistake("minus_lost", "a lost minus", "(−u)′ = u′",
            "A minus was lost on the way.",
            ("x^3 - x^2", "3x^2 + 2x"), slips.minus_lost),
    Mistake("product_minus", "a minus in the product rule", "(u·v)′ = u·v′ − u′·v", PLUS,
            ("x^2 sin(x)", "x^2 cos(x) - 2x sin(x)"), slips.product_minus_first),
    Mistake("integrated", "an antiderivative", "∫u instead of u′",
            "This is an antiderivative, of all or of what stands outside: the way back.",
            ("x^2", "x^3/3"), slips.integrated, joins=False),
    Mistake("not_derived", "a part left as it stands", "u′ = u",
            "This was left as it stands: it is not derived.",
            ("x^2", "x^2"), slips.not_derived, joins=False),
    Mistake("derived_twice", "a part that was derived once more", "u″ instead of u′",
            "This was derived twice.",
            ("x^3", "6x"), slips.derived_twice, joins=False),
    Mistake("term_lost", "a lost term", "(u + v)′ = u′",
            "The slope of a term is missing: every term of a sum has its own.",
            ("x^2 + x^3", "2x"), slips.term_lost, joins=False),
    Mistake("sign_turned", "a turned sign", "u′ = −u′",
            "Apart from its sign this is right: a minus has come in, or one was lost.",
            ("x^3", "-3x^2"), slips.sign_turned, joins=False, resort=True),
)  # fmt: skip
"""The more specific first."""
