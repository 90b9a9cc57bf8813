// Hands on a picture's background: a mouse drags it along, two fingers drag and pinch it, two taps bring it back.
import { placeIn } from "../document/dom.js";

/** A mouse that moved so far (px) drags; less is a click. */
const DRAGGED = 4;

/** Two clicks or taps within this time (ms) and distance (px) are one gesture. */
const DOUBLE = { time: 400, distance: 24 };

/** What answers for itself: handles and buttons over the picture, the legend. */
const TAKEN = ".live-handle, .live-sketch__sheet, button, a, input, .legend";

/** The middle of two fingers, and how far they are apart. */
function gripOf([one, other]) {
  return { middle: [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2], apart: Math.hypot(one[0] - other[0], one[1] - other[1]) };
}

/**
 * @param {HTMLElement} node the picture
 * @param {{drag: (from: [number, number], to: [number, number], factor: number) => void, drop: () => void, reset: (place: [number, number]) => void}} hand
 *   `drag` brings what stood at `from` when the hand came down to `to`, so many times as wide; `drop` lets go, `reset` answers two taps
 */
export function listenToHands(node, hand) {
  ignoreLateClicks(node);
  listenToMouse(node, hand);
  listenToPinch(node, hand);
  listenToDoubleTap(node, hand.reset);
}

function listenToMouse(node, { drag, drop }) {
  let down = null;
  let dragging = false;
  node.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0 || event.target.closest(TAKEN)) return;
    down = placeIn(node, event);
    dragging = false;
  });
  node.addEventListener("pointermove", (event) => {
    if (down === null || event.pointerType !== "mouse") return;
    const place = placeIn(node, event);
    if (!dragging && Math.hypot(place[0] - down[0], place[1] - down[1]) < DRAGGED) return;
    if (!dragging) {
      dragging = true;
      node.setPointerCapture(event.pointerId);
      node.classList.add("live-panel--dragged");
    }
    drag(down, place, 1);
  });
  for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) {
    node.addEventListener(name, (event) => {
      if (event.pointerType !== "mouse" || down === null) return;
      down = null;
      node.classList.remove("live-panel--dragged");
      if (dragging) drop();
    });
  }
  // Plotly would lay a cover over the page to follow the mouse.
  node.addEventListener("mousedown", (event) => { if (!event.target.closest(TAKEN)) event.stopPropagation(); }, { capture: true });
  // The click that ends a drag is none.
  node.addEventListener("click", (event) => {
    if (dragging) event.stopImmediatePropagation();
    dragging = false;
  }, { capture: true });
}

/** A press on a handle that has moved away before it ends is no click on what stands there now. */
function ignoreLateClicks(node) {
  let taken = false;
  node.addEventListener("pointerdown", (event) => { taken = event.target.closest(TAKEN) !== null; }, { capture: true });
  node.addEventListener("click", (event) => {
    if (taken && !event.target.closest(TAKEN)) event.stopImmediatePropagation();
  }, { capture: true });
}

function listenToPinch(node, { drag, drop }) {
  const fingers = new Map();
  let first = null;
  node.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "touch") return;
    if (fingers.size < 2) fingers.set(event.pointerId, placeIn(node, event));
    if (fingers.size < 2) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    if (first !== null) return;
    // What the first finger had taken hold of is let go: the two mean the picture.
    const [other] = fingers.keys();
    for (const holder of [node, ...node.querySelectorAll(".live-handle")]) {
      holder.dispatchEvent(new PointerEvent("pointercancel", { pointerId: other }));
    }
    first = gripOf([...fingers.values()]);
  }, { capture: true });
  node.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId)) return;
    fingers.set(event.pointerId, placeIn(node, event));
    if (first === null || fingers.size < 2) return;
    event.stopImmediatePropagation();
    const { middle, apart } = gripOf([...fingers.values()]);
    drag(first.middle, middle, first.apart / Math.max(apart, 1));
  }, { capture: true });
  for (const name of ["pointerup", "pointercancel"]) {
    window.addEventListener(name, (event) => {
      if (event.pointerType !== "touch" || !fingers.delete(event.pointerId) || first === null) return;
      first = null;
      drop();
    });
  }
  // Two fingers scroll nothing and magnify no page, wherever they go.
  for (const name of ["touchstart", "touchmove"]) {
    node.addEventListener(name, (event) => { if (event.touches.length > 1 && event.cancelable) event.preventDefault(); }, { capture: true, passive: false });
  }
}

function listenToDoubleTap(node, reset) {
  let last = null;
  node.addEventListener("click", (event) => {
    const now = { time: event.timeStamp, place: placeIn(node, event) };
    const near = last !== null && now.time - last.time < DOUBLE.time
      && Math.hypot(now.place[0] - last.place[0], now.place[1] - last.place[1]) < DOUBLE.distance;
    // The first of two may have called a handle to where the second one falls.
    if (event.target.closest(TAKEN) && !(near && event.target.closest(".live-handle"))) return;
    last = near ? null : now;
    if (!near) return;
    event.stopImmediatePropagation();
    reset(now.place);
  });
}
