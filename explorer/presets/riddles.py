"""Find the mistake: short derivations with one wrong line each, the notes' slips among them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Riddle:
    """A derivation of f′ from `formula`: `lines` from top to bottom; the one at `wrong` is the first that fails.

    `mistake` is the name of the rule that went wrong there, below a right line that of a step of algebra. Of the three
    `reasons` the first is the right one, the second the tempting one; `right` is the line as it should be.
    """

    mistake: str
    formula: str
    lines: tuple[str, ...]
    wrong: int
    reasons: tuple[str, str, str]
    right: str

    @property
    def text(self) -> str:
        """The lines as a link holds them."""
        return "; ".join(self.lines)


RIDDLES = (
    Riddle("inner_derivative_missing", "e^(2x)", ("e^(2x)",), 0,
           ("the inside 2x has slope 2, and that factor is missing",
            "e^x is its own slope, so e^(2x) is as well",
            "the exponent has to come down by 1"), "2e^(2x)"),
    Riddle("inner_derivative_inside", "sin((4x)^2)", ("cos(2*4x*4)", "cos(32x)"), 0,
           ("the inside stays (4x)², and its slope 32x is a factor outside",
            "the inside was derived, and that is all that the chain rule asks for",
            "the slope of sine is minus cosine"), "32x cos(16x^2)"),
    Riddle("power_not_lowered", "(x^2)^3", ("3(x^2)^3*2x", "6x^7"), 0,
           ("the exponent 3 comes down, and 2 is left above",
            "the inner slope 2x does not belong there",
            "exponents are added, so it is x⁵ before the rule"), "3(x^2)^2*2x"),
    Riddle("product_of_derivatives", "x e^x", ("1*e^x", "e^x"), 0,
           ("the factors take turns: u′·v + u·v′, and x eˣ is missing",
            "the slope of a product is the product of the slopes",
            "the slope of x is x"), "e^x + x e^x"),
    Riddle("quotient_of_derivatives", "ln(x)/x^2", ("(1/x)/(2x)", "1/(2x^2)"), 0,
           ("a quotient has a rule of its own: (u′·v − u·v′)/v²",
            "numerator and denominator were each derived rightly, so the quotient is right",
            "the slope of ln x is x"), "(x - 2x ln(x))/x^4"),
    Riddle("trigonometric_sign", "e^(2x) cos(x)", ("2e^(2x) cos(x) + e^(2x) sin(x)", "e^(2x)(2cos(x) + sin(x))"), 0,
           ("the slope of cosine is minus sine",
            "the slope of cosine is sine, but the product rule has a minus",
            "the inner slope 2 belongs to both terms"), "2e^(2x) cos(x) - e^(2x) sin(x)"),
    Riddle("reciprocal_minus_lost", "1/(1+e^(-x))", ("-e^(-x)/(1+e^(-x))^2",), 0,
           ("two minus signs meet: one of the rule, one of −x inside",
            "the rule for 1/u has a minus, so the slope is negative",
            "the denominator must not be squared"), "e^(-x)/(1+e^(-x))^2"),
    Riddle("constant_factor_lost", "3x^4 - 5x^2 + 2x", ("12x^3 - 2x + 2",), 0,
           ("the factor 5 stays in front of 2x",
            "the slope of 2x is 2x, so the last term is wrong",
            "the slope of 3x⁴ is 4x³"), "12x^3 - 10x + 2"),
    Riddle("bracket_half_multiplied", "(3x+1)^2", ("2(3x+1)*3", "6(3x+1)", "18x + 1"), 2,
           ("6 times 1 is 6, so the last line is 18x + 6",
            "the inner slope 3 does not belong in the first line",
            "the square has to stay"), "18x + 6"),
    Riddle("product_minus", "x^2 sin(x)", ("2x sin(x) - x^2 cos(x)", "x(2sin(x) - x cos(x))"), 0,
           ("the product rule has a plus between its terms",
            "the slope of sine is minus cosine, so the minus is right",
            "x² has the slope x"), "2x sin(x) + x^2 cos(x)"),
    Riddle("power_rule_on_exponential", "2^x", ("x*2^(x-1)",), 0,
           ("x is in the exponent: 2ˣ stays and takes the factor ln 2",
            "the exponent comes down and is lowered by 1",
            "2ˣ is its own slope"), "2^x ln(2)"),
    Riddle("base_logarithm_missing", "x*3^x", ("3^x + x*3^x", "3^x (1 + x)"), 0,
           ("3ˣ has the slope 3ˣ·ln 3",
            "an exponential is its own slope",
            "the product rule has a minus"), "3^x + x*3^x ln(3)"),
    Riddle("logarithm_inner_missing", "ln(x^2+1)", ("1/(x^2+1)",), 0,
           ("the slope 2x of the inside stands above the bar",
            "the slope of ln u is 1/u, whatever u is",
            "the slope of ln u is u"), "2x/(x^2+1)"),
    Riddle("last_link_missing", "sin(cos(3x))", ("cos(cos(3x))*(-sin(3x))",), 0,
           ("the chain has three links, and the slope 3 of the last is missing",
            "both functions were derived, so nothing is missing",
            "the minus does not belong there"), "-3cos(cos(3x)) sin(3x)"),
    Riddle("quotient_turned", "x/(x^2+1)", ("(2x^2 - (x^2+1))/(x^2+1)^2", "(x^2 - 1)/(x^2+1)^2"), 0,
           ("u′·v comes first: the numerator is the other way round",
            "the denominator must not be squared",
            "the slope of x² + 1 is x"), "(x^2 + 1 - 2x^2)/(x^2+1)^2"),
    Riddle("quotient_denominator", "sin(x)/x", ("(x cos(x) - sin(x))/x",), 0,
           ("the denominator is squared: x²",
            "the numerator is the wrong way round",
            "sine over x is cosine over 1"), "(x cos(x) - sin(x))/x^2"),
    Riddle("constant_kept", "x^3 + 5", ("3x^2 + 5",), 0,
           ("5 does not change: its slope is 0",
            "5 is a number, and numbers stay",
            "the slope of x³ is 3x"), "3x^2"),
    Riddle("factor_not_brought_down", "x^4 - x^2", ("x^3 - 2x",), 0,
           ("the exponent 4 comes down as a factor as well",
            "the exponent goes down by 1, and that is all",
            "the minus has to become a plus"), "4x^3 - 2x"),
    Riddle("constant_as_variable", "x^2 + e^2", ("2x + 2e",), 0,
           ("e² is a number: its slope is 0",
            "the power rule gives 2e for e²",
            "the slope of eˣ is eˣ, so e² stays"), "2x"),
    Riddle("held_variable_dropped", "2x^2 y + 3x^2 y^3 + 3y", ("4x + 6x y^3",), 0,
           ("y is held, and so it is a constant factor that stays: 4x·y",
            "y is held, so its slope is 0 and it vanishes",
            "3y has the slope 3, and that is missing"), "4x y + 6x y^3"),
    Riddle("minus_lost", "(x-3)^2 + x^4", ("2(x-3) + 4x^3", "4x^3 + 2x + 6"), 1,
           ("2 times −3 is −6",
            "the inner slope is −3, and it is missing",
            "the slope of x⁴ is x³"), "4x^3 + 2x - 6"),
    Riddle("derived_twice", "x^3 + 2x", ("6x + 2",), 0,
           ("x³ was derived twice: its slope is 3x²",
            "3·2 is 6, so 6x is right",
            "the slope of 2x is 0"), "3x^2 + 2"),
    Riddle("integrated", "x^2", ("x^3/3",), 0,
           ("that is the way back: an antiderivative",
            "the exponent goes up by 1 and divides",
            "the 3 has to stand in front"), "2x"),
)  # fmt: skip
