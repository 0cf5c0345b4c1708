"""The terminal driver that sends only what changed.

Textual paints whole regions: a key in an editor sends all of its rows. Here each frame is drawn on a
canvas first, and the terminal is sent only the cells that differ from what it shows:

    TokenStream    what Textual writes, cut into tokens
    Canvas    the screen as Textual has painted it
    Terminal  the screen as the terminal shows it, and the shortest way to another
    Frames    the three together

What the terminal sends is read here too, so that nothing it sends can end the app, and that the app
ends when the terminal is gone.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from select import select
from threading import Condition, Thread
from typing import Any

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Resize
from textual.geometry import Size
from textual.message import Message

from tutor.ui.terminal.abilities import abilities
from tutor.ui.terminal.frame_writer import Frames
from tutor.ui.terminal.input import TerminalInput

# Textual 8.x: lays out 1/120 s after it heard of a new size, and then paints everything. If the old
# size is back by then it paints what its layout changed, so often nothing, but the terminal has cut
# off what it showed.
_REPAIRED_AFTER_SECONDS = 0.1
_TICK_SECONDS = 0.1
"""How often the thread of the keys looks whether it is to end, and whether an Escape stands alone."""
_PATIENCE_SECONDS = 1.0
"""How long an app that ends waits for a terminal that takes nothing."""
HUNG_UP = 128 + signal.SIGHUP
"""The exit status of one whose terminal is gone, as shells have it."""


class FrameDriver(LinuxDriver):
    """Sends the differences between frames, as fast as the terminal takes them.

    A thread of its own waits for the terminal. Meanwhile the app goes on and its frames are only
    drawn; the terminal gets the newest when it is ready. (The thread of LinuxDriver stops the app
    after thirty writes; it is left without work.)
    """

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._application = app
        self._app_loop = asyncio.get_running_loop()
        self._app_context = copy_context()
        self._frames = Frames(abilities(os.environ))
        # Guards the frames and the two below. It is reentrant, and waiting gives it up wholly: a
        # signal may suspend the app while it writes.
        self._changed = Condition()
        self._sending = False
        self._closing = False
        self._size_told: Size | None = None
        # Textual 8.x: leaves and takes the terminal within the signals' handlers, and so in the midst
        # of taking or leaving it: a second thread then reads the keys, and nobody ends it.
        signal.signal(signal.SIGTSTP, lambda *_: self._in_loop(self._sigtstp_application))
        signal.signal(signal.SIGCONT, lambda *_: self._in_loop(self._come_back))

    def write(self, data: str) -> None:
        """Draw a frame, to be sent when the terminal is ready."""
        if self.is_inline:
            super().write(data)
            return
        with self._changed:
            self._frames.write(data)
            # An app that does not say has its cursor hidden, as Textual would.
            self._frames.with_cursor = getattr(self._application, "cursor_shown", False)
            self._changed.notify_all()

    def redraw(self) -> None:
        """Send the whole screen again: something else has written on the terminal."""
        with self._changed:
            self._frames.forget()
            self._frames.repeat()
            self._changed.notify_all()

    def start_application_mode(self) -> None:
        """Take over the terminal, at the start and after it was left for a while."""
        with self._changed:
            self._closing = False
            self._size_told = None
            if not self._sending:
                self._sending = True
                Thread(target=self._send_frames, name="frames", daemon=True).start()
        super().start_application_mode()  # type: ignore[no-untyped-call]
        tell_size = signal.getsignal(signal.SIGWINCH)
        if not callable(tell_size):  # the app is in the background: this is called again
            return

        def tell() -> None:
            self._resized()
            tell_size(signal.SIGWINCH, None)

        # One after the other: where a signal interrupts Textual's answer to the one before, the
        # size that was read first is told last.
        signal.signal(signal.SIGWINCH, lambda *_: self._in_loop(tell))

    def _come_back(self) -> None:
        """Take the terminal again: the process was stopped. With SIGHUP too comes SIGCONT."""
        # Textual 8.x: _auto_restart is off while the app itself has left the terminal for a while,
        # _running once the app ends. Who has the terminal leaves it first: another program may have
        # changed its modes, and but one thread may read the keys.
        if self._auto_restart and self._application._running:
            if self._key_thread is not None and self._key_thread.is_alive():
                self.suspend_application_mode()
            self.resume_application_mode()

    def process_message(self, message: Message) -> None:
        """Take the size from a terminal that tells it by itself; pass everything on."""
        if isinstance(message, Resize):
            self._size_told = message.size
            self._in_loop(self._resized)
        super().process_message(message)

    def close(self) -> None:
        """Wait until the terminal has taken everything, unless it takes nothing."""
        super().close()
        with self._changed:
            self._closing = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._sending, _PATIENCE_SECONDS)

    def _run_input_thread(self) -> None:
        # Textual 8.x: what fails there would end the app with status 0.
        try:
            self.run_input_thread()
        except Exception as error:  # noqa: BLE001  told and kept, as every fault of ours
            self._fail(error)

    def run_input_thread(self) -> None:
        """Hand on what the terminal sends, until the app leaves it or it is gone."""
        # Textual 8.x: `_debug` is what the driver was made with.
        arrived = TerminalInput(self._debug)
        while not self.exit_event.is_set():
            if select([self.fileno], [], [], _TICK_SECONDS)[0]:
                data = _receive(self.fileno)
                if data == b"":
                    self._hang_up()
                    return
                for message in arrived.read(arrived.decode(data or b"")):
                    self.process_message(message)
            for message in arrived.tick():
                self.process_message(message)

    def _fail(self, error: Exception) -> None:
        """Tell the app, from a thread, of a fault of ours."""
        # Textual 8.x: no public name leads there; to raise in a thread would end nothing.
        self._in_loop(self._application._handle_exception, error)

    def _hang_up(self) -> None:
        """End the app, from a thread: where the signal for it is ignored, nothing else would."""
        self._in_loop(partial(self._application.exit, return_code=HUNG_UP))

    def _in_loop(self, call: Callable[..., object], *arguments: object) -> None:
        """Have the app's loop make a call, from a thread or a signal's handler."""
        with suppress(RuntimeError):  # the loop is closed: the app has ended
            self._app_loop.call_soon_threadsafe(call, *arguments, context=self._app_context)

    def _resized(self) -> None:
        with self._changed:
            self._frames.forget()
        self._app_loop.call_later(_REPAIRED_AFTER_SECONDS, self._repeat)

    def _repeat(self) -> None:
        with self._changed:
            self._frames.repeat()
            self._changed.notify_all()

    def _send_frames(self) -> None:
        assert sys.__stderr__ is not None
        encoding = sys.__stderr__.encoding
        try:
            while (output := self._next_output()) is not None:
                _send(output.encode(encoding, errors="replace"), sys.__stderr__.fileno())
        except OSError:
            self._hang_up()
        finally:
            with self._changed:
                self._sending = False
                self._changed.notify_all()

    def _next_output(self) -> str | None:
        """Wait for something to send; None when everything was sent and there will be no more."""
        with self._changed:
            self._changed.wait_for(lambda: self._frames.waiting or self._closing)
            if not self._frames.waiting:
                return None
            try:
                return self._frames.take(*self._terminal_size())
            except Exception as error:  # noqa: BLE001  told and kept, as every fault of ours
                self._frames = Frames()  # by which the terminal is given back
                self._fail(error)
                return ""

    def _terminal_size(self) -> tuple[int, int]:
        if self._size_told:
            return self._size_told
        assert sys.__stderr__ is not None
        with suppress(OSError):  # no terminal, as in a pipe
            size = os.get_terminal_size(sys.__stderr__.fileno())
            if all(size):  # a serial line does not know its size
                return size
        return shutil.get_terminal_size()


def _receive(terminal: int) -> bytes | None:
    """What has come; nothing at all if the terminal is gone, None if another program was first."""
    try:
        return os.read(terminal, 4096)
    except BlockingIOError:
        return None
    except OSError:
        return b""


def _send(data: bytes, terminal: int) -> None:
    while data:
        try:
            data = data[os.write(terminal, data) :]
        except BlockingIOError:
            # Another program made the terminal non-blocking, for all who have it open.
            select([], [terminal], [])
