"""What a terminal sends, read as Textual reads it, whatever it sends."""

from __future__ import annotations

import re
import time
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable, Iterator

# Textual 8.x: no public name leads to its reading of keys.
from textual._xterm_parser import XTermParser
from textual.events import Key
from textual.message import Message

# Textual 8.x: its parser gives up a sequence after 32 characters. They are fed to it one by one, so
# that one that it fails at takes nothing with it; the rest, a paste, at once.
_LONGEST = 32
_BEFORE_ESCAPES = re.compile("(?=\x1b)")

_INDENTED_LINE = re.compile(r"[\r\n][ \t]+[^\s]")
_LINE_AFTER_LINE = re.compile(r"[\r\n][^\r\n]")
_MORE_THAN_IS_TYPED = 12
"""Characters that come at once. Of a quick typist a slow line brings fewer."""
_GOES_ON_SECONDS = 0.05
"""What comes so soon after a piece of pasted text is more of it."""


class PastedKey(Key):
    """A key of a text that came all at once: it was pasted where the terminal does not say so."""

    def copy(self) -> PastedKey:
        """Another one like it."""
        return PastedKey(self.key, self.character)


# Textual 8.x: handlers are found by the name of a message's class.
PastedKey.handler_name = Key.handler_name


class TerminalInput:
    """Turns the bytes that a terminal sends into messages; leaves out what cannot be read."""

    def __init__(self, debug: bool = False, clock: Callable[[], float] = time.monotonic) -> None:
        self._debug = debug
        self._clock = clock
        self._parser = XTermParser(debug)
        self._decoder = getincrementaldecoder("utf-8")("replace")
        self._sequence = ""
        """How what has no message yet begins, if with an escape: three characters at most."""
        self._pasted_until = 0.0

    def decode(self, data: bytes) -> str:
        """The bytes as text; what is no UTF-8, as from a terminal in Latin-1, is U+FFFD."""
        return self._decoder.decode(data)

    def read(self, text: str) -> Iterator[Message]:
        """The messages that the text, which came at once, completes."""
        pasted = self._is_pasted(text)
        if pasted:
            self._pasted_until = self._clock() + _GOES_ON_SECONDS
            # A line feed pressed is Ctrl+J, which runs the program.
            text = text.replace("\r\n", "\r").replace("\n", "\r")
        for piece in _BEFORE_ESCAPES.split(text):
            for part in (*piece[:_LONGEST], piece[_LONGEST:]):
                if not part:  # which would say that the terminal has ended
                    continue
                if part == "\x1b":
                    self._sequence = part
                elif 0 < len(self._sequence) < 3:
                    self._sequence += part[0]
                for message in self._guarded(self._parser.feed(part)):
                    yield as_pasted(message) if pasted else message

    def tick(self) -> Iterator[Message]:
        """The messages that are complete because nothing followed, as an Escape alone."""
        return self._guarded(self._parser.tick())

    def _is_pasted(self, text: str) -> bool:
        if "\x1b" in text:
            return False
        several = len(text) > _MORE_THAN_IS_TYPED and _LINE_AFTER_LINE.search(text)
        return bool(several or _INDENTED_LINE.search(text) or self._clock() < self._pasted_until)

    def _guarded(self, messages: Iterable[Message]) -> Iterator[Message]:
        try:
            for message in messages:
                yield self._as_held(message)
        except Exception:  # noqa: BLE001  as OverflowError for `\x1b[99999999999u`
            # Textual 8.x: a parser that has raised reads no more.
            self._parser = XTermParser(self._debug)

    def _as_held(self, message: Message) -> Message:
        """A key with Alt, which comes as Escape and a character, types nothing.

        Textual 8.x: gives such a letter its character, and takes a digit or a sign for one that was
        pressed alone, or on a Mac.
        """
        sequence, self._sequence = self._sequence, ""
        is_held = len(sequence) == 2 or (len(sequence) > 2 and sequence[1] not in "[O")
        if not (is_held and isinstance(message, Key) and message.is_printable):
            return message
        name = sequence[1] if sequence[1].isalnum() else message.key
        return Key(message.key if message.key.startswith("alt+") else f"alt+{name}", None)


def as_pasted(message: Message) -> Message:
    """A key as one of a pasted text; any other message as it is."""
    return PastedKey(message.key, message.character) if isinstance(message, Key) else message
