"""What a header calls its columns: names and units, and never what a picture would read as code."""

import pytest

from explorer.data.headings import PLAIN, Heading, head_of, headings, unnamed


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("area (m²),price (k€)\n50,200", (("area (m²)", "area", "m²"), ("price (k€)", "price", "k€"))),
        (
            "living area;price in k€\n1;2",
            (("living area", "living area", ""), ("price in k€", "price", "k€")),
        ),
        ("\ufefft / s\tU [V]\r1\t2", (("t / s", "t", "s"), ("U [V]", "U", "V"))),
        ("Année;Größe (cm)\n1;2", (("Année", "Année", ""), ("Größe (cm)", "Größe", "cm"))),
        ('"price, total","rooms (1)"\n1,2', (("price, total",) * 2, ("rooms (1)",) * 2)),
        ("price (€);price ($)\n1;2", (("price (€)",) * 2, ("price ($)",) * 2)),
        ("born in 1990;y\n1;2", (("born in 1990",) * 2, ("y", "y"))),
        (f"{'w' * 60};y\n1;2", ((f"{'w' * 39}…",) * 2, ("y", "y"))),
    ],
)
def test_names_and_units_are_those_of_the_header(text: str, named: tuple[tuple[str, ...], ...]) -> None:
    assert headings(head_of(text, 2), PLAIN) == tuple(Heading(*one) for one in named)


@pytest.mark.parametrize(
    "text",
    [
        "1,2\n3,4",
        "a,b",
        "name\n1;2",
        "a;b;c\n1;2;3",
        "a;a\n1;2",
        "2nd;y\n1;2",
        "",
        "a," + "b" * 500 + "\n1,2",
    ],
)
def test_without_a_header_of_two_columns_they_are_x_and_y(text: str) -> None:
    assert headings(head_of(text, 2), PLAIN) == PLAIN


@pytest.mark.parametrize("name", ["<b>a</b>", "$f@0.5", "a{run_loss}", "a\\frac", "`a`", "a|b", 'a"b', "a<"])
def test_what_a_picture_would_read_as_code_is_no_name(name: str) -> None:
    quoted = '"' + name.replace('"', '""') + '"'
    assert headings(f"{quoted},cost", PLAIN) == (Heading("x", "x"), Heading("cost", "cost"))
    assert unnamed(f"{quoted},cost", PLAIN).endswith("no plain words: the column is called x.")


@pytest.mark.parametrize(
    ("head", "said"),
    [("a,a", "the columns are called x and y"), ("x,y", ""), ("area (m²),price", ""), ("", ""), ("y,x", "")],
)
def test_names_that_are_not_taken_are_spoken_of(head: str, said: str) -> None:
    assert said in unnamed(head, PLAIN)
    assert bool(said) == bool(unnamed(head, PLAIN))
