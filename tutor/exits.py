"""The exit statuses that the tutor has beside 0, and 1 for what did not pass."""

from __future__ import annotations

REFUSED = 2
"""It cannot be done as it was asked: bad usage, a file that cannot be read, bad content."""
FAILED = 70
"""A fault of the tutor's own: EX_SOFTWARE of sysexits.h."""
INTERRUPTED = 130
"""128 + SIGINT, as shells have it."""
PIPE_CLOSED = 141
"""128 + SIGPIPE."""
