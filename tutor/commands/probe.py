"""What a run may do on this machine: `doctor` runs this file as a learner's program would run.

It is not imported. It prints one JSON object: what was tried -> what came of it.
"""

import json
import os
import resource
import socket
import sys
import tempfile
from collections.abc import Callable


def tried(action: Callable[[], object]) -> str:
    """The name of the exception that `action` ends in, or "done"."""
    try:
        action()
    except BaseException as error:  # noqa: BLE001  whatever it is, its name is the answer
        return type(error).__name__
    return "done"


def write_outside() -> None:
    """Try to write into a folder that a run may not write to."""
    folder = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    path = os.path.join(folder, f"closure-tutor-probe-{os.getpid()}")
    with open(path, "w"):
        os.remove(path)


def write_too_much() -> None:
    """Try to write a file larger than a run may write."""
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)[0]
    with tempfile.TemporaryFile() as file:
        file.seek(limit)
        file.write(b"x")
        file.flush()


def connect() -> None:
    """Try to open a connection to the network."""
    # Nothing listens on the discard port; a refusal by the other side is not a refusal to try.
    socket.create_connection(("127.0.0.1", 9), timeout=1).close()


print(
    json.dumps(
        {
            "memory": tried(lambda: bytearray(resource.getrlimit(resource.RLIMIT_AS)[0])),
            "file": tried(write_too_much),
            "cpu": resource.getrlimit(resource.RLIMIT_CPU)[0] != resource.RLIM_INFINITY,
            "processes": os.getuid() != 0
            and resource.getrlimit(resource.RLIMIT_NPROC)[0] != resource.RLIM_INFINITY,
            "root": os.getuid() == 0,
            "outside": tried(write_outside),
            "tcp": tried(connect),
            "signal": tried(lambda: os.kill(os.getppid(), 0)),
            "python": sys.version.split()[0],
            "interpreter": (
                sys.implementation.name,
                sys.version_info[:2],
                getattr(sys, "_is_gil_enabled", lambda: True)(),
            ),
        }
    )
)
