"""Colours that are kept while a program is edited are those of the program as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pygments.lexers.python import PythonLexer  # type: ignore[import-untyped]

from tutor.ui.kit.highlighting import Highlighting, pieces
from tutor.ui.kit.line_lexer import LONGEST_LINE, Block, LineLexer, Piece, Stack, _add

WORDS = [
    *("def ", "class ", "from", "import ", "as", "match", "case", "_", "None", "return ", "lambda"),
    *('"""', "'''", '"', "'", 'f"', 'f"""', "rb'''", "{", "}", "{a[", "]", "%s", "%(a)s", "\\", "\\N{"),
    *("#", "#!", "x", "y.z", " ", "    ", "\t", "\n", "\n\n", ":", ",", "=", "!r", "(", ")", "@", "1.5"),
    *("漢", "\\\n", "async for", "yield from", "self"),
]  # fmt: skip
TEXT = st.lists(st.sampled_from(WORDS), max_size=30).map("".join)


@dataclass(frozen=True)
class Edit:
    """Some of a text, by its place in a hundred parts, gives way to other text."""

    place: int
    length: int
    text: str


EDITS = st.lists(
    st.builds(Edit, st.integers(0, 100), st.integers(0, 30), TEXT | st.sampled_from(WORDS)),
    min_size=1,
    max_size=6,
)


@settings(max_examples=500, deadline=None)
# The last line gets an end, which closes its string; nothing above it changes.
@example("'''", [Edit(34, 2, "def def "), Edit(12, 0, "def def \n")], [0])
@example("'x", [Edit(0, 0, ""), Edit(100, 0, "\ndef f")], [0])
@given(TEXT, EDITS, st.lists(st.integers(0, 12), min_size=1, max_size=6))
def test_kept_colours_are_those_of_a_whole_pass(
    text: str, edits: list[Edit], seen: list[int]
) -> None:
    kept = Highlighting()
    for number, edit in enumerate(edits):
        lines = text.split("\n")
        kept.update(lines)
        whole = pieces(text)
        until = seen[number % len(seen)]
        while not kept.reach(until, at_most=3):
            pass
        for line in range(min(until + 1, len(lines))):
            assert kept.line(line) == whole[line]
        start = len(text) * edit.place // 100
        text = text[:start] + edit.text + text[start + edit.length :]
    kept.update(text.split("\n"))
    assert kept.reach(len(text))
    assert [kept.line(n) for n in range(len(text.split("\n")))] == pieces(text)


@given(TEXT)
def test_they_are_those_of_pygments_but_for_docstrings_and_fields(text: str) -> None:
    ours = pieces(text)
    assert len(ours) == text.count("\n") + 1
    if "'''" in text or '"""' in text or "{" in text:
        return
    theirs: list[list[Piece]] = [[]]
    column = 0
    for _, kind, part in PythonLexer().get_tokens_unprocessed(text):
        column = _add(theirs, column, kind, part)
    assert ours == theirs


def test_a_triple_quote_at_the_top_of_a_long_program_costs_a_screenful(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = [f"    value_{n} = compute({n}, 'text', flag=True)  # note" for n in range(2_000)]
    kept = Highlighting()
    kept.update(lines)
    kept.reach(1_999)
    lexed = 0
    blocks = LineLexer.blocks

    def counted(lexer: LineLexer, code: Iterable[str], start: Stack) -> Iterator[Block]:
        nonlocal lexed
        for block in blocks(lexer, code, start):
            lexed += len(block[0])
            yield block

    monkeypatch.setattr(LineLexer, "blocks", counted)
    lines[10] = '"""'
    kept.update(lines)
    kept.reach(24)
    assert lexed == 16  # with the line above, to which a change may reach back
    monkeypatch.undo()
    assert kept.line(20) == pieces("\n".join(lines))[20]
    assert kept.reach(1_999)
    assert kept.line(1_999) == pieces("\n".join(lines))[1_999]


def test_a_long_line_is_coloured_as_far_as_anyone_looks() -> None:
    long, after = pieces("print('" + "word" * 1_000 + "', 1 or 2)\nx = 1")
    assert long[-1] == (7, LONGEST_LINE, "string")
    assert after == pieces("x = 1")[0]
