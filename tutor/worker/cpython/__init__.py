"""All that knows a version of CPython: layouts of memory, instructions, events.

A new CPython is made known here, and in `protocol/pythons.py`, and nowhere else.
"""
