"""Which source of events this CPython has: `monitoring` since 3.12 (PEP 669), `tracing` before."""

from __future__ import annotations

import sys

from .events import Listener, Source

if sys.version_info >= (3, 12):
    from .monitoring import Monitoring as _Source
else:
    from .tracing import Tracing as _Source


def source_for(listener: Listener) -> Source:
    """A source that tells a listener what learner code does, once it is started."""
    return _Source(listener)
