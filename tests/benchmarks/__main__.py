"""Print every figure of every benchmark here: `python -m tests.benchmarks [NAME ...]`."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path


def main() -> None:
    """Run the modules `bench_NAME`, all of them or those that are named."""
    names = sys.argv[1:] or sorted(
        path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*.py")
    )
    for name in names:
        module = import_module(f"tests.benchmarks.bench_{name}")
        print(f"\n{(module.__doc__ or name).strip().splitlines()[0]}")
        for what, figure, goal in module.rows():
            print(f"  {what:<48} {figure:<44} goal: {goal}", flush=True)


if __name__ == "__main__":
    main()
