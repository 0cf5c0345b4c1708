"""The command line, one short file a command.

A line here may print. None of them imports Textual.
"""
