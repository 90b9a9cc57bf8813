"""The vocabulary of the live figure: a scene, its controls, marks, words and conditions, and how it travels."""
