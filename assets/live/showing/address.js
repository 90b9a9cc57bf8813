// The address bar: the component is its only writer, replaces and never adds an entry, and keeps what it does not know.

import { countOf, toldRows } from "../tape/columns.js";
import { windowText } from "./framing.js";

/** Parameters that say how a page is shown, not what it shows; a copied link leaves what a hosting frame added out. */
const HOSTING = ["embed", "embed_options", "theme"];

/** What leads whoever follows a link: the question that is asked, the stage of the story, hidden numbers, a sketch, words of one's own. */
const LEADS = ["challenge", "stage", "hide", "sketch", "ask", "of", "low", "high"];

/** What stands in the link that was followed; an exported file keeps what its page asked. */
export function searchOf(scene) {
  return scene.search ?? window.location.search;
}

/** Where the link that was followed leads. @returns {{challenge: number, stage: number, hide: boolean, sketch: boolean, own: object | null}} */
export function followed(search) {
  const parameters = new URLSearchParams(search);
  // What is no number from 1 on is a question that is not there, as 99 may be.
  const counted = (name) => (!parameters.get(name) ? 0 : /^[1-9]\d{0,3}$/.test(parameters.get(name)) ? Number(parameters.get(name)) : -1);
  const own = Object.fromEntries(["ask", "of", "low", "high"].map((name) => [name, parameters.get(name) || ""]));
  return { own: own.ask ? own : null, challenge: counted("challenge"), stage: counted("stage"), hide: parameters.get("hide") === "1", sketch: parameters.get("sketch") === "1" };
}

/** The shortest text that reads back as the same number. */
function numberText(value) {
  return String(Object.is(value, -0) ? 0 : value);
}

/** What the scenes so far have written: a name that the present one does not know says something about a former one. */
const written = new Set();

/** The page's parameters with the present state in them. @param {import("../figure/state.js").LiveState} state */
export function stateParameters(state, search) {
  const parameters = new URLSearchParams(search);
  const { scene } = state;
  const said = scene.url || {};
  written.forEach((name) => name in said || parameters.delete(name));
  const lists = [scene.columns, scene.listed].filter(Boolean);
  for (const { name, group } of [...scene.controls, ...scene.toggles, ...lists]) written.add(group || name);
  for (const [name, value] of Object.entries(said)) {
    written.add(name);
    if (value === null || value === "") parameters.delete(name);
    else parameters.set(name, value);
  }
  for (const name of LEADS) setUnlessDefault(parameters, name, state.leads.get(name), !state.leads.get(name));
  if (scene.frame) setUnlessDefault(parameters, "window", windowText(state.window, scene.frame.equal), state.window === null);
  for (const control of scene.controls) {
    const value = control.name in state.leadsFrom ? state.leadsFrom[control.name] : state.values.get(control.name);
    // What is folded away stands in the address only where it was changed.
    if (control.url && control.toggle) setUnlessDefault(parameters, control.name, numberText(value), value === control.value);
    else if (control.url) setUnlessDefault(parameters, control.name, numberText(value), unsaid(control, state));
  }
  if (scene.columns) {
    const told = linkedRows(scene.columns, state.values);
    setUnlessDefault(parameters, scene.columns.name, told, told === "");
    // Numbers that belong to rows which the link has lost do not fit those with which it opens.
    if (scene.columns.lost) setUnlessDefault(parameters, scene.columns.lost, String(countOf(scene, state.values)), told !== "");
  }
  if (scene.listed) parameters.set(scene.listed.name, listedText(scene.listed, state.values));
  for (const toggle of scene.toggles) {
    if (!toggle.url) continue;
    if (toggle.group) {
      if (state.toggles.get(toggle.name)) setUnlessDefault(parameters, toggle.group, toggle.name, toggle.on);
    } else {
      const on = state.toggles.get(toggle.name);
      const usual = toggle.usually ? state.shows(toggle.usually) : toggle.on;
      setUnlessDefault(parameters, toggle.name, on ? "1" : "0", on === usual);
    }
  }
  return parameters;
}

/** The learner's own rows, or nothing where they are too many for a link. */
function linkedRows(columns, values) {
  if (!columns.live || values.get(columns.count) > columns.linked) return "";
  return toldRows(columns, values).map((row) => row.map(numberText).join(",")).join(";");
}

/** The places of a list, as many as there are. */
function listedText({ controls, count }, values) {
  return controls.slice(0, values.get(count)).map((name) => numberText(values.get(name))).join(",");
}

/** Whether nobody has touched what the control would say. */
function unsaid(control, state) {
  const places = Object.entries(control.unsaid_at || {});
  return places.length > 0 && places.every(([name, value]) => state.values.get(name) === value);
}

function setUnlessDefault(parameters, name, text, isDefault) {
  if (isDefault) parameters.delete(name);
  else parameters.set(name, text);
}

/** Writes the state into the address. Nothing happens in an exported file. */
export function writeAddress(state) {
  if (!state.scene.url || state.scene.main === false || window.location.protocol === "file:") return;
  const address = new URL(window.location.href);
  address.search = stateParameters(state, address.search).toString();
  if (address.href !== window.location.href) window.history.replaceState(window.history.state, "", address.href);
}

/** What leads whoever opens an exported file: the question that waits, and not its answer. */
export function leadingSearch(state, presenting) {
  const parameters = new URLSearchParams([...state.leads].filter(([, value]) => value));
  if (presenting) parameters.set("present", "1");
  return parameters.size > 0 ? `?${parameters}` : "";
}

/** The address to send to a friend. */
export function shareAddress(state) {
  const address = new URL(window.location.href);
  const parameters = stateParameters(state, address.search);
  HOSTING.forEach((name) => parameters.delete(name));
  address.search = parameters.toString();
  address.hash = "";
  return address.href;
}

/** The same in the other colours. Streamlit reads its theme from a parameter when a page is loaded, and has no other door. */
export function themedAddress(state, theme) {
  const address = new URL(window.location.href);
  const parameters = stateParameters(state, address.search);
  const others = parameters.getAll("embed_options").filter((option) => !/^(light|dark)_theme$/.test(option));
  parameters.delete("embed_options");
  for (const option of [...others, `${theme}_theme`]) parameters.append("embed_options", option);
  address.search = parameters.toString();
  return address.href;
}
