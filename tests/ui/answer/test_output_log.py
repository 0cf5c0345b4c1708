"""Where the log stands: at its end, at what was said, or where the learner scrolled to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.app import App, ComposeResult
from textual.content import Content
from textual.pilot import Pilot

from tutor.protocol.reports import Stream
from tutor.ui.answer.output_log import OutputLog


class LogApp(App[None]):
    """A log as high as a test wants it."""

    def compose(self) -> ComposeResult:
        yield OutputLog(lambda width: [])


class Shown:
    """A log on a screen of ten rows."""

    def __init__(self, app: LogApp, pilot: Pilot[None]) -> None:
        self.log = app.query_one(OutputLog)
        self.pilot = pilot

    def print(self, first: int, last: int) -> None:
        self.log.write(Stream.STDOUT, "".join(f"line {n}\n" for n in range(first, last + 1)))

    def say(self, count: int) -> None:
        self.log.say(lambda _: [Content(f"said {n}") for n in range(1, count + 1)], to_top=True)

    async def height(self, rows: int) -> None:
        self.log.styles.height = rows
        await self.pilot.pause()

    @property
    def rows(self) -> list[str]:
        return [
            self.log.render_line(y).text.strip()
            for y in range(self.log.scrollable_content_region.height)
        ]

    @property
    def thumb(self) -> float:
        return self.log.vertical_scrollbar.position


@asynccontextmanager
async def shown() -> AsyncIterator[Shown]:
    app = LogApp()
    async with app.run_test(size=(40, 10)) as pilot:
        yield Shown(app, pilot)


async def test_the_end_is_in_sight_whatever_the_height() -> None:
    async with shown() as at:
        at.print(1, 30)
        for rows in (10, 4, 8, 1, 10):
            await at.height(rows)
            assert at.rows[-1] == "line 30"
            assert at.thumb == 30 - rows
        at.print(31, 33)
        await at.pilot.pause()
        assert at.rows[-1] == "line 33"


async def test_the_thumb_of_a_bar_that_appears_is_where_the_log_stands() -> None:
    async with shown() as at:
        at.print(1, 5)
        await at.pilot.pause()
        at.print(6, 30)
        await at.pilot.pause()
        assert at.thumb == 20


async def test_what_was_said_keeps_its_first_line_in_sight() -> None:
    async with shown() as at:
        at.print(1, 5)
        at.say(12)
        for rows in (10, 4, 8):
            await at.height(rows)
            assert at.rows[0] == "said 1"


async def test_what_was_said_and_fits_ends_the_log() -> None:
    async with shown() as at:
        at.print(1, 5)
        at.say(5)
        for rows in (10, 9, 6, 9):
            await at.height(rows)
            assert at.rows[-1] == "said 5"


async def test_what_is_printed_after_it_comes_into_sight() -> None:
    async with shown() as at:
        at.print(1, 5)
        at.say(12)
        await at.height(6)
        at.log.follow()
        at.print(6, 6)
        await at.pilot.pause()
        assert at.rows[-1] == "line 6"


async def test_where_the_learner_scrolled_to_stays() -> None:
    async with shown() as at:
        at.print(1, 30)
        await at.pilot.pause()
        at.log.focus()
        await at.pilot.press("home")
        await at.pilot.pause()
        at.print(31, 40)
        await at.height(5)
        assert at.rows[0] == "line 1"
        await at.pilot.press("end")
        await at.pilot.pause()
        at.print(41, 41)
        await at.pilot.pause()
        assert at.rows[-1] == "line 41"
