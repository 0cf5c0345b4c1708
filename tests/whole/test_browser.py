"""The tutor in a browser: textual-serve on the loopback address, and in place of a browser its client."""

from __future__ import annotations

import asyncio
import codecs
import os
import shlex
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.harness import ROOT
from tests.harness.emulator import Emulator
from tests.harness.terminal import DEADLINE_SECONDS, KEYS, TUTOR

if TYPE_CHECKING:
    from aiohttp import ClientSession, ClientWebSocketResponse

pytest.importorskip("textual_serve", reason="textual-serve is not installed")
aiohttp = pytest.importorskip("aiohttp", reason="textual-serve would have brought it")

LOOPBACK = "127.0.0.1"
SERVE = "import sys; from textual_serve.server import Server; Server(sys.argv[1], sys.argv[2], int(sys.argv[3])).serve()"
RETRY_SECONDS = 0.05


class Browser:
    """What a page of textual-serve does: it shows what comes, and sends keys."""

    def __init__(self, websocket: ClientWebSocketResponse) -> None:
        self.websocket = websocket
        self.screen = Emulator(80, 24)
        self._decode = codecs.getincrementaldecoder("utf-8")().decode

    async def press(self, key: str) -> None:
        await self.websocket.send_json(["stdin", KEYS.get(key, key)])

    async def wait_for(self, fits: Callable[[str], bool], why: str) -> None:
        """Read until the screen fits."""
        async with asyncio.timeout(DEADLINE_SECONDS):
            while not fits(self.screen.text):
                message = await self.websocket.receive()
                assert message.type is aiohttp.WSMsgType.BINARY, f"{why}: {message}"
                self.screen.feed(self._decode(message.data))


@asynccontextmanager
async def browser(home: Path) -> AsyncIterator[Browser]:
    """A browser that has just opened the page of the tutor."""
    with socket.create_server((LOOPBACK, 0)) as free:
        port = str(free.getsockname()[1])
    command = shlex.join([*TUTOR, "--state", str(home / "state")])
    passed_on = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    server = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", SERVE, command, LOOPBACK, port),
        cwd=ROOT,
        env={**passed_on, "HOME": str(home), "LANG": "C.UTF-8"},
        stdout=asyncio.subprocess.DEVNULL,
    )
    try:
        async with (
            aiohttp.ClientSession() as client,
            await _connect(client, f"http://{LOOPBACK}:{port}/ws?width=80&height=24") as websocket,
        ):
            yield Browser(websocket)
    finally:
        server.terminate()
        await server.wait()


async def _connect(client: ClientSession, address: str) -> ClientWebSocketResponse:
    async with asyncio.timeout(DEADLINE_SECONDS):
        while True:
            try:
                return await client.ws_connect(address)
            except aiohttp.ClientConnectorError:  # it does not listen yet
                await asyncio.sleep(RETRY_SECONDS)


async def test_the_tutor_is_shown_and_takes_keys(tmp_path: Path) -> None:
    async with browser(tmp_path) as page:
        await page.wait_for(lambda text: "1.0 " in text and "F10 Quit" in text, "the first frame")
        await page.press("f1")
        await page.wait_for(lambda text: "Escape closes" in text, "the help")
        await page.press("escape")
        await page.wait_for(lambda text: "Escape closes" not in text, "the end of the help")
        await page.press("f2")
        await page.wait_for(lambda text: "1 First contact" in text, "the tree")
        await page.press("f10")
        async with asyncio.timeout(DEADLINE_SECONDS):
            while (await page.websocket.receive()).type is not aiohttp.WSMsgType.CLOSE:
                pass
    assert list((tmp_path / "state").iterdir())
