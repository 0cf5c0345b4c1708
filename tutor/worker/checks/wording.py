"""How a check words what it found: values, calls, and its own failures."""

from __future__ import annotations

from traceback import walk_tb
from types import FunctionType

from ..cpython.objects import HEAP_TYPE

SHOWN_CHARACTERS = 60
SHOWN_OF_ERROR = 160
"""Characters of the text of an exception."""

_code_of = FunctionType.__dict__["__code__"].__get__
_mro_of = type.__dict__["__mro__"].__get__
_name_of = type.__dict__["__name__"].__get__
_flags_of = type.__dict__["__flags__"].__get__


def shown(value: object) -> str:
    """A value for a sentence: a short plain one as Python writes it, any other by its kind."""
    if _is_plain(value):
        try:
            text = repr(value)
        except ValueError:  # an int of thousands of digits
            return kind(value)
        if len(text) <= SHOWN_CHARACTERS:
            return text
    return kind(value)


def kind(value: object) -> str:
    """A value by its kind: `an int`, `a class`."""
    if value is None:
        return "None"
    if is_class(value):
        return "a class"
    name = type_name(value)
    return f"{'an' if name[0].lower() in 'aeiou' else 'a'} {name}"


def is_class(value: object) -> bool:
    """Whether a value is a class; one that only claims to be, by its `__class__`, is not."""
    return type in bases(value)


def bases(value: object) -> tuple[type, ...]:
    """The type of a value and the types that it is made from."""
    found: tuple[type, ...] = _mro_of(type(value))
    return found


def type_name(value: object) -> str:
    """The name of a value's type."""
    return str(_name_of(type(value)))


def call(function: object, arguments: tuple[object, ...]) -> str:
    """A call as a learner would write it; only arguments of a check's own making are shown."""
    written = ", ".join(
        repr(value) if type(value) in (int, float, str, bool, type(None)) else "..."
        for value in arguments
    )
    return f"`{function_name(function)}({written})`"


def function_name(function: object) -> str:
    """What a function is called in its `def`."""
    return str(_code_of(function).co_name) if type(function) is FunctionType else "the call"


def named(error: BaseException, text: object) -> str:
    """An exception by its type and the beginning of its text, if that is one."""
    if type(text) is not str or not text:
        return type_name(error)
    line = text.partition("\n")[0]
    more = len(line) - SHOWN_OF_ERROR
    return f"{type_name(error)}: {line[:SHOWN_OF_ERROR]}{f'… +{more}' * (more > 0)}"


def reason(error: BaseException, file: str) -> str:
    """What a check itself raised, and on which line of its file: for its author."""
    line = line_of(error, file)
    return f"{_plainly(error)} (line {line} of {file})" if line else _plainly(error)


def place_and_reason(error: BaseException, file: str) -> str:
    """What an author's file itself raised: file, line, and what."""
    line = error.lineno if isinstance(error, SyntaxError) else line_of(error, file)
    said = f"SyntaxError: {error.msg}" if isinstance(error, SyntaxError) else _plainly(error)
    return f"{file}, line {line}: {said}" if line else f"{file}: {said}"


def sentence(error: BaseException) -> str:
    """What an assert says; empty if it says nothing, or if a learner's object would say it."""
    return error.args[0] if error.args and type(error.args[0]) is str else ""


def unheld(error: BaseException, file: str, source: str) -> str:
    """An assert without a sentence of its own: its line."""
    line = line_of(error, file)
    lines = source.split("\n")
    if not 0 < line <= len(lines):
        return "This does not hold."
    return f"This does not hold: `{lines[line - 1].strip()}` (line {line} of {file})."


def line_of(error: BaseException, file: str) -> int:
    """The innermost line of a file that an exception came through; 0 if none."""
    frames = walk_tb(error.__traceback__)
    lines = [line for frame, line in frames if frame.f_code.co_filename == file]
    return lines[-1] if lines else 0


def _plainly(error: BaseException) -> str:
    # Else its text is the learner's.
    return type_name(error) if _flags_of(type(error)) & HEAP_TYPE else named(error, str(error))


def _is_plain(value: object, depth: int = 3) -> bool:
    """Whether `repr` of a value runs no code of the learner's and comes to an end."""
    if type(value) in (list, tuple):
        assert isinstance(value, list | tuple)
        few = depth > 0 and len(value) < SHOWN_CHARACTERS
        return few and all(_is_plain(item, depth - 1) for item in value)
    return type(value) in (int, float, bool, str, type(None))
