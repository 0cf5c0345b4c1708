"""Where the recorder hears from: what it asks of `monitoring` and `tracing` alike."""

from __future__ import annotations

from os.path import dirname, join
from types import CodeType, FrameType
from typing import Protocol

from .plan import Event, Plan

OUR_FOLDER = join(dirname(dirname(dirname(__file__))), "")
"""Where all code of the tutor lies, whatever it is loaded as; it ends with a separator."""
TRACES_ITSELF = "The program traces or profiles itself; from there on nothing was recorded."
TOO_LONG = "The program ran for too many lines; after the first of them nothing was recorded."
TRACES_ITSELF_OR = (
    "The program traces or profiles itself, or a signal interrupted the recorder; "
    "from there on nothing was recorded."
)

NO_ROOM = (RecursionError, MemoryError)
"""What strikes the recorder at the limits of a program. The program may have the room that it has
not: it goes without this one step rather than let them out.
"""


class Source(Protocol):
    """Tells the recorder what learner code does, instruction by instruction."""

    ended: str
    """Why the recording ends at an audit event of `audit.SELF_TRACING` that it does not cause."""

    def follow(self, code: CodeType, plan: Plan) -> None:
        """Tell of what the code does from now on."""

    def start(self) -> None:
        """Begin, or begin again."""

    def stop(self) -> None:
        """Tell of nothing any more."""

    def follow_lines(self, wanted: bool) -> None:
        """Tell also of every line, and of every way in and out of code, or no longer."""

    def causes(self, caller: FrameType) -> bool:
        """Whether it is itself behind an audit event of `audit.SELF_TRACING`."""


class Watched(Protocol):
    """What a source must know of the values that are compared again and again."""

    wants_frame: bool


class Listener(Protocol):
    """What a source tells of learner code; the recorder is one. Frames are named as in `memory`."""

    plans: dict[int, Plan]

    @property
    def watch(self) -> Watched: ...
    def entered(self, plan: Plan, frame: int) -> None: ...
    def happened(self, plan: Plan, happening: Event, frame: int) -> None: ...
    def line_begins(self, plan: Plan, line: int, frame: int) -> None: ...
    def left(self, plan: Plan, frame: int, back_in: FrameType | None) -> None: ...
    def resumed(self, plan: Plan, line: int, frame: int) -> None: ...
    def give_up(self, why: str) -> None: ...
