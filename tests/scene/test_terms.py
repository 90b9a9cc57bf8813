"""Terms of the field: each row whole, and sent with a scene exactly where its words are used."""

from xml.etree import ElementTree

import pytest

from explorer.expression import parse
from explorer.figures.surface.scene import surface_scene
from explorer.numeric import Window
from explorer.scene.terms import TERMS, Term, named, picture_of, terms_in


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.word)
def test_a_term_is_one_sentence_and_a_picture(term: Term) -> None:
    assert term.sentence[0].isupper()
    assert term.sentence.endswith(".")
    assert len(term.sentence) < 180
    assert "bold" in [form for _, form in term.lines]  # what is meant stands out
    assert len(ElementTree.fromstring(picture_of(term))) == len(term.lines)
    assert named(term.word) == (term,)
    assert terms_in([f"At the end {term.word.upper()} stood, twice: {term.word}s."]) == (term,)


def test_a_scene_has_the_terms_that_it_uses() -> None:
    scene = surface_scene(
        parse("x^2 - y^2", ("x", "y")), Window((-2.0, 2.0), (-2.0, 2.0), equal=True), (1.0, 0.5)
    )
    assert [term["word"] for term in scene.to_json()["terms"]] == ["Hessian", "eigenvalue"]
