"""What a `cells` exercise asks: three forms of question about the cells of a program."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Annotated

import msgspec

AT_THE_END = "at the end"
_NUMBER = re.compile(r" *[0-9]{1,4} *")


class CellName(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A captured variable, as one function holds it."""

    function: str
    """How the function is reached, `add5` or `ops['deposit']`; or its qualified name."""
    name: str

    def __str__(self) -> str:
        return f"`{self.name}` of `{self.function}`"


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="ask"):
    """A question, and the moment of the run that it is about: without one, the end."""

    line: Annotated[int, msgspec.Meta(ge=1)] | None = None
    """The line after which it is asked, ..."""
    time: Annotated[int, msgspec.Meta(ge=1)] | None = None
    """... and of the times that it changed something which, from 1."""
    step: Annotated[int, msgspec.Meta(ge=0)] | None = None
    """Else the step of the recording after which it is asked; 0 is before the first."""

    def __post_init__(self) -> None:
        if self.step is not None and self.line is not None:
            raise ValueError("Has both `line` and `step`")
        if self.time is not None and self.line is None:
            raise ValueError("Has a `time`, and no `line`")

    @property
    def has_moment(self) -> bool:
        """Whether it is about another moment than the end: then the run is to be recorded."""
        return self.line is not None or self.step is not None

    @property
    def moment(self) -> tuple[int | None, int, int | None]:
        """What is equal for questions about one moment."""
        return self.line, self.time or 1, self.step

    @property
    def when(self) -> str:
        """The moment in words; empty for the end."""
        if self.line is not None:
            time = "" if self.time in (None, 1) else f", time {self.time}"
            return f"after line {self.line}{time}"
        if self.step is not None:
            return f"after step {self.step}" if self.step else "before the first step"
        return ""

    @property
    def parts(self) -> tuple[CellName, ...]:
        """The captured variables that are asked about."""
        return ()


class HowMany(Asked, frozen=True, tag="how-many"):
    """How many cells has a function?"""

    function: str


class SameCell(Asked, frozen=True, tag="same-cell"):
    """Are two captured variables one cell?"""

    cells: tuple[CellName, CellName]

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.cells[0] == self.cells[1]:
            raise ValueError("Compares a cell with itself")

    @property
    def parts(self) -> tuple[CellName, ...]:
        return self.cells


class Contents(Asked, frozen=True, tag="contents"):
    """What is in a cell?"""

    function: str
    name: str

    @property
    def parts(self) -> tuple[CellName, ...]:
        return (CellName(self.function, self.name),)


CellQuestion = HowMany | SameCell | Contents


def in_words(questions: Sequence[CellQuestion]) -> Iterator[str]:
    """Each question as the learner reads it; of contents also the end, if another moment is named."""
    end = AT_THE_END if any(each.has_moment for each in questions) else ""
    for each in questions:
        match each:
            case HowMany():
                text = f"how many cells has `{each.function}`"
            case SameCell():
                text = f"{each.cells[0]}: same cell as {each.cells[1]}"
            case Contents():
                text = f"what is in {each.parts[0]}"
        when = each.when or (end if isinstance(each, Contents) else "")
        yield f"{text} {when}".rstrip() + "?"


def answers_in(text: str) -> dict[int, str]:
    """The answers of a text, `2: n` a line, by the number of their question; blanks are none."""
    found: dict[int, str] = {}
    for line in text.split("\n"):
        number, colon, given = line.partition(":")
        if colon and _NUMBER.fullmatch(number) and given.strip():
            found[int(number)] = given.strip()
    return found


def as_answers(given: dict[int, str]) -> str:
    """Answers as text, in the order of their questions."""
    return "".join(f"{number}: {given[number]}\n" for number in sorted(given) if given[number])
