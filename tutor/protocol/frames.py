"""Frames: how a report crosses a pipe that learner code can write to as well.

A frame is the run's token (16 random bytes), the payload's length (4 bytes, big-endian) and the
payload: JSON of `[name of the class, its fields]`. Whatever is not a frame is skipped.

Encoding goes through C functions taken at import: the pure-Python part of `json` uses builtins
that a learner can replace.
"""

from __future__ import annotations

from _json import encode_basestring_ascii, make_encoder
from collections.abc import Iterator

from .reports import Report

TOKEN_BYTES = 16
LENGTH_BYTES = 4
UNREPORTED = 87
"""Exit status of a worker that could not write its last frame."""
LARGEST = 64 * 1024 * 1024
"""A payload that claims more is not a frame. Bytes."""

_encode = make_encoder(None, vars, encode_basestring_ascii, None, ":", ",", False, False, True)


def encode(token: bytes, report: Report) -> bytes:
    """One report as a frame."""
    payload = "".join(_encode([type(report).__name__, report], 0)).encode()
    return token + len(payload).to_bytes(LENGTH_BYTES, "big") + payload


class FrameReader:
    """Finds the frames of one run in whatever bytes arrive."""

    def __init__(self, token: bytes) -> None:
        self._token = token
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield the payloads that `data` completes, in order."""
        buffer = self._buffer
        buffer += data
        while True:
            start = buffer.find(self._token)
            if start < 0:
                # A token may have begun in the last bytes.
                del buffer[: max(0, len(buffer) - TOKEN_BYTES + 1)]
                return
            del buffer[:start]
            head = TOKEN_BYTES + LENGTH_BYTES
            if len(buffer) < head:
                return
            length = int.from_bytes(buffer[TOKEN_BYTES:head], "big")
            if length > LARGEST:
                del buffer[:TOKEN_BYTES]
                continue
            # JSON holds no token: a frame with another in it was cut short by its writer's end.
            another = buffer.find(self._token, head, head + length)
            if another > 0:
                del buffer[:another]
                continue
            if len(buffer) < head + length:
                return
            payload = bytes(buffer[head : head + length])
            del buffer[: head + length]
            yield payload
