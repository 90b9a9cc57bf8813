// Every rectangle (from the figure's corner) and every text of the live figure, by name, once nothing moves any more; ghosts and undo are not among them.
() => {
  const everything = () => {
    const root = document.querySelector('[data-testid="live-figure"]');
    const origin = root.getBoundingClientRect();
    const page = document.querySelector('[data-testid="stMainBlockContainer"]').getBoundingClientRect();
    const seen = (node) => node.getClientRects().length > 0;
    const place = (node) => {
      if (!node || !seen(node)) return null;
      const box = node.getBoundingClientRect();
      return [box.left - origin.left, box.top - origin.top, box.width, box.height].map((length) => Math.round(length));
    };
    const said = {};
    const tell = (name, value) => { said[name] = value; };
    tell("pages", [...root.classList].filter((name) => name.startsWith("live--") && name !== "live--numberless").sort());
    tell("figure", place(root));
    if (!root.closest(".live-box--present")) tell("above", Math.round(origin.top - page.top));
    for (const part of ["top", "lead", "rail", "sentence"]) tell(part, place(root.querySelector(`.live-${part}`)));
    for (const panel of root.querySelectorAll("[data-panel]")) {
      const name = `panel ${panel.dataset.panel}`;
      tell(name, place(panel));
      if (!seen(panel)) continue;
      const graph = panel.querySelector(".js-plotly-plot");
      [...panel.querySelectorAll(".nsewdrag")].forEach((area, i) => tell(`${name} axes ${i}`, place(area)));
      for (const [axis, of] of Object.entries((graph && graph._fullLayout) || {})) {
        if (/^[xy]axis\d*$/.test(axis)) tell(`${name} ${axis}`, of.range.map((end) => Number(end).toPrecision(5)));
      }
      if (graph) tell(`${name} traces`, graph._fullData.map((trace) => trace.visible));
      tell(`${name} handles`, [...panel.querySelectorAll(".live-handle")].filter(seen).map((node) => [node.dataset.handle, place(node)]));
    }
    for (const input of root.querySelectorAll("input[data-control]")) {
      const control = input.closest(".live-control");
      const name = `control ${input.dataset.control}`;
      tell(name, place(control));
      if (!seen(control)) continue;
      tell(`${name} track`, place(input));
      tell(`${name} thumb`, Math.round(Number(input.value) / 20));
      tell(`${name} box`, [place(control.querySelector(".live-control__box")), control.querySelector(".live-control__box").value]);
      tell(`${name} ticks`, [...control.querySelectorAll(".live-tick")].filter(seen).map((tick) => [tick.textContent, place(tick)]));
    }
    for (const value of root.querySelectorAll("[data-readout]")) {
      tell(`readout ${value.dataset.readout}`, seen(value) ? [place(value.parentNode), value.textContent, value.parentNode.querySelector(".live-readout__label").textContent] : null);
    }
    tell("words", root.querySelector("[data-sentence]").textContent);
    tell("chips", [...root.querySelectorAll(".live-chip")].filter(seen).map((chip) => [chip.textContent, chip.getAttribute("aria-pressed"), place(chip)]));
    tell("cards", [...root.querySelectorAll(".live-card, .live-fold")].filter(seen).map((card) => [card.className, place(card)]));
    tell("title", root.getAttribute("aria-label"));
    return said;
  };
  return new Promise((done) => {
    let [last, same] = ["", 0];
    const look = () => {
      const now = JSON.stringify(everything());
      same = now === last ? same + 1 : 0;
      last = now;
      if (same === 4) done(JSON.parse(now));
      else requestAnimationFrame(look);
    };
    look();
  });
}
