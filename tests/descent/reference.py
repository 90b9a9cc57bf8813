"""Textbook versions of the optimisers, written apart from the house: whole vectors, powers of β."""

import numpy as np


def textbook_path(name, gradient_at, start, *, rate, steps, settings):
    """The points of `steps` steps, shape (steps + 1, d); `gradient_at` maps a vector to a vector."""
    w = np.array(start, dtype=float)
    points = [w]
    first = np.zeros_like(w)
    second = np.zeros_like(w)
    most = np.zeros_like(w)
    for t in range(1, steps + 1):
        g = gradient_at(w)
        if name == "gd":
            move = rate * g
        elif name == "momentum":
            # Polyak's own form, w − η∇L + β(w − w₋₁), has no velocity.
            before = points[-2] if t > 1 else w
            move = rate * g - settings["momentum"] * (w - before)
        elif name == "nesterov":
            first = settings["momentum"] * first + g
            move = rate * (g + settings["momentum"] * first)
        elif name == "adagrad":
            second = second + g**2
            move = rate * g / (np.sqrt(second) + settings["epsilon"])
        elif name == "rmsprop":
            second = settings["smoothing"] * second + (1 - settings["smoothing"]) * g**2
            move = rate * g / (np.sqrt(second) + settings["epsilon"])
        elif name == "adam":
            first = settings["beta1"] * first + (1 - settings["beta1"]) * g
            second = settings["beta2"] * second + (1 - settings["beta2"]) * g**2
            mean = first / (1 - settings["beta1"] ** t)
            move = rate * mean / (np.sqrt(second / (1 - settings["beta2"] ** t)) + settings["epsilon"])
        elif name == "amsgrad":
            first = settings["beta1"] * first + (1 - settings["beta1"]) * g
            second = settings["beta2"] * second + (1 - settings["beta2"]) * g**2
            most = np.maximum(most, second)
            mean = first / (1 - settings["beta1"] ** t)
            move = rate * mean / (np.sqrt(most / (1 - settings["beta2"] ** t)) + settings["epsilon"])
        else:
            raise AssertionError(f"no textbook version of {name}: add one with the new optimiser")
        w = w - move
        points.append(w)
    return np.array(points)
