"""Figures, printed beside their peers in one run; none is asserted. `python -m tests.benchmarks`."""
