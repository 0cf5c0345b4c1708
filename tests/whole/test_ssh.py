"""Over SSH: a real sshd on the loopback address, a connection that drops, a learner who comes back."""

from __future__ import annotations

import grp
import os
import pwd
import shlex
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.harness import ROOT
from tests.harness.processes import gone_within, processes_of
from tests.harness.small_course import BUILD, write_course
from tests.harness.terminal import DEADLINE_SECONDS, TUTOR, Terminal

SSHD = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
SSH = shutil.which("ssh")
TAKES_MOUSE = b"\x1b[?1000h"
NO_PRIVSEP_FOLDER = "Missing privilege separation directory: "

CONFIGURATION = """\
HostKey {folder}/host_key
AuthorizedKeysFile {folder}/user_key.pub
PasswordAuthentication no
PermitRootLogin prohibit-password
StrictModes no
UsePAM no
PidFile none
"""

pytestmark = pytest.mark.skipif(
    not (SSHD and SSH), reason="needs sshd and ssh (on Debian: apt-get install openssh-server)"
)


@dataclass(frozen=True)
class Login:
    """A learner's terminal, and the sshd at the other end of its connection."""

    terminal: Terminal
    sshd: subprocess.Popen[bytes]

    def drop(self) -> None:
        """Lose the connection without a word, and wait until sshd has noticed."""
        self.terminal.process.kill(signal.SIGKILL)
        self.sshd.wait(DEADLINE_SECONDS)


class LabMachine:
    """Where learners log in; each finds what the one before has left."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.configuration = folder / "sshd_config"
        self.log = folder / "sshd.log"
        self.area = folder / "area"
        """The folder of temporary files; its name marks each process of the tutor."""
        self.area.mkdir()
        for key in ("host_key", "user_key"):
            command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / key)]
            subprocess.run(command, check=True)
        self.configuration.write_text(CONFIGURATION.format(folder=folder), encoding="utf-8")
        self._check()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(DEADLINE_SECONDS)

    def close(self) -> None:
        self._listener.close()

    @contextmanager
    def login(self, *arguments: str) -> Iterator[Login]:
        """Log in and start the tutor at once, in a terminal of 80x24."""
        with Terminal(self.folder, command=self._client(arguments)) as terminal:
            sshd = self._answer()
            try:
                yield Login(terminal, sshd)
            except AssertionError as error:
                error.add_note(self.log.read_text(errors="replace"))
                raise
        sshd.wait(DEADLINE_SECONDS)

    def _client(self, arguments: tuple[str, ...]) -> list[str]:
        host, port = self._listener.getsockname()
        own = {
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "TMPDIR": str(self.area),
            "PATH": f"{os.environ['PATH']}:{self.area}",
        }
        variables = [f"{name}={value}" for name, value in own.items()]
        remote = ["exec", "env", *variables, *TUTOR, *arguments]
        options = {
            "IdentityFile": str(self.folder / "user_key"),
            "IdentitiesOnly": "yes",
            "IdentityAgent": "none",
            "BatchMode": "yes",
            "StrictHostKeyChecking": "accept-new",
            "UserKnownHostsFile": str(self.folder / "known_hosts"),
            "GlobalKnownHostsFile": "none",
            "LogLevel": "ERROR",
        }
        return [
            str(SSH),
            *("-tt", "-F", "none", "-p", str(port), "-l", pwd.getpwuid(os.getuid()).pw_name),
            *(f"-o{name}={value}" for name, value in options.items()),
            host,
            f"cd {shlex.quote(str(ROOT))} && {shlex.join(remote)}",
        ]

    def _answer(self) -> subprocess.Popen[bytes]:
        """Take the client's connection, as inetd would, so that the end of sshd is the session's."""
        connection, _ = self._listener.accept()
        with connection, self.log.open("ab") as log:
            return subprocess.Popen(
                [str(SSHD), "-i", "-e", "-f", str(self.configuration)],
                stdin=connection.fileno(),
                stdout=connection.fileno(),
                stderr=log,
            )

    def _check(self) -> None:
        """Have sshd look at its configuration; only root's needs an empty folder of the system's.

        It stays: a system's own sshd makes it at each start of the machine, on a tmpfs.
        """
        command = [str(SSHD), "-t", "-f", str(self.configuration)]
        looked = subprocess.run(command, capture_output=True, text=True)
        if looked.stderr.startswith(NO_PRIVSEP_FOLDER):
            folder = looked.stderr.removeprefix(NO_PRIVSEP_FOLDER).strip()
            Path(folder).mkdir(mode=0o755, exist_ok=True)
            looked = subprocess.run(command, capture_output=True, text=True)
        assert looked.returncode == 0, looked.stderr


def may_own_a_terminal() -> bool:
    """Whether an sshd of ours could own a pseudo-terminal: it must give it to the group tty."""
    ours, theirs = os.openpty()
    group = os.fstat(theirs).st_gid
    os.close(ours)
    os.close(theirs)
    return os.geteuid() == 0 or group == grp.getgrnam("tty").gr_gid


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[LabMachine]:
    if not may_own_a_terminal():
        pytest.skip("needs root, or /dev/pts mounted with the group tty, as distributions do")
    machine = LabMachine(tmp_path)
    yield machine
    machine.close()


def test_what_was_typed_outlives_the_connection(machine: LabMachine) -> None:
    with machine.login() as login:
        terminal = login.terminal
        terminal.wait_for("Write the bodies of greet and add.")
        terminal.complete_line(5, 'return f"Hello, {name}!"')
        terminal.complete_line(15, "return x + n")
        terminal.press("f5")
        terminal.wait_for("Passed")
        terminal.press("  # to be gone on with")
        terminal.wait_for("# to be gone on with")
        assert processes_of(machine.area)
        login.drop()
        assert TAKES_MOUSE not in terminal.received
    assert gone_within(DEADLINE_SECONDS, machine.area)
    assert list(machine.area.iterdir()) == []

    with machine.login("--mouse") as login:
        terminal = login.terminal
        terminal.wait_for("1/12", "the pass")
        terminal.wait_for('return f"Hello, {name}!"')
        terminal.press(*["down"] * 15)
        terminal.wait_for("return x + n  # to be gone on with")
        assert TAKES_MOUSE in terminal.received
        terminal.press("f10")
        assert terminal.wait_until_gone() == 0
    assert gone_within(DEADLINE_SECONDS, machine.area)


def test_a_run_ends_with_its_connection(machine: LabMachine) -> None:
    course = write_course(machine.folder / "content")
    (course / BUILD / "starter.py").write_text("while True: pass\n", encoding="utf-8")
    with machine.login("adders", "--content", str(course)) as login:
        login.terminal.wait_for("while True: pass")
        login.terminal.press("f5")
        login.terminal.wait_for("F9 Stop")
        login.drop()
        assert gone_within(1.0, machine.area)
    assert list(machine.area.iterdir()) == []
