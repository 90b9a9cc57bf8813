"""The slope page's pictures and words."""
