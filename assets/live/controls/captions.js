// What stands under the marks of a track: a symbol, a caption where it has room, else a dot.

/** Those that say most stand first. */
const SYMBOLS = { break: "┊", corner: "∨", minimum: "★", maximum: "▲", flat: "✕", saddle: "✕", zero: "○", inflection: "◇" };
const RANKS = Object.keys(SYMBOLS);

/** What the symbols mean, for whoever hears them. */
const MEANINGS = { minimum: "minimum", maximum: "maximum", flat: "flat place", saddle: "saddle", inflection: "inflection", zero: "zero of f", corner: "corner", break: "break" };

/** Pixels that a caption needs: around it, for a symbol beside words or beside another one, for a dot, and for each letter, in the room and on a wall. */
const CAPTION = { around: 8, symbol: 18, alone: 12, dot: 6, letter: 6.6, onWall: 8.5 };

/** What a mark is called: its meaning and its caption, each once; a number alone is none. */
export function markName(mark) {
  const [meaning, caption] = [MEANINGS[mark.symbol] || "", mark.label || ""];
  const name = meaning.includes(caption) ? meaning : `${meaning} ${caption}`.trim();
  return /\p{L}{2}/u.test(name) ? `${name}, ` : "";
}

/** A mark that moves with the learner's doing, or has a name, says more than a number of the scale. */
const isNamed = (mark) => /\p{L}{2}/u.test(mark.label || "");

/**
 * The texts under the marks. Of symbols that would lie over each other the one that says more stands; a caption stands where it meets no symbol and no other caption, the named
 * ones first; a dot stands for one that has no room, as far as nothing lies over it.
 * @param {{label: string, symbol: string}[]} marks @param {number[]} places of them, in pixels @param {boolean} projected
 * @returns {string[]}
 */
export function captionsOf(marks, places, projected) {
  const letter = projected ? CAPTION.onWall : CAPTION.letter;
  const symbols = marks.map(() => "");
  const ranked = marks.map((_, i) => i).filter((i) => marks[i].symbol)
    .sort((i, j) => RANKS.indexOf(marks[i].symbol) - RANKS.indexOf(marks[j].symbol) || i - j);
  for (const i of ranked) {
    const meets = symbols.some((symbol, j) => symbol && Math.abs(places[i] - places[j]) < CAPTION.alone);
    if (!meets) symbols[i] = SYMBOLS[marks[i].symbol] || marks[i].symbol;
  }
  const room = (i, width) => ({ i, low: places[i] - width / 2, high: places[i] + width / 2 });
  const taken = symbols.flatMap((symbol, i) => (symbol ? [room(i, CAPTION.symbol)] : []));
  const free = ({ i, low, high }) => taken.every((other) => other.i === i || other.high <= low || other.low >= high);
  const captions = [...symbols];
  const labelled = marks.map((_, i) => i).filter((i) => marks[i].label).sort((i, j) => isNamed(marks[j]) - isNamed(marks[i]) || i - j);
  for (const i of labelled) {
    const wanted = room(i, marks[i].label.length * letter + CAPTION.around + (symbols[i] ? CAPTION.symbol : 0));
    if (!free(wanted)) continue;
    captions[i] = `${symbols[i]} ${marks[i].label}`.trim();
    taken.push(wanted);
  }
  for (const i of labelled) if (captions[i] === "" && free(room(i, CAPTION.dot))) captions[i] = "•";
  return captions;
}
