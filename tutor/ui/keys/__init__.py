"""The keys: what each does, how they are remapped, shown and searched.

A line here knows actions by their names, and no widget.
"""
