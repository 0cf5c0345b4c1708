"""What a terminal sends, read as Textual reads it, whatever it sends."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator

# Textual 8.x: no public name leads to its reading of keys.
from textual._xterm_parser import XTermParser
from textual.message import Message

# Textual 8.x: its parser gives up a sequence after 32 characters. They are fed to it one by one, so
# that one that it fails at takes nothing with it; the rest, a paste, at once.
_LONGEST = 32
_BEFORE_ESCAPES = re.compile("(?=\x1b)")


class TerminalInput:
    """Turns the bytes that a terminal sends into messages; leaves out what cannot be read."""

    def __init__(self, debug: bool = False) -> None:
        self._debug = debug
        self._parser = XTermParser(debug)
        self._decoder = getincrementaldecoder("utf-8")("replace")

    def decode(self, data: bytes) -> str:
        """The bytes as text; what is no UTF-8, as from a terminal in Latin-1, is U+FFFD."""
        return self._decoder.decode(data)

    def read(self, text: str) -> Iterator[Message]:
        """The messages that the text completes."""
        for piece in _BEFORE_ESCAPES.split(text):
            for part in (*piece[:_LONGEST], piece[_LONGEST:]):
                if part:  # which would say that the terminal has ended
                    yield from self._guarded(self._parser.feed(part))

    def tick(self) -> Iterator[Message]:
        """The messages that are complete because nothing followed, as an Escape alone."""
        return self._guarded(self._parser.tick())

    def _guarded(self, messages: Iterable[Message]) -> Iterator[Message]:
        try:
            yield from messages
        except Exception:  # noqa: BLE001  as OverflowError for `\x1b[99999999999u`
            # Textual 8.x: a parser that has raised reads no more.
            self._parser = XTermParser(self._debug)
