"""What travels to the browser: plain JSON, arrays as Plotly's typed arrays, and never a number that JSON lacks."""

from __future__ import annotations

import base64
import hashlib
import math
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

_AS_THEY_ARE = frozenset({type(None), bool, str, int})
"""Most of a scene is of these, and needs no further question."""

_KINDS = ("f8", "f4", "i4", "i2", "u1")
"""What the browser takes; `KINDS` of adapter.js are the same."""

UNSAID = {"unsaid": True}
"""Metadata of a field that is left out while it has its default: the browser knows it."""

_SAID = object()
"""No value is this one."""

FARTHEST = 1e37
"""Larger numbers, and numbers of which all are smaller than its inverse, are not told in single precision."""

SHORT = 1e6
"""Whole numbers up to here are told without a decimal point: the browser has one kind of number."""


def single(array: NDArray[np.float64]) -> NDArray[Any]:
    """The array in single precision, half as heavy; as it is where that would make one infinite, or all of them 0."""
    most = np.abs(array[np.isfinite(array)]).max(initial=0.0)
    return array.astype(np.float32) if most == 0 or 1 / FARTHEST < most < FARTHEST else array


def typed_array(array: NDArray[Any]) -> dict[str, Any]:
    """Plotly's typed array; its bytes may hold NaN, which Plotly draws as a gap.

    NumPy's usual integers, of eight bytes, travel in four. Raises ValueError where they do not fit, and TypeError
    for any other kind of number.
    """
    sent = {"b1": "u1", "i8": "i4"}.get(array.dtype.str[1:], array.dtype.str[1:])
    if sent not in _KINDS:
        raise TypeError(f"an array of {array.dtype} has no place in a scene")
    data = np.ascontiguousarray(array, dtype=f"<{sent}")
    if sent == "i4" and not np.array_equal(data, array):
        raise ValueError("a scene holds integers of four bytes only")
    result: dict[str, Any] = {"dtype": sent, "bdata": base64.b64encode(data.tobytes()).decode("ascii")}
    if array.ndim > 1:
        result["shape"] = ", ".join(str(length) for length in array.shape)
    return result


@lru_cache(maxsize=128)
def _names_of(kind: type) -> tuple[tuple[str, str, object], ...]:
    """The fields of a dataclass: their names, those under which they travel, and the value of which nothing is said."""

    def usual(one: Field[Any]) -> object:
        if "unsaid" not in one.metadata:
            return _SAID
        return one.default if one.default_factory is MISSING else one.default_factory()

    return tuple((f.name, f.name.rstrip("_"), usual(f)) for f in fields(kind))


def _conditions(when: tuple[tuple[Any, ...], ...]) -> tuple[tuple[Any, ...], ...]:
    """A condition says no more than it must.

    Most are closed: so is one of which nothing else is said, and [name, value] is "exactly there". What has no bounds
    is [name, kind].
    """
    return tuple(_short_condition(*one) for one in when)


def _short_condition(name: str | float, low: float | None, high: float | None, kind: str) -> tuple[Any, ...]:
    if kind != "closed":
        return (name, kind) if low is None and high is None else (name, low, high, kind)
    return (name, low) if low == high else (name, low, high)


def identity_of(known: object) -> str:
    """The name of what is explored: 16 hexadecimal digits, the same for what reads the same as Python writes it."""
    return hashlib.sha256(repr(known).encode()).hexdigest()[:16]


def to_wire(value: Any) -> Any:
    """Dataclasses become objects by field name (a trailing underscore is dropped), arrays become typed arrays.

    Fields marked `UNSAID` are left out where they have their default. Where nothing is said but the field that a class
    names in `travels_as`, this travels alone. A class that tells many of its kind in fewer words does so: `gathered`.

    Raises ValueError for a number that is not finite and TypeError for what has no place in a scene.
    """
    if type(value) in _AS_THEY_ARE or isinstance(value, str):
        return value
    if type(value) is tuple or type(value) is list:
        if value and hasattr(value[0], "gathered"):
            value = value[0].gathered(value)
        return [one if type(one) in _AS_THEY_ARE else to_wire(one) for one in value]
    if isinstance(value, (int, np.integer)):
        return int(value)
    if isinstance(value, (float, np.floating)):
        if not math.isfinite(value):
            raise ValueError("a scene holds finite numbers only")
        number = float(value)
        negative_zero = number == 0 and math.copysign(1.0, number) < 0
        return int(number) if number.is_integer() and abs(number) < SHORT and not negative_zero else number
    if isinstance(value, np.ndarray):
        return typed_array(value)
    if isinstance(value, Mapping):
        return {str(key): to_wire(one) for key, one in value.items()}
    if isinstance(value, (tuple, list)):
        return [one if type(one) in _AS_THEY_ARE else to_wire(one) for one in value]
    if hasattr(value, "to_json"):
        return to_wire(value.to_json())
    if is_dataclass(value) and not isinstance(value, type):
        kind = getattr(value, "type", None)
        sent = {} if kind is None else {"type": kind}
        for name, sent_as, usual in _names_of(type(value)):
            one = getattr(value, name)
            if name == "when":
                one = _conditions(one)
            if usual is _SAID or one != usual:
                sent[sent_as] = one if type(one) in _AS_THEY_ARE else to_wire(one)
        alone: str = getattr(value, "travels_as", "")
        return sent[alone] if list(sent) == [alone] else sent
    raise TypeError(f"{type(value).__name__} has no place in a scene")
