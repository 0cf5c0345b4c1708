"""What a learner who has passed is told to look at and to try, each with what must be true of it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from tutor.course.versions import Edition, Span, VersionText, with_spans
from tutor.protocol.views import Change, Scope


class _Pointer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    since: VersionText | None = None
    """The first CPython that it holds for; None: all before `until`."""
    until: VersionText | None = None
    """The last one."""

    @property
    def span(self) -> Span:
        """The CPythons that it holds for."""
        return Span(self.since, self.until)


class LookAtCells(_Pointer, frozen=True, kw_only=True, tag_field="at", tag="cells"):
    """`[[look]]` with `at = "cells"`: what is to be seen in the list of cells at the end of the run.

    A cell is named by a function, as the list names it, and a variable: `add5.n`, `funcs[0].i`.
    """

    say: str
    cell: str | None = None
    """A cell, for `holds`."""
    holds: str | None = None
    """What it holds, as the list shows it; `empty` if nothing."""
    one: tuple[str, ...] = ()
    """Names of one cell: the functions are all that hold it."""
    apart: tuple[str, ...] = ()
    """Names of cells of which no two are the same."""
    no_cells: str | None = None
    """A function that holds none."""


class LookAtDiagram(LookAtCells, frozen=True, kw_only=True, tag_field="at", tag="diagram"):
    """`[[look]]` with `at = "diagram"`: the same, where it is drawn."""


class LookAtTimeline(_Pointer, frozen=True, kw_only=True, tag_field="at", tag="timeline"):
    """`[[look]]` with `at = "timeline"`: a step of the recording."""

    say: str
    line: int
    """The line of the solution that did it; of a program that the learner writes it is not told."""
    what: Change
    cell: str | None = None
    """The cell that changed, by a function that holds it: `increment.count`."""
    function: str | None = None
    """The function that was made or gone."""
    before: str | None = None
    """What the cell held, as the timeline shows it."""
    after: str | None = None


class LookAtNames(_Pointer, frozen=True, kw_only=True, tag_field="at", tag="names"):
    """`[[look]]` with `at = "names"`: what a name is in a function, before anything runs."""

    say: str
    function: str
    """Its qualified name: `outer.<locals>.inner`."""
    name: str
    scope: Scope


Look = LookAtCells | LookAtDiagram | LookAtTimeline | LookAtNames


class Try(_Pointer, frozen=True, kw_only=True):
    """`[[try]]`: what to enter at the prompt of the finished program, and what comes of it."""

    code: str
    """A line is an entry of its own; only the last one prints or fails."""
    prints: str | None = None
    """What it prints."""
    error: str | None = None
    """The line that names the exception, or its beginning."""
    say: str = ""
    """What that shows, in a sentence."""

    @property
    def lines(self) -> list[str]:
        """The entries."""
        return self.code.strip("\n").split("\n")


def place_of(look: Look, own_program: bool) -> str:
    """The name on the screen of where to look; of a step of the timeline also its line, if known."""
    match look:
        case LookAtTimeline():
            return f"Timeline, line {look.line}" if own_program else "Timeline"
        case LookAtNames():
            return "Names"
        case LookAtDiagram():
            return "Cells, diagram"
        case LookAtCells():
            return "Cells"


def looks_and_tries(
    looks: tuple[Look, ...], tries: tuple[Try, ...], *, own_program: bool
) -> Iterator[str]:
    """All of them as blocks of Markdown; a line is named if it is in the exercise's own program."""
    if looks:
        yield "## Look"
        yield "\n".join(
            f"- **{place_of(each, own_program)}**: {each.say.strip()}" for each in looks
        )
    if tries:
        yield "## Try at the prompt"
    for each in tries:
        entries = [f">>> {line}" for line in each.lines]
        came = (each.prints or each.error or "").strip("\n")
        yield "\n".join(["```text", *entries, *filter(None, [came]), "```"])
        yield from filter(None, [each.say.strip()])


def elsewhere(editions: tuple[Edition, ...], here: str) -> Iterator[str]:
    """What the program prints on the CPythons where that is not what it prints here, the same way."""
    others = [each for each in with_spans(editions) if each[1].text != here]
    if others:
        yield "## On another CPython"
    for span, edition in others:
        yield f"On {span.title} this program prints:"
        yield f"```text\n{edition.text}```"
