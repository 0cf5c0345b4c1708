"""What Textual writes goes in; what the terminal must be sent comes out."""

from __future__ import annotations

from tutor.ui.terminal.abilities import ABLE, Abilities
from tutor.ui.terminal.canvas import Canvas
from tutor.ui.terminal.diff import Terminal
from tutor.ui.terminal.stream import Token, TokenStream
from tutor.ui.terminal.style import RESET, UnknownStyle

_SYNC_BEGIN, _SYNC_END = "\x1b[?2026h", "\x1b[?2026l"
_SHOW_CURSOR, _HIDE_CURSOR = "\x1b[?25h", "\x1b[?25l"
# So little arrives in one packet and is shown at once, without being told to be.
_SHOWN_AT_ONCE = 256


class Frames:
    """Draws what is written on a canvas, and tells how a terminal comes to show it.

    Whenever the terminal is ready, it takes what leads from what it shows to what is drawn by then.
    A frame that was drawn over in the meantime is never sent.
    """

    def __init__(self, abilities: Abilities = ABLE) -> None:
        self.with_cursor = False
        """Whether the terminal's cursor is to be seen while the app has the terminal."""
        self._cursor_seen = True
        self._stream = TokenStream()
        self._canvas = Canvas()
        self._terminal = Terminal(abilities)
        self._drawers = {
            Token.TEXT: self._canvas.draw,
            Token.STYLE: self._canvas.set_style,
            Token.PLACE: self._canvas.place,
            Token.STEP: self._canvas.step,
            Token.CONTROL: self._canvas.control,
            Token.LINK: self._canvas.set_link,
        }
        self._passed_on: list[str] = []
        self._drawn = False
        self._full_screen = False
        self._synchronised = False

    @property
    def waiting(self) -> bool:
        """Whether there may be something to send."""
        return bool(self._passed_on) or (self._drawn and self._full_screen)

    def write(self, data: str) -> None:
        """Draw what can be drawn, and pass on the rest as it came."""
        drawers = self._drawers
        for kind, value in self._stream.tokens(data):
            if draw := drawers.get(kind):
                try:
                    draw(value)
                except UnknownStyle:
                    self._pass_on_unknown(f"\x1b[{value}m")
                self._drawn = True
            elif kind is Token.SYNC:
                self._synchronised = True
            elif kind is Token.HARMLESS:
                self._passed_on.append(value)
                if value in (_SHOW_CURSOR, _HIDE_CURSOR):
                    self._cursor_seen = value == _SHOW_CURSOR
            elif kind is Token.ALTERNATE:
                self._pass_on_unknown(value)
                self._full_screen = value.endswith("h")
                self._drawn = True
            else:
                self._pass_on_unknown(value)

    def forget(self) -> None:
        """Send everything with the next frame: the terminal may show anything."""
        self._terminal.forget()

    def repeat(self) -> None:
        """Send the last frame once more, as far as it is not shown."""
        self._drawn = True

    def take(self, columns: int, lines: int) -> str:
        """What to send to a terminal of this size; it counts as sent."""
        output = "".join(self._passed_on)
        self._passed_on.clear()
        if self._drawn and self._full_screen:
            self._drawn = False
            output += self._with_cursor(self._terminal.show(self._canvas, columns, lines))
        return output

    def _with_cursor(self, frame: str) -> str:
        """The frame, and the cursor shown or hidden; where it is seen it does not run through one."""
        long = len(frame) > _SHOWN_AT_ONCE
        if self._cursor_seen and (long or not self.with_cursor):
            frame = _HIDE_CURSOR + frame
            self._cursor_seen = False
        if self.with_cursor and not self._cursor_seen:
            frame += _SHOW_CURSOR
            self._cursor_seen = True
        return f"{_SYNC_BEGIN}{frame}{_SYNC_END}" if long and self._synchronised else frame

    def _pass_on_unknown(self, sequence: str) -> None:
        self._passed_on.append(RESET + sequence)
        self._terminal.forget()
