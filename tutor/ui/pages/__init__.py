"""What lies over the main screen for a while: help, settings, a value, the end of a unit.

A line here shows one page and closes it; what follows from it is the main screen's.
"""
