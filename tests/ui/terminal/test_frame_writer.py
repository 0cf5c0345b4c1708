"""What is drawn through the frames looks on a terminal as if it had been drawn directly."""

from __future__ import annotations

from itertools import pairwise
from operator import itemgetter

from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from rich.cells import cell_len

from tests.harness.emulator import Emulator
from tutor.ui.terminal.abilities import Abilities
from tutor.ui.terminal.frame_writer import Frames
from tutor.ui.terminal.stream import Token, TokenStream
from tutor.ui.terminal.style import Style, change, styled

Part = tuple[int, int, int, list[tuple[str, str]]]
"""A line, the columns from and to, and what is painted there."""

FULL_SCREEN = "\x1b[?1049h"

# Letters, boxes, wide, combined and joined characters, one that two colours, one without a width.
GRAPHEMES = [*"ab  é─", "漢", "🙂", "e\u0301", "⚠\ufe0f", "👩\u200d💻", "\u200b"]
ATTRIBUTES = ["1", "2", "3", "4", "5", "7", "9", "53"]
COLOURS = ["", "31", "97", "38;5;200", "38;5;7", "38;2;1;2;3", "39"]
GROUNDS = ["", "41", "107", "48;5;200", "48;2;1;2;3", "49"]

sgr = st.builds(
    lambda attributes, *colours: ";".join(filter(None, [*attributes, *colours])),
    st.lists(st.sampled_from(ATTRIBUTES), max_size=2, unique=True),
    st.sampled_from(COLOURS),
    st.sampled_from(GROUNDS),
)
pieces = st.lists(st.tuples(st.sampled_from(GRAPHEMES), sgr), max_size=12)
columns = st.integers(0, 23)
parts = st.lists(st.tuples(st.integers(0, 5), columns, columns, pieces), max_size=8)
places = st.tuples(st.integers(0, 5), columns)
sizes = st.tuples(st.integers(1, 24), st.integers(1, 6))


def strip(content: list[tuple[str, str]], width: int) -> str:
    """What Textual renders for a part of a row that has this width."""
    segments = []
    for text, parameters in content:
        if cell_len(text) <= width:
            segments.append(f"\x1b[{parameters}m{text}\x1b[0m" if parameters else text)
            width -= cell_len(text)
    return "".join(segments) + " " * width


class Screens(RuleBasedStateMachine):
    """An app that paints, a terminal that is slow and changes its size, in any order.

    Beside it the same is drawn directly on a terminal that has always been as the app believes.
    """

    @initialize(size=sizes, able=st.booleans())
    def start(self, size: tuple[int, int], able: bool) -> None:
        self.frames = Frames(Abilities(erases=able, shifts=able))
        self.terminal = Emulator(*size, plain_erasing=not able)
        self.size = size
        self.unheard = False
        self.frames.write(FULL_SCREEN)
        self.begin(size)

    def begin(self, size: tuple[int, int]) -> None:
        self.app_size = size
        self.expected = Emulator(*size)
        columns, lines = size
        self.paint([(line, 0, columns, []) for line in range(lines)], (0, 0))

    def paint(self, parts: list[Part], cursor: tuple[int, int]) -> None:
        """Write as `ChopsUpdate.render_segments` and `App._display` do."""
        output = "".join(
            f"\x1b[{line + 1};{start + 1}H{strip(content, end - start)}"
            + ("\n" if line != parts[-1][0] else "")
            for line, start, end, content in parts
        )
        output += f"\x1b[{cursor[0] + 1};{cursor[1] + 1}H"
        self.frames.write(output)
        self.expected.feed(output)

    @rule(parts=parts, cursor=places)
    def paints(self, parts: list[Part], cursor: tuple[int, int]) -> None:
        columns, lines = self.app_size
        painted: list[Part] = []
        for line, first, last, content in parts:
            start, end = sorted((first % columns, last % columns))
            painted.append((line % lines, start, end + 1, content))
        painted.sort(key=itemgetter(0))
        self.paint(painted, (cursor[0] % lines, cursor[1] % columns))

    @rule(
        noise=st.sampled_from(
            ["\a", "\x1b[?2026h", "\x1b[?2026l", "\x1b[3 q", "\x1b]22;text\a", "\x1b[58;5;1m"]
        )
    )
    def writes_what_is_not_drawn(self, noise: str) -> None:
        self.frames.write(noise)

    @rule(size=sizes)
    def is_resized(self, size: tuple[int, int]) -> None:
        columns, lines = self.size = size
        self.unheard = True
        self.terminal.resize(lines, columns)

    @precondition(lambda self: self.unheard)
    @rule()
    def driver_hears_of_it(self) -> None:
        self.unheard = False
        self.frames.forget()
        self.frames.repeat()

    @precondition(lambda self: self.app_size != self.size)
    @rule()
    def app_hears_of_it(self) -> None:
        self.begin(self.size)

    @rule()
    def terminal_is_ready(self) -> None:
        self.terminal.feed(self.frames.take(*self.size))

    @precondition(lambda self: not self.unheard and self.app_size == self.size)
    @rule()
    def looks_as_if_drawn_directly(self) -> None:
        self.terminal_is_ready()
        assert self.terminal.look() == self.expected.look()

    @rule()
    def rests(self) -> None:
        self.terminal_is_ready()
        assert not self.frames.waiting
        assert self.frames.take(*self.size) == ""


