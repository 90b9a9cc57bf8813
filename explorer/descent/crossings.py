"""What is said where a path has jumped over a pole or a gap in the domain, or has leapt up over a jump of its loss."""

from explorer.conditions import is_at, is_at_least

from .templates import NOTHING, say
from .walls import GAP, JUMP, POLE

_WHAT = {
    JUMP: "Step {crossed} went over a jump of the loss at {wall} and came out higher: no slope tells of a jump.",
    POLE: "Step {crossed} jumped over a pole at {wall}: what follows is on another piece",
    GAP: "Step {crossed} jumped over a gap in the domain at {wall}: what follows is on another piece",
}
CROSSING = (
    *(
        say(
            text if torn == JUMP else f"{text} of the curve.",
            is_at_least("crossed", 1),
            is_at("torn", torn),
        )
        for torn, text in _WHAT.items()
    ),
    NOTHING,
)
"""The last sentence of every reason."""
CROSSED = tuple(
    say(text if torn == JUMP else f"{text}.", is_at_least("crossed", 1), is_at("torn", torn))
    for torn, text in _WHAT.items()
)
"""The line beside the figure, whatever the behaviour, where that happened."""
