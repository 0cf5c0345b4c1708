"""The editor: what it shows, and each of its commands, which works on the program's text alone.

A line here knows Python's text, and neither exercises nor runs.
"""
