"""`inspect`: runs a file and shows its functions and cells."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tutor.commands.console import (
    Refused,
    complain,
    config_option,
    json_option,
    python_option,
    read_file,
    say,
    say_json,
    say_prose,
    settings_at,
    write_file,
)
from tutor.commands.stdin import StandardInput
from tutor.faults import RunFault
from tutor.protocol.reports import Finished, InputWanted, Output, Status, Stream
from tutor.protocol.requests import RunRequest
from tutor.protocol.views import Cells, CompiledFunction, FunctionView, Recording
from tutor.session import PythonUnusable, Session
from tutor.text import visible
from tutor.views.asked_value import LABELS, Literal, NotALiteral, equation, is_label
from tutor.views.lines import functions_and_cells
from tutor.views.made_by_compiler import unfolded
from tutor.views.picture import as_dot, as_svg
from tutor.views.questions import UnknownCell, when_as_json, who_as_json
from tutor.views.steps import steps_as_json, steps_as_text
from tutor.views.timeline import Timeline

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable

LOST = "What was recorded was lost with the process that watched over the run."


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("file", metavar="FILE", type=Path, help="a Python program")
    python_option(parser)
    config_option(parser)
    json_option(parser)
    parser.add_argument("--record", action="store_true", help="also tell each change of a cell")
    parser.add_argument(
        "--who",
        metavar="CELL",
        help="tell who wrote a cell last, by its letter: A; the run is recorded for it",
    )
    parser.add_argument(
        "--when",
        metavar="EQUATION",
        help='tell when a cell became a value, and was it last: "A == 3", a Python literal of the '
        "same type; the run is recorded for it",
    )
    parser.add_argument(
        "--compiler",
        action="store_true",
        help="also show what the compiler made: functions for annotations and type parameters",
    )
    parser.add_argument("--svg", metavar="OUT", type=Path, help="write the picture as SVG")
    parser.add_argument("--dot", metavar="OUT", type=Path, help="write the picture for Graphviz")


def run(args: Namespace) -> int:
    """Run the file and print its functions and cells; the exit status."""
    who, when = _who(args.who), _when(args.when)
    request = RunRequest(
        read_file(args.file),
        visible(args.file.name, keep_newlines=False),
        limits=settings_at(args.config).limits,
        record=bool(args.record or who or when),
    )
    pieces: list[Output] = []

    def take(piece: Output) -> None:
        pieces.append(piece)
        if not args.json:
            _print_piece(piece)

    try:
        cells, recording, finished = asyncio.run(_run(args.python, request, take))
    except PythonUnusable as error:
        raise Refused(str(error)) from None
    shown = unfolded(cells) if args.compiler else cells
    for file, draw in ((args.svg, as_svg), (args.dot, as_dot)):
        if file is not None:
            write_file(file, draw(shown))
    if args.json:
        told = _as_json("".join(piece.text for piece in pieces), cells, finished)
        told |= steps_as_json(recording) if args.record else {}
        say_json(told | _answers(recording, who, when))
    else:
        printed = "".join(piece.text for piece in pieces if piece.stream is Stream.STDOUT)
        if printed and not printed.endswith("\n"):
            say()
        _print_end(finished)
        say()
        for line in functions_and_cells(shown):
            say(line)
        if args.record:
            say()
            for line in steps_as_text(recording):
                say(visible(line, keep_newlines=False))
        for answer in _answers(recording, who, when).values():
            say()
            say_prose(answer["sentence"])
    if finished.fault:
        raise RunFault(finished.fault)
    return 0 if finished.status is Status.FINISHED else 1


def _who(label: str | None) -> str | None:
    """The label that is asked about."""
    if label is not None and not is_label(label):
        raise Refused(f"`{visible(label, keep_newlines=False)}` is no cell: {LABELS}")
    return label


def _when(text: str | None) -> tuple[str, Literal] | None:
    """The label and the value that are asked about."""
    try:
        return None if text is None else equation(text)
    except NotALiteral as error:
        raise Refused(str(error)) from None


def _answers(
    recording: Recording, who: str | None, when: tuple[str, Literal] | None
) -> dict[str, dict[str, Any]]:
    """What was asked of the recording, by the name that it has in the JSON."""
    answers = {}
    try:
        if who:
            answers["who"] = who_as_json(Timeline(recording), who)
        if when:
            answers["when"] = when_as_json(Timeline(recording), *when)
    except UnknownCell as error:
        raise Refused(str(error)) from None
    return answers


async def _run(
    python: Path | None, request: RunRequest, take: Callable[[Output], None]
) -> tuple[Cells, Recording, Finished]:
    """Run to the end; the program's input comes from the tutor's own."""
    typed = StandardInput()
    cells, recording, finished = Cells(), Recording(unavailable=LOST), None
    async with Session(python) as session:
        async for report in session.run(request):
            match report:
                case Output():
                    take(report)
                case InputWanted():
                    session.send_input(await typed.line())
                case Cells():
                    cells = report
                case Recording():
                    recording = report
                case Finished():
                    finished = report
    assert finished is not None  # a Session's promise: Finished comes last
    return cells, recording, finished


def _print_piece(piece: Output) -> None:
    tell = say if piece.stream is Stream.STDOUT else complain
    tell(piece.text, end="")


def _print_end(finished: Finished) -> None:
    """Why the program did not finish: as Python tells an exception, else in a sentence."""
    if finished.failure and finished.failure.text:
        complain(finished.failure.text.rstrip("\n"))
    elif finished.sentence:
        complain(finished.sentence)


def _as_json(output: str, cells: Cells, finished: Finished) -> dict[str, Any]:
    return {
        "status": finished.status,
        "output": output,
        "error": finished.failure.summary if finished.failure else finished.sentence or None,
        "seconds": finished.seconds,
        "functions": [_function(view) for view in cells.functions],
        "cells": [cell._asdict() for cell in cells.cells],
        "made_by_compiler": [_compiled(made) for made in cells.compiled],
        "compiler_cells": [cell._asdict() for cell in cells.compiled_cells],
    }


def _compiled(made: CompiledFunction) -> dict[str, Any]:
    return {
        "id": made.id,
        **made.purpose._asdict(),
        "function": made.function,
        "line": made.line,
        "reached_by": made.reached_by,
        "free": [free._asdict() for free in made.free],
    }


def _function(view: FunctionView) -> dict[str, Any]:
    return {
        "id": view.id,
        "kind": view.kind,
        "name": view.name,
        "qualname": view.qualname,
        "line": view.line,
        "reached_by": view.reached_by,
        "free": [free._asdict() for free in view.free],
        "cell_names": view.cell_names,
        "why_no_cells": view.why_no_cells,
        "not_captured": [each._asdict() for each in view.not_captured],
    }
