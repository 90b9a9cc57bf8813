"""Every function by its row: SymPy's derivative of it is ours, and both ways between the trees keep its values."""

import numpy as np
import pytest

from explorer.expression import FUNCTIONS, Call, Expression, Variable
from explorer.symbolic.convert import plain, symbol, to_sympy
from explorer.symbolic.sympy_rows import pack_sympy, unpack_sympy
from explorer.symbolic.typeset import to_tree
from tests.expression.trees import UNARY

PLACES = np.array([-2.3, -1.6, -0.7, -0.2, 0.3, 0.9, 1.4, 2.7, 3.9])


def close(ours, theirs):
    both = np.isfinite(ours) & np.isfinite(theirs)
    assert both.sum() >= 4 or both.sum() == np.isfinite(ours).sum()
    np.testing.assert_allclose(theirs[both], ours[both], rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("row", [FUNCTIONS[name] for name in UNARY], ids=lambda row: row.name)
def test_sympy_means_the_same(row):
    f = Expression(Call(row.name, (Variable("x"),)))
    theirs = to_sympy(f.root)
    slope = theirs.diff(symbol("x"))
    close(f(PLACES), Expression(to_tree(theirs))(PLACES))
    close(f.derivative()(PLACES), Expression(to_tree(slope))(PLACES))
    for expr in (theirs, slope):
        assert str(unpack_sympy(pack_sympy(plain(expr)))) == str(plain(expr))
