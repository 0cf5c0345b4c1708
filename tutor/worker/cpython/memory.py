"""What is read from the interpreter's own memory: quarantined here.

The cells of a running frame. No function tells which cell a frame holds for a variable.
`frame.f_locals` gives contents, and must not be read at all (on 3.11 and 3.12 it writes stale
values back into cells, on 3.13.0 it may crash). So the frame itself is read:
`PyFrameObject.f_frame` points to a `_PyInterpreterFrame`, whose array `localsplus` holds the
locals, the cells, the free variables and then the stack.

Whether a list, dict or set is as it was. Up to 3.13 a dict says so itself, by the version that each
change gives it (PEP 509); of all others the first items are copied as they lie there.

Sources: Include/internal/pycore_{frame,interpframe_structs,stackref,dict}.h, Objects/cellobject.c
and Include/cpython/{listobject,dictobject,setobject}.h of CPython 3.11.7, 3.12.1, 3.13.0, 3.14.10
and 3.15.2; a layout holds for all of a minor version. `why_not` refuses every other interpreter,
and tries these before use.

A place is a word (8 bytes) of memory, by its number. A frame is named by the place at which its
structure begins: a good name while the frame runs or waits, and no longer. Nothing here may call a
function between reading a pointer and following it: another thread could run.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from ctypes import PYFUNCTYPE, c_char, c_size_t, c_void_p, py_object, pythonapi
from dataclasses import dataclass
from sys import _getframe
from types import CellType, FrameType
from typing import Any

from .instructions import variables
from .objects import identity

ALL_WORDS = 1 << 59
"""As large as an array of ctypes can be; far beyond every address."""
F_FRAME = 3
"""In PyFrameObject: after the object's head of two words and `f_back`."""
BORROWED, NO_OBJECT = 1, 2
"""Bits of a place in a frame, since 3.14: it owns no reference (then it may be a null pointer all the
same); it holds no object but a number or another pointer."""
CONTENTS = 2
"""`ob_ref` in PyCellObject."""
LIST_SIZE, LIST_ITEMS = 2, 3
DICT_USED, DICT_VERSION, DICT_KEYS, DICT_VALUES = 2, 3, 4, 5
"""`ma_used`; `ma_version_tag` up to 3.13; `ma_keys`; `ma_values`, where an object's attributes may
change without a new version."""
KEYS_HEAD, KEYS_ENTRIES, KEYS_INDICES = 1, 3, 4
"""In PyDictKeysObject: a word that starts with the bytes `dk_log2_size`, `dk_log2_index_bytes` and
`dk_kind`; `dk_nentries`; `dk_indices`, behind which the entries lie."""
GENERAL = 0
"""The `dk_kind` of keys that are not all strings: each entry has its hash too."""
SET_FILL, SET_MASK, SET_TABLE = 2, 4, 5
LOOKED_AT = 64
"""Items of a list or set, or places of its table, that are compared."""
ENTRIES_LOOKED_AT = 1_000
"""Entries of a dict that are compared where it has no version: some 24 KB. It has thousands in a
program that counts words, and a change of one counts."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where `_PyInterpreterFrame` has what; in words from its start."""

    code: int
    previous: int
    locals: int
    """`localsplus`."""


_LAYOUTS = {
    (3, 11): _Layout(code=4, previous=6, locals=9),
    (3, 12): _Layout(code=0, previous=1, locals=9),
    (3, 13): _Layout(code=0, previous=1, locals=9),
    (3, 14): _Layout(code=0, previous=1, locals=10),
    (3, 15): _Layout(code=0, previous=1, locals=10),
}
_layout = _LAYOUTS.get(sys.version_info[:2], _LAYOUTS[3, 15])
_FROM, *_, _TO = (".".join(map(str, version)) for version in _LAYOUTS)
_code, _previous, _locals = _layout.code, _layout.previous, _layout.locals
_has_versions = sys.version_info < (3, 14)
"""Whether each dict has a version."""

# `identity` is an address whose bits are turned right by four (Python/pyhash.c, _Py_HashPointer);
# objects begin at multiples of 16, so it is the address divided by 16, and its double a word.
_words = (c_size_t * ALL_WORDS).from_address(0)
_objects: Any = (py_object * ALL_WORDS).from_address(0)
_bytes = (c_char * (ALL_WORDS * 8)).from_address(0)
_pointer = (c_size_t * 1)()
_pointed_at: Any = (py_object * 1).from_buffer(_pointer)
# Public, and unlike `sys._getframe` no audit event, which would run Python hooks.
_current_frame = PYFUNCTYPE(c_void_p)(("PyEval_GetFrame", pythonapi))
# By address: of a py_object that it is given, ctypes asks the `__class__`, which may be a learner's.
_dict_at = PYFUNCTYPE(py_object, c_size_t, c_void_p)(("PyObject_GenericGetDict", pythonapi))

Mark = object
"""What the contents of a container are known by: equal if they are as they were."""
Marker = Callable[[object], Mark]


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
    cell: CellType = object_at(frame, slot)  # type: ignore[assignment]
    return cell


