"""The panes of the functions and cells: list, diagram, names, timeline.

A line here shows what `views` says; it asks for changes by messages.
"""
