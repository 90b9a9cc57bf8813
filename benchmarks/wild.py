"""The dearest functions that are known, page by page: processor seconds until the scene is made, and its bytes.

Each in a process of its own, since what one has left in a cache would be cheap for the next.
"""

import subprocess
import sys

from benchmarks.table import Row

TITLE = "The dearest functions that are known"
SECONDS = 1.0  # of one core; a first view of a usual function takes 0.1
DEAREST = (
    ("slope", "{x^x/x>=170x^2: x, 5^tan(x^2)}"),
    ("slope", "max((floor(7(x^2)))/(sec(2(x-1))),(10)+(2(x)))"),
    ("slope", "((50(|x|))+(sin(2(1/x))))*(1E-300*(floor(170(x))))"),
    ("slope", "max((1E100(x^x))/(e^(x^2)),(floor(7(x)))+(e^(x^3)))"),
    (
        "limit",
        "{e^x<1E-300: (sin(sin(1E10(x^2))))/((tan(7(x^2-2)))^(2)), floor((cos(3(x^2)))*(sign(1000(sqrt(x)))))}",
    ),
    ("surface", "sin(1E10 x y)"),
    ("surface", "floor(10x)*floor(10y)"),
    (
        "surface",
        "{y<(csc(pi(x^y)))/(0.5^(e^(x y))): (sin(1E10(x/y)))^(-2), 170(sin(1E-100(sqrt(x^2+y^2))))}",
    ),
    (
        "surface",
        "{x+y<(sin(1E300(x^y)))^(10): (sin(1E300(x^y)))-((x^2+y^2)^(x y)), (1E-10(3x-7y))^(-1)}",
    ),
    (
        "surface",
        "arctan({x/y<csc(170(sqrt(x^2+y^2))): max(csc(50(x/y)),1E-100(y)), (cbrt(1E-300(x^2+y^2)))^(200)})",
    ),
    (
        "surface",
        "{x/y<min(sin(0.01(x^2-y^2)),csc(1000(y))): min((x/y)^(200),csc(1000(y))), arctan((x)^(3x-7y))}",
    ),
    (
        "surface",
        "min((0.5^(x^2-y^2))^(-2),{x<floor(pi(x y)): 5^(sqrt(x^2+y^2)), (3x-7y)^(10)})",
    ),
    ("jacobian", "1/(sin(20x)sin(20y))"),
    ("descent", "({x<tan(1E-10(x^3)): tan(2(e^x)), sign(100(x))})+(sign(sec(1000(x-1))))"),
    ("descent", "tan(50x)*tan(50y)"),
    ("descent", "min(max(5^(x),cos(1000(x))),(cos(pi(x^2)))^(2))"),
)
ASK = """
import sys, time
from tests.wild.scenes import SCENES, counted, weight
page, text = sys.argv[1:]
with counted() as count:
    begun = time.process_time()
    scene = SCENES[page](text)
    spent = time.process_time() - begun
print(spent, weight(scene), count.points)
"""


def measure() -> list[Row]:
    rows = []
    for page, text in DEAREST:
        asked = [sys.executable, "-c", ASK, page, text]
        spent, size, points = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split()
        note = f"{float(size) / 1000:.0f} KB, {int(points):,} points"
        rows.append(Row(f"/{page} {text}", float(spent), "s", SECONDS, note))
    return rows