def object_at(frame: int, slot: int) -> object:
    """What lies in a place of the frame that is known to be filled; the stack follows the locals."""
    word = _words[frame + _locals + slot]
    if word & NO_OBJECT:
        return None
    # No other thread runs between these two: neither calls anything.
    _pointer[0] = word & ~BORROWED
    return _pointed_at[0]


def identity_at(frame: int, slot: int) -> int:
    """The identity of what lies in a place of the frame; 0 if it is empty."""
    return _words[frame + _locals + slot] >> 4


def code_of(frame: int) -> int:
    """The identity of the frame's code object."""
    return _words[frame + _code] >> 4


def stack_from(frame: int) -> Iterator[int]:
    """The frame and those below it: its caller, that one's caller, and so on."""
    while frame:
        yield frame
        frame = _words[frame + _previous] >> 3


def contents_place(cell: CellType) -> int:
    """The place of the pointer to what the cell holds: good as long as the cell lives."""
    return (identity(cell) << 1) + CONTENTS


def pointed_at(place: int, instead: object) -> object:
    """The object that the pointer in a place points to, or `instead` if there is none."""
    try:
        return _objects[place]
    except ValueError:
        return instead


def dict_of(value: object) -> dict[object, object]:
    """The `__dict__` of an object, whatever its class makes of that name; AttributeError if none.

    The descriptor that `reading.fields` finds would do it too, but to keep it keeps its class alive.
    """
    return _dict_at(identity(value) << 4, None)  # type: ignore[no-any-return]


def mark_list(value: object) -> Mark:
    """The mark of a list."""
    place = identity(value) << 1
    size, first = _words[place + LIST_SIZE], _words[place + LIST_ITEMS]
    return size, _bytes[first : first + 8 * (size if size < LOOKED_AT else LOOKED_AT)]


def mark_dict(value: Any) -> Mark:
    """The mark of a dict."""
    place = identity(value) << 1
    if _words[place + DICT_VALUES]:
        return [*map(identity, dict.keys(value)), *map(identity, dict.values(value))]
    if _has_versions:
        return _words[place + DICT_VERSION]
    keys = _words[place + DICT_KEYS] >> 3
    head, entries = _words[keys + KEYS_HEAD], _words[keys + KEYS_ENTRIES]
    first = ((keys + KEYS_INDICES) << 3) + (1 << (head >> 8 & 255))
    size = 24 if head >> 16 & 255 == GENERAL else 16
    size *= entries if entries < ENTRIES_LOOKED_AT else ENTRIES_LOOKED_AT
    return _words[place + DICT_USED], entries, _bytes[first : first + size]


def mark_set(value: object) -> Mark:
    """The mark of a set."""
    place = identity(value) << 1
    fill, mask = _words[place + SET_FILL], _words[place + SET_MASK]
    table = _words[place + SET_TABLE]
    return fill, _bytes[table : table + 16 * (mask + 1 if mask < LOOKED_AT else LOOKED_AT)]


def why_not() -> str:
    """Why the memory of this interpreter cannot be read, in one sentence; empty if it can."""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.implementation.name != "cpython" or sys.version_info[:2] not in _LAYOUTS:
        return f"Changes are recorded on CPython {_FROM} to {_TO}; this is {version}."
    # Other builds have other heads of objects: free-threaded, 32 bits, one that traces references.
    if "t" in sys.abiflags or sys.maxsize != 2**63 - 1 or hasattr(sys, "getobjects"):
        return f"Changes are not recorded on this build of CPython {version}."
    return "" if _frames_are_so() and _marks_are_so() else f"CPython {version} is built otherwise."


def _frames_are_so() -> bool:
    """Read a frame whose cells are known otherwise."""
    held = object()

    def holder() -> object:
        return held

    own = _getframe()
    below = own.f_back
    frame = frame_named(own)
    names = variables(own.f_code)
    (cell,) = holder.__closure__ or ()
    callers = [*map(_ask_for_caller, [None])] if sys.version_info >= (3, 12) else [frame]
    return (
        code_of(frame) == identity(own.f_code)
        and cell_at(frame, names.index("held")) is cell
        and pointed_at(contents_place(cell), None) is held
        and object_at(frame, names.index("own")) is own
        and below is not None
        and frame_named(below) in stack_from(frame)
        and callers == [frame]
    )


def _ask_for_caller(_: None) -> int:
    return caller()


def _marks_are_so() -> bool:
    """Change a list, a dict and a set, and see each mark change, but by that only."""
    items, table, named, members = [1, 2], {1: 2}, {"one": 2}, {1, 2}
    changes: list[tuple[object, Marker, Callable[[], object]]] = [
        (items, mark_list, lambda: items.append(3)),
        (items, mark_list, lambda: items.reverse()),
        (table, mark_dict, lambda: table.update({1: 3})),
        (named, mark_dict, lambda: named.update(one=3)),
        (named, mark_dict, lambda: named.update(two=3)),
        (named, mark_dict, lambda: named.pop("two")),
        (members, mark_set, lambda: members.add(3)),
        (members, mark_set, lambda: members.discard(3)),
    ]
    for value, mark, change in changes:
        before, again = mark(value), mark(value)
        change()
        if before != again or before == mark(value):
            return False
    return True
