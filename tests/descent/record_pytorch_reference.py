"""Records the paths of PyTorch's optimisers, to hold ours against them. PyTorch is no dependency.

Made with Python 3.11 and torch 2.13.0 (CPU, float64) in an environment of its own:

    pip install torch==2.13.0 numpy
    python tests/descent/record_pytorch_reference.py
"""

import json
import platform
from pathlib import Path

import torch

STEPS = 200
KEPT = sorted({*range(11), *range(15, STEPS + 1, 5)})

# formula as our reader takes it: (the same in PyTorch, start)
LOSSES = {
    "x^2": (lambda x: x**2, [4.0]),
    "3x^4 - 5x^2 + 2x": (lambda x: 3 * x**4 - 5 * x**2 + 2 * x, [0.1]),
    "sin(x) + x^2/10": (lambda x: torch.sin(x) + x**2 / 10, [3.0]),
    "1/(1+e^(-x)) + x^2/20": (lambda x: torch.sigmoid(x) + x**2 / 20, [5.0]),
    "x^2 + 25y^2": (lambda x, y: x**2 + 25 * y**2, [2.0, 1.0]),
    "(1-x)^2 + 100(y-x^2)^2": (lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2, [-1.2, 1.0]),
    "(x^2+y-11)^2 + (x+y^2-7)^2": (lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2, [0.5, 0.5]),
    "ln(1 + x^2 + 3y^2) + e^(x y/4)": (
        lambda x, y: torch.log(1 + x**2 + 3 * y**2) + torch.exp(x * y / 4),
        [1.5, -2.0],
    ),
}

GENTLE = {"(1-x)^2 + 100(y-x^2)^2": 0.0004, "(x^2+y-11)^2 + (x+y^2-7)^2": 0.002, "x^2 + 25y^2": 0.01}

# RMSProp's effective rate grows without limit at a minimum, where rounding then decides what it does: its
# rates are such that it is still on its way after 200 steps, or settles.
# name of ours: (PyTorch's class, its arguments, our settings, rate or None for the loss's own)
OPTIMISERS = {
    "gd": (torch.optim.SGD, {}, {}, None),
    "momentum": (torch.optim.SGD, {"momentum": 0.8}, {"momentum": 0.8}, None),
    "nesterov": (torch.optim.SGD, {"momentum": 0.8, "nesterov": True}, {"momentum": 0.8}, None),
    "adagrad": (torch.optim.Adagrad, {}, {}, 0.3),
    "rmsprop": (torch.optim.RMSprop, {"alpha": 0.95}, {"smoothing": 0.95}, 0.003),
    "rmsprop as shipped": (torch.optim.RMSprop, {}, {}, 0.01),
    "adam": (torch.optim.Adam, {}, {}, 0.1),
    "adam, other settings": (
        torch.optim.Adam,
        {"betas": (0.8, 0.99), "eps": 1e-6},
        {"beta1": 0.8, "beta2": 0.99, "epsilon": 1e-6},
        0.05,
    ),
}


def record(loss, start, optimiser, arguments, rate):
    coordinates = [torch.tensor(value, dtype=torch.float64, requires_grad=True) for value in start]
    stepper = optimiser(coordinates, lr=rate, **arguments)
    points = [[c.item() for c in coordinates]]
    for _ in range(STEPS):
        stepper.zero_grad()
        loss(*coordinates).backward()
        stepper.step()
        points.append([c.item() for c in coordinates])
    return [points[step] for step in KEPT]


def main():
    runs = []
    for formula, (loss, start) in LOSSES.items():
        for name, (optimiser, arguments, settings, own) in OPTIMISERS.items():
            rate = own or GENTLE.get(formula, 0.05)
            runs.append(
                {
                    "loss": formula,
                    "start": start,
                    "optimiser": name.split()[0].strip(","),
                    "settings": settings,
                    "rate": rate,
                    "points": record(loss, start, optimiser, arguments, rate),
                }
            )
    reference = {
        "made_with": f"torch {torch.__version__}, Python {platform.python_version()}, float64",
        "steps": KEPT,
        "runs": runs,
    }
    target = Path(__file__).with_name("pytorch_reference.json")
    target.write_text(json.dumps(reference, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
