"""The mistakes that learners make, one row each: a rule gone wrong at one place of the formula.

The list is that of any first course (power, product, quotient, chain, the table of functions). The more specific a
mistake is, the higher it stands: where several explain a line, the first one names it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from explorer.practice import misread, slips, still
from explorer.practice.parts import Part
from explorer.practice.slips import Slips

__all__ = ["MISTAKES", "Mistake"]


@dataclass(frozen=True, eq=False)
class Mistake:
    """A wrong rule: how it reads, a sentence for the learner, an example (function, wrong line).

    `slips` gives the slopes that come out at a part where the rule goes wrong so. `joins` says whether it is looked
    for beside a second mistake; what explains nearly anything is not. `inner`: what becomes of the inner derivative is
    the mistake itself, so that it cannot be missing as well. `resort`: it is said only where nothing else explains.
    `case_of` names the mistake that this one is a case of: beside it the other has nothing to add.
    """

    name: str
    rule: str
    sentence: str
    example: tuple[str, str]
    slips: Callable[[Part], Slips] = field(repr=False)
    joins: bool = True
    inner: bool = False
    resort: bool = False
    case_of: str = ""


SIGN = "The sign is turned: the slopes of cos, cot and csc have a minus, those of sin, tan, sec and cosh have none."
PLUS = "The product rule has a plus between its two terms."
"""A minus is lost more often than one is put where none belongs: the cosine's slip stands before the product's,
and what turns the first factor's slope before the minus put in front of the first term."""

