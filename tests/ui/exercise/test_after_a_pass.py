"""What opens once an exercise is passed: why it works, what to look at, what to try."""

from __future__ import annotations

from pathlib import Path

import msgspec

from tests.harness.running_tutor import PlayedTutor, played_tutor
from tests.harness.samples import exercise
from tutor.course.look_and_try import Look, Try
from tutor.course.model import Course, Exercise, Kind, Unit
from tutor.course.versions import Edition
from tutor.protocol.reports import Output, Stream

LOOKS = msgspec.convert(
    [
        {"at": "cells", "say": "one letter.", "one": ["a.n", "b.n"]},
        {"at": "timeline", "say": "`i` goes from 2 to 3.", "line": 3, "what": "rebound"},
        {"at": "diagram", "say": "two boxes.\x1b[31m", "no_cells": "f"},
        {"at": "names", "say": "`x` is free.", "function": "f", "name": "x", "scope": "free"},
    ],
    tuple[Look, ...],
)
TRIES = (
    Try(code="\ni = 99\nothers[0]()", prints="99", say="The global is looked up."),
    Try(code="g()", error="TypeError: no"),
    Try(code="a_function_of_a_long_name(with_this, and_with_that)", prints="1"),
)
OLD, NEW = Edition("3.11", "one\nsix\n"), Edition("3.13", "one\ntwo\n")
PREDICTION = exercise(
    "predict-it",
    Kind.PREDICT,
    1,
    solution="one\ntwo\n",
    looks=LOOKS,
    tries=TRIES,
    editions=(OLD, NEW),
)
PRINTED = Output(Stream.STDOUT, "one\ntwo\n")


def course(of: Exercise) -> Course:
    return Course((Unit("first", 1, "First unit", "Cells.", "# Lesson\n", (of,)),))


async def read(at: PlayedTutor) -> str:
    """All that the page in view shows, from its first page to its last."""
    shown = [at.text]
    while not at.main.reading.pane.task_text.is_vertical_scroll_end:
        await at.press("pagedown")
        shown.append(at.text)
    return "\n".join(shown)


async def test_looks_and_tries_stand_after_why_it_works(tmp_path: Path) -> None:
    on_new = PREDICTION.on((3, 14))
    async with played_tutor(tmp_path, on_new, course=course(on_new), size=(80, 60)) as at:
        assert "Look" not in at.text
        await at.type("one\ntwo")
        await at.run(PRINTED)
        await at.press("f3")
        text = await read(at)
        places = [
            text.index(each)
            for each in (
                "The explanation of predict-it.",
                "Look",
                "Cells: one letter.",
                "Timeline, line 3: i goes from 2 to 3.",
                "Cells, diagram: two boxes.",
                "Names: x is free.",
                "Try at the prompt",
                ">>> i = 99",
                ">>> others[0]()",
                "The global is looked up.",
                ">>> g()",
                "TypeError: no",
                "  >>> a_function_of_a_long_name(",
                "and_with_that)",
                "On another CPython",
                "On CPython 3.11 to 3.12 this program",
                "prints:",
                "six",
            )
        ]
        assert places == sorted(places)
        assert "3.13 and later" not in text
        assert at.is_plain


async def test_the_same_on_the_other_side(tmp_path: Path) -> None:
    on_old = PREDICTION.on((3, 12))
    async with played_tutor(tmp_path, on_old, course=course(on_old), size=(80, 60)) as at:
        await at.type("one\nsix")
        await at.run(Output(Stream.STDOUT, "one\nsix\n"))
        await at.press("f3")
        text = await read(at)
        assert "On CPython 3.13 and later this program" in text
        assert "3.11 to" not in text


async def test_of_a_program_of_the_learners_no_line_is_named(tmp_path: Path) -> None:
    program = exercise("build-it", Kind.BUILD, 1, looks=LOOKS, check_specs=(), checks="")
    async with played_tutor(tmp_path, program, course=course(program), size=(80, 60)) as at:
        await at.run(PRINTED)
        await at.press("f3")
        assert "Timeline: i goes from 2 to 3." in at.text


async def test_what_is_to_be_printed_is_that_of_this_cpython(tmp_path: Path) -> None:
    program = exercise("build-it", Kind.BUILD, 1, editions=(OLD, NEW)).on((3, 11))
    async with played_tutor(tmp_path, program, course=course(program), size=(80, 40)) as at:
        at.main.run_panel.tab = at.main.run_panel.answer_tab
        await at.settle()
        assert "six" in at.text
