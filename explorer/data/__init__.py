"""Data and the lines that fit them: least squares, and the logistic fit of two classes."""

from explorer.data.classes import Classes, logistic
from explorer.data.line import DataError, Line, least_squares

__all__ = ["Classes", "DataError", "Line", "least_squares", "logistic"]
