"""Formulas that nobody had before: a learner's own, everyday ones and such as are legal but dear."""

import random

TAME = {
    1: (
        "{a}x^3 + {b}x + {c}",
        "{a}sin({b}x) + {c}x",
        "x^2 e^(-x/{p}) + {b}",
        "{a}/(1 + x^2) + {b}x",
        "sqrt(x^2 + {p}) + {b}x",
        "{b}ln(x^2 + {p})",
        "|x + {a}| + {b}",
        "{a}cos({b}x)e^(-x^2/{p})",
        "x^4/{p} + {b}x^2 + {c}x",
        "({a}x + {b})/(x^2 + {p})",
    ),
    2: (
        "{a}x^2 + {b}y^2 + {c}x y",
        "{a}sin(x)cos({b}y)",
        "{b}e^(-(x^2 + y^2)/{p}) + {c}x",
        "{a}x^3 + {b}x y + {c}y^2",
        "{a}/(1 + x^2 + y^2) + {b}x",
        "sqrt(x^2 + y^2 + {p}) + {b}y",
        "ln(1 + x^2 + {p}y^2)",
        "x^4/{p} - x^2 + {q}y^2 + {c}x",
    ),
}
WILD = {
    1: (
        "5^tan(x^2)",
        "sin(50x)",
        "floor(1/x)",
        "x^x^x",
        "sin(1/x)/floor(3x)",
        "tan(20x) + floor(x^2)",
        "1/sin(30x)",
        "{{x<1: x, 5^tan(x^2)}}",
        "sign(sin(40x))",
        " + ".join(f"sin({k}x)/{k}" for k in range(1, 12)),
    ),
    2: (
        "5^tan(x^2 + y)",
        "sin(50x)",
        "floor(1/x) + y",
        "x^y^x",
        "sin(10(x^2 + y^2))",
        "tan(20x y)",
        "1/sin(30x + y)",
        "cos(100x)",
        "floor(10sin(x y))",
        " + ".join(f"sin({k}x + y)/{k}" for k in range(1, 12)),
    ),
}


def own_formula(letters: int, wild: bool, chance: random.Random) -> str:
    """A formula in x, or in x and y, with numbers of its own."""
    pattern = chance.choice((WILD if wild else TAME)[letters])
    signed = {name: chance.choice((-1, 1)) * chance.randint(1, 99) / 10 for name in "abc"}
    positive = {name: chance.randint(1, 99) / 10 for name in "pq"}
    return pattern.format(**signed, **positive) + (f" + {chance.randint(1, 999) / 1000}" if wild else "")
