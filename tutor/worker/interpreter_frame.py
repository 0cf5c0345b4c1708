"""The cells of a running frame, read from the interpreter's memory: quarantined here.

No function tells which cell a running frame holds for a variable. `frame.f_locals` gives contents,
and must not be read at all (on 3.11 and 3.12 it writes stale values back into cells, on 3.13.0 it
may crash). So the frame itself is read: `PyFrameObject.f_frame` points to a `_PyInterpreterFrame`,
whose array `localsplus` holds the locals, the cells, the free variables and then the stack.

Sources: Include/internal/pycore_frame.h of CPython 3.11.7, 3.12.1 and 3.13.0; a layout holds for
all of a minor version. `why_not` refuses every other interpreter, and tries these before use.

A frame is named by the word (8 bytes) of memory at which its structure begins. A name is good
while the frame runs or waits, and no longer.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from ctypes import PYFUNCTYPE, c_size_t, c_void_p, py_object, pythonapi
from dataclasses import dataclass
from sys import _getframe
from types import CellType, FrameType

from .flow import variables
from .reading import identity

ALL_MEMORY = 1 << 59
"""Words: the largest array of 8 bytes each that ctypes can have; far beyond every address."""
# `identity` is an address whose bits are turned right by four (Python/pyhash.c, _Py_HashPointer);
# objects begin at multiples of 16, so it is the address divided by 16, and its double a word.
F_FRAME = 3
"""`f_frame` in PyFrameObject: after the object's head of two words and `f_back`."""
LOCALS = 9
"""`localsplus` in _PyInterpreterFrame, on all three versions."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where `_PyInterpreterFrame` has what; in words from its start."""

    code: int
    previous: int


_LAYOUTS = {
    (3, 11): _Layout(code=4, previous=6),
    (3, 12): _Layout(code=0, previous=1),
    (3, 13): _Layout(code=0, previous=1),
}
_layout = _LAYOUTS.get(sys.version_info[:2], _LAYOUTS[3, 13])
_code, _previous = _layout.code, _layout.previous

_words = (c_size_t * ALL_MEMORY).from_address(0)
_objects = (py_object * ALL_MEMORY).from_address(0)
# Public, and unlike `sys._getframe` no audit event, which would run Python hooks.
_current_frame = PYFUNCTYPE(c_void_p)(("PyEval_GetFrame", pythonapi))


def frame_named(frame: FrameType) -> int:
    """The name of the frame behind a frame object."""
    return _words[(identity(frame) << 1) + F_FRAME] >> 3


def caller() -> int:
    """The frame that was running when C code called the function that asks (3.12 and later).

    Between the two stands the frame that C code enters Python with.
    """
    own = _words[((_current_frame() or 0) >> 3) + F_FRAME] >> 3
    asking = _words[own + _previous] >> 3
    entry = _words[asking + _previous] >> 3
    return _words[entry + _previous] >> 3


def cell_at(frame: int, slot: int) -> CellType:
    """The cell of a variable by its number, which is the argument of STORE_DEREF and its like."""
    return _objects[frame + LOCALS + slot]  # type: ignore[no-any-return]


def object_at(frame: int, slot: int) -> object:
    """What lies in a place of the frame that is known to be filled; the stack follows the locals."""
    return _objects[frame + LOCALS + slot]


def identity_at(frame: int, slot: int) -> int:
    """The identity of what lies in a place of the frame; 0 if it is empty."""
    return _words[frame + LOCALS + slot] >> 4


def code_of(frame: int) -> int:
    """The identity of the frame's code object."""
    return _words[frame + _code] >> 4


def stack_from(frame: int) -> Iterator[int]:
    """The frame and those below it: its caller, that one's caller, and so on."""
    while frame:
        yield frame
        frame = _words[frame + _previous] >> 3


def why_not() -> str:
    """Why the frames of this interpreter cannot be read, in one sentence; empty if they can."""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.implementation.name != "cpython" or sys.version_info[:2] not in _LAYOUTS:
        return f"Changes are recorded on CPython 3.11, 3.12 and 3.13; this is {version}."
    # Other builds have other heads of objects: free-threaded, 32 bits, one that traces references.
    if "t" in sys.abiflags or sys.maxsize != 2**63 - 1 or hasattr(sys, "getobjects"):
        return f"Changes are not recorded on this build of CPython {version}."
    return "" if _reads_true() else f"The frames of this CPython {version} are not as expected."


def _reads_true() -> bool:
    """Read a frame whose cells are known otherwise."""
    held = object()

    def holder() -> object:
        return held

    own = _getframe()
    frame = frame_named(own)
    names = variables(own.f_code)
    through_c = [*map(_ask_for_caller, [None])]
    return (
        code_of(frame) == identity(own.f_code)
        and cell_at(frame, names.index("held")) is (holder.__closure__ or ())[0]
        and object_at(frame, names.index("own")) is own
        and list(stack_from(frame))[1:2] == [frame_named(own.f_back)] * bool(own.f_back)
        and (sys.version_info < (3, 12) or through_c == [frame])
    )


def _ask_for_caller(_: None) -> int:
    return caller() if sys.version_info >= (3, 12) else 0
