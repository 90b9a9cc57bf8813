"""What pictures are made of: derivatives, breaks, marked points, honest samples and the window."""

from explorer.numeric.analysis import analyse
from explorer.numeric.breaks import one_sided
from explorer.numeric.calculus import derivative, derivative_values, jet, jet_with_errors, values
from explorer.numeric.corrected import corrected, corrected_derivative, corrected_second
from explorer.numeric.effort import looks_dear
from explorer.numeric.quotients import Quotient, QuotientErrors, difference_quotient, quotient_errors
from explorer.numeric.results import (
    Analysis,
    Band,
    Break,
    BreakKind,
    CriticalKind,
    CriticalPoint,
    Curve,
    Description,
    OneSided,
    Point,
    SmoothPlace,
    Window,
)
from explorer.numeric.sampling import bands, sample, slope_ends
from explorer.numeric.sentences import number_text, place_text, power_of_ten, significant_text
from explorer.numeric.window import choose_window

__all__ = [
    "Analysis",
    "Band",
    "Break",
    "BreakKind",
    "CriticalKind",
    "CriticalPoint",
    "Curve",
    "Description",
    "OneSided",
    "Point",
    "Quotient",
    "QuotientErrors",
    "SmoothPlace",
    "Window",
    "analyse",
    "bands",
    "choose_window",
    "corrected",
    "corrected_derivative",
    "corrected_second",
    "derivative",
    "derivative_values",
    "difference_quotient",
    "jet",
    "jet_with_errors",
    "looks_dear",
    "number_text",
    "one_sided",
    "place_text",
    "power_of_ten",
    "quotient_errors",
    "sample",
    "significant_text",
    "slope_ends",
    "values",
]