TestScreens = Screens.TestCase


styles = st.builds(
    Style,
    # As a terminal has them: of two that are turned off by the same number only one is on, but
    # for bold and dim.
    st.frozensets(st.sampled_from([1, 2, 3, 4, 5, 7, 8, 9, 53])),
    st.sampled_from(COLOURS[:-1]),
    st.sampled_from(GROUNDS[:-1]),
    st.sampled_from([";", "id=1;https://example.org"]),
)


@given(old=styles, new=styles)
def test_a_change_of_style_leads_from_one_to_the_other(old: Style, new: Style) -> None:
    reached = old
    for kind, value in TokenStream().tokens(change(old, new)):
        if kind is Token.LINK:
            reached = reached._replace(link=value)
        else:
            assert kind is Token.STYLE
            reached = styled(reached, value)
    assert reached == new


def test_of_two_underlines_the_last_one_counts() -> None:
    assert styled(Style(), "4;21") == styled(Style(), "21")
    assert styled(Style(), "21;4") == styled(Style(), "4")
    assert styled(Style(), "1;2").attributes == {1, 2}


SEQUENCES = [
    "text",
    "\n",
    "\x1b[1;38;5;8m",
    "\x1b[12;40H",
    "\x1b[3A",
    "\x1b[?25h",
    "\x1b[?2048$p",
    "\x1b[>25u",
    "\x1b]52;c;dGV4dA==\x07",
    "\x1b]8;;https://example.org\x1b\\",
    "\x1b[?1049l",
    "\x1bPq#0\x1b\\",
    "\x1b(0",
    "\x1b[58;5;1m",
    "\x9b",
]


@given(
    sequences=st.lists(st.sampled_from(SEQUENCES)), cuts=st.lists(st.integers(0, 150), max_size=5)
)
def test_a_stream_may_be_cut_anywhere(sequences: list[str], cuts: list[int]) -> None:
    text = "".join(sequences)
    ends = sorted({min(cut, len(text)) for cut in cuts} | {0, len(text)})
    stream = TokenStream()
    tokens = [token for start, end in pairwise(ends) for token in stream.tokens(text[start:end])]
    assert _joined(tokens) == _joined(list(TokenStream().tokens(text)))


def _joined(tokens: list[tuple[Token, str]]) -> list[tuple[Token, str]]:
    """The tokens, texts that follow each other as one."""
    joined: list[tuple[Token, str]] = []
    for kind, value in tokens:
        if joined and kind is Token.TEXT and joined[-1][0] is kind:
            joined[-1] = kind, joined[-1][1] + value
        else:
            joined.append((kind, value))
    return joined


words = st.text("ab (", max_size=12)
coloured = st.lists(st.tuples(words, st.sampled_from(["", "31", "7", "48;5;200"])), max_size=4)
beside = st.sampled_from([" ", "█", "│ab漢", "\x1b[7m \x1b[0m", "\x1b[48;5;2mx  y\x1b[0m"])


@given(before=coloured, typed=words, after=coloured, beside=beside, able=st.booleans())
@example(before=[("a", "")], typed="(", after=[("aaaaaaaa", "31")], beside="█", able=True)
def test_what_is_typed_into_a_row_or_deleted_leaves_all_beside_it(
    before: list[tuple[str, str]],
    typed: str,
    after: list[tuple[str, str]],
    beside: str,
    able: bool,
) -> None:
    columns = 120
    place = f"\x1b[1;{columns - 7}H"
    rows = [
        f"\x1b[1;1H{strip(content, columns)}{place}{beside}\x1b[1;{at + 1}H"
        for content, at in (
            ([*before, *after], 3),
            ([*before, (typed, "31"), *after], 3 + len(typed)),
            ([*before, *after], 3),
        )
    ]
    frames = Frames(Abilities(erases=able, shifts=able))
    terminal = Emulator(columns, 1, plain_erasing=not able)
    frames.write(FULL_SCREEN)
    for row in rows:
        expected = Emulator(columns, 1)
        expected.feed(row)
        frames.write(row)
        terminal.feed(frames.take(columns, 1))
        assert terminal.look() == expected.look()


