"""More rows of wrong lines, worked out by hand: signs, sums taken apart, powers that moved, and the way back."""

MORE = {
    "denominator_slope_lost": (
        ("(2x+1)/(x-4)", "2/(x-4)^2"), ("sin(x)/x", "cos(x)/x^2"), ("ln(x)/(x+3)", "1/(x(x+3)^2)"),
        ("(x^2+3)/e^x", "2x/e^(2x)"), ("x^3/cos(x) + x", "3x^2/cos(x)^2 + 1"), ("x/(x^2+1)", "1/(x^2+1)^2"),
        ("5e^(2x)/(x-1)", "10e^(2x)/(x-1)^2"),
    ),
    "sign_inside": (
        ("tanh(x)", "1 + tanh(x)^2"), ("tan(3x)", "3 - 3tan(3x)^2"), ("arctan(x)", "1/(1-x^2)"),
        ("x + arcsin(2x)", "1 + 2/sqrt(1+4x^2)"), ("arccos(x)", "-1/sqrt(1+x^2)"), ("cot(x)", "cot(x)^2 - 1"),
        ("arsinh(x)", "1/sqrt(x^2-1)"), ("5artanh(x)", "5/(1+x^2)"), ("x tanh(x)", "tanh(x) + x + x tanh(x)^2"),
    ),
    "sum_taken_apart": (
        ("sqrt(x^2+9)", "1"), ("sqrt(x^2+9)", "x + 3"), ("sqrt(16-9x^2) + x", "-2"), ("(x+3)^2", "2x"),
        ("(x^2+1)^3", "6x^5"), ("ln(x^2+1)", "2/x"), ("1/(x^2+3)", "-2/x^3"), ("4cbrt(x^3+8)", "4"),
        ("sin(x^2+x)", "2x cos(x^2) + cos(x)"), ("(x - x^2 + 4)^2", "2x + 4x^3"), ("ln(x+5)", "ln(x) + ln(5)"),
    ),
    "power_moved": (
        ("ln(x)^3", "3/x"), ("ln(x^3)", "3ln(x)^2/x"), ("sin(x)^2", "2x cos(x^2)"), ("5 - cos(x)^3", "3x^2 sin(x^3)"),
        ("arctan(x)^2", "2x/(1+x^4)"), ("x tan(x)^2", "tan(x)^2 + 2x^2/cos(x^2)^2"), ("sin(x^2)", "2sin(x) cos(x)"),
    ),
    "other_function": (
        ("arctan(x)", "1/sqrt(1-x^2)"), ("arcsin(2x)", "2/(1+4x^2)"), ("tan(x)", "-1/sin(x)^2"),
        ("arcsin(x)", "arccos(x)"),
        ("x + arccos(3x)", "1 - 3/(1+9x^2)"), ("5tan(x^2)", "10x/cos(x^2) tan(x^2)"), ("sinh(x)", "cos(x)"),
        ("x arctan(x)", "arctan(x) - x/sin(x)^2"), ("ln(3x)", "3e^(3x)"), ("arcsin(x)", "-cos(x)/sin(x)^2"),
    ),
    "product_taken_apart": (
        ("ln(x sin(x))", "ln(sin(x))/x + ln(x) cos(x)/sin(x)"), ("ln(2x)", "ln(2)/x"),
        ("ln((x+1)/(x+4))", "(ln(x+4)/(x+1) - ln(x+1)/(x+4))/ln(x+4)^2"), ("sin(2x)", "sin(2) cos(x)"),
        ("x + ln(x^2 e^x)", "1 + 2 + 2ln(x)"), ("e^(x sin(x))", "e^x e^(sin(x)) (1 + cos(x))"),
        ("ln(x^2 cos(x))", "-2/x*tan(x)"), ("ln((x^2+1)/(x-3))", "2x(x-3)/(x^2+1)"), ("ln(x) ln(x+1)", "1/x + 1/(x+1)"),
    ),
    "outside_not_derived": (
        ("sin(x^4)", "4x^3 sin(x^4)"), ("cos(3x)", "3cos(3x)"), ("ln(x^2+1)", "2x ln(x^2+1)"),
        ("(3x-2)^5 + x", "3(3x-2)^5 + 1"), ("x tan(2x)", "tan(2x) + 2x tan(2x)"),
        ("sqrt(x^3+1)", "3x^2 sqrt(x^3+1)"), ("arctan(5x)", "5arctan(5x)"),
    ),
    "sign_turned": (
        ("x^3", "-3x^2"), ("sqrt(5x-1)", "-5/(2sqrt(5x-1))"), ("ln(x) + x^2", "2x - 1/x"),
        ("e^(2x)", "-2e^(2x)"), ("x e^x", "-e^x - x e^x"), ("arctan(x) + 4x", "4 - 1/(1+x^2)"),
        ("sinh(x)", "-cosh(x)"),
    ),
    "integrated": (
        ("x^2", "x^3/3"), ("x^3 + x", "x^4/4 + x^2/2"), ("cos(x)", "sin(x)"), ("e^(2x)", "e^(2x)/2"), ("4x", "2x^2"),
        ("1/x", "ln(x)"), ("sqrt(x)", "2x sqrt(x)/3"), ("1/(x^2+3)", "ln(x^2+3)"), ("5/(2x+1)^3", "-5/(2(2x+1)^2)"),
        ("x + sin(x^2)", "1 - cos(x^2)/(2x)"), ("1/(1+x^2)", "arctan(x)"), ("3/(4x^2+9) + x", "arctan(2x/3)/2 + 1"),
        ("1/sqrt(1-x^2)", "arcsin(x)"), ("(1+x^2)^(-1)", "arctan(x)"), ("5/sqrt(16+(x-1)^2)", "5arsinh((x-1)/4)"),
        ("1/cos(3x)^2", "tan(3x)/3"), ("2/sin(x)^2", "-2cot(x)"),
    ),
    "other_variable": (
        ("x^2 y", "x^2"), ("x^2 y + sin(x y)", "x^2 + x cos(x y)"), ("x/y", "-x/y^2"), ("e^(x y)", "x e^(x y)"),
        ("3x - 5y", "-5"), ("x^2 y^3 + x", "3x^2 y^2"), ("x^2 cos(3x y)", "2x cos(3x y) - 3x^3 sin(3x y)"),
        ("x e^(x y^2)", "e^(x y^2) + 2x^2 y e^(x y^2)"), ("x y/(x^2+y)", "(y(x^2+y) - x y)/(x^2+y)^2"),
    ),
}  # fmt: skip
