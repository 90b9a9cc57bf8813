// Several live figures on one page: one that follows shows the main figure's controls, and moves them.

const figures = new Set();

function mainFigure() {
  return [...figures].find((figure) => figure.state.scene.main !== false) || null;
}

/** Takes over the main figure's values silently. @returns {boolean} whether something was new */
function take(follower, values) {
  let news = false;
  for (const name of follower.state.values.keys()) {
    if (!values.has(name) || follower.state.values.get(name) === values.get(name)) continue;
    follower.state.values.set(name, values.get(name));
    news = true;
  }
  return news;
}

/** A figure has come; one that follows begins where the main figure stands. */
export function joinCompany(figure) {
  figures.add(figure);
  const main = mainFigure();
  if (figure.state.scene.follows && main) take(figure, main.state.values);
}

export function leaveCompany(figure) {
  figures.delete(figure);
}

/** After a figure has drawn a state: the others of the company hear of it. */
export function shareValues(figure) {
  if (figures.size < 2) return;
  const main = mainFigure();
  if (!main) return;
  if (figure === main) {
    for (const other of figures) if (other.state.scene.follows && take(other, main.state.values)) other.request();
  } else if (figure.state.scene.follows && figure.state.held !== null) {
    for (const [name, value] of figure.state.values) if (main.state.values.has(name)) main.state.set(name, value);
  }
}

/** The main figure speaks for a follower that was let go. @returns {boolean} whether it did */
export function releasedByMain(figure) {
  const main = mainFigure();
  if (!figure.state.scene.follows || !main) return false;
  for (const [name, value] of figure.state.values) if (main.state.values.has(name)) main.state.set(name, value);
  main.state.release();
  return true;
}
