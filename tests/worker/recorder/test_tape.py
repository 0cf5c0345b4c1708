"""The tape: what is written is read, by whom and however the writer went."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.harness.recorded import COUNTER, Recorded
from tutor.protocol.frames import TOKEN_BYTES, FrameReader, encode
from tutor.protocol.requests import LabelHint
from tutor.protocol.views import Change, RecordedCell, Recording, Step
from tutor.session.report_reader import read_report
from tutor.views.timeline import Timeline, joined
from tutor.worker.inspector.labels import LabelBook
from tutor.worker.recorder.playback import DAMAGED, STEPS_A_PIECE, recording
from tutor.worker.recorder.tape import (
    _HEAD,
    LARGEST_TEXT,
    MOST_STEPS,
    RecordKind,
    Tape,
    TapeRecord,
    packed,
)

TOKEN = b"T" * TOKEN_BYTES


def with_a_cell() -> Tape:
    tape = Tape()
    tape.write(RecordKind.CODE, 1, 0, b"make\nmake\nn")
    tape.write(RecordKind.CELL, 0, 0, packed((0, 0)))
    return tape


def read(tape: Tape, *hints: LabelHint) -> Recording:
    return joined(list(recording(tape, LabelBook(hints))))


def test_records_come_back_in_order() -> None:
    tape = Tape()
    assert list(tape) == []
    assert tape.write(RecordKind.CODE, 3, 0, "näme".encode())
    assert tape.write(RecordKind.BOUND, 2**31, 7, b"1")
    assert tape.write(RecordKind.EMPTIED, 4, 7)
    assert list(tape) == [
        TapeRecord(RecordKind.CODE, 3, 0, "näme".encode()),
        TapeRecord(RecordKind.BOUND, 2**31, 7, b"1"),
        TapeRecord(RecordKind.EMPTIED, 4, 7, b""),
    ]


def test_another_process_reads_what_a_killed_one_wrote() -> None:
    tape = with_a_cell()
    child = os.fork()
    if child == 0:
        tape.write(RecordKind.BOUND, 2, 0, b"5")
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert read(tape).steps == (Step(2, Change.FILLED, "A", None, None, "5"),)


def test_a_record_that_was_cut_short_is_none() -> None:
    tape = with_a_cell()
    tape.write(RecordKind.BOUND, 2, 0, b"5")
    whole = list(tape)
    position = tape._memory.tell()
    tape.write(RecordKind.BOUND, 3, 0, b"6")
    end = tape._memory.tell()
    for cut in range(position, end):
        tape._memory[cut:end] = bytes(end - cut)
        assert list(tape) == whole


def test_it_holds_as_many_of_the_largest_steps_as_it_must() -> None:
    tape = Tape()
    tape.write(RecordKind.CODE, 1, 0, b"make\nmake\nn")
    for number in range(MOST_STEPS):
        assert tape.write(RecordKind.CELL, 0, number, packed((0, 0)))
        assert tape.write(RecordKind.BOUND, 1, number, b"x" * LARGEST_TEXT)
    assert not tape.write(RecordKind.BOUND, 1, 0, b"x")
    tape.give_room()
    assert all(tape.write(RecordKind.LABEL, 0, number, b"ABC") for number in range(2_000))


def test_what_does_not_fit_is_refused_and_what_was_kept_back_is_there() -> None:
    tape = Tape()
    large = b"make\nmake\n" + b"x" * 100_000
    while tape.write(RecordKind.CODE, 1, 0, large):
        pass
    assert not tape.write(RecordKind.CODE, 1, 0, large)
    tape.give_room()
    assert tape.write(RecordKind.STOPPED, 0, 0)
    while tape.write(RecordKind.LABEL, 0, 2**32 - 1, b"A"):
        pass
    assert read(tape).stopped


def test_a_step_takes_few_bytes() -> None:
    recorded = Recorded(COUNTER + "f = make(0)\nfor _ in range(1000): f()\n")
    assert recorded.tape._memory.tell() / len(recorded.steps) < 24


def test_pieces_are_as_good_as_one() -> None:
    recorded = Recorded(COUNTER + f"f = make(0)\nfor _ in range({2 * STEPS_A_PIECE}): f()\n")
    pieces = list(recording(recorded.tape, LabelBook()))
    assert [len(piece.steps) for piece in pieces] == [STEPS_A_PIECE, STEPS_A_PIECE, 3]
    assert [len(piece.functions) for piece in pieces] == [2, 0, 0]
    assert joined(pieces) == recorded.recording


def test_labels_of_the_tape_come_first_and_none_twice() -> None:
    tape = Tape()
    tape.write(RecordKind.CODE, 1, 0, b"make\nmake\nn")
    for number in range(3):
        tape.write(RecordKind.CELL, 0, number, packed((0, 0)))
        tape.write(RecordKind.BOUND, 2, number, b"1")
    tape.write(RecordKind.CELL, 0, 3, packed((0, 0)))  # neither changed nor held: of no interest
    tape.write(RecordKind.LABEL, 0, 1, b"A")
    assert [cell.label for cell in read(tape).cells] == ["B", "A", "C"]
    hinted = read(tape, LabelHint("make", "n", ("A", "Q")))
    assert hinted.cells[0] == RecordedCell("Q", "n", "make")


def test_whether_the_worker_has_told_it() -> None:
    recorded = Recorded("x = 1")
    assert recorded.tape.told
    assert not Tape().told


def test_a_damaged_tape_is_told_in_a_sentence() -> None:
    told = Recording(unavailable=DAMAGED)
    tape = with_a_cell()
    tape.write(RecordKind.BOUND, 2, 5, b"of a cell that is not there")
    assert read(tape) == told
    tape = with_a_cell()
    tape._memory[0] = 99
    assert read(tape) == told
    tape = with_a_cell()
    for _ in range(MOST_STEPS + 1):  # past `write`, which counts them
        tape._memory.write(_HEAD.pack(RecordKind.EMPTIED, 1, 0, 0) + b"\n")
    assert read(tape) == told


@cache
def written() -> bytes:
    """What a real recording has written: every kind of record is there."""
    recorded = Recorded(
        COUNTER
        + "import types\nf = make(0)\nf()\nmake(1)()\nitems = make([])\n"
        + "g = types.FunctionType(f.__code__, globals(), closure=(types.CellType(40),))\n"
        + "del g.__closure__[0].cell_contents\nitems.__closure__[0].cell_contents.append(1)\nend = 1"
    )
    assert {entry.kind for entry in recorded.tape} == {*RecordKind} - {RecordKind.STOPPED}
    return recorded.tape._memory[: recorded.tape._memory.tell()]


byte = st.integers(0, 255)


@settings(max_examples=1_000, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 1 << 16), byte), max_size=8),
    st.lists(st.tuples(st.integers(0, 1 << 16), st.binary(max_size=40)), max_size=3),
)
def test_whatever_is_on_the_tape_can_be_read(
    bytes_: list[tuple[int, int]], pieces: list[tuple[int, bytes]]
) -> None:
    whole = written()
    tape = Tape()
    tape._memory[: len(whole)] = whole
    for place, value in bytes_:
        tape._memory[place % len(whole)] = value
    for place, piece in pieces:
        start = place % len(whole)
        tape._memory[start : start + len(piece)] = piece
    story = read(tape)
    assert story.unavailable or story.steps or replace(story, codes=()) == Recording()
    for piece_ in recording(tape, LabelBook()):
        [payload] = FrameReader(TOKEN).feed(encode(TOKEN, piece_))
        assert read_report(payload) == piece_
    timeline = Timeline(story)
    for step in range(len(story.steps) + 1):
        for cell in timeline.at(step).cells:
            timeline.change_of(cell.label, step, 1)
        if told := timeline.step(step):
            timeline.subject(told)
