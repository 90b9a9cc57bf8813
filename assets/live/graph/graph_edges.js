// Where a graph goes on beyond its panel: at that edge an arrow with how many boxes lie there; pressed, they come into sight.
import { element, setShown, setText } from "../document/dom.js";

/** The edges: along which axis, and whether at its beginning. */
const GRAPH_EDGES = [
  { side: "left", arrow: "←", axis: 0, first: true }, { side: "right", arrow: "→", axis: 0, first: false },
  { side: "top", arrow: "↑", axis: 1, first: true }, { side: "bottom", arrow: "↓", axis: 1, first: false },
];

export class GraphEdges {
  /** @param {(axis: number, way: number) => void} go brings what lies there into sight; `way` is 1 towards the beginning */
  constructor(go) {
    this.edges = GRAPH_EDGES.map((edge) => ({ ...edge, node: element("button", {
      type: "button", class: "live-graph__beyond", "data-side": edge.side, onclick: () => go(edge.axis, edge.first ? 1 : -1),
      onpointerdown: (event) => event.stopPropagation(),
    }) }));
    this.nodes = this.edges.map(({ node }) => node);
  }

  /** @param {[number, number][]} spots the boxes' middles as they stand in the panel @param {[number, number]} size the panel's */
  update(spots, size) {
    for (const { arrow, axis, first, side, node } of this.edges) {
      const beyond = spots.filter((spot) => (first ? spot[axis] < 0 : spot[axis] > size[axis])).length;
      setShown(node, beyond > 0);
      if (beyond === 0) continue;
      setText(node, `${arrow} ${beyond}`);
      node.setAttribute("aria-label", `${beyond} more ${beyond === 1 ? "box" : "boxes"} beyond the ${side} edge: go there`);
    }
  }
}
