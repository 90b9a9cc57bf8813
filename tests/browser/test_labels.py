"""Where words stand in a picture whose labels keep apart."""

import re

from playwright.sync_api import Page

from explorer.ui.said import words_html
from tests.browser.stage import bare

__all__ = ["bare"]


def test_labels_keep_apart_and_off_lines_and_a_free_one_stays_where_it_is(bare: Page) -> None:
    script = """async () => {
      const { LabelRoom } = await import("/modules/marks/labels.js");
      const room = new LabelRoom();
      const mapping = { left: 0, top: 0, width: 400, height: 300 };
      const at = (place, anchor, last = -1) => room.take(place, [10, 5], anchor, 80, 15, mapping, last);
      const free = at([100, 250], "start");
      room.clear();
      const two = [at([100, 100], "start"), at([100, 100], "start"), at([100, 100], "start")].map((one) => one.at);
      room.clear();
      room.line(0, 100, 400, 100, 6);
      const off = at([100, 100], "start").at;
      room.clear();
      at([100, 100], "start");
      const beside = at([182, 100], "start").at;
      room.clear();
      return [free, two, off, beside, at([100, 100], "start", 2)];
    }"""
    free, labels, off, beside, stays = bare.evaluate(script)
    assert (free["at"], free["which"]) == ([110, 255, "start"], 0)
    for k, (x, y, anchor) in enumerate(labels):
        left = x if anchor == "start" else x - 80
        for other_x, other_y, other_anchor in labels[:k]:
            other = other_x if other_anchor == "start" else other_x - 80
            assert abs(y - other_y) >= 15 or abs(left - other) >= 80
    assert not off[1] - 12 < 103 or not off[1] + 3.75 > 97
    assert beside != [192, 105, "start"], "words side by side have a space between them"
    assert stays["which"] == 0, "a place that costs more than it saves is left"


def test_labels_keep_off_what_is_written_in_the_still_picture(bare: Page) -> None:
    script = """async () => {
      const { LabelRoom } = await import("/modules/marks/labels.js");
      const room = new LabelRoom();
      const mapping = { left: 0, top: 0, width: 400, height: 300, x: (x) => x, y: (y) => y };
      room.stand([], [{ left: 4, top: 0, right: 100, bottom: 26 }], mapping);
      room.clear();
      return room.take([50, 10], [0, 5], "middle", 80, 15, mapping, -1).at;
    }"""
    x, y, anchor = bare.evaluate(script)
    left = x - {"start": 0, "middle": 40, "end": 80}[anchor]
    assert left >= 100 or y - 12 >= 26


def test_labels_keep_off_points_and_off_thick_lines_rather_than_thin_ones(bare: Page) -> None:
    script = """async () => {
      const { LabelRoom } = await import("/modules/marks/labels.js");
      const { scatterOn } = await import("/modules/picture/still.js");
      const mapping = { left: 0, top: 0, width: 400, height: 300, x: (x) => x, y: (y) => y };
      const traces = [
        { mode: "markers", x: [150, 350], y: [100, 200], marker: { size: 20 } },
        { mode: "lines", x: [0, 400], y: [60, 60], yaxis: "y2" },
        { type: "contour", x: [0, 400], y: [0, 300] },
      ];
      const standing = scatterOn(traces, ["x", "y"]);
      const room = new LabelRoom();
      room.stand(standing, [], mapping);
      const take = (place) => room.take(place, [10, 5], "start", 80, 15, mapping, -1).at;
      const [beside, between] = [take([100, 100]), take([240, 150])];
      room.stand([{ x: [0, 400], y: [148, 148], line: { width: 6 } }], [], mapping);
      for (let y = 0; y < 300; y += 8) if (y < 140 || y > 160) room.line(0, y, 400, y, 1);
      return [standing.length, beside, between, take([100, 150])];
    }"""
    on, (x, y, anchor), between, thin = bare.evaluate(script)
    left = x if anchor == "start" else x - 80
    assert on == 1
    assert not (left < 160 and left + 80 > 140 and y + 3.75 > 90 and y - 12 < 110)
    assert between == [250, 155, "start"]  # two points are no line
    assert not thin[1] - 12 < 151 or not thin[1] + 3.75 > 145


