"""The end of a box for own data: what cannot be put there is said, and the button takes what was typed last."""

from streamlit.testing.v1 import AppTest


def _script() -> None:
    import streamlit as st

    from explorer.ui.own_box import put_button

    def judge(text: str) -> str:
        if not text.isdigit():
            raise ValueError("That is no number.")
        return "A large one." if len(text) > 3 else ""

    def put(text: str) -> None:
        st.session_state["there"] = text

    st.text_area("Own", value="1", key="typed")
    put_button("typed", judge, put, "points")


def test_the_button_takes_what_no_run_has_judged_yet() -> None:
    page = AppTest.from_function(_script).run()
    assert not page.text
    page.text_area(key="typed").set_value("one").run()
    assert [said.value for said in page.text] == ["That is no number. The picture keeps its points."]
    page.text_area(key="typed").set_value("two")
    page.button[0].click().run()
    assert "there" not in page.session_state
    page.text_area(key="typed").set_value("12345")
    page.button[0].click().run()
    assert page.session_state["there"] == "12345"
    assert [said.value for said in page.text] == ["A large one."]
