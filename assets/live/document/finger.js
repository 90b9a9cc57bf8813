// A finger on the page: up and down it scrolls, sideways it moves what it touches. Which of the two it means is known when
// it has moved a little; until then nothing has happened.

/** A finger that moved so far (px) means something; less is a tap. */
const TAP = 6;

/** A finger that rested so long (ms) has taken hold, whichever way it moves then. */
const REST = 350;

const HEARD = ["pointermove", "pointerup", "pointercancel"];

/** A finger so near (px) to the thumb takes it as it lies; farther away it calls the thumb. */
const THUMB_REACH = 24;

/**
 * Waits for a finger's meaning: `take` when it moves sideways, or `anyWay`, or has rested, `tap` when it is lifted where it
 * came down, neither when it scrolls.
 * @param {HTMLElement} node under the finger @param {PointerEvent} down
 * @param {{take: (event: PointerEvent) => void, tap?: (event: PointerEvent) => void, rests?: boolean, anyWay?: boolean}} meaning
 */
function awaitMeaning(node, down, { take, tap, rests, anyWay }) {
  const stop = () => {
    clearTimeout(timer);
    for (const name of HEARD) node.removeEventListener(name, hear, { capture: true });
  };
  const hear = (next) => {
    if (next.pointerId !== down.pointerId) return;
    const [dx, dy] = [next.clientX - down.clientX, next.clientY - down.clientY];
    if (next.type === "pointermove" && Math.hypot(dx, dy) < TAP) return;
    stop();
    if (next.type === "pointermove" && (anyWay || Math.abs(dx) > Math.abs(dy))) take(next);
    else if (next.type === "pointerup" && tap) tap(next);
  };
  const timer = rests ? setTimeout(() => { stop(); take(down); }, REST) : 0;
  for (const name of HEARD) node.addEventListener(name, hear, { capture: true });
}

/**
 * Hands a picture's fingers, as they came down, to `take` once they move sideways or have rested. The picture's `touch-action` lets the page
 * scroll; while a finger holds, or came down on what it means (`meets`), it does not.
 * @param {HTMLElement} node
 * @param {{wants: (event: PointerEvent) => boolean, take: (event: PointerEvent) => void, rests: () => boolean, meets?: (event: PointerEvent) => boolean}} picture
 * @returns {() => boolean} whether a finger holds
 */
export function listenToFingers(node, { wants, take, rests, meets = () => false }) {
  let holding = null;
  node.addEventListener("pointerdown", (down) => {
    if (down.pointerType === "mouse" || holding !== null || !wants(down)) return;
    down.stopPropagation();
    const anyWay = meets(down);
    if (anyWay) holding = down.pointerId;
    awaitMeaning(node, down, { rests: rests(), anyWay, take: () => { holding = down.pointerId; take(down); } });
  }, { capture: true });
  for (const name of ["pointerup", "pointercancel"]) {
    node.addEventListener(name, (event) => { if (event.pointerId === holding) holding = null; });
  }
  // Asked at every move, and there from the beginning: browsers decide at the first touch whether anyone may answer.
  node.addEventListener("touchmove", (event) => { if (holding !== null && event.cancelable) event.preventDefault(); }, { passive: false });
  node.addEventListener("contextmenu", (event) => { if (event.pointerType === "touch") event.preventDefault(); });
  return () => holding !== null;
}

/**
 * A native slider under a finger. Browsers differ: some set the value where the finger comes down, even when it goes on to
 * scroll. Here it slides only along its track, and a tap calls the thumb.
 * @param {HTMLInputElement} input @param {number} thumb its width in pixels
 * @param {{begin: Function, slide: (share: number) => void, end: Function, abandon: Function}} hand `share` from 0 to 1
 * @returns {() => boolean} whether a finger is on it: what the browser itself makes of that does not count
 */
export function slideByFinger(input, thumb, { begin, slide, end, abandon }) {
  let down = null;
  let sliding = false;
  let offset = 0;
  const shareAt = (x) => {
    const box = input.getBoundingClientRect();
    return Math.min(Math.max((x - box.left - thumb / 2) / (box.width - thumb), 0), 1);
  };
  const thumbAt = () => {
    const box = input.getBoundingClientRect();
    return box.left + thumb / 2 + ((input.value - input.min) / (input.max - input.min)) * (box.width - thumb);
  };
  const take = (event) => {
    sliding = true;
    input.focus({ preventScroll: true });
    begin();
    slide(shareAt(event.clientX - offset));
  };
  input.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "touch" || down !== null) return;
    down = event.pointerId;
    offset = event.clientX - thumbAt();
    if (Math.abs(offset) > THUMB_REACH) offset = 0;
    awaitMeaning(input, event, { take, tap: take });
  });
  input.addEventListener("pointermove", (event) => { if (sliding && event.pointerId === down) slide(shareAt(event.clientX - offset)); });
  for (const name of ["pointerup", "pointercancel"]) {
    input.addEventListener(name, (event) => {
      if (event.pointerId !== down) return;
      if (sliding) (name === "pointerup" ? end : abandon)();
      // The browser's own answer to the same finger comes after this one.
      setTimeout(() => { down = null; sliding = false; });
    });
  }
  for (const name of ["touchmove", "touchend"]) {
    input.addEventListener(name, (event) => { if (sliding && event.cancelable) event.preventDefault(); }, { passive: false });
  }
  return () => down !== null;
}
