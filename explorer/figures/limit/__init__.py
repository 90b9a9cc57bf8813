"""The limit page's pictures and words: a curve, a table, and what computers subtract."""
