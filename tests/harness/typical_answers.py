"""Answers written down as the functions in which they differ from the solution."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent

from tutor.course.model import Exercise
from tutor.grading.kinds import kind_of

CONTENT = Path(__file__).parent.parent / "content"
DEFINITION = re.compile(r"^( *)(?:def|class) (\w+)\b.*", re.MULTILINE)


@dataclass(frozen=True)
class Answer:
    """An answer, and what must be said to it."""

    exercise: str
    name: str
    text: str
    told: str = ""
    """The id of the misconception, or the belief, whose feedback it gets; empty for none."""
    says: str = ""
    """A part of what a check says; empty for an answer that is right."""

    def complete(self, exercise: Exercise) -> str:
        """The whole of it, as a learner would have it in the editor."""
        if not kind_of(exercise).is_program:
            return self.text.lstrip("\n")
        return in_solution(exercise.solution, self.text)


def answers_in(file: str) -> list[Answer]:
    """The answers of a file of tests/content."""
    return [
        Answer(**each) for each in tomllib.loads((CONTENT / file).read_text("utf-8"))["answers"]
    ]


def in_solution(solution: str, text: str) -> str:
    """The solution with the functions of `text` in place of its own; the rest of `text` on top."""
    on_top = []
    for block in re.split(r"\n(?=\S)", text.strip("\n")):
        named = DEFINITION.match(block)
        there = _definition(solution, named[2]) if named else None
        if there is None:
            on_top.append(block)
            continue
        start, end, depth = there
        body = indent(block.rstrip("\n") + "\n", " " * depth)
        solution = solution[:start] + body + solution[end:]
    return "".join(f"{block}\n\n" for block in on_top) + solution


def _definition(program: str, name: str) -> tuple[int, int, int] | None:
    """Where the first function of a name begins and ends in a program, and how deep it stands."""
    for found in DEFINITION.finditer(program):
        if found[2] == name:
            depth = len(found[1])
            after = re.compile(rf"^ {{0,{depth}}}(?=[^\s)])", re.MULTILINE).search(
                program, found.end()
            )
            text = program[found.start() : after.start() if after else len(program)].rstrip()
            return found.start(), found.start() + len(text) + 1, depth
    return None
