"""The regression page: a line, two classes, two features."""
