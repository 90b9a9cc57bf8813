"""What is said where a path has jumped over a pole or a gap in the domain."""

from explorer.conditions import is_at, is_at_least

from .templates import NOTHING, say

CROSSING = (
    say(
        "Step {crossed} jumped over a pole at {wall}: what follows is on another piece of the curve.",
        is_at_least("crossed", 1),
        is_at("pole", 1),
    ),
    say(
        "Step {crossed} jumped over a gap in the domain at {wall}: what follows is on another piece of the curve.",
        is_at_least("crossed", 1),
    ),
    NOTHING,
)
"""The last sentence of every reason."""
CROSSED = (
    say(
        "Step {crossed} jumped over a pole at {wall}: what follows is on another piece.",
        is_at_least("crossed", 1),
        is_at("pole", 1),
    ),
    say(
        "Step {crossed} jumped over a gap in the domain at {wall}: what follows is on another piece.",
        is_at_least("crossed", 1),
        is_at("pole", 0),
    ),
)
"""The line beside the figure, whatever the behaviour, where that happened."""
