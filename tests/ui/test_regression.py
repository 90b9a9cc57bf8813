"""The regression page without a browser: its data, typed, chosen and linked."""

import pytest
from streamlit.testing.v1 import AppTest

from explorer.data.rows import LONGEST_TEXT
from explorer.figures.regression.classes import STEPS, classes_scene
from explorer.figures.regression.classes_loss import Cost
from explorer.figures.regression.features import Standing, features_scene
from tests.ui.app import opened


def words(page: AppTest) -> str:
    return "\n".join(part.value for part in page.text)


def rows(page: AppTest) -> str:
    return str(page.session_state["regression.rows"])


def test_the_first_state_is_the_bedrooms() -> None:
    page = opened("regression")
    assert rows(page).startswith("1,100;2,200")
    assert not page.text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("1,2;x,<b>", "Row 2: “x” is no number."),
        (
            "9" * (LONGEST_TEXT + 1),
            f"The link's value for data is not a text of 1 to {LONGEST_TEXT} characters",
        ),
    ],
)
def test_data_of_a_link_that_are_none_are_refused(data: str, sentence: str) -> None:
    page = opened("regression", data=data)
    assert sentence in words(page)
    assert rows(page).startswith("1,100;2,200")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("3,1;3,2", "All points have x = 3"),
        ("1,2", "One point alone fixes no line"),
    ],
)
def test_data_of_a_link_that_have_no_line_yet_are_kept_and_it_says_why(data: str, sentence: str) -> None:
    page = opened("regression", data=data)
    assert sentence in words(page)
    assert rows(page) == data


@pytest.mark.parametrize(
    ("tab", "linked"),
    [("line", {"m": "3", "rate": "0.5"}), ("classes", {"w": "3"}), ("features", {"w1": "3"})],
)
def test_a_link_that_has_lost_its_rows_says_so_and_leaves_out_what_was_theirs(
    tab: str, linked: dict[str, str]
) -> None:
    page = opened("regression", tab=tab, points="61", steps="7", **linked)
    assert "The link was made with 61 points, and holds up to 60" in words(page)
    reading = page.session_state["regression.reading"]
    assert not set(linked) & reading.given
    assert reading.number("steps") == 7
    # Rows that stand in the link are those meant.
    page = opened(
        "regression",
        tab=tab,
        points="61",
        data="1,0,1;2,1,0;3,1,1" if tab == "features" else "1,0;2,1;3,1",
        **linked,
    )
    assert "61 points" not in words(page)
    assert set(linked) <= page.session_state["regression.reading"].given


def test_why_there_is_no_line_is_said_in_the_names_of_the_header() -> None:
    page = opened("regression", data="3,1;3,2", head="area (m²),price (k€)")
    assert "All points have area = 3 m²: every slope fits" in words(page)


def test_data_of_a_link_are_taken() -> None:
    page = opened("regression", data="1990,2;2000,3;2010,5", steps="7", rate="1e-7")
    assert rows(page) == "1990,2;2000,3;2010,5"
    assert not page.text


@pytest.mark.parametrize(
    ("tab", "data", "sentence"),
    [
        ("classes", "1,0;2,0", "All points belong to class 0"),
        ("classes", "1,1", "All points belong to class 1"),
        ("classes", "1,1;1,0", "All points stand at x = 1"),
        ("features", "1,2,1;3,4,1", "All points belong to class 1"),
        ("features", "1,2,0", "All points belong to class 0"),
    ],
)
def test_classes_of_a_link_with_nothing_to_tell_apart_are_kept(tab: str, data: str, sentence: str) -> None:
    page = opened("regression", tab=tab, data=data)
    assert words(page).count(sentence) == 1
    assert page.session_state[f"regression.{tab}.rows"] == data


@pytest.mark.parametrize("tab", ["classes", "features"])
def test_a_link_with_a_weight_is_drawn_with_it_at_once(tab: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = []

    def component(**given):  # type: ignore[no-untyped-def]
        shown.append(given["data"])
        return {}

    monkeypatch.setattr("explorer.ui.live_figure.live_component", lambda: component)
    points = ((1.0, 0.0), (2.0, 1.0), (3.0, 0.0), (4.0, 1.0))
    plane = tuple((x, 3 - x, y) for x, y in points)
    rows = ";".join(
        ",".join(f"{value:g}" for value in row) for row in (points if tab == "classes" else plane)
    )
    opened("regression", tab=tab, data=rows, lam="0.1")
    wanted, plain = (
        (classes_scene(points, STEPS, points, Cost(shrinking=0.1)), classes_scene(points, STEPS))
        if tab == "classes"
        else (features_scene(plane, Standing(plane, 0.1)), features_scene(plane))
    )
    assert shown[-1]["panels"] == wanted.to_json()["panels"] != plain.to_json()["panels"]
