"""Any bytes from the child give either a message or nothing: never an exception in the app."""

from __future__ import annotations

import json
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from tutor.protocol.frames import LENGTH_BYTES, TOKEN_BYTES, FrameReader, encode
from tutor.protocol.reports import CheckResult, Failure, Finished, InputWanted, Report, Status
from tutor.protocol.views import Cells, CellView
from tutor.session.report_reader import UnreadableReport, read_report

TOKEN = bytes(range(TOKEN_BYTES))
text = st.text(st.characters())  # lone surrogates too

reports: st.SearchStrategy[Report] = st.one_of(
    st.just(InputWanted()),
    st.builds(CheckResult, text, st.booleans(), text),
    st.builds(
        Finished,
        st.sampled_from(Status),
        st.floats(0, 1e6),
        st.none() | st.builds(Failure, text, st.none() | st.integers(0, 10**6), text),
        text,
        st.booleans(),
    ),
    st.builds(
        Cells,
        st.just(()),
        st.lists(
            st.builds(CellView, text, text, text, st.booleans(), text, text, st.just(("f1",)))
        ).map(tuple),
        st.integers(0, 9),
    ),
)


def cut(data: bytes, sizes: list[int]) -> list[bytes]:
    """`data` in pieces, as a pipe may deliver it."""
    pieces = []
    for size in sizes:
        pieces.append(data[:size])
        data = data[size:]
    return [*pieces, data]


@given(st.lists(reports | st.binary(max_size=40), max_size=8), st.lists(st.integers(1, 60)))
def test_reports_arrive_whole_among_rubbish_in_any_pieces(
    sent: list[Report | bytes], sizes: list[int]
) -> None:
    stream = b"".join(item if isinstance(item, bytes) else encode(TOKEN, item) for item in sent)
    reader = FrameReader(TOKEN)
    received = [
        read_report(payload) for piece in cut(stream, sizes) for payload in reader.feed(piece)
    ]
    assert received == [item for item in sent if not isinstance(item, bytes)]


@given(st.lists(st.binary() | st.just(TOKEN) | st.binary().map(lambda b: TOKEN + b)))
def test_any_bytes_at_all_are_a_report_or_none(pieces: list[bytes]) -> None:
    reader = FrameReader(TOKEN)
    for piece in pieces:
        for payload in reader.feed(piece):
            with suppress(UnreadableReport):
                read_report(payload)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(
    st.sampled_from(["Cells", "Finished", "CheckResult", "Labels", "InputWanted", "Output", "x"]),
    json_values,
)
def test_a_well_formed_frame_of_nonsense_is_no_report(name: str, value: object) -> None:
    payload = json.dumps([name, value]).encode()
    frame = TOKEN + len(payload).to_bytes(LENGTH_BYTES, "big") + payload
    (read,) = FrameReader(TOKEN).feed(frame)
    try:
        report = read_report(read)
    except UnreadableReport:
        return
    assert isinstance(report, Cells | InputWanted)  # all their fields are optional


def test_the_buffer_does_not_grow_on_rubbish() -> None:
    reader = FrameReader(TOKEN)
    for _ in range(100):
        assert list(reader.feed(b"x" * 10_000)) == []
    assert len(reader._buffer) < TOKEN_BYTES
