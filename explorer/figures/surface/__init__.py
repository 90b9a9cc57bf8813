"""The surface page: space, pad and slices."""
