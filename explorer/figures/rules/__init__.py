"""The rules page: a picture for each rule of differentiation, and its words."""
