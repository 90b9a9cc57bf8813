"""The chain page: the graph of a formula and the sweeps over it."""
