"""Frames on their way to the terminal: as fast as it takes them, and never a frame that is old."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from select import select
from threading import Condition, Thread

from tutor.ui.terminal.abilities import abilities
from tutor.ui.terminal.frame_writer import Frames

_PATIENCE_SECONDS = 1.0
"""How long an app that ends waits for a terminal that takes nothing."""


class Sender:
    """Sends what leads from what the terminal shows to what is drawn.

    A frame that the terminal takes at once is sent by the thread that draws it. Else a thread of its
    own waits for the terminal; meanwhile the app goes on and its frames are only drawn, and the
    terminal gets the newest when it is ready.
    """

    def __init__(
        self,
        terminal: int,
        encoding: str,
        size: Callable[[], tuple[int, int]],
        hang_up: Callable[[], None],
        fail: Callable[[Exception], None],
    ) -> None:
        self._terminal = terminal
        self._encoding = encoding
        self._size = size
        self._hang_up = hang_up
        self._fail = fail
        self._at_once: int | None = None
        """The terminal, opened so that a write to it does not wait."""
        self._frames = Frames(abilities(os.environ))
        # Guards all below, and the frames. It is reentrant, and waiting gives it up wholly: a signal
        # may suspend the app while it writes.
        self._changed = Condition()
        self._left = b""
        """What the terminal has not taken at once."""
        self._runs = False
        """Whether the thread is there."""
        self._busy = False
        """Whether it is sending."""
        self._closing = False

    def start(self) -> None:
        """Send from now on."""
        with self._changed:
            self._closing = False
            if self._at_once is None:
                self._at_once = _opened_again(self._terminal)
            if not self._runs:
                self._runs = True
                Thread(target=self._send_when_ready, name="frames", daemon=True).start()

    def close(self) -> None:
        """Wait until the terminal has taken everything, unless it takes nothing."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._runs, _PATIENCE_SECONDS)
            if self._at_once is not None:
                os.close(self._at_once)
                self._at_once = None

    def draw(self, data: str, *, with_cursor: bool) -> None:
        """Draw what Textual has written."""
        with self._changed:
            self._frames.write(data)
            self._frames.with_cursor = with_cursor
            self._send()

    def repeat(self) -> None:
        """Send the last frame once more, as far as it is not shown."""
        with self._changed:
            self._frames.repeat()
            self._send()

    def forget(self) -> None:
        """Send everything with the next frame: the terminal may show anything."""
        with self._changed:
            self._frames.forget()

    def _send(self) -> None:
        """Send at once what the terminal takes at once; the thread sends the rest.

        To wake it costs as much time as all else that is done here for a key, for both wait for the
        interpreter's lock.
        """
        if not self._frames.waiting or self._busy or self._left:
            return
        if self._runs and self._at_once is not None:
            data = self._take() or b""
            try:
                self._left = data[os.write(self._at_once, data) :]
            except BlockingIOError:
                self._left = data
            except OSError:
                self._hang_up()
            if not self._left:
                return
        self._changed.notify_all()

    def _send_when_ready(self) -> None:
        try:
            while (data := self._wait_for_data()) is not None:
                _send_all(data, self._terminal)
        except OSError:
            self._hang_up()
        finally:
            with self._changed:
                self._runs = self._busy = False
                self._changed.notify_all()

    def _wait_for_data(self) -> bytes | None:
        """Wait for something to send; None when everything was sent and there will be no more."""
        with self._changed:
            self._busy = False
            self._changed.wait_for(lambda: self._left or self._frames.waiting or self._closing)
            self._busy = True
            data, self._left = self._left, b""
            return data or self._take()

    def _take(self) -> bytes | None:
        """What to send now, if there is something; it counts as sent."""
        if not self._frames.waiting:
            return None
        try:
            return self._frames.take(*self._size()).encode(self._encoding, errors="replace")
        except Exception as error:  # noqa: BLE001  told and kept, as every fault of ours
            self._frames = Frames()  # by which the terminal is given back
            self._fail(error)
            return b""


def _opened_again(terminal: int) -> int | None:
    """The terminal once more, without waiting; its other users share no flag with that.

    None where that is not allowed, as after `su`: the terminal belongs to another user.
    """
    with suppress(OSError):
        flags = os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
        return os.open(os.ttyname(terminal), flags)
    return None


def _send_all(data: bytes, terminal: int) -> None:
    while data:
        try:
            data = data[os.write(terminal, data) :]
        except BlockingIOError:
            # Another program made the terminal non-blocking, for all who have it open.
            select([], [terminal], [])
