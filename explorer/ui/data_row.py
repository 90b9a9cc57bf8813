"""Data that are typed, pasted, linked or chosen: the part of a row under the menu that a table of points has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from explorer.data import DataError
from explorer.data.files import LARGEST_FILE, FileTable, read_file
from explorer.data.headings import PLAIN, Headings, head_of, headings, unnamed, what_letters_mean
from explorer.data.rows import LOST, MOST_LINKED
from explorer.presets import ClassSet, DataSet, FeatureSet
from explorer.scene.counted import rows_text
from explorer.scene.scene import Scene
from explorer.ui.own_box import BOX_WIDTH, put_button
from explorer.ui.page import Page


def said_of_many(count: int) -> str:
    """What a link cannot hold of so many points; nothing where it can."""
    if count <= MOST_LINKED:
        return ""
    return f"{count} points: a link holds up to {MOST_LINKED}, so the link of this page opens its first data."


def _said_of_lost(count: float) -> str:
    """What is said where the link of so many points has opened other data."""
    return (
        f"The link was made with {count:.0f} points, and holds up to {MOST_LINKED}: these are the first data."
    )


def letters_said(letters: Sequence[str], columns: Headings) -> None:
    """What the letters of the formulas below are, where the data have names of their own."""
    if said := what_letters_mean(letters, columns):
        st.text(said)


@dataclass(frozen=True)
class DataRow:
    """The data of one tab; `judge` says what a text that can be used asks to be said of it, and raises DataError."""

    tab: str
    prefix: str
    label: str
    judge: Callable[[str], str]
    sets: Sequence[DataSet | ClassSet | FeatureSet]
    most: int
    columns: tuple[str, ...] = ("x", "y")
    classes: int = 0
    """So many of the columns, the last ones, hold a class."""
    fitted: Sequence[str] = ()
    """What of a link fits its own data alone."""
    usual: Headings = PLAIN
    """What the columns are called where a table does not say it."""

    def key(self, page: Page, name: str) -> str:
        """The memory's name for something of this tab."""
        return page.key(self.prefix + name)

    def text(self, page: Page) -> str:
        """The data that the figure begins with."""
        return str(st.session_state[self.key(page, "rows")])

    def head(self, page: Page) -> str:
        """The header of these data, as a link holds it; empty where they have none."""
        return str(st.session_state.get(self.key(page, "head"), ""))

    def named(self, page: Page) -> Headings:
        """What its columns are called."""
        return headings(self.head(page), self.usual)

    def names_left(self, page: Page) -> str:
        """What is to be said of names that the header gives and the page does not take."""
        return unnamed(self.head(page), self.usual)

    def arrive(self, page: Page) -> str:
        """Takes the link's data, or the first set; hands back what is to be said of data that were left out."""
        key = self.key(page, "rows")
        if not page.entered and key in st.session_state:
            return ""
        here = page.reading.text("tab") == self.tab
        linked = page.reading.text("data") if here else ""
        memory = st.session_state.get(page.key("memory"), {})
        if here and not linked and key in st.session_state and "data" in memory and memory["data"] is None:
            # More rows than a link holds come back by the menu as they were left.
            st.session_state[key] = self.standing(page)
            return ""
        self._begin(page, linked or self.sets[0].text, page.reading.text("head") if linked else "")
        lost = page.reading.number(LOST) if here and not linked else None
        try:
            self.judge(self.text(page))
        except DataError as error:
            self._begin(page, self.sets[0].text)
            said = f"{error} The link's data were left out."
        else:
            said = _said_of_lost(lost) if lost else ""
        if said:
            page.leave_out(*self.fitted)
        return said

    def _begin(self, page: Page, text: str, head: str = "") -> None:
        """The data are these, under this header; one of the sets has its own."""
        own = next((one.head for one in self.sets if one.text == text), "")
        st.session_state[self.key(page, "rows")] = text
        st.session_state[self.key(page, "head")] = head or head_of(text, len(self.columns)) or own
        st.session_state.pop(self.key(page, "standing"), None)

    def draw(self, page: Page) -> None:
        """The two buttons, for a row that has been begun: own data, and the sets to choose from."""
        self._own(page)
        self._examples(page)

    def standing(self, page: Page) -> str:
        """The data as they were last let go in the figure."""
        told = st.session_state.get(page.key("memory"), {}).get("data")
        return str(st.session_state.get(self.key(page, "standing")) or told or self.text(page))

    def keep(self, page: Page, rows: Sequence[Sequence[float]], begun: int) -> None:
        """The data stand so now; where the link has lost them since as many as were `begun`, that is said."""
        st.session_state[self.key(page, "standing")] = rows_text(rows)
        with st.container():  # stands even when it is empty, so that what is below keeps its place
            if begun <= MOST_LINKED < len(rows):
                st.text(said_of_many(len(rows)))

    def stay(self, page: Page) -> None:
        """The figure is to begin anew with the points as they stand, and with what was done with them."""
        st.session_state[self.key(page, "rows")] = self.standing(page)
        st.session_state[self.key(page, "same")] = True

    def stayed(self, page: Page) -> bool:
        """Whether the figure that is shown now begins so; asked once."""
        return bool(st.session_state.pop(self.key(page, "same"), False))

    def _own(self, page: Page) -> None:
        """Rows to type or paste: the box opens with those that stand now."""
        typing = self.key(page, "typing")
        with st.popover("Own data", key=typing, on_change="rerun", width="content") as box:
            if not box.open:
                return
            place = st.container()
            standing = "\n".join(filter(None, (self.head(page), self.standing(page).replace(";", "\n"))))
            text, key = self._file(page) or (standing, "typed")
            box_key = self.key(page, key)
            place.text_area(self.label, value=text, key=box_key, height=230, width=BOX_WIDTH)
            put_button(box_key, self.judge, partial(self._put, page), "points")

    def _file(self, page: Page) -> tuple[str, str] | None:
        """The text that a file puts into the box, and the box's name; None without a file that can be used."""
        file = st.file_uploader(
            f"Or a CSV file, up to {self.most} rows",
            type=["csv", "txt", "tsv"],
            max_upload_size=LARGEST_FILE // 1_000_000,
            key=self.key(page, "file"),
            width=BOX_WIDTH,
        )
        if file is None:
            return None
        try:
            table = read_file(file.getvalue(), self.most)
        except DataError as error:
            st.text(f"{error} The box keeps its rows.", width=BOX_WIDTH)
            return None
        if len(table.head) < len(self.columns):
            st.text(
                f"The file has {len(table.head)} columns; {len(self.columns)} are needed. The box keeps its rows.",
                width=BOX_WIDTH,
            )
            return None
        chosen = self._chosen(page, table)
        return table.text(*chosen), f"typed.{file.file_id}.{'.'.join(map(str, chosen))}"

    def _chosen(self, page: Page, table: FileTable) -> tuple[int, ...]:
        """Which of the columns: those that hold what is needed, or others that are chosen where there are more."""
        places = range(len(table.head))
        first = table.first_columns(len(self.columns) - self.classes, self.classes)
        if len(places) == len(self.columns):
            return first
        with st.container(horizontal=True, width=BOX_WIDTH):
            return tuple(
                st.selectbox(f"column of {name}", places, index=first[k], format_func=table.head.__getitem__,
                             key=self.key(page, f"column.{name}"))
                for k, name in enumerate(self.columns)
            )  # fmt: skip

    def _examples(self, page: Page) -> None:
        examples = self.key(page, "examples")
        with st.popover("Examples", key=examples, on_change="rerun", width="content") as drawer:
            if not drawer.open:
                return
            for index, data in enumerate(self.sets):
                st.button(
                    data.title, key=f"{examples}.{index}", on_click=self._put, args=(page, data.text),
                    width="stretch",
                )  # fmt: skip
                st.caption(data.look_for)

    def anew(self, page: Page, scene: Scene) -> Scene:
        """The scene with its header in the link, under another name where the same data were put there again.

        Their points stand as they began.
        """
        again = st.session_state.get(self.key(page, "again"), 0)
        head = {"head": self.head(page) if self.named(page) != self.usual else None}
        return replace(scene, id=f"{scene.id}.{again}" if again else scene.id, url={**scene.url, **head})

    def _put(self, page: Page, text: str) -> None:
        """The data become these, and the box and the drawer shut."""
        key, again = self.key(page, "rows"), self.key(page, "again")
        st.session_state[again] = st.session_state.get(again, 0) + 1 if text == st.session_state[key] else 0
        self._begin(page, text)
        st.session_state[self.key(page, "typing")] = False
        st.session_state[self.key(page, "examples")] = False