def shown(*frames: str, columns: int = 10, lines: int = 2) -> list[str]:
    """What is sent for each of these frames, after the screen was cleared."""
    through = Frames()
    through.write(FULL_SCREEN)
    through.take(columns, lines)
    sent = []
    for frame in frames:
        through.write(frame)
        sent.append(through.take(columns, lines))
    return sent


def test_only_the_changed_cell_is_sent() -> None:
    row = "\x1b[1;1H\x1b[34;40m{}\x1b[0m\x1b[1;1H"
    assert shown(row.format("0123456789"), row.format("0123x56789"))[1] == "\x1b[4Cx\r"


def test_a_short_gap_is_drawn_rather_than_skipped() -> None:
    assert shown("\x1b[1;1Habcdefghij\x1b[1;1H", "\x1b[1;1HAbcDefghiJ\x1b[1;1H")[1] == (
        "AbcD\x1b[5CJ\r"
    )


def test_a_letter_typed_into_a_row_moves_the_rest_but_not_what_stands_beside_it() -> None:
    row = "\x1b[1;1H{:39}│\x1b[1;6H"
    sent = shown(
        row.format("make(counter, of=three)"), row.format("make(a counter, of=three)"), columns=40
    )
    assert sent[1] == "\x1b[18C\x1b[2P\x1b[6G\x1b[2@a \b\b"
    back = shown(
        row.format("make(a counter, of=three)"), row.format("make(counter, of=three)"), columns=40
    )
    assert back[1] == "\x1b[2P\x1b[18C\x1b[2@  \x1b[6G"


def test_a_long_blank_is_erased_where_the_terminal_erases_with_its_ground() -> None:
    row = "\x1b[1;1H\x1b[34;40m{:30}|\x1b[0m\x1b[1;1H"
    assert shown(row.format("x" * 20), row.format("x"), columns=31)[1] == "\x1b[C\x1b[19X\r"


def test_the_last_cell_of_the_screen_does_not_scroll_it() -> None:
    assert shown("\x1b[1;1H0123456789\n\x1b[2;1H0123456789\x1b[1;1H") == [
        "0123456789\r\n0123456789\x1b[H"
    ]


def test_an_equal_frame_sends_nothing_not_even_its_marks() -> None:
    frame = "\x1b[?2026h\x1b[1;1Htext\x1b[1;1H\x1b[?2026l"
    assert shown(frame, frame) == ["text\r", ""]


def test_a_long_frame_is_marked_where_the_terminal_knows_how() -> None:
    content = "\x1b[1;1H" + "x" * 300 + "\x1b[1;1H"
    marked = f"\x1b[?2026h{content}\x1b[?2026l"
    begin, end = "\x1b[?2026h", "\x1b[?2026l"
    assert shown(content, columns=300) == ["x" * 300 + "\r"]
    assert shown(marked, columns=300) == [f"{begin}{'x' * 300}\r{end}"]


def test_what_is_not_drawn_is_passed_on_and_the_screen_painted_again() -> None:
    frame = "\x1b[1;1Htext\x1b[1;1H"
    assert shown(frame, "\x1b[3 q", frame)[1:] == ["\x1b[m\x1b[3 q", "\x1b[m\x1b[H\x1b[2Jtext\r"]


def test_the_bell_and_the_clipboard_are_passed_on_alone() -> None:
    frame = "\x1b[1;1Htext\x1b[1;1H"
    assert shown(frame, "\a\x1b]52;c;dGV4dA==\a", frame)[1:] == ["\a\x1b]52;c;dGV4dA==\a", ""]


def test_nothing_is_drawn_after_the_full_screen_was_left() -> None:
    left = "\x1b[1;1Htext\x1b[?1049l\x1b[?25h"
    assert shown(left, "\x1b[1;1Hmore") == ["\x1b[m\x1b[?1049l\x1b[?25h", ""]


def test_frames_that_were_drawn_over_are_not_sent() -> None:
    frames = "".join(f"\x1b[1;1H{number:>4}\x1b[1;1H" for number in range(1000))
    assert shown(frames) == ["\x1b[C999\r"]
