"""The settings: what each is called, what it may be, how it is shown and changed.

A line here knows the keys and the looks; it writes no file and applies nothing.
"""
