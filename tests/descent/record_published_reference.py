"""Adds paths of optimisers that were computed from their published definitions to those recorded from PyTorch.

In fifty digits, with gradients by SymPy: independent of ours in language, arithmetic and derivative.

    python tests/descent/record_published_reference.py
"""

import json
from pathlib import Path

import mpmath
import sympy

TARGET = Path(__file__).with_name("pytorch_reference.json")
LOSSES = {
    "x^2": ("x**2", [4.0]),
    "3x^4 - 5x^2 + 2x": ("3*x**4 - 5*x**2 + 2*x", [0.1]),
    "sin(x) + x^2/10": ("sin(x) + x**2/10", [3.0]),
    "x^2 + 25y^2": ("x**2 + 25*y**2", [2.0, 1.0]),
}


def amsgrad(gradients, start, rate, steps, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """As the documentation of torch.optim.Adam writes it, with amsgrad=True."""
    rate, beta1, beta2, epsilon = map(mpmath.mpf, (rate, beta1, beta2, epsilon))
    place = [mpmath.mpf(value) for value in start]
    first, second, most = ([mpmath.mpf(0)] * len(place) for _ in range(3))
    points = [place]
    for t in range(1, steps + 1):
        g = [gradient(*place) for gradient in gradients]
        first = [beta1 * m + (1 - beta1) * part for m, part in zip(first, g, strict=True)]
        second = [beta2 * v + (1 - beta2) * part**2 for v, part in zip(second, g, strict=True)]
        most = [max(a, b) for a, b in zip(most, second, strict=True)]
        place = [
            w - rate / (1 - beta1**t) * m / (mpmath.sqrt(v) / mpmath.sqrt(1 - beta2**t) + epsilon)
            for w, m, v in zip(place, first, most, strict=True)
        ]
        points.append(place)
    return points


def main():
    mpmath.mp.dps = 50
    reference = json.loads(TARGET.read_text(encoding="utf-8"))
    runs = [run for run in reference["runs"] if run["optimiser"] != "amsgrad"]
    for formula, (text, start) in LOSSES.items():
        names = sympy.symbols("x y")[: len(start)]
        gradients = [sympy.lambdify(names, sympy.sympify(text).diff(name), "mpmath") for name in names]
        points = amsgrad(gradients, start, 0.1, max(reference["steps"]))
        kept = [[float(part) for part in points[step]] for step in reference["steps"]]
        runs.append(
            {
                "loss": formula,
                "start": start,
                "optimiser": "amsgrad",
                "settings": {},
                "rate": 0.1,
                "points": kept,
            }
        )
    reference["runs"] = runs
    TARGET.write_text(json.dumps(reference, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
