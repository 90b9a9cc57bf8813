"""The Jacobian tab: a square and its image."""
