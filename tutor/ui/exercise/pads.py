"""The scratch pads: made, named, deleted and brought back; what is sent to be run comes here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from itertools import count
from typing import Protocol

from textual.message import Message

from tutor.course.model import Exercise
from tutor.grading.kinds.scratch import Pad, scratch_pad
from tutor.state.pad_ids import NO_NAME, new_pad_id
from tutor.text import NAME_COLUMNS, one_line
from tutor.ui.exercise.course_state import CourseState

LONGEST_NAME = 60
"""Characters that are kept of a name."""


class Do(Enum):
    """What can be done about pads."""

    NEW = auto()
    NAME = auto()
    DELETE = auto()
    RESTORE = auto()
    """Bring back the one that was deleted last."""
    SEND = auto()
    """Put a program on a pad of its own, and go there."""


@dataclass
class PadAsked(Message):
    """Something is to be done about a pad."""

    do: Do
    pad: Pad | None = None
    name: str = ""
    code: str = ""


def send_to_scratch(title: str, code: str) -> PadAsked:
    """The message that puts a program on a pad, whoever posts it: never into an answer."""
    return PadAsked(Do.SEND, name=title, code=code)


class AsksName(Protocol):
    """The pane of the tree."""

    def ask_name(self, pad: Pad) -> None:
        """Ask what a pad is to be called."""


class TreeScreen(Protocol):
    """The screen with the tree, where the pads stand."""

    @property
    def drawer_pane(self) -> AsksName:
        """The pane of the tree."""

    def open_drawer(self) -> None:
        """Go to it."""

    def tell(self, sentence: str) -> None:
        """Say something that belongs to no pane."""


class Pads:
    """Does what is asked about pads."""

    def __init__(
        self,
        course_state: CourseState,
        go_to: Callable[[Exercise], None],
        screen: TreeScreen,
    ) -> None:
        self.course_state = course_state
        self.go_to = go_to
        """Leaves what is in view for an exercise, or for a pad."""
        self.screen = screen
        self.deleted: list[tuple[Pad, str]] = []
        """Those of this session, each with what stood on it."""

    def see_to(self, asked: PadAsked) -> None:
        """Do it."""
        match asked.do, asked.pad:
            case Do.NEW, _:
                self.make(NO_NAME, "")
            case Do.SEND, _:
                self.send(asked.name, asked.code)
            case Do.RESTORE, _:
                self.restore()
            case Do.NAME, Pad() as pad:
                self.rename(pad, asked.name)
            case Do.DELETE, Pad() as pad:
                self.delete(pad)
                self.screen.open_drawer()

    def make(self, name: str, code: str) -> None:
        """A new pad with a program on it, under this name or one like it."""
        pad = scratch_pad(new_pad_id(), self.free_name(cleaned(name)))
        self.keep(pad, code)
        self.go_to(pad)

    def send(self, name: str, code: str) -> None:
        """Go to the pad that the program was put on before, if it is as it was; else a new one."""
        for pad in self.course_state.pads:
            same_name = pad.title.startswith(cleaned(name))
            if same_name and self.course_state.progress.record(pad.id).draft == code:
                self.go_to(pad)
                return
        self.make(name, code)

    def ask_in_tree(self, pad: Pad) -> None:
        """Ask what a pad is to be called."""
        self.screen.open_drawer()
        self.screen.drawer_pane.ask_name(pad)

    def rename(self, pad: Pad, name: str) -> None:
        """Call a pad something else."""
        renamed = scratch_pad(pad.id, cleaned(name))
        if self.course_state.exercise.id == pad.id:
            self.course_state.exercise = renamed
        self.keep(renamed)

    def delete(self, pad: Pad) -> None:
        """Keep a pad no longer; until the tutor ends it can be brought back."""
        if self.course_state.exercise.id == pad.id:
            self.go_to(self.course_state.question)
        self.deleted.append((pad, self.course_state.progress.record(pad.id).draft or ""))
        self.course_state.keep(self.course_state.progress.drop_pad, pad.id)
        self.screen.tell(f"`{told(pad)}` is deleted. u in the tree brings it back.")

    def restore(self) -> None:
        """Bring back the pad that was deleted last."""
        if not self.deleted:
            self.screen.tell("No scratch pad was deleted.")
            return
        pad, code = self.deleted.pop()
        self.keep(pad, code)
        self.go_to(pad)

    def keep(self, pad: Pad, code: str | None = None) -> None:
        """Save what a pad is called, and what stands on it if that is given."""
        self.course_state.keep(self.course_state.progress.save_pad, pad.id, pad.title, code)

    def free_name(self, name: str) -> str:
        """The name, or with the first number that no other pad has."""
        names = {pad.title for pad in self.course_state.pads}
        numbered = (f"{name} {number}" for number in count(2))
        return name if name not in names else next(each for each in numbered if each not in names)

    def commands(self) -> Iterator[tuple[str, str, Callable[[], None]]]:
        """What the palette finds: a title, what it does, the function that does it."""
        yield "New scratch pad", "Any program; nothing is checked", lambda: self.make(NO_NAME, "")
        for pad in self.course_state.pads:
            yield f"Scratch: {told(pad)}", "A scratch pad", partial(self.go_to, pad)
        here = self.course_state.exercise
        if isinstance(here, Pad):
            yield "Name this scratch pad", "In the tree", lambda: self.ask_in_tree(here)
            yield "Delete this scratch pad", "It can be brought back", lambda: self.delete(here)
        if self.deleted:
            pad, _ = self.deleted[-1]
            yield f"Bring back `{told(pad)}`", "A scratch pad that was deleted", self.restore


def cleaned(name: str) -> str:
    """A name as it is kept: on one line, and not empty."""
    return " ".join(name.split())[:LONGEST_NAME].strip() or NO_NAME


def told(pad: Pad) -> str:
    """A pad's name, for a sentence."""
    return one_line(pad.title, NAME_COLUMNS)