MISTAKES = (
    Mistake("logarithm_inner_missing", "(ln u)′ = 1/u",
            "The logarithm of something gives u′/u, not 1/u: the slope of the inside is missing.",
            ("ln(x^2+1)", "1/(x^2+1)"), slips.logarithm_inner_missing, case_of="inner_derivative_missing"),
    Mistake("base_logarithm_missing", "(aᵘ)′ = aᵘ·u′",
            "Another base than e brings the factor ln a: it is missing here.",
            ("2^x", "2^x"), slips.base_logarithm_missing),
    Mistake("power_rule_on_exponential", "(aᵘ)′ = u·aᵘ⁻¹",
            "The power rule is for a moving base. Here the exponent moves: aᵘ stays as it is, times ln a, times u′.",
            ("e^(2x)", "2x e^(2x-1)"), slips.power_rule_on_exponential),
    Mistake("power_rule_on_moving_exponent", "(uᵛ)′ = v·uᵛ⁻¹·u′",
            "Base and exponent both move: the power rule is for a fixed exponent, that of exponentials for a fixed "
            "base. Here both take part: uᵛ = e^(v·ln u).",
            ("x^x", "x*x^(x-1)"), slips.power_rule_on_moving_exponent),
    Mistake("reciprocal_minus_lost", "(1/u)′ = u′/u²",
            "What stands below the line, 1/u or u⁻ⁿ, has a minus in its slope, (1/u)′ = −u′/u²: it is lost here.",
            ("1/cos(x)", "-sin(x)/cos(x)^2"), slips.reciprocal_minus_lost),
    Mistake("trigonometric_sign", "(cos u)′ = sin u·u′", SIGN,
            ("cos(x)", "sin(x)"), slips.trigonometric_minus_lost),
    Mistake("sign_inside", "(tanh u)′ = (1 + tanh²u)·u′",
            "The sign inside is the other one: tan has 1 + tan², tanh 1 − tanh², and cot −(1 + cot²); arctan has "
            "1/(1 + u²), artanh 1/(1 − u²), arcsin 1/√(1 − u²), arsinh 1/√(u² + 1).",
            ("tanh(x)", "1 + tanh(x)^2"), slips.sign_inside),
    Mistake("other_function", "(arctan u)′ = (arcsin u)′",
            "This is the slope of another function: arctan has 1/(1 + u²), arcsin 1/√(1 − u²), arccos −1/√(1 − u²); "
            "tan has 1/cos²u, cot −1/sin²u, sinh has cosh u, and ln has 1/u.",
            ("arctan(x)", "1/sqrt(1-x^2)"), misread.other_function),
    Mistake("last_link_missing", "f(g(h))′ = f′(g(h))·g′(h)",
            "The chain is longer: its last link, the slope of what is innermost, is missing.",
            ("sin(cos(3x))", "-cos(cos(3x)) sin(3x)"), slips.last_link_missing,
            case_of="inner_derivative_missing"),
    Mistake("inner_derivative_missing", "g(h)′ = g′(h)",
            "The inner derivative is missing: the slope outside has to be multiplied by the slope inside.",
            ("sin(3x)", "cos(3x)"), slips.inner_derivative_missing),
    Mistake("inner_derivative_added", "g(h)′ = g′(h) + h′",
            "The inner derivative was added: the slope outside is multiplied by it.",
            ("(x^2+1)^5", "5(x^2+1)^4 + 2x"), slips.inner_derivative_added, inner=True),
    Mistake("product_of_derivatives", "(u·v)′ = u′·v′",
            "The slope of a product is not the product of the slopes: it is u′·v + u·v′.",
            ("x^2 sin(x)", "2x cos(x)"), slips.product_of_derivatives),
    Mistake("product_minus", "(u·v)′ = u′·v − u·v′",
            PLUS,
            ("x^2 sin(x)", "2x sin(x) - x^2 cos(x)"), slips.product_minus),
    Mistake("quotient_turned", "(u/v)′ = (u·v′ − u′·v)/v²",
            "The numerator is the wrong way round: u′·v comes first, then minus u·v′.",
            ("sin(x)/x", "(sin(x) - x cos(x))/x^2"), slips.quotient_turned),
    Mistake("quotient_minus", "(u/v)′ = (u′·v + u·v′)/v²",
            "The quotient rule has a minus between its two terms.",
            ("sin(x)/x", "(x cos(x) + sin(x))/x^2"), slips.quotient_minus),
    Mistake("trigonometric_sign", "(sin u)′ = −cos u·u′", SIGN,
            ("sin(x)", "-cos(x)"), slips.trigonometric_minus_put),
    Mistake("quotient_denominator", "(u/v)′ = (u′·v − u·v′)/v",
            "In the quotient rule the denominator is squared.",
            ("sin(x)/x", "(x cos(x) - sin(x))/x"), slips.quotient_denominator),
    Mistake("denominator_lost", "(u/v)′ = u′·v − u·v′",
            "The numerator of the quotient rule is there, but not what it is divided by: v².",
            ("sin(x)/x", "x cos(x) - sin(x)"), slips.denominator_lost),
    Mistake("quotient_of_derivatives", "(u/v)′ = u′/v′",
            "The slope of a quotient is not the quotient of the slopes: it is (u′·v − u·v′)/v².",
            ("sin(x)/x^2", "cos(x)/(2x)"), slips.quotient_of_derivatives),
    Mistake("denominator_slope_lost", "(u/v)′ = u′/v²",
            "The denominator is squared, but its own slope takes no part: the numerator is u′·v − u·v′.",
            ("(2x+1)/(x-4)", "2/(x-4)^2"), slips.denominator_slope_lost),
    Mistake("denominator_held", "(u/v)′ = u′/v",
            "The denominator was held like a constant. It moves as well: (u′·v − u·v′)/v².",
            ("sin(x)/x", "cos(x)/x"), slips.denominator_held),
    Mistake("numerator_not_derived", "(u/v)′ = u/v′",
            "Only the denominator was derived, and the numerator left as it stands: it is (u′·v − u·v′)/v².",
            ("sin(x)/x^2", "sin(x)/(2x)"), slips.numerator_not_derived),
    Mistake("one_factor_only", "(u·v)′ = u′·v",
            "Only one factor was derived: each of them takes its turn, u′·v + u·v′.",
            ("x^2 sin(x)", "2x sin(x)"), slips.one_factor_only),
    Mistake("factor_left_out", "(u·v)′ = u′·v + v′",
            "Each term of the product rule keeps the factor that is not derived, u′·v + u·v′: one is left out.",
            ("x^2 e^x", "2x e^x + e^x"), slips.factor_left_out),
    Mistake("power_not_lowered", "(uⁿ)′ = n·uⁿ·u′",
            "The exponent came down as a factor, but it has to be lowered by 1 as well.",
            ("x^3", "3x^3"), slips.power_not_lowered),
    Mistake("power_raised", "(uⁿ)′ = n·uⁿ⁺¹·u′",
            "The exponent goes down by 1: after 3 comes 2, and after −2 comes −3.",
            ("x^(-2)", "-2x^(-1)"), slips.power_raised),
    Mistake("factor_not_brought_down", "(uⁿ)′ = uⁿ⁻¹·u′",
            "The exponent was lowered, but it has to come down as a factor as well.",
            ("x^3", "x^2"), slips.factor_not_brought_down),
    Mistake("factor_lowered", "(uⁿ)′ = (n − 1)·uⁿ⁻¹·u′",
            "The factor is the old exponent: only the new exponent is smaller by 1.",
            ("x^3", "2x^2"), slips.factor_lowered),
    Mistake("exponent_without_brackets", "u^(p/q) written u^p/q",
            "A fraction in the exponent needs brackets: x^-1/2 means x⁻¹ divided by 2, and x^(-1/2) is meant.",
            ("sqrt(x)", "1/2 x^-1/2"), slips.exponent_without_brackets),
    Mistake("power_without_brackets", "(c·u)ⁿ written c·uⁿ",
            "A power takes the whole inside, its factor too: (2x)² is 4x², not 2x².",
            ("arcsin(2x)", "2/sqrt(1-2x^2)"), slips.power_without_brackets),
    Mistake("absolute_value_dropped", "|u|′ = u′",
            "The slope of |u| is u′ only where u is above 0; below it is −u′, and at 0 there is none.",
            ("|x|", "1"), slips.absolute_value_dropped),
    Mistake("inner_derivative_inside", "g(h)′ = g′(h′)",
            "The inner derivative was put inside: the inside stays as it is, and its slope is a factor.",
            ("sin(x^2)", "cos(2x)"), slips.inner_derivative_inside),
    Mistake("sum_taken_apart", "g(u + v) = g(u) + g(v)",
            "The sum inside was taken apart: √(u + v) is not √u + √v, and so it is with powers, logarithms, waves "
            "and 1/(u + v).",
            ("sqrt(x^2+9)", "1"), misread.sum_taken_apart, joins=False),
    Mistake("product_taken_apart", "ln(u·v) = ln u·ln v",
            "A product or quotient was taken apart: ln(u·v) is ln u + ln v, and ln(u/v) is ln u − ln v. Of waves and "
            "powers there is no such rule: eᵘᵛ is (eᵘ)ᵛ, not eᵘ·eᵛ.",
            ("ln(x sin(x))", "ln(sin(x))/x + ln(x) cos(x)/sin(x)"), misread.product_taken_apart, joins=False),
    Mistake("power_moved", "(g(u))ⁿ taken for g(uⁿ)",
            "The power belongs elsewhere: (ln u)³ is the logarithm, cubed, and ln(u³) the logarithm of a cube.",
            ("ln(x)^3", "3/x"), misread.power_moved, joins=False),
    Mistake("inside_lost", "g(h)′ = g′(x)·h′",
            "The inside was lost: the slope outside is taken at the inside, which stays where it stood.",
            ("tan(3x)", "1/cos(x)^2"), slips.inside_lost),
    Mistake("only_inner_derivative", "g(h)′ = h′",
            "Only the inside was derived: the slope outside, at the inside, is missing.",
            ("sin(x^2)", "2x"), slips.only_inner_derivative, inner=True),
    Mistake("outside_not_derived", "g(h)′ = g(h)·h′",
            "The slope of the inside is there, but the function outside was left as it stands: it is derived as well.",
            ("sin(x^2)", "2x sin(x^2)"), slips.outside_not_derived, inner=True),
    Mistake("other_variable", "∂f/∂y instead of ∂f/∂x",
            "This is the slope by the other variable: here that one is held.",
            ("x^2 y", "x^2"), still.other_variable, joins=False),
    Mistake("held_variable_dropped", "∂(u·c)/∂x = ∂u/∂x",
            "The variable that is held is a constant factor here, and such a factor stays.",
            ("x^2 y", "2x"), still.held_variable_dropped),
    Mistake("held_variable_derived", "∂(u·c)/∂x = u′·c′",
            "The variable that is held was derived as well: it stands still, so its own slope takes no part.",
            ("x^2 y^3", "2x*3y^2"), still.held_variable_derived),
    Mistake("constant_factor_lost", "(c·u)′ = u′",
            "A constant factor was lost: it stays in front.",
            ("5x^2", "2x"), still.constant_factor_lost),
    Mistake("constant_as_variable", "e and π taken for variables",
            "e and π are numbers: as they do not change, their slope is 0.",
            ("x^2 + e^2", "2x + 2e"), still.constant_as_variable, joins=False),
    Mistake("power_rule_on_constant", "(cⁿ)′ = n·cⁿ⁻¹",
            "The power rule is for a base that moves. A power of a number, as π² or 2³, is a number: its slope is 0.",
            ("pi^2 x", "2pi x"), still.power_rule_on_constant),
    Mistake("constant_kept", "(u + c)′ = u′ + c",
            "A constant does not change: its slope is 0, so it vanishes.",
            ("x^2 + 5", "2x + 5"), still.constant_kept),
    Mistake("constant_slope_one", "(u + c)′ = u′ + 1",
            "The slope of a letter by itself is 1; a number does not change, so its slope is 0.",
            ("x^2 + 5", "2x + 1"), still.constant_slope_one, joins=False),
    Mistake("minus_lost", "(−u)′ = u′",
            "A minus was lost on the way.",
            ("x^3 - x^2", "3x^2 + 2x"), slips.minus_lost),
    Mistake("product_minus", "(u·v)′ = u·v′ − u′·v", PLUS,
            ("x^2 sin(x)", "x^2 cos(x) - 2x sin(x)"), slips.product_minus_first),
    Mistake("integrated", "∫u instead of u′",
            "This is an antiderivative, of all or of what stands outside: the way back.",
            ("x^2", "x^3/3"), slips.integrated, joins=False),
    Mistake("not_derived", "u′ = u",
            "This was left as it stands: it is not derived.",
            ("x^2", "x^2"), slips.not_derived, joins=False),
    Mistake("derived_twice", "u″ instead of u′",
            "This was derived twice.",
            ("x^3", "6x"), slips.derived_twice, joins=False),
    Mistake("term_lost", "(u + v)′ = u′",
            "The slope of a term is missing: every term of a sum has its own.",
            ("x^2 + x^3", "2x"), slips.term_lost, joins=False),
    Mistake("sign_turned", "u′ = −u′",
            "Apart from its sign this is right: a minus has come in, or one was lost.",
            ("x^3", "-3x^2"), slips.sign_turned, joins=False, resort=True),
)  # fmt: skip
"""The more specific first."""
