"""Letters that a page does not have: free ones are offered in their places."""

import pytest

from explorer.expression import ExpressionError, parse

MANY_LETTERS = tuple("abckmnptuvwxyz")


@pytest.mark.parametrize(
    ("text", "foreign", "mended"),
    [
        ("a*x^3 + b*x^2 + c*x + d", "“d” is", "a*x^3 + b*x^2 + c*x + k"),
        ("q d + r", "“q”, “d” and “r” are", "a b + c"),
        ("2d sin(x) + eta", "“d” is", "2b sin(x) + eta"),
    ],
)
def test_letters_that_a_page_does_not_have_are_offered_free_ones(
    text: str, foreign: str, mended: str
) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(text, MANY_LETTERS)
    assert refused.value.message.startswith(f"{foreign} not among this page's letters")
    assert refused.value.suggestion == mended
    kept = [part for part in text if part in MANY_LETTERS]
    assert all(mended.count(letter) >= kept.count(letter) for letter in kept), (
        "no letter took another's place"
    )


def test_no_free_letter_is_offered_where_there_is_none() -> None:
    with pytest.raises(ExpressionError) as refused:
        parse("+".join(MANY_LETTERS) + "+q", MANY_LETTERS)
    assert refused.value.suggestion is None
    assert "say, in" not in refused.value.message
