"""Why names are not among a function's cells, as the learner is told."""

from __future__ import annotations

from tutor.protocol.views import FunctionView
from tutor.text import NAME_COLUMNS, one_line

IT = " it"


def why_not(function: FunctionView) -> tuple[str, ...]:
    """A sentence a reason, but for the one that `why_no_cells` gives already.

    A reason speaks of its name or, where several names may have it in common, of `it`.
    """
    names: dict[str, list[str]] = {}
    for each in function.not_captured:
        if each.why != function.why_no_cells:
            names.setdefault(each.why, []).append(f"`{one_line(each.name, NAME_COLUMNS)}`")
    return tuple(
        one_line(f"{why.removesuffix(IT)} {', '.join(of)}" if why.endswith(IT) else why)
        for why, of in names.items()
    )
