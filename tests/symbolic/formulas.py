"""What learners type: powers, roots, fractions, waves, growth, corners, jumps, and mixtures of them."""

LEARNERS = tuple(
    line.strip()
    for line in """
        7
        3x - 2
        x^2
        x^3 - 2x
        x^3/3 - x
        3x^4 - 5x^2 + 2x
        (x-3)^2 + x^4
        (x^2)^3
        (x+1)^5 (x-2)^3
        0.5x^2 - 1.25x
        1/x
        1/x^2
        1/(x-2)
        x/(x+1)
        (x^2-1)/(x-1)
        (x^2-1)/(x^2+1)
        x + 1/x
        x^3/(x^2-4)
        sqrt(x)
        1/sqrt(x)
        sqrt(1-x^2)
        sqrt(x^2+1)
        x sqrt(4-x^2)
        sqrt(x+sqrt(x))
        sqrt(x)/(1+x)
        cbrt(x)
        x^(2/3)
        x^(1/3) (x-4)
        cbrt(x^2-1)
        x^(5/3) - x^(2/3)
        x^1.5
        root(x,5)
        |x|
        x|x|
        |x|^3
        |x^2-1|
        ||x|-1|
        |sin x|
        ln|x|
        sign(x)
        x sign(x-1)
        floor(x)
        x - floor(x)
        ceil(x)/2
        max(x, 1)
        min(x, x^2)
        {x<0: -x, x}
        {x<1: x^2, x<2: 2x-1, 3}
        sin x
        cos(3x)
        tan x
        sec x
        cot(x/2)
        sin(x)^2
        sin x cos x
        sin((4x)^2)
        x sin x
        sin(x)/x
        x^2 sin(1/x)
        sin(sin(x))
        arcsin(x/2)
        arccos x
        arctan x
        arctan(1/x)
        e^x
        e^(2x)
        e^(2x) cos x
        x e^x
        e^(-x^2)
        e^x/x
        1/(1+e^(-x))
        2^x
        x^x
        x^2 * 2^(-x)
        ln x
        ln(x)/x
        x ln x
        ln(x^2+1)
        ln(x+sqrt(x^2+1))
        ln(ln(x))
        log10(x)
        log_2(x)
        sinh x
        cosh(x)^2
        tanh(x/2)
        arcsinh x
        arccosh x
        arctanh x
        (1+1/x)^x
        e^sin(x) ln(1+x^2)
        """.splitlines()
    if line.strip()
)
