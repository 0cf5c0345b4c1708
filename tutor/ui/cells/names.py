"""What each name of a program is before any run: local, cell, free, global or builtin."""

from __future__ import annotations

from textual.content import Content

from tutor.protocol.views import Scope, ScopeMap, ScopeView
from tutor.text import NAME_COLUMNS, columns, one_line, padded, visible
from tutor.ui.cells.cell_text import BESIDE, LEAST_NAME
from tutor.ui.kit.sentences import mark
from tutor.ui.kit.text_view import TextView, hang

TO_COME = "What each name of each function is stands here once the program has been read."
NO_FUNCTION = "The program defines no function."
UNREADABLE = "Reading this program ends the Python that reads it."
DIMMED = "Below: the names as they were last."
COLUMNS_FOR_EVIDENCE = 56
"""From this width on every name has its evidence; in less only a free name has."""
CAPTURED = (Scope.FREE, Scope.CELL)
SCOPE_COLUMNS = len("builtin") + 2
INDENTED = 8
"""That part of the width indents what is nested deep."""


class NamesView(TextView):
    """Lists every function with its names; keeps the last list while the program does not compile."""

    def __init__(self) -> None:
        super().__init__()
        self.good: ScopeMap | None = None
        self.fault = ""

    def show(self, found: ScopeMap | None) -> None:
        """Show what the compiler decided; None if the source ended it."""
        if found is None:
            self.fault = UNREADABLE
        elif found.fault:
            place = f"Line {found.line}: " if found.line else ""
            self.fault = f"{place}{one_line(found.fault)}"
        else:
            self.good, self.fault = found, ""
        self.reflow()

    def forget(self) -> None:
        """Another program is to be read."""
        self.good, self.fault = None, ""
        self.reflow()
        self.scroll_home(animate=False)

    def lines(self, width: int) -> list[Content]:
        names = names_lines(self.good, width) if self.good else []
        if not self.fault:
            return names or hang(Content.styled(TO_COME, "$muted"), width)
        fault = hang(Content(self.fault), width, mark(False), "  ")
        if not names:
            return fault
        dimmed = [Content.styled(line.plain, "$muted") for line in names]
        return [*fault, *hang(Content.styled(DIMMED, "italic $muted"), width), *dimmed]


def names_lines(found: ScopeMap, width: int) -> list[Content]:
    """Every function of a source, and under it what each of its names is."""
    if not found.functions:
        return hang(Content.styled(NO_FUNCTION, "$muted"), width)
    return [line for function in found.functions for line in _function(function, width)]


def _function(function: ScopeView, width: int) -> list[Content]:
    indent = "  " * min(function.depth, width // INDENTED)
    name = one_line(function.qualname.rpartition(".")[2], NAME_COLUMNS)
    heading = Content.assemble((name, "bold"), (f"  line {function.line}", "$muted"))
    shown = hang(heading, width, indent, f"{indent}    ")
    room = max(LEAST_NAME, min(NAME_COLUMNS, width - len(indent) - 4 - SCOPE_COLUMNS))
    names = [one_line(each.name, room) for each in function.names]
    widest = max(map(columns, names), default=0)
    for shown_name, each in zip(names, function.names, strict=True):
        captured = each.scope in CAPTURED
        scope = Content.styled(f"{each.scope:{SCOPE_COLUMNS}}", "bold $cell" if captured else "")
        lead = Content.assemble(indent, "  ", padded(shown_name, widest + 2), scope)
        told = each.scope is Scope.FREE or width >= COLUMNS_FOR_EVIDENCE
        evidence = visible(each.evidence, keep_newlines=False) if told else ""
        beside = width - lead.cell_length >= BESIDE
        rest = " " * lead.cell_length if beside else f"{indent}    "
        if evidence and width - lead.cell_length < LEAST_NAME:
            shown.append(lead)
            lead = Content(rest)
        shown += hang(Content.styled(evidence, "$muted"), width, lead, rest)
    return shown
