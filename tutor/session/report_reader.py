"""From the payload of a frame to the report that the child made."""

from __future__ import annotations

import json

import msgspec

from tutor.protocol.reports import (
    Checking,
    CheckResult,
    Completions,
    CourseFault,
    Entry,
    Finished,
    InputWanted,
    Labels,
    Report,
    Unfolded,
)
from tutor.protocol.views import Cells, Recording
from tutor.text import shorten, visible

_REPORTS: dict[str, type[Report]] = {
    cls.__name__: cls
    for cls in (
        Cells,
        Checking,
        CheckResult,
        Completions,
        CourseFault,
        Entry,
        Finished,
        InputWanted,
        Labels,
        Recording,
        Unfolded,
    )
}
LONGEST_QUOTED = 500
"""What is kept of a report that cannot be read. Columns."""


class UnreadableReport(Exception):
    """A frame with the token of the run holds no report: the child, which is ours, and we disagree."""


def read_report(payload: bytes) -> Report:
    """The report in a frame that has the token of the run; raises UnreadableReport.

    Learner code does not know the token: what it writes into the pipe is no frame (`FrameReader`).
    """
    try:
        name, fields = json.loads(payload)
        return msgspec.convert(fields, _REPORTS[name])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise UnreadableReport(shorten(visible(repr(payload)), LONGEST_QUOTED)) from error