def test_a_label_stands_whole_in_a_picture_that_is_hardly_wider(bare: Page) -> None:
    script = """async () => {
      const { labelPlace } = await import("/modules/marks/labels.js");
      const mapping = { left: 50, top: 0, width: 140, height: 300 };
      return [70, 120, 180].flatMap((x) => ["start", "end"].map((anchor) => (
        labelPlace([x, 100], [anchor === "start" ? 10 : -10, 22], anchor, 110, 30, mapping))));
    }"""
    for x, _, anchor in bare.evaluate(script):
        left = x if anchor == "start" else x - 110
        assert 50 <= left <= 80


def test_what_stands_behind_a_caret_is_raised_and_heard_as_a_power(bare: Page) -> None:
    script = """async () => {
      const { setWords, spokenWords } = await import("/modules/document/dom.js");
      const node = document.createElement("p");
      const texts = ["v₂ is e^v₁: e^(−1.5) = 0.2231.", "v₂ is e^v₁: e^(−1.25) = 0.2865.", "x^(1/3) and 2^x", "v₁ = 3"];
      const seen = texts.map((text) => {
        setWords(node, text);
        return node.innerHTML;
      });
      return [...seen, spokenWords("2^x is 8"), node.textContent];
    }"""
    heard = '<span class="live-unseen"> to the power </span>'
    assert [text.replace(heard, "") for text in bare.evaluate(script)] == [
        "v₂ is e<sup>v₁</sup>: e<sup>−1.5</sup> = 0.2231.",
        "v₂ is e<sup>v₁</sup>: e<sup>−1.25</sup> = 0.2865.",
        "x<sup>1/3</sup> and 2<sup>x</sup>",
        "v₁ = 3",
        "2 to the power x is 8",
        "v₁ = 3",
    ]


SENTENCES = (
    "Your line gives 5, ∂f/∂x is 3.",
    "it is (u′·v − u·v′)/v², and √(1 − u²) is said: the slope of tanh u is 1 − tanh²u.",
    "The sum (of both) and (here) was 3 + 3.75 in two strips.",
    "(1/u)′ = −u′/u²: it is lost; f(g(x + 1)) stays",
    "(f(x₀ + h) − f(x₀))/(h + 0.000001)",
    "no formula < here & there",
)


def test_a_formula_in_a_sentence_stays_on_its_line_and_its_text_as_it_is(bare: Page) -> None:
    script = """async (texts) => {
      const { setWords } = await import("/modules/document/dom.js");
      const node = document.createElement("p");
      return texts.map((text) => {
        setWords(node, text);
        return [node.innerHTML, node.textContent];
      });
    }"""
    written = bare.evaluate(script, list(SENTENCES))
    assert [text for _, text in written] == list(SENTENCES)
    kept = [re.findall('<span class="live-whole">(.*?)</span>', html) for html, _ in written]
    assert kept == [
        ["∂f/∂x"],
        ["(u′·v − u·v′)/v²,", "√(1 − u²)", "1 − tanh²u."],
        ["3 + 3.75"],
        ["(1/u)′", "−u′/u²:", "f(g(x + 1))"],
        [],
        [],
    ]
    # The page's own words are set by the same rule.
    assert [html for html, _ in written] == [words_html(text) for text in SENTENCES]
    # A number that changes within keeps the nodes.
    script = """async () => {
      const { setWords } = await import("/modules/document/dom.js");
      const node = document.createElement("p");
      setWords(node, "∂f/∂x is 3.");
      const [first, second] = node.childNodes;
      setWords(node, "∂f/∂x is 4.");
      return first === node.firstChild && second === node.lastChild && node.textContent === "∂f/∂x is 4.";
    }"""
    assert bare.evaluate(script)


def test_on_a_wall_a_label_does_not_stay_where_another_stands(bare: Page) -> None:
    script = """async () => {
      const { LabelRoom, MEETS_LABEL } = await import("/modules/marks/labels.js");
      const room = new LabelRoom();
      room.box(0, 0, 400, 300);
      const mapping = { left: 0, top: 0, width: 400, height: 300 };
      const take = (last) => room.take([100, 150], [10, 5], "start", 80, 30, mapping, last, true, MEETS_LABEL);
      return [take(-1).at, take(0).at];
    }"""
    assert bare.evaluate(script) == [None, None]
