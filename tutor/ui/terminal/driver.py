"""The terminal driver that sends only what changed.

Textual paints whole regions: a key in an editor sends all of its rows. Here each frame is drawn on a
canvas first, and the terminal is sent only the cells that differ from what it shows:

    TokenStream    what Textual writes, cut into tokens
    Canvas    the screen as Textual has painted it
    Terminal  the screen as the terminal shows it, and the shortest way to another
    Frames    the three together
    Sender    sends them as fast as the terminal takes them

What the terminal sends is read here too, so that nothing it sends can end the app, and that the app
ends when the terminal is gone.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from select import select
from typing import Any

from textual.app import App
from textual.constants import ESCAPE_DELAY
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Resize
from textual.geometry import Size
from textual.message import Message

from tutor.ui.terminal.input import TerminalInput
from tutor.ui.terminal.sender import Sender

# Textual 8.x: lays out 1/120 s after it heard of a new size, and then paints everything. If the old
# size is back by then it paints what its layout changed, so often nothing, but the terminal has cut
# off what it showed.
_REPAIRED_AFTER_SECONDS = 0.1
_ALONE_AFTER_SECONDS = ESCAPE_DELAY + 0.01
"""How long after an Escape it is known to stand alone."""
HUNG_UP = 128 + signal.SIGHUP
"""The exit status of one whose terminal is gone, as shells have it."""


class FrameDriver(LinuxDriver):
    """Sends the differences between frames, and reads the keys in the app's own thread.

    (The threads of LinuxDriver are left without work: the one that writes stops the app after thirty
    writes, and each key would wait for the one that reads to be given the interpreter's lock.)
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
        assert sys.__stderr__ is not None
        self._sender = Sender(
            sys.__stderr__.fileno(),
            sys.__stderr__.encoding,
            self._terminal_size,
            self._hang_up,
            self._fail,
        )
        self._arrived = TerminalInput(debug)
        self._reads = False
        self._size_told: Size | None = None
        # Textual 8.x: leaves and takes the terminal within the signals' handlers, and so in the midst
        # of taking or leaving it.
        signal.signal(signal.SIGTSTP, lambda *_: self._in_loop(self._sigtstp_application))
        signal.signal(signal.SIGCONT, lambda *_: self._in_loop(self._come_back))

    def write(self, data: str) -> None:
        """Draw a frame, to be sent when the terminal is ready."""
        if self.is_inline:
            super().write(data)
            return
        # An app that does not say has its cursor hidden, as Textual would.
        self._sender.draw(data, with_cursor=getattr(self._application, "cursor_shown", False))

    def redraw(self) -> None:
        """Send the whole screen again: something else has written on the terminal."""
        self._sender.forget()
        self._sender.repeat()

    def start_application_mode(self) -> None:
        """Take over the terminal, at the start and after it was left for a while."""
        self._size_told = None
        self._sender.start()
        super().start_application_mode()  # type: ignore[no-untyped-call]
        tell_size = signal.getsignal(signal.SIGWINCH)
        if not callable(tell_size):  # the app is in the background: this is called again
            return
        if not self._reads:
            self._reads = True
            # Textual 8.x: `_debug` is what the driver was made with.
            self._arrived = TerminalInput(self._debug)
            self._app_loop.add_reader(self.fileno, self._read)

        def tell() -> None:
            self._resized()
            tell_size(signal.SIGWINCH, None)

        # One after the other: where a signal interrupts Textual's answer to the one before, the
        # size that was read first is told last.
        signal.signal(signal.SIGWINCH, lambda *_: self._in_loop(tell))

    def disable_input(self) -> None:
        """Leave what the terminal sends to others, but for what it has sent."""
        if self._reads:
            self._reads = False
            self._app_loop.remove_reader(self.fileno)
            # Textual 8.x: would throw it away.
            while select([self.fileno], [], [], 0)[0] and self._take_in():
                pass
        super().disable_input()

    def _come_back(self) -> None:
        """Take the terminal again: the process was stopped. With SIGHUP too comes SIGCONT."""
        # Textual 8.x: _auto_restart is off while the app itself has left the terminal for a while,
        # _running once the app ends. Who has the terminal leaves it first: another program may have
        # changed its modes.
        if self._auto_restart and self._application._running:
            if self._reads:
                self.suspend_application_mode()
            self.resume_application_mode()

    def process_message(self, message: Message) -> None:
        """Take the size from a terminal that tells it by itself; pass everything on."""
        if isinstance(message, Resize):
            self._size_told = message.size
            self._resized()
        super().process_message(message)

    def send_message(self, message: Message) -> None:
        """Hand a message on to the app, whose thread this is."""
        self._application.post_message(message)

    def close(self) -> None:
        """Wait until the terminal has taken everything, unless it takes nothing."""
        super().close()
        self._sender.close()

    def run_input_thread(self) -> None:
        """Nothing: `_read` does the work of this thread."""

    def _read(self) -> None:
        """Hand on what the terminal has sent, or end the app if it is gone."""
        if not self._take_in():
            self.disable_input()
            self._hang_up()

    def _take_in(self) -> bool:
        """Hand on what the terminal has sent; whether it is still there."""
        data = _receive(self.fileno)
        self._hand_on(lambda: self._arrived.read(self._arrived.decode(data or b"")))
        self._app_loop.call_later(_ALONE_AFTER_SECONDS, self._tick)
        return data != b""

    def _tick(self) -> None:
        """Hand on what is complete because nothing followed."""
        self._hand_on(lambda: self._arrived.tick())

    def _hand_on(self, arrived: Callable[[], Iterable[Message]]) -> None:
        try:
            for message in arrived():
                self.process_message(message)
        except Exception as error:  # noqa: BLE001  told and kept, as every fault of ours
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        """Tell the app of a fault of ours."""
        # Textual 8.x: no public name leads there; to raise in a thread would end nothing.
        self._in_loop(self._application._handle_exception, error)

    def _hang_up(self) -> None:
        """End the app: where the signal for it is ignored, nothing else would."""
        self._in_loop(partial(self._application.exit, return_code=HUNG_UP))

    def _in_loop(self, call: Callable[..., object], *arguments: object) -> None:
        """Have the app's loop make a call, from a thread or a signal's handler."""
        with suppress(RuntimeError):  # the loop is closed: the app has ended
            self._app_loop.call_soon_threadsafe(call, *arguments, context=self._app_context)

    def _resized(self) -> None:
        self._sender.forget()
        self._app_loop.call_later(_REPAIRED_AFTER_SECONDS, self._sender.repeat)

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
