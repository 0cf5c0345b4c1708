"""A program as a belief has it."""

from __future__ import annotations

import ast

from tutor.beliefs import captures, lifetimes, lookups
from tutor.beliefs.belief import Belief
from tutor.beliefs.rewriting import RESERVED, Rewriting, statements

REWRITINGS: dict[Belief, type[Rewriting]] = {
    Belief.BY_VALUE: captures.ByValue,
    Belief.ALL_CAPTURED: captures.AllCaptured,
    Belief.ONE_CELL_A_DEF: lifetimes.OneCellADef,
    Belief.A_CELL_EACH: captures.ACellEach,
    Belief.SEARCHED_WHEN_IT_RUNS: lookups.SearchedWhenItRuns,
    Belief.NONLOCAL_NOT_NEEDED: lookups.NonlocalNotNeeded,
    Belief.GLOBAL_NOT_NEEDED: lookups.GlobalNotNeeded,
    Belief.GLOBAL_FOR_NONLOCAL: lookups.GlobalForNonlocal,
    Belief.DEFAULT_EACH_CALL: lifetimes.DefaultEachCall,
    Belief.ITERABLE_LATE: lifetimes.IterableLate,
    Belief.GENERATOR_COPIES: captures.GeneratorCopies,
    Belief.UNBOUND_IS_NONE: lifetimes.UnboundIsNone,
    Belief.GLOBAL_WINS: lookups.GlobalWins,
    Belief.NESTED_IS_A_CLOSURE: captures.NestedIsAClosure,
    Belief.CALLERS_SCOPE: lookups.CallersScope,
    Belief.CLASS_ENCLOSES: lookups.ClassEncloses,
    Belief.GONE_WITH_THE_CALL: lifetimes.GoneWithTheCall,
    Belief.ONE_VARIABLE_A_NAME: lookups.OneVariableAName,
    Belief.DECORATORS_TOP_DOWN: lifetimes.DecoratorsTopDown,
}


def believed(source: str, belief: Belief) -> str | None:
    """The program in which the belief is true; None where the belief says nothing of it.

    It prints what somebody would expect who holds the belief. Raises SyntaxError for what is no
    program, and what else `ast.parse` raises.
    """
    tree = ast.parse(source)
    kind = REWRITINGS[belief]
    if RESERVED in source or (kind.blind and kind.blind.search(source)):
        return None
    rewriting = kind(tree)
    rewriting.visit(tree)
    if not rewriting.changed:
        return None
    place = _first_after_head(tree)
    tree.body[place:place] = statements(kind.helpers.strip())
    text = ast.unparse(ast.fix_missing_locations(tree))
    try:
        compile(text, "<belief>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return None  # as where an annotated variable would become nonlocal
    return text


def is_open(source: str, belief: Belief) -> bool:
    """Whether what the belief cannot answer is to be left open from where the program ends by it."""
    asked = REWRITINGS[belief].open_from
    return bool(asked and asked.search(source))


def _first_after_head(tree: ast.Module) -> int:
    """Where the statements begin, after a docstring and imports from the future."""
    place = 0 if ast.get_docstring(tree, clean=False) is None else 1
    for number, each in enumerate(tree.body):
        if isinstance(each, ast.ImportFrom) and each.module == "__future__":
            place = number + 1
    return place
