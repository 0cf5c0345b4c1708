"""The themes from their own values: what can be read, and what can be told apart by whom."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from textual.theme import Theme

from tests.harness.colours import MACHADO, VIENOT, Triple, ciede2000, contrast, lab, linear, seen
from tutor.ui.kit.themes import LETTERS, OWN

TRUE_COLOUR = [theme for theme in OWN if not theme.ansi]
ENOUGH = 4.5
"""Of contrast: WCAG 2.2, 1.4.3 (level AA)."""
FAR = 20
"""Of CIEDE2000."""

CELLS = [f"cell-{letter}" for letter in LETTERS]
TINTS = [f"tint-{letter}" for letter in LETTERS]
BODIES = ["background", "surface", "panel", "cursor-line"]
CODE = ["keyword", "builtin", "definition", "decorator", "string", "constant", "comment"]
DRAWN = [
    *product(["foreground", "muted"], [*BODIES, "raised", "passed", "failed", "step-line", *TINTS]),
    *product(["accent", "success", "error", "warning", "code-inline"], BODIES),
    *product(["accent", "success", "warning"], ["raised", "passed"]),
    ("accent", "step-line"),
    ("warning", "step-line"),
    ("error", "failed"),
    ("code-inline", "passed"),
    ("code-inline", "failed"),
    *product([f"code-{kind}" for kind in CODE], ["background", "cursor-line", "step-line"]),
    *product(CELLS, ["background", "surface", "panel", "step-line"]),
    *zip(CELLS, TINTS, strict=True),
    ("on-focus", "accent"),
    ("on-first", "first"),
    *product(["badge"], ["success", "error", "warning", *CELLS]),
]
"""Text and the ground that it is drawn on."""

of_each_theme = pytest.mark.parametrize("theme", TRUE_COLOUR, ids=lambda theme: theme.name)


def colour(theme: Theme, name: str) -> str:
    value = theme.variables.get(name) or getattr(theme, name)
    assert isinstance(value, str)
    return value


@of_each_theme
def test_all_text_has_the_contrast_to_be_read(theme: Theme) -> None:
    poor = {
        pair: round(found, 2)
        for pair in DRAWN
        if (found := contrast(*(colour(theme, name) for name in pair))) < ENOUGH
    }
    assert poor == {}


@of_each_theme
@pytest.mark.parametrize("model", [VIENOT, MACHADO], ids=["Viénot", "Machado"])
@pytest.mark.parametrize("eyes", ["deuteranopia", "protanopia"])
def test_passed_and_failed_are_told_apart(
    theme: Theme, model: dict[str, tuple[Triple, Triple, Triple]], eyes: str
) -> None:
    passed, failed = (lab(seen(colour(theme, each), model[eyes])) for each in ("success", "error"))
    assert ciede2000(passed, failed) >= FAR


@of_each_theme
def test_no_two_cells_have_nearly_the_same_colour(theme: Theme) -> None:
    for one, other in combinations(CELLS, 2):
        apart = ciede2000(*(lab(linear(colour(theme, each))) for each in (one, other)))
        assert apart >= 10, (one, other)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.5, 0.0), (58.0, 24.0, 15.0), 19.4535),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_distances_are_those_of_the_published_table(
    one: Triple, other: Triple, apart: float
) -> None:
    """Sharma, Wu and Dalal (2005), table 1: pairs 1, 20, 25, 31 and 34."""
    assert ciede2000(one, other) == pytest.approx(apart, abs=1e-4)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
