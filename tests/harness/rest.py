"""When the app of a test rests.

Pilot takes an app for idle that had little of the processor for 20 ms, which on a busy machine is so
while it has much to do. Here it is looked up.
"""

from __future__ import annotations

import asyncio
from typing import Any

from textual._context import active_app
from textual._queue import Queue
from textual.app import App
from textual.message_pump import MessagePump
from textual.screen import Screen

DEADLINE_SECONDS = 30.0
"""Only a failing test waits so long."""


async def rest(*_guesses: float) -> None:
    """Until the app has nothing to do but wait: for a key, a timer, a child, a thread."""
    app = active_app.get()
    async with asyncio.timeout(DEADLINE_SECONDS):
        await asyncio.sleep(0)
        while app._running and not app._exit and not app._exception and not rests(app):
            await asyncio.sleep(0)


def rests(app: App[Any]) -> bool:
    """Whether no callback is due, no message unread, and all is laid out and painted."""
    # CPython: BaseEventLoop._ready holds what runs in this turn; ours has just been taken from it.
    due: bool = bool(vars(asyncio.get_running_loop())["_ready"])
    # Textual 8.x: a new size waits here until it is laid out, 1/120 s after the last one.
    due = due or app._resize_event is not None
    return not due and is_painted(app.screen) and all(map(waits, (app, *app._registry)))


def waits(pump: MessagePump) -> bool:
    """Whether it waits for a message; one that has ended waits for none."""
    if not pump._running or pump._closed:
        return True
    # Textual 8.x: its queue has an event for the one who waits in get(); what it holds comes first.
    queue: Queue[Any] = pump._message_queue
    return queue.empty() and bool(queue.ready_event._waiters)


def is_painted(screen: Screen[Any]) -> bool:
    # Textual 8.x: what Screen._on_idle looks at, and does at its next tick, 1/60 s apart.
    return not (
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._dirty_widgets
        or screen._callbacks
    )
