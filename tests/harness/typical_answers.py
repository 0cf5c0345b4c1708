"""Typical wrong answers, written down as the functions in which they differ from the solution."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from textwrap import dedent, indent

TYPICAL = Path(__file__).parent.parent / "content" / "typical_answers.toml"
DEFINITION = re.compile(r"^( *)(?:def|class) (\w+)\b.*", re.MULTILINE)


def typical_answers() -> list[dict[str, object]]:
    """Each answer's table: exercise, name, text and what it must be told."""
    tables: list[dict[str, object]] = tomllib.loads(TYPICAL.read_text("utf-8"))["answers"]
    return tables


def in_solution(solution: str, text: str) -> str:
    """The solution with the functions of `text` in place of its own; the rest of `text` on top."""
    on_top = []
    for block in re.split(r"\n(?=\S)", text.strip("\n")):
        named = DEFINITION.match(block)
        there = named and _definition(solution, named[2])
        if not there:
            on_top.append(block)
            continue
        start, end, depth = there
        body = indent(dedent(block).rstrip("\n") + "\n", " " * depth)
        solution = solution[:start] + body + solution[end:]
    return "".join(f"{block}\n\n" for block in on_top) + solution


def _definition(program: str, name: str) -> tuple[int, int, int] | None:
    """Where the first function of a name begins and ends in a program, and how deep it stands."""
    for found in DEFINITION.finditer(program):
        if found[2] == name:
            depth = len(found[1])
            after = re.compile(rf"^ {{0,{depth}}}(?=[^\s)])", re.MULTILINE).search(program, found.end())
            end = after.start() if after else len(program)
            text = program[found.start() : end].rstrip()
            return found.start(), found.start() + len(text) + 1, depth
    return None
