"""What learners' own `__repr__` say, asked in a fork.

A `__repr__` may raise, print, change what it describes, recurse, loop or end the process. In a fork
it can do so in peace: its standard streams are /dev/null, it has a tenth of a second, and what it
changes goes with the fork.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from os import O_RDWR, _exit, close, devnull, dup2, kill, pipe, read, waitpid, write
from os import open as open_file
from select import POLLIN, poll
from signal import SIGKILL
from time import monotonic
from types import WrapperDescriptorType

from ..cpython.objects import identity, kind_of, lookup
from ..process.silence import fork

SECONDS_A_VALUE = 0.1
SECONDS_IN_ALL = 0.4
MOST_SAID = 1_000
"""Characters that cross the pipe; a description is shorter."""

READY, SAID, RAISED, NOT_TEXT = b"!", b"s", b"r", b"n"

# The default text of C types has an address, which is another in every run.
_address = re.compile(r" at 0x[0-9a-f]{6,}(?=[>;])")


def ask(things: Sequence[object]) -> dict[int, str]:
    """What each thing's `__repr__` says, or what became of it, by the thing's identity.

    A thing that ends the fork, or outstays its time, has spoilt only its own answer: another fork
    goes on with the next, until the time for all is over.
    """
    waiting = list({identity(thing): thing for thing in things}.values())
    answers: dict[int, str] = {}
    deadline = monotonic() + SECONDS_IN_ALL
    while waiting and monotonic() + SECONDS_A_VALUE < deadline:
        texts = _ask_in_a_fork(waiting, deadline)
        if not texts:
            break
        for thing, text in zip(waiting, texts, strict=False):
            answers[identity(thing)] = text
        del waiting[: len(texts)]
    for thing in waiting:
        answers[identity(thing)] = f"<{kind_of(thing)} object>"
    return answers


def _ask_in_a_fork(things: list[object], deadline: float) -> list[str]:
    """The texts of the first things, at least one; none if no fork came up."""
    try:
        receiving, sending = pipe()
    except OSError:  # no descriptors left
        return []
    try:
        child = fork()
    except OSError:  # no processes or memory left
        close(receiving)
        close(sending)
        return []
    if child == 0:
        _answer(things, receiving, sending)
    close(sending)
    try:
        return list(_receive(things, receiving, deadline))
    finally:
        close(receiving)
        _end(child)


def _receive(things: list[object], pipe_end: int, deadline: float) -> Iterator[str]:
    replies = _Replies(pipe_end)
    try:
        replies.take(len(READY), deadline)  # until then no `__repr__` is to blame for the time
    except (TimeoutError, EOFError):
        return
    for thing in things:
        name = kind_of(thing)
        its_end = monotonic() + SECONDS_A_VALUE
        if its_end > deadline:  # it could not have its full time, and would be blamed
            return
        try:
            verdict, text = replies.next(its_end)
        except TimeoutError:
            yield f"<{name} object; its __repr__ takes too long>"
            return
        except EOFError:
            yield f"<{name} object; its __repr__ ended the process>"
            return
        if verdict == RAISED:
            yield f"<{name} object; its __repr__ raises {text}>"
        elif verdict == NOT_TEXT:
            yield f"<{name} object; its __repr__ returns {text}, not str>"
        else:
            yield text


class _Replies:
    """Reads replies from a pipe: a byte of verdict, four of length, UTF-8."""

    def __init__(self, pipe_end: int) -> None:
        self._pipe = pipe_end
        self._data = b""
        self._poll = poll()
        self._poll.register(pipe_end, POLLIN)

    def next(self, deadline: float) -> tuple[bytes, str]:
        """The next reply, awaited until the deadline."""
        verdict = self.take(1, deadline)
        length = int.from_bytes(self.take(4, deadline), "big")
        return verdict, self.take(length, deadline).decode("utf-8", "backslashreplace")

    def take(self, size: int, deadline: float) -> bytes:
        """The next bytes; TimeoutError or EOFError if they do not come."""
        while len(self._data) < size:
            left = deadline - monotonic()
            if left <= 0 or not self._poll.poll(left * 1000):
                raise TimeoutError
            data = read(self._pipe, 65536)
            if not data:
                raise EOFError
            self._data += data
        taken, self._data = self._data[:size], self._data[size:]
        return taken


def _end(child: int) -> None:
    try:
        kill(child, SIGKILL)
        waitpid(child, 0)
    except (ProcessLookupError, ChildProcessError):  # a learner who ignores SIGCHLD reaped it
        return


def _answer(things: list[object], receiving: int, sending: int) -> None:
    """Be the fork: describe each thing in turn. Never returns."""
    try:
        close(receiving)
        null = open_file(devnull, O_RDWR)
        for stream in (0, 1, 2):
            dup2(null, stream)
        write(sending, READY)
        for thing in things:
            verdict, text = _say(thing)
            said = text.encode("utf-8", "backslashreplace")
            write(sending, verdict + len(said).to_bytes(4, "big") + said)
    finally:
        _exit(0)


def _say(thing: object) -> tuple[bytes, str]:
    try:
        kind = type(thing)
        said = kind.__repr__(thing)
        if not issubclass(type(said), str):
            return NOT_TEXT, kind_of(said)
        text = str.__getitem__(said, slice(MOST_SAID))
        # Only what is said in C is shortened; a learner's own text stays as it is.
        in_c = type(lookup(kind, "__repr__")) is WrapperDescriptorType
        return SAID, _address.sub("", text) if in_c else text
    except BaseException as error:
        return RAISED, kind_of(error)
