"""The first-order update rules, each for one coordinate: (memory, gradient, rate, *settings) → (memory, step).

Each is said once, here, in expressions: `Optimiser.tape` traces it, and the scalar walk, NumPy and the browser play
that one tape. The new coordinate is `coordinate + step`. Operations are done left to right as written, so all three
get the same bits; powers such as β₁ᵗ are kept in the memory as running products.

Definitions follow PyTorch's `torch.optim` (SGD, Adagrad, RMSprop, Adam), so rates mean the same in both.
"""

from explorer.expression import Expression, parse

_ROOT = parse("sqrt(a)", ("a",))
_LARGER = parse("max(a,b)", ("a", "b"))


def square_root(value: Expression) -> Expression:
    """√value."""
    return _ROOT.substitute({"a": value})


def larger(first: Expression, second: Expression) -> Expression:
    """The larger of two."""
    return _LARGER.substitute({"a": first, "b": second})


def gradient_descent(
    memory: tuple[()], gradient: Expression, rate: Expression
) -> tuple[tuple[()], Expression]:
    """Plain gradient descent: w ← w − η∇L (Cauchy 1847; `torch.optim.SGD`)."""
    return memory, -rate * gradient


def heavy_ball(
    memory: tuple[Expression], gradient: Expression, rate: Expression, momentum: float
) -> tuple[tuple[Expression], Expression]:
    """Heavy ball: v ← βv + ∇L, w ← w − ηv (Polyak 1964; `torch.optim.SGD(momentum=β)`)."""
    velocity = momentum * memory[0] + gradient
    return (velocity,), -rate * velocity


def nesterov(
    memory: tuple[Expression], gradient: Expression, rate: Expression, momentum: float
) -> tuple[tuple[Expression], Expression]:
    """Nesterov's momentum: v ← βv + ∇L, w ← w − η(∇L + βv) (Nesterov 1983; `SGD(nesterov=True)`).

    In the form of Sutskever, Martens, Dahl and Hinton (2013): w is the looked-ahead point, where the
    gradient is taken.
    """
    velocity = momentum * memory[0] + gradient
    return (velocity,), -rate * (gradient + momentum * velocity)


def adagrad(
    memory: tuple[Expression], gradient: Expression, rate: Expression, epsilon: float
) -> tuple[tuple[Expression], Expression]:
    """AdaGrad: s ← s + g², w ← w − ηg/(√s + ε) (Duchi, Hazan, Singer 2011; `torch.optim.Adagrad`)."""
    squares = memory[0] + gradient * gradient
    return (squares,), -rate * gradient / (square_root(squares) + epsilon)


def rmsprop(
    memory: tuple[Expression], gradient: Expression, rate: Expression, decay: float, epsilon: float
) -> tuple[tuple[Expression], Expression]:
    """RMSProp: s ← αs + (1−α)g², w ← w − ηg/(√s + ε) (Tieleman and Hinton 2012; `torch.optim.RMSprop`)."""
    squares = decay * memory[0] + (1 - decay) * (gradient * gradient)
    return (squares,), -rate * gradient / (square_root(squares) + epsilon)


def adam(  # noqa: PLR0917 — rules take their settings in the order of the registry
    memory: tuple[Expression, Expression, Expression, Expression],
    gradient: Expression,
    rate: Expression,
    beta1: float,
    beta2: float,
    epsilon: float,
) -> tuple[tuple[Expression, Expression, Expression, Expression], Expression]:
    """Adam with bias correction (Kingma and Ba 2015, algorithm 1; `torch.optim.Adam`).

    m ← β₁m + (1−β₁)g, s ← β₂s + (1−β₂)g², w ← w − η·(m/(1−β₁ᵗ)) / (√(s/(1−β₂ᵗ)) + ε).
    The memory is (m, s, β₁ᵗ, β₂ᵗ) and starts at (0, 0, 1, 1).
    """
    power1 = memory[2] * beta1
    power2 = memory[3] * beta2
    mean = beta1 * memory[0] + (1 - beta1) * gradient
    squares = beta2 * memory[1] + (1 - beta2) * (gradient * gradient)
    step = -rate * (mean / (1 - power1)) / (square_root(squares / (1 - power2)) + epsilon)
    return (mean, squares, power1, power2), step


def amsgrad(  # noqa: PLR0917 — rules take their settings in the order of the registry
    memory: tuple[Expression, Expression, Expression, Expression, Expression],
    gradient: Expression,
    rate: Expression,
    beta1: Expression,
    beta2: Expression,
    epsilon: Expression,
) -> tuple[tuple[Expression, Expression, Expression, Expression, Expression], Expression]:
    """AMSGrad: Adam that never forgets its largest mean square (Reddi, Kale, Kumar 2018; `Adam(amsgrad=True)`).

    The memory is Adam's and then the largest s so far, which takes the place of s in the step.
    """
    mean = beta1 * memory[0] + (1 - beta1) * gradient
    squares = beta2 * memory[1] + (1 - beta2) * (gradient * gradient)
    power1, power2, most = memory[2] * beta1, memory[3] * beta2, larger(memory[4], squares)
    step = -rate * (mean / (1 - power1)) / (square_root(most / (1 - power2)) + epsilon)
    return (mean, squares, power1, power2, most), step
