"""The defaults of a function, read and replaced without running anything of its own."""

from __future__ import annotations

from types import FunctionType

_code_of = FunctionType.__dict__["__code__"].__get__
_positional_of = FunctionType.__dict__["__defaults__"].__get__
_by_name_of = FunctionType.__dict__["__kwdefaults__"].__get__
_set_positional_of = FunctionType.__dict__["__defaults__"].__set__
_set_by_name_of = FunctionType.__dict__["__kwdefaults__"].__set__
# Those of the plain types: a program can put an object of a class made from these there.
_in_tuple = tuple.__dict__["__iter__"]
_in_dict = dict.__dict__["items"]


def defaults_of(function: FunctionType) -> dict[str, object]:
    """The parameters that have a default, and the default of each."""
    code = _code_of(function)
    names = code.co_varnames[: code.co_argcount]
    # The last default is that of the last parameter; a program may have set more than there are.
    found = dict(zip(reversed(names), reversed(_positional(function)), strict=False))
    return {**dict(reversed(found.items())), **_by_name(function)}


def replace_default(function: FunctionType, name: str, value: object) -> None:
    """Put a value in the place of the default that a parameter has."""
    by_name = _by_name(function)
    if name in by_name:
        _set_by_name_of(function, {**by_name, name: value})
        return
    code, positional = _code_of(function), _positional(function)
    from_end = code.co_argcount - code.co_varnames.index(name)
    positional[-from_end] = value
    _set_positional_of(function, tuple(positional))


def _positional(function: FunctionType) -> list[object]:
    return list(_in_tuple(_positional_of(function) or ()))


def _by_name(function: FunctionType) -> dict[str, object]:
    return {k: v for k, v in _in_dict(_by_name_of(function) or {}) if type(k) is str}
