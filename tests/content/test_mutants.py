"""No small change of a solution passes unnoticed, in any unit.

What a learner writes is changed in one place at a time: operators, bounds, constants, names,
statements left out, `and` for `or`, copies not made. The statements that the starter has as well stay
as they are. A mutant that passes is a hole in the checks, or stands in exercise.toml with a reason.
"""

from __future__ import annotations

from zlib import crc32

import pytest

from tests.harness.mutants import Mutant, mutants
from tutor.attempt import attempt
from tutor.course.loader import content_folder, load
from tutor.course.model import Exercise
from tutor.grading.kinds import kind_of
from tutor.grading.verdict import Verdict
from tutor.protocol.requests import Limits
from tutor.session import Session

EXERCISES = [e for e in load(content_folder())[0].exercises if kind_of(e).is_program]
EQUIVALENT_AT_MOST = 0.15
LIMITS = Limits(wall_seconds=10, cpu_seconds=5)
PART = 4
"""One mutant in so many is tried where there is not the time for all: some 30 s on one core."""


async def passing(exercise: Exercise, tried: list[Mutant]) -> set[str]:
    """The names of the mutants that pass."""
    found = set()
    async with Session() as session:
        for mutant in tried:
            *_, last = [
                item async for item in attempt(session, exercise, mutant.program, limits=LIMITS)
            ]
            assert isinstance(last, Verdict)
            if last.passed:
                found.add(mutant.name)
    return found


def mutants_of(exercise: Exercise) -> list[Mutant]:
    return list(mutants(exercise.solution, exercise.starter))


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
async def test_a_part_of_the_mutants_does_not_pass(exercise: Exercise) -> None:
    named = {each.mutant for each in exercise.equivalents}
    part = [each for each in mutants_of(exercise) if crc32(each.program.encode()) % PART == 0]
    assert part
    assert await passing(exercise, part) - named == set()


@pytest.mark.slow
@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
async def test_no_mutant_passes_but_the_equivalent_ones(
    exercise: Exercise, capsys: pytest.CaptureFixture[str]
) -> None:
    tried = mutants_of(exercise)
    found = await passing(exercise, tried)
    with capsys.disabled():
        print(f"\n{exercise.id}: {len(tried)} mutants, {len(found)} equivalent", end="")
    assert found == {each.mutant for each in exercise.equivalents}


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_few_mutants_are_called_equivalent(exercise: Exercise) -> None:
    names = [mutant.name for mutant in mutants_of(exercise)]
    named = [each.mutant for each in exercise.equivalents]
    assert len(set(named)) == len(named)
    assert set(named) <= set(names), "an equivalent is no mutant of the solution"
    assert len(named) <= EQUIVALENT_AT_MOST * len(names)


def test_what_a_mutant_is() -> None:
    program = (
        "def given(): return 1\n"
        "def make(n, m=2):\n"
        "    'Text.'\n"
        "    def inner(x):\n"
        "        nonlocal n\n"
        "        if n <= x and m: raise ValueError(f'no {n}')\n"
        "        n += list(x)\n"
        "        return n\n"
        "    return inner\n"
    )
    found = {each.name for each in mutants(program, "def given(): return 1\n")}
    assert found >= {
        "make.inner: nonlocal n -> pass",
        "make.inner: nonlocal n -> global n",
        "make.inner: if n <= x and m: -> if n < x and m:",
        "make.inner: if n <= x and m: -> if n <= x or m:",
        "make.inner: if n <= x and m: -> if m:",
        "make.inner: if n <= x and m: -> if n <= x and x:",
        "make.inner: if n <= x and m: -> pass",
        "make.inner: raise ValueError(f'no {n}') -> return ValueError(f'no {n}')",
        "make.inner: raise ValueError(f'no {n}') -> raise ValueError('no {n}')",
        "make.inner: n += list(x) -> n = list(x)",
        "make.inner: n += list(x) -> n -= list(x)",
        "make.inner: n += list(x) -> n += x",
        "make.inner: n += list(x) -> pass",
        "make.inner: return n -> return",
        "make.inner: return n -> return x",
        "make: return inner -> return n",
        "make: def make(n, m=2): -> def make(n, m):",
        "make: def make(n, m=2): -> def make(n, m=3):",
    }
    assert not any(each.startswith("given") for each in found)
    programs = [each.program for each in mutants(program, "")]
    assert len(set(programs)) == len(programs)
