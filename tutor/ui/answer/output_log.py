"""What a program prints, and what is said of it: the last lines, whatever stands in them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from itertools import chain

from textual.content import Content

from tutor.protocol.reports import Stream
from tutor.text import visible
from tutor.ui.kit.text_view import TextView, cut, hang

KEPT_LINES = 2000
LINE_CHARACTERS = 2000
"""What is shown of one line; the rest is counted."""


class LogEntry:
    """Something in the log, made into lines once for each width."""

    def __init__(self, make: Callable[[int], list[Content]]) -> None:
        self.make = make
        self.width = 0
        self.made: list[Content] = []

    def lines(self, width: int) -> list[Content]:
        """The entry as lines of that width."""
        if width != self.width:
            self.width, self.made = width, self.make(width)
        return self.made


class PrintedLine(LogEntry):
    """A line that a program prints, perhaps piece by piece."""

    def __init__(self, stream: Stream) -> None:
        super().__init__(self.cut)
        self.stream = stream
        self.text = ""
        self.length = 0

    def extend(self, text: str) -> None:
        """Add what the program printed after it."""
        self.text += text[: LINE_CHARACTERS - len(self.text)]
        self.length += len(text)
        self.width = 0

    def cut(self, width: int) -> list[Content]:
        """The line cut to a width."""
        style = "$text-warning" if self.stream is Stream.STDERR else ""
        shown = cut(Content.styled(visible(self.text, keep_newlines=False), style), width)
        more = self.length - len(self.text)
        if more:
            shown.append(Content.styled(f"… {more:,} more characters in this line", "$muted"))
        return shown


class OutputLog(TextView):
    """A log that keeps its last lines and follows its end."""

    def __init__(self, invitation: Callable[[int], list[Content]]) -> None:
        super().__init__()
        self.invitation = invitation
        """Makes what stands here while there is nothing."""
        self.entries: deque[LogEntry] = deque()
        self.dropped = 0
        """Lines that were printed and are no longer kept."""
        self.open_line: PrintedLine | None = None
        self.following = True
        """Whether the place is ours to choose; not once the learner has scrolled up."""
        self.held: LogEntry | None = None
        """What keeps its first line in sight; without it the end does."""

    def lines(self, width: int) -> list[Content]:
        if not self.entries:
            return self.invitation(width)
        lost = f"… {self.dropped:,} lines before these are not kept"
        first = hang(Content.styled(lost, "$muted"), width) if self.dropped else []
        return [*first, *chain.from_iterable(entry.lines(width) for entry in self.entries)]

    def clear(self) -> None:
        """Forget everything."""
        self.entries.clear()
        self.dropped = 0
        self.open_line = None
        self.follow()

    def follow(self) -> None:
        """Keep the end in sight from now on."""
        self.following, self.held = True, None
        self.reflow()

    def write(self, stream: Stream, text: str) -> None:
        """Add what a program printed; it may begin and end in the middle of a line."""
        *whole, rest = text.split("\n")
        for line in whole:
            self._print(stream, line)
            self.open_line = None
        if rest:
            self._print(stream, rest)
        self.reflow()

    def say(self, make: Callable[[int], list[Content]], *, to_top: bool = False) -> None:
        """Add lines of the tutor's own; with `to_top`, so that the first of them is in sight."""
        self.open_line = None
        entry = LogEntry(make)
        self._add(entry)
        if to_top:
            self.held = entry
        self.reflow()

    def resize_text(self) -> None:
        super().resize_text()
        if self.following:
            self.scroll_target_y = self.scroll_y = self._place

    def release_anchor(self) -> None:
        """Stop following the end of the log: the learner has scrolled."""
        # Textual 8.x: called whenever the learner scrolls.
        super().release_anchor()
        self.following, self.held = False, None

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if new_value > old_value and new_value == self.max_scroll_y:
            self.following = True

    @property
    def _place(self) -> int:
        """The row that belongs at the top while the learner has not scrolled."""
        if not self.entries:
            return 0
        if self.held is None:
            return self.max_scroll_y
        below = 0
        for entry in reversed(self.entries):
            below += len(entry.made)
            if entry is self.held:
                break
        return min(len(self.shown) - below, self.max_scroll_y)

    def _print(self, stream: Stream, text: str) -> None:
        if self.open_line is None or self.open_line.stream is not stream:
            self.open_line = PrintedLine(stream)
            self._add(self.open_line)
        self.open_line.extend(text)

    def _add(self, entry: LogEntry) -> None:
        self.entries.append(entry)
        if len(self.entries) > KEPT_LINES:
            self.entries.popleft()
            self.dropped += 1
